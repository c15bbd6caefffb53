// Knot and band of a result with analytic fields, against the sizes that follow from the formulas of the fixture.
#include <gtest/gtest.h>

#include "post/analysis.hpp"
#include "temporary_result.hpp"

#include <cmath>
#include <numbers>

namespace tautband::post {
namespace {

class Synthetic {
 public:
  explicit Synthetic(const fixture::SyntheticResult& what)
      : result_(what), reader_(result_.path()), mesh_(make_linear_mesh(reader_, "muscle")) {}
  BandAnalysis analysis(const Method& method = {}) const { return analyse(reader_, mesh_, method); }
  const LinearMesh& mesh() const { return mesh_; }

 private:
  fixture::TemporaryResult result_;
  ResultReader reader_;
  LinearMesh mesh_;
};

// Where the stretch is below 0.85 at full strength: exp(-q^4) > 0.23 / 0.46, that is q < (ln 2)^(1/4).
const double knot_q = std::pow(std::numbers::ln2, 0.25);
// Where the tension exceeds 1.5 x 15 kPa at full strength: (r/1.6)^4 + (z/24)^4 < 1 - 7.5/20.
const double band_k = std::pow(0.625, 0.25);
// Mean over x in 0..1 of (1 - x^4)^(1/4): Gamma(5/4)^2 / Gamma(3/2).
const double superellipse = std::pow(std::tgamma(1.25), 2) / std::tgamma(1.5);

// Lattice h = 0.3 mm across and 0.5 mm along. Trilinear interpolation moves a level surface by h^2/8 x (sum of the
// second derivatives) / slope: 0.015 mm of the knot's radius of 0.91 mm, less elsewhere: 2 % of a length, 5 % of a
// volume.
constexpr double size_tolerance = 0.02;

class WholeBundle : public testing::TestWithParam<bool> {};

TEST_P(WholeBundle, KnotHasItsSize) {
  const Synthetic synthetic({GetParam(), true, false});
  const BandAnalysis found = synthetic.analysis();
  const KnotState& knot = found.knots[5];  // full strength
  ASSERT_TRUE(knot.found);
  EXPECT_EQ(knot.count, 1);
  EXPECT_NEAR(knot.shape.length, 5e-3 * knot_q, size_tolerance * 5e-3);
  EXPECT_NEAR(knot.shape.volume, 4e-9 / 3 * std::numbers::pi * 2.5 * std::pow(knot_q, 3), 0.06 * 8e-9);
  // the mean diameter of an ellipsoid along its axis is pi/4 of the largest
  EXPECT_NEAR(knot.shape.width, 0.5e-3 * std::numbers::pi * knot_q, 2 * size_tolerance * 1.4e-3);
  EXPECT_NEAR(knot.shape.largest_width, 2e-3 * knot_q, 3 * size_tolerance * 1.8e-3);
  EXPECT_NEAR(knot.shape.centre_along, 0.0, 1e-6);
  EXPECT_NEAR(knot.smallest_stretch, fixture::rest_stretch - fixture::stretch_drop, 1e-12);
  EXPECT_NEAR(knot.largest_pressure, 8e3, 1e-9);
}

TEST_P(WholeBundle, BandHasItsSizeAndTension) {
  const Synthetic synthetic({GetParam(), true, false});
  const BandAnalysis found = synthetic.analysis();
  const BandState& band = found.bands[5];
  ASSERT_TRUE(band.found);
  EXPECT_NEAR(band.far_tension, 15e3, 1e-6);
  EXPECT_NEAR(band.threshold, 22.5e3, 1e-6);
  EXPECT_NEAR(band.shape.length, 48e-3 * band_k, size_tolerance * 10e-3);
  EXPECT_NEAR(band.shape.width, 3.2e-3 * band_k * superellipse, size_tolerance * 2.6e-3);
  EXPECT_NEAR(band.peak_excess, 20e3, 1e-6);
  EXPECT_GT(band.shape.length / band.shape.width, 10.0);
}

/// Mean of 20 (1 - (r/1.6)^4 - (z/24)^4) over the band by the midpoint rule, kPa.
double mean_excess() {
  const int n = 400;
  double sum = 0.0, volume = 0.0;
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k) {
      const double r = 1.6 * (i + 0.5) / n, z = 24.0 * (k + 0.5) / n;
      const double excess = fixture::tension_at(r, z, 1.0) - fixture::rest_tension;
      if (excess <= 7.5) continue;
      sum += r * excess;
      volume += r;
    }
  return sum / volume;
}

TEST_P(WholeBundle, MeanExcessIsTheVolumeMean) {
  const Synthetic synthetic({GetParam(), true, false});
  EXPECT_NEAR(synthetic.analysis().bands[5].mean_excess, 1e3 * mean_excess(), size_tolerance * 15e3);
}

INSTANTIATE_TEST_SUITE_P(Elements, WholeBundle, testing::Values(false, true),
                         [](const auto& element) { return element.param ? "hex27" : "hex8"; });

TEST(PostAnalysis, VolumeIsTheBundles) {
  const Synthetic synthetic({true, false, false});
  double volume = 0.0;
  for (const double cell : synthetic.mesh().volume) volume += cell;
  // straight-edged outline of 80 chords: area is (n / 2) r^2 sin(2 pi / n), 0.1 % below the circle's
  EXPECT_NEAR(volume, std::numbers::pi * 9e-6 * 60e-3, 3e-3 * std::numbers::pi * 9e-6 * 60e-3);
}

TEST(PostAnalysis, OnsetsAreInterpolatedBetweenSteps) {
  const Synthetic synthetic({false, true, false});
  const BandAnalysis found = synthetic.analysis();
  ASSERT_TRUE(found.knot_onset && found.band_onset);
  EXPECT_NEAR(*found.knot_onset, 1.0, 1e-9);    // 0.46 a = 0.23 at a = t - 0.5
  EXPECT_NEAR(*found.band_onset, 0.875, 1e-9);  // 20 a = 7.5
}

TEST(PostAnalysis, PeakIsBeforeTheLastStep) {
  const Synthetic synthetic({false, true, false});
  const BandAnalysis found = synthetic.analysis();
  EXPECT_EQ(found.peak_step, 5u);
  EXPECT_NEAR(found.bands.back().peak_excess, 16e3, 1e-6);  // strength 0.8 at the end
}

TEST(PostAnalysis, WaveStiffnessFollowsTheIdentity) {
  const Synthetic synthetic({false, true, false});
  const BandAnalysis found = synthetic.analysis();
  EXPECT_EQ(found.ground_shear_source, "case");
  const BandState& band = found.bands[5];
  EXPECT_NEAR(band.surround.across, 4e3 / 1.08, 1.0);
  EXPECT_NEAR(band.surround.along, 4e3 / 1.08 + 15e3, 1.0);
  // Outside the knot no lateral pressure above 8 kPa / 2 is left, and stretch is 1.08 almost everywhere.
  EXPECT_NEAR(band.stiffness.along, band.far_tension + band.mean_excess_outside_knot + 4e3 / 1.08, 250.0);
  Method method;
  method.ground_shear = 6e3;
  const BandAnalysis other = synthetic.analysis(method);
  EXPECT_EQ(other.ground_shear_source, "option");
  EXPECT_NEAR(other.bands[5].surround.across, 6e3 / 1.08, 1.0);
}

TEST(PostAnalysis, QuarterBundleCountsWhole) {
  const Synthetic whole({true, true, false}), quarter({true, true, true});
  const BandState a = whole.analysis().bands[5], b = quarter.analysis().bands[5];
  const KnotState c = whole.analysis().knots[5], d = quarter.analysis().knots[5];
  EXPECT_NEAR(b.shape.width, a.shape.width, size_tolerance * a.shape.width);
  EXPECT_NEAR(d.shape.volume, c.shape.volume, size_tolerance * c.shape.volume);
  EXPECT_NEAR(b.shape.length, a.shape.length, 1e-6);
}

TEST(PostAnalysis, NoKnotNoBand) {
  const Synthetic synthetic({true, false, false});
  const BandAnalysis found = synthetic.analysis();
  EXPECT_FALSE(found.has_knot());
  EXPECT_FALSE(found.knot_onset || found.band_onset);
  for (const KnotState& knot : found.knots) {
    EXPECT_FALSE(knot.found);
    EXPECT_NEAR(knot.smallest_stretch, 1.08, 1e-12);
  }
  for (const BandState& band : found.bands) {
    EXPECT_FALSE(band.found);
    EXPECT_NEAR(band.far_tension, 15e3, 1e-6);
  }
}

TEST(PostAnalysis, KnotOutsideTheEndPlateZoneDoesNotCount) {
  const Synthetic synthetic({false, true, false});
  Method method;
  method.knot_threshold = 1.2;  // everything is below it: the knot is the zone, whose mask falls between 4 and 4.5 mm
  const double length = synthetic.analysis(method).knots[0].shape.length;
  EXPECT_GT(length, 8e-3);
  EXPECT_LT(length, 9e-3);
}

}  // namespace
}  // namespace tautband::post
