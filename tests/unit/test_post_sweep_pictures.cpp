// `tautband-post sensitivity` and `plot` of a sweep as a user runs them: exit codes, numbers and pictures.
#include <gtest/gtest.h>

#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/picture.hpp"
#include "program_and_image.hpp"
#include "sweep_table_file.hpp"

#include <cmath>
#include <numbers>

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::fail_row;
using fixture::grid_request;
using fixture::grid_table;
using fixture::Image;
using fixture::make_table;
using fixture::Outcome;
using fixture::parameter;
using fixture::Point;
using fixture::row_of;
using fixture::run;
using fixture::TemporaryFolder;
using fixture::write_table;

TEST(SweepProgram, ExitCodes) {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  EXPECT_EQ(run("sensitivity --no-picture " + path).code, 3);  // no table
  EXPECT_EQ(run("plot --parallel " + path).code, 3);
  write_table(folder.path(), grid_table());
  EXPECT_EQ(run("sensitivity --no-picture --output force " + path).code, 2);
  EXPECT_EQ(run("sensitivity --no-picture --confidence 1 " + path).code, 2);
  EXPECT_EQ(run("sensitivity --no-picture --resamples 1 " + path).code, 2);
  EXPECT_EQ(run("plot --x gain " + path).code, 2);
  EXPECT_EQ(run("plot --x gain --y rate --at delay " + path).code, 2);
  EXPECT_EQ(run("plot --x gain --y rate --at delay=long " + path).code, 2);
  EXPECT_EQ(run("plot --parallel --x gain " + path).code, 2);
  EXPECT_FALSE(fs::exists(folder.path() / "sensitivity.json"));
  SweepTable failed = grid_table();
  for (size_t row = 0; row < failed.n_rows(); ++row) fail_row(failed, row);
  write_table(folder.path(), failed);
  EXPECT_EQ(run("plot --parallel " + path).code, 3);
  EXPECT_EQ(run("sensitivity --no-picture " + path).code, 3);
  write_table(folder.path(), grid_table());
  const Outcome good = run("sensitivity --no-picture " + path);
  EXPECT_EQ(good.code, 0) << good.text;
  EXPECT_TRUE(fs::exists(folder.path() / "sensitivity.json"));
  EXPECT_FALSE(fs::exists(folder.path() / "sensitivity.png"));
}

/// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 of Ishigami & Homma 1990, with an output that does not vary.
SweepTable ishigami_table() {
  DesignRequest request;
  request.kind = DesignKind::saltelli;
  request.factors = 3;
  request.samples = 1024;
  request.second_order = true;
  const double pi = std::numbers::pi;
  SweepTable table =
      make_table(request, {parameter("x1", "1", -pi, pi), parameter("x2", "1", -pi, pi), parameter("x3", "1", -pi, pi)},
                 {{"y",
                   [](const Point& x) {
                     return (1.0 + 0.1 * std::pow(x[2], 4)) * std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2);
                   }},
                  {"flat", [](const Point&) { return 2.0; }}});
  fail_row(table, 100);
  fail_row(table, 103);  // of the same sample of 8 rows
  fail_row(table, 4000);
  return table;
}

