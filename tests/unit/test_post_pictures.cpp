// The program itself: exit codes, and pictures that show something.
#include <gtest/gtest.h>

#include "post/colour_map.hpp"
#include "post/picture.hpp"
#include "program_and_image.hpp"
#include "temporary_result.hpp"

#include <vtkNew.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <cmath>
#include <fstream>

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::Image;
using fixture::Outcome;
using fixture::pictures_possible;
using fixture::run;
using fixture::TemporaryFolder;
using fixture::TemporaryResult;

TEST(PostProgram, ExitCodes) {
  EXPECT_EQ(run("--help").code, 0);
  EXPECT_EQ(run("--version").code, 0);
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("draw x").code, 2);
  EXPECT_EQ(run("bands /nowhere").code, 3);
  EXPECT_EQ(run("render /nowhere").code, 3);
  const TemporaryResult result({false, true, false});
  const std::string path = result.path().string();
  EXPECT_EQ(run("bands " + path + " --band-factor 0.5").code, 2);
  EXPECT_EQ(run("bands " + path + " --ground-shear '5 psi'").code, 2);
  EXPECT_EQ(run("bands " + path + " --region bone").code, 3);
  EXPECT_EQ(run("bands " + path + " --out /proc/nowhere").code, 1);
  const Outcome good = run("bands " + path);
  EXPECT_EQ(good.code, 0) << good.text;
  EXPECT_TRUE(fs::exists(result.path() / "bands.json"));
}

TEST(PostProgram, ExportIsReadByVtk) {
  const TemporaryResult result({true, true, false});
  const Outcome outcome = run("export " + result.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  vtkNew<vtkXMLUnstructuredGridReader> reader;
  reader->SetFileName((result.path() / "vtu/result_0005.vtu").c_str());
  reader->Update();
  EXPECT_EQ(reader->GetOutput()->GetNumberOfCells(), 6000);
  EXPECT_EQ(reader->GetOutput()->GetCellType(0), VTK_TRIQUADRATIC_HEXAHEDRON);
  EXPECT_TRUE(fs::exists(result.path() / "vtu/result.pvd"));
}

TEST(PostPictures, ShowKnotAndBand) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryResult result({true, true, false});
  const Outcome outcome = run("render --width 800 " + result.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image stretch(result.path() / "fibre_stretch.png"), tension(result.path() / "tension.png");
  EXPECT_EQ(stretch.width(), 800);
  EXPECT_EQ(stretch.height(), 450);
  EXPECT_EQ(stretch.at(2, 2), (std::array<int, 3>{255, 255, 255}));
  // The knot is in the middle of both views: at 170 of 450 in the lower one. It is blue, far from it the tissue is
  // grey.
  const auto knot = stretch.at(400, 160), rest = stretch.at(60, 160);
  EXPECT_GT(knot[2], knot[0] + 80);
  EXPECT_LT(std::abs(rest[2] - rest[0]), 12);
  EXPECT_GT(tension.colours(), 40u);  // tubes in the whole map, shaded
  const auto band = tension.mean(400, 170), surround = tension.mean(60, 210);
  EXPECT_GT(surround[0], band[0] + 80);
  EXPECT_GT(Image(result.path() / "cross_section.png").colours(), 25u);
}

TEST(PostPictures, OneFieldAtATime) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryResult result({false, true, false});
  const std::string options = "render --width 800 --time '0 s' --field fibre_stretch --field tension -o ";
  const Outcome outcome = run(options + (result.path() / "pictures").string() + " " + result.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_TRUE(fs::exists(result.path() / "pictures/tension.png"));
  EXPECT_FALSE(fs::exists(result.path() / "pictures/cross_section.png"));
  const Image before(result.path() / "pictures/fibre_stretch.png");  // no knot yet at 0 s
  const auto middle = before.at(400, 160);
  EXPECT_LT(std::abs(middle[2] - middle[0]), 12);
  EXPECT_EQ(run("render --field oxygen " + result.path().string()).code, 2);
}

TEST(PostPictures, TimeCurvesHaveTheirColours) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryResult result({false, true, false});
  const Outcome outcome = run("plot " + result.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image curves(result.path() / "time_curves.png");
  EXPECT_EQ(curves.width(), 1600);
  int blue = 0, red = 0;
  for (int y = 0; y < curves.height(); ++y)
    for (int x = 100; x < 1290; ++x) {
      const auto rgb = curves.at(x, y);
      blue += rgb[2] > rgb[0] + 90;
      red += rgb[0] > rgb[2] + 90;
    }
  EXPECT_GT(blue, 2000);  // two lines of two pixels across 1180 pixels, in at least one chart each
  EXPECT_GT(red, 2000);
  fs::remove(result.path() / "history.csv");
  EXPECT_EQ(run("plot " + result.path().string()).code, 3);
}

TEST(PostPictures, PointHistoriesNeedNoMesh) {
  if (!pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  std::ofstream(folder.path() / "history.csv") << "time,trial,tension,activation,stretch_rate\n# s,1,Pa,1,1/s\n"
                                                  "0,0,0,0,0\n1,0,1e5,1,0\n1,1,0,0,0\n2,1,2e5,1,0\n";
  const Outcome outcome = run("plot " + path);
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image curves(folder.path() / "time_curves.png");
  EXPECT_EQ(curves.height(), 580);  // two charts; the stretch rate is 0 throughout
  const auto second = curves.at(1000, 400), first = curves.at(400, 400);
  EXPECT_GT(first[2], second[2] + 10);  // every other trial is shaded
  const Outcome chosen = run("plot --column activation -o " + path + "/chosen " + path);
  ASSERT_EQ(chosen.code, 0) << chosen.text;
  EXPECT_EQ(Image(folder.path() / "chosen/time_curves.png").height(), 360);
  EXPECT_EQ(run("plot --column force " + path).code, 2);
  EXPECT_EQ(run("render " + path).code, 3);
}

TEST(PostColours, LightnessChangesEvenly) {
  const auto map = sequential_map({0.0, 1.0});
  double last = 101.0;
  for (int i = 0; i <= 20; ++i) {
    double rgb[3];
    map->GetColor(i / 20.0, rgb);
    EXPECT_LT(lightness(rgb), last - 2.0) << "at " << i;  // 84 units over 20 steps: 4.2 on average
    last = lightness(rgb);
  }
}

TEST(PostColours, DivergingMapIsLightestAtItsCentre) {
  const auto map = diverging_map(1.08, {0.62, 1.25});
  double centre[3], low[3], same[3], high[3];
  map->GetColor(1.08, centre);
  map->GetColor(0.62, low);
  map->GetColor(1.25, high);
  map->GetColor(0.91, same);
  EXPECT_NEAR(centre[0], centre[2], 0.02);
  EXPECT_GT(low[2], low[0]);
  EXPECT_GT(high[0], high[2]);
  EXPECT_NEAR(lightness(high), lightness(same), 3.0);  // 1.25 and 0.91 lie equally far from the centre
  EXPECT_GT(lightness(centre), lightness(high) + 10.0);
}

TEST(PostPicture, TicksAreRound) {
  EXPECT_EQ(round_ticks(0.0, 10.0, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(round_ticks(15.0, 35.0, 6), (std::vector<double>{15, 20, 25, 30, 35}));
  EXPECT_EQ(tick_text(-1e-17), "0");
  EXPECT_EQ(tick_text(0.25), "0.25");
}

}  // namespace
}  // namespace tautband::post
