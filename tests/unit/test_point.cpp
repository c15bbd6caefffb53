// Bars at a point against the closed forms of their laws.
#include "point_record.hpp"

#include <algorithm>

namespace tautband {
namespace {

double force_velocity(double v) { return -0.3211346127989808 * std::asinh(-8.149 * v - 0.374) + 0.8825327733249912; }

TEST(Point, IsometricForceIsTheForceLengthCurve) {
  const Record r = perform(std::string(active_fibre) + R"(
[point]
protocol = "isometric"
volume = "incompressible"
sample_step = "10 ms"
duration = "2 s"
stretches = [0.7, 0.9, 1.0, 1.2]
excitation = 0.6
)");
  const double stretches[] = {0.7, 0.9, 1.0, 1.2};
  for (int trial = 0; trial < 4; ++trial) {
    const double l = stretches[trial], fibre = 250e3 * 0.6 * force_length(l);
    EXPECT_NEAR(r.last("activation", trial), 0.6, 1e-12);  // 2 s are 70 time constants
    EXPECT_NEAR(r.last("fibre_stress", trial), fibre, 1e-6);
    const double tension = 5e3 * (l * l - 1.0 / l) + fibre;  // with the ground substance of mu = 5 kPa
    EXPECT_NEAR(r.last("tension", trial), tension, 1e-6);
    EXPECT_NEAR(r.last("nominal_stress", trial), tension / l, 1e-6);
    EXPECT_NEAR(r.last("lateral_stretch", trial), 1.0 / std::sqrt(l), 1e-15);
  }
}

TEST(Point, ActivationFollowsExcitation) {
  const Record r = perform(std::string(active_fibre) + R"(
[activation]
time_up = "20 ms"
smoothing = 1e4                  # switches at once: 1/k = 20 ms (1/2 + 3/2 a) while it rises
[point]
protocol = "isometric"
sample_step = "1 ms"
duration = "0.5 s"
stretches = [1.0]
excitation = 1
onset = "0.1 s"
offset = "0.3 s"
)");
  const auto at = [&](double t) {
    for (std::size_t i = 0; i < r.rows(); ++i)
      if (r["time"][i] > t - 1e-9) return r["activation"][i];
    return double(NAN);
  };
  EXPECT_EQ(at(0.1), 0.0);
  // Rising, -2 ln(1 - a) - 3/2 a = t / 20 ms: 0.5054 after 13 ms. Falling from 1, a / (1 + 3 a) = exp(-t / 120 ms) / 4.
  // The tolerance is that of steps of 1 ms.
  EXPECT_NEAR(at(0.113), 0.5054, 2e-3);
  EXPECT_GT(at(0.3), 0.99);
  EXPECT_NEAR(at(0.32), 0.579, 5e-3);
  EXPECT_NEAR(at(0.5), 0.055, 2e-3);
}

TEST(Point, IsokineticForceIsTheForceVelocityCurve) {
  const Record r = perform(std::string(active_fibre) + R"(
[point]
protocol = "isokinetic"
sample_step = "1 ms"
volume = "incompressible"
stretch = 1.05
travel = 0.1
start = "1 s"
rates = ["-6 s^-1", "-2 s^-1", "-0.4 s^-1", "0.4 s^-1", "4 s^-1"]
excitation = 1
)");
  const double rates[] = {-6, -2, -0.4, 0.4, 4};
  for (int trial = 0; trial < 5; ++trial) {
    EXPECT_NEAR(r.last("fibre_stretch", trial), 1.05, 1e-12);
    EXPECT_NEAR(r.last("stretch_rate", trial), rates[trial], 1e-9);
    // activation has risen for 1 s, that is exp(-33) short of 1
    EXPECT_NEAR(r.last("fibre_stress", trial) / (250e3 * force_length(1.05)), force_velocity(rates[trial] / 8.0), 1e-8);
  }
}

TEST(Point, PassiveRampIsTheLawsClosedForm) {
  const Record r = perform(R"(
[[region]]
name = "muscle"
law = "heidlauf2016"
[point]
protocol = "ramp_and_hold"
volume = "incompressible"
sample_step = "20 ms"
duration = "2 s"
start = "0.1 s"
stretch = 1.0
stretch_end = 1.4
rate = "0.4 s^-1"
)");
  double most = 0.0;
  for (std::size_t i = 0; i < r.rows(); ++i) {
    const double l = std::clamp(1.0 + 0.4 * (r["time"][i] - 0.1), 1.0, 1.4);
    EXPECT_NEAR(r["fibre_stretch"][i], l, 1e-12);
    EXPECT_NEAR(r["tension"][i],
                2.0 * (l * l - 1.0 / l) * (3.176e-6 + 18.13e3 / l) + 107.5 * (std::pow(l, 9.1733) - 1.0), 1e-7);
    EXPECT_EQ(r["activation"][i], 0.0);
    most = std::max(most, l);
  }
  EXPECT_NEAR(most, 1.4, 1e-12);
}

// The lateral stretch of a law that resists volume change by itself: 4C's passive bar.
TEST(Point, CompressibleBarFindsItsLateralStretch) {
  const Record r = perform(R"(
[[region]]
name = "other"
law = "neo_hookean"
[[region]]
name = "muscle"
law = "weickenmeier2014"
[region.parameters]
alpha = 15
beta = 1
gamma = "5 kPa"
omega0 = 0.8
[point]
protocol = "ramp_and_hold"
region = "muscle"
sample_step = "50 ms"
duration = "1 s"
stretch_end = 1.4
rate = "1 s^-1"
)");
  EXPECT_NEAR(r.last("tension", 0) / 1e3, 144.03795001847, 1e-9);
  EXPECT_NEAR(r.last("lateral_stretch", 0), 0.839418270326, 1e-12);
  EXPECT_NEAR(r.last("volume_ratio", 0), 0.986472245581, 1e-12);
}

// An eigen-stretch of the region: the elastic stretch is the total one over it, times a curve of the region.
TEST(Point, RegionGivesContractureActivationAndCurves) {
  const Record r = perform(std::string(active_fibre) + R"(
[[region]]
name = "knot"
law = "tautband"
activation = { value = 0.5, curve = "late" }
contracture_stretch = 0.8
parameters.passive_factor = 0
[curve.late]
kind = "step"
start = "0.5 s"
[point]
protocol = "isometric"
region = "knot"
volume = "incompressible"
sample_step = "0.1 s"
duration = "1 s"
stretches = [0.88]
)");
  EXPECT_NEAR(r["fibre_stress"].front(), 0.0, 1e-9);
  EXPECT_NEAR(r.last("fibre_stress", 0), 200e3 * 0.5 * force_length(1.1), 1e-6);
}

TEST(Point, QuickReleaseDropsTheForceForOneSample) {
  const Record r = perform(std::string(active_fibre) + R"(
[point]
protocol = "quick_release"
volume = "incompressible"
sample_step = "5 ms"
duration = "2 s"
start = "1 s"
stretch = 1.1
stretch_end = 1.08
excitation = 1
)");
  const auto fibre = [&](double t) {
    for (std::size_t i = 0; i < r.rows(); ++i)
      if (r["time"][i] > t - 1e-9) return r["fibre_stress"][i] / 250e3;
    return double(NAN);
  };
  EXPECT_NEAR(fibre(1.0), force_length(1.1), 1e-8);
  EXPECT_NEAR(fibre(1.005), force_length(1.08) * force_velocity(-0.02 / 0.005 / 8.0), 1e-8);  // -4/s
  EXPECT_NEAR(fibre(1.01), force_length(1.08), 1e-8);
}

}  // namespace
}  // namespace tautband