/// The first number after `key` after `section` after ... in the text.
double number_after(const std::string& text, const std::vector<std::string>& keys) {
  size_t at = 0;
  for (const std::string& key : keys) {
    at = text.find('"' + key + "\":", at);
    if (at == std::string::npos) return NAN;
  }
  return std::strtod(text.c_str() + text.find(':', at) + 1, nullptr);
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(SweepProgram, TellsTheIndicesOfIshigamisFunction) {
  const TemporaryFolder folder;
  write_table(folder.path(), ishigami_table());
  const Outcome outcome = run("sensitivity --no-picture --resamples 200 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("1022 base samples, 2 dropped"), std::string::npos) << outcome.text;
  EXPECT_NE(outcome.text.find("constant: 2"), std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("nan"), std::string::npos) << outcome.text;
  const std::string json = text_of(folder.path() / "sensitivity.json");
  EXPECT_EQ(number_after(json, {"y", "samples_dropped"}), 2.0);
  // 0.02: less than 1 / sqrt(1022), what random points would err by
  EXPECT_NEAR(number_after(json, {"y", "first_order", "x1", "value"}), 0.3139, 0.02);
  EXPECT_NEAR(number_after(json, {"y", "first_order", "x2", "value"}), 0.4424, 0.02);
  EXPECT_NEAR(number_after(json, {"y", "total", "x3", "value"}), 0.2437, 0.02);
  EXPECT_LT(number_after(json, {"y", "total", "x3", "low"}), 0.2437);
  EXPECT_GT(number_after(json, {"y", "total", "x3", "high"}), 0.2437);
  EXPECT_NEAR(number_after(json, {"y", "second_order", "x1", "x3", "value"}), 0.2437, 0.03);
  EXPECT_NE(json.find("\"constant\": true"), std::string::npos);
  EXPECT_EQ(json.find("null"), std::string::npos);
}

bool near(const std::array<int, 3>& colour, const std::array<int, 3>& other) {
  int distance = 0;
  for (size_t i = 0; i < 3; ++i) distance += std::abs(colour[i] - other[i]);
  return distance < 24;
}

constexpr std::array<int, 3> blue{0, 114, 178}, vermillion{213, 94, 0};

TEST(SweepPictures, BarsAreAsLongAsTheIndices) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  write_table(folder.path(), ishigami_table());
  const Outcome outcome = run("sensitivity --resamples 100 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image picture(folder.path() / "sensitivity.png");
  // The longest run of a colour below the legend is the longest bar: first order of x2, total of x1.
  const auto longest = [&](const std::array<int, 3>& colour) {
    int most = 0;
    for (int y = 0; y < picture.height() * 7 / 10; ++y)
      for (int x = 0, length = 0; x < picture.width(); ++x) {
        length = near(picture.at(x, y), colour) ? length + 1 : 0;
        most = std::max(most, length);
      }
    return most;
  };
  EXPECT_NEAR(longest(vermillion) / static_cast<double>(longest(blue)), 0.5576 / 0.4424, 0.08);
  EXPECT_GT(longest(blue), 150);
}

TEST(SweepPictures, HeatMapShowsValuesFailuresAndGaps) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  SweepTable table = grid_table();
  fail_row(table, row_of(3, 2, 1));
  table.status[row_of(0, 2, 1)] = "missing";
  write_table(folder.path(), table);
  const Outcome outcome = run("plot --width 1400 --at delay=30 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  // The plot fills 140..950 x 120..725 pixels.
  const auto cell = [](const Image& picture, double ix, double iy) {
    return picture.at(static_cast<int>(140 + 810 * (ix + 0.5) / 4), static_cast<int>(120 + 605 * (iy + 0.5) / 3));
  };
  const auto lightness_of = [](const std::array<int, 3>& rgb) {
    const double scaled[3] = {rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0};
    return lightness(scaled);
  };
  const Image sum(folder.path() / "heat_map_sum.png");
  EXPECT_EQ(sum.width(), 1400);
  EXPECT_GT(lightness_of(cell(sum, 0, 0)), lightness_of(cell(sum, 3, 0)) + 5.0);   // 30 and 33
  EXPECT_GT(lightness_of(cell(sum, 3, 0)), lightness_of(cell(sum, 0, 1)) + 5.0);   // 33 and 40
  EXPECT_GT(lightness_of(cell(sum, 0, 1)), lightness_of(cell(sum, 2, 2)) + 20.0);  // 40 and 52
  EXPECT_TRUE(near(cell(sum, 0, 2), {255, 255, 255}));
  int hatched = 0, plain = 0;
  for (int x = 750; x < 940; ++x) {
    const auto rgb = sum.at(x, 620);
    EXPECT_LT(std::abs(rgb[0] - rgb[2]), 12) << x;  // grey
    hatched += rgb[0] < 170;
    plain += near(rgb, {209, 209, 209});
  }
  EXPECT_GT(hatched, 10);
  EXPECT_GT(plain, 120);
  const Image phase(folder.path() / "heat_map_phase.png");
  EXPECT_TRUE(near(cell(phase, 0, 0), cell(phase, 1, 1)));
  EXPECT_TRUE(near(cell(phase, 2, 0), cell(phase, 3, 1)));
  EXPECT_GT(lightness_of(cell(phase, 1, 0)), lightness_of(cell(phase, 2, 0)) + 30.0);
  EXPECT_TRUE(near(phase.at(1015, 666), cell(phase, 2, 0)));  // a patch in the legend for each value, 2 above 0
  EXPECT_TRUE(near(phase.at(1015, 622), cell(phase, 0, 0)));
}

TEST(SweepPictures, OneParameterGivesCurvesThatFailedRowsPart) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  SweepTable table = make_table(grid_request({5}), {parameter("a", "1/s", 1.0, 10000.0, true)},
                                {{"y", [](const Point& x) { return std::log10(x[0]); }}});
  fail_row(table, 2);
  write_table(folder.path(), table);
  const Outcome outcome = run("plot --width 1200 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image picture(folder.path() / "sweep_curves.png");
  // The chart fills 130..1140 x 90..330 pixels, the scales 6 % more than the values: a straight line from corner to
  // corner.
  const auto at = [&](double part, double height) {
    return picture.at(static_cast<int>(130 + 1010 * (part + 0.06) / 1.12),
                      static_cast<int>(90 + 240 * (height + 0.06) / 1.12));
  };
  for (const double part : {0.1, 0.25, 0.75, 0.9}) EXPECT_TRUE(near(at(part, part), blue)) << part;
  for (const double part : {0.35, 0.65}) EXPECT_FALSE(near(at(part, part), blue)) << part;
  int dark = 0;
  for (double height = 0.0; height < 1.0; height += 0.01) dark += at(0.5, height)[0] < 160;
  EXPECT_NEAR(dark, 57, 12);  // 8 of 14 pixels of the dashed line
}

TEST(SweepPictures, ParallelCoordinatesColourLinesAndDashFailedRows) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  // Two rows: straight lines along the lower and the upper end of all axes; a third one in the middle failed.
  SweepTable table =
      make_table(grid_request({3}), {parameter("a", "1", 0.0, 1.0)}, {{"y", [](const Point& x) { return x[0]; }}});
  table.parameters.push_back({"b", "section.b", "mm", true, 1.0, 100.0, {1.0, 10.0, 100.0}});
  fail_row(table, 1);
  write_table(folder.path(), table);
  const Outcome outcome = run("plot --parallel --width 1200 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image picture(folder.path() / "parallel_coordinates.png");
  EXPECT_EQ(picture.width(), 1200);
  // Three axes at 130, 600 and 1070; values from 150 to 700 pixels.
  const auto low = picture.at(300, 150), high = picture.at(300, 700);
  EXPECT_GT(low[0], low[2] + 60);               // orange
  EXPECT_LT(high[0] + high[1] + high[2], 250);  // dark violet
  EXPECT_LT(picture.at(800, 700)[1], 100);      // up to the output
  int drawn = 0, gaps = 0;
  for (int x = 200; x < 540; ++x) {
    const auto rgb = picture.at(x, 425);
    EXPECT_LT(std::abs(rgb[0] - rgb[2]), 12) << x;  // grey
    (rgb[0] < 190 ? drawn : gaps) += 1;
  }
  EXPECT_NEAR(drawn / 340.0, 10.0 / 18.0, 0.12);
  EXPECT_GT(gaps, 100);
  EXPECT_TRUE(near(picture.at(700, 425), {255, 255, 255}));  // a failed row has no output
}

TEST(SweepPictures, ScatteredRowsAreDrawnAsParallelCoordinatesUnasked) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  write_table(folder.path(), ishigami_table());
  EXPECT_EQ(run("plot --x x1 --y x2 " + folder.path().string()).code, 2);
  EXPECT_EQ(run("plot " + folder.path().string()).code, 0);
  EXPECT_TRUE(fs::exists(folder.path() / "parallel_coordinates.png"));
}

TEST(SweepPictures, ThatWouldBeTooTallAreRefused) { EXPECT_THROW(Picture(100, 900, 1000), CommandError); }

}  // namespace
}  // namespace tautband::post
