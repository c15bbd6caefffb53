// Referred pain on a body: every region has its place, and the picture shows pain where it is.
#include <gtest/gtest.h>

#include "post/body_outline.hpp"
#include "program_and_image.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::Image;
using fixture::pictures_possible;
using fixture::run;

std::set<std::string> regions_of_the_table() {
  std::ifstream file(fs::path(TAUTBAND_SOURCE_DIR) / "data/referral.toml");
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  static const std::regex key("\nkey = \"(\\w+)\"");
  std::set<std::string> keys;
  for (std::sregex_iterator match(all.begin(), all.end(), key), end; match != end; ++match) keys.insert((*match)[1]);
  return keys;
}

/// Even number of crossings: outside.
bool inside(const BodyPoint& p, const std::vector<BodyPoint>& polygon) {
  bool odd = false;
  for (size_t i = 0; i < polygon.size(); ++i) {
    const BodyPoint &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) odd = !odd;
  }
  return odd;
}

TEST(BodyOutline, HasAPlaceForEveryRegion) {
  const std::set<std::string> wanted = regions_of_the_table();
  EXPECT_EQ(wanted.size(), 42u);
  std::set<std::string> drawn;
  for (const BodyShape& shape : body_shapes()) drawn.insert(shape.key);
  EXPECT_EQ(drawn, wanted);
}

TEST(BodyOutline, RegionsLieOnTheBody) {
  const std::vector<BodyPoint> half = rounded(body_half_outline(), 3, 0.25, false);
  const std::vector<BodyPoint> sole = rounded(sole_outline(), 3, 0.25, true);
  for (const BodyShape& shape : body_shapes())
    EXPECT_TRUE(inside(centre_of(shape.corners), shape.view == BodyView::sole ? sole : half)) << shape.key;
}

TEST(BodyOutline, RegionsOfOneViewHardlyOverlap) {
  // Points of a grid on the body that lie in two regions: only along their borders.
  const std::vector<BodyPoint> half = rounded(body_half_outline(), 3, 0.25, false);
  for (const BodyView view : {BodyView::front, BodyView::back}) {
    int on_body = 0, none = 0, several = 0;
    for (double y = 0.25; y < 100; y += 0.5)
      for (double x = 0.25; x < 22; x += 0.5) {
        if (!inside({x, y}, half)) continue;
        const auto here = std::count_if(body_shapes().begin(), body_shapes().end(), [&](const BodyShape& shape) {
          return shape.view == view && !shape.other_side && inside({x, y}, shape.corners);
        });
        ++on_body;
        none += here == 0;
        several += here > 1;
      }
    EXPECT_GT(on_body, 2000);
    EXPECT_LT(several, 0.02 * on_body);
    EXPECT_LT(none, 0.10 * on_body);
  }
}

TEST(BodyOutline, CutsCornersAndFindsCentres) {
  const std::vector<BodyPoint> square{{1, 1}, {3, 1}, {3, 3}, {1, 3}};
  EXPECT_NEAR(area_of(square), 4.0, 1e-14);
  EXPECT_NEAR(centre_of(square).x, 2.0, 1e-14);
  // each corner loses the triangle of two quarter sides
  EXPECT_NEAR(area_of(rounded(square, 1, 0.25, true)), 4.0 - 4 * 0.125, 1e-14);
  const std::vector<BodyPoint> line = rounded(square, 2, 0.25, false);
  EXPECT_EQ(line.front().x, 1.0);
  EXPECT_EQ(line.back().y, 3.0);
  EXPECT_NEAR(centre_of({{0, 0}, {3, 0}, {0, 6}}).y, 2.0, 1e-14);
}

/// A run whose history has two rows: no pain at 0 s, `pain` in one region at 60 s.
class PainfulRun : public fixture::TemporaryFolder {
 public:
  PainfulRun(const std::string& region, double pain, const std::string& side = "right") {
    std::ofstream(path() / "history.csv") << "time,pain_local,pain_total,pain_" << region << "\n# s,1,1,1\n0,0,0,0\n60,"
                                          << pain << ',' << pain << ',' << pain << '\n';
    std::ofstream(path() / "case.resolved.toml") << "[pain]\nmuscle = \"quadriceps\"\nside = \"" << side << "\"\n";
  }
  std::string draw(const std::string& options = "") const {
    return "plot --body --width 800 " + options + path().string();
  }
};

/// Where pixels of a strong colour are, without the colour bar: their number and mean position.
struct Coloured {
  int count = 0;
  double x = 0, y = 0;
  double lightness = 0;  ///< mean of the channels, 0..255

  explicit Coloured(const Image& image) {
    for (int j = image.height() / 8; j < image.height(); ++j)
      for (int i = 0; i < image.width(); ++i) {
        const auto rgb = image.at(i, j);
        if (*std::max_element(rgb.begin(), rgb.end()) - *std::min_element(rgb.begin(), rgb.end()) < 25) continue;
        ++count;
        x += i;
        y += j;
        lightness += (rgb[0] + rgb[1] + rgb[2]) / 3.0;
      }
    for (double* sum : {&x, &y, &lightness}) *sum /= std::max(count, 1);
  }
};

Coloured drawn(const PainfulRun& painful, const std::string& options = "") {
  const auto outcome = run(painful.draw(options));
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  return Coloured(Image(painful.path() / "body.png"));
}

TEST(BodyPicture, ShowsPainWhereItIs) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  // Knees: a rectangle of about 5 x 6 units of 4.5 pixels, at 30 of 100 units above the ground.
  const Coloured front = drawn({"front_knee", 0.5}), back = drawn({"back_knee", 0.5});
  for (const Coloured& knee : {front, back}) {
    EXPECT_NEAR(knee.count, 5.3 * 6 * 4.5 * 4.5, 200);
    EXPECT_NEAR(knee.y, 82 + 30 * 4.5, 10);
  }
  EXPECT_NEAR(front.x, 285 - 5 * 4.5, 8);  // the right knee seen from the front
  EXPECT_NEAR(back.x, 515 + 5 * 4.5, 8);   // and from behind
  EXPECT_NEAR(drawn({"front_knee", 0.5, "left"}).x, 515 + 5 * 4.5, 8);
  EXPECT_GT(drawn({"temple", 0.5}).y, 82 + 90 * 4.5);
}

TEST(BodyPicture, MorePainIsDarkerAndNoneIsPale) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  EXPECT_LT(drawn({"front_knee", 0.9}).lightness, drawn({"front_knee", 0.6}).lightness - 20);
  EXPECT_EQ(drawn({"front_knee", 0.9}, "--time '0 s' ").count, 0);
}

TEST(BodyPicture, SaysWhatItLacks) {
  const PainfulRun unknown("antenna", 0.5);
  if (pictures_possible()) {
    const auto outcome = run(unknown.draw());
    EXPECT_EQ(outcome.code, 3);
    EXPECT_NE(outcome.text.find("the body has no region 'antenna'"), std::string::npos) << outcome.text;
    std::ofstream(unknown.path() / "history.csv") << "time,drive_mean\n# s,1\n0,0\n";
    EXPECT_NE(run(unknown.draw()).text.find("has no referred pain"), std::string::npos);
  }
  fs::remove(unknown.path() / "history.csv");
  EXPECT_EQ(run(unknown.draw()).code, 3);
  EXPECT_EQ(run("plot --time '1 s' " + unknown.path().string()).code, 2);
  EXPECT_EQ(run(unknown.draw("--column strength ")).code, 2);
}

}  // namespace
}  // namespace tautband::post
