// Experiments at a point against the closed forms of the laws they run.
#include "app/point_experiment.hpp"
#include "base/error.hpp"
#include "io/case_file.hpp"
#include "stages/stimulated_pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace tautband {
namespace {

/// The rows of an experiment by column.
struct Record {
  std::map<std::string, std::vector<double>> columns;
  const std::vector<double>& operator[](const std::string& name) const { return columns.at(name); }
  std::size_t rows() const { return columns.at("time").size(); }
  /// Last row of a trial.
  double last(const std::string& name, int trial) const {
    double value = NAN;
    for (std::size_t i = 0; i < rows(); ++i)
      if ((*this)["trial"][i] == trial) value = (*this)[name][i];
    return value;
  }
};

Record perform(const std::string& text) {
  const spec::Case values = parse_case(text, "point.toml");
  const auto experiment = make_point_experiment(values);
  const std::vector<HistoryColumn> columns = experiment->columns();
  Record record;
  experiment->run([&](const std::vector<double>& row) {
    ASSERT_EQ(row.size(), columns.size());
    for (std::size_t c = 0; c < row.size(); ++c) record.columns[columns[c].name].push_back(row[c]);
  });
  return record;
}

/// The default muscle law with its active fibre alone: no passive stress, no viscosity.
constexpr const char* active_fibre = R"(
[[region]]
name = "muscle"
law = "tautband"
[region.parameters]
sigma0 = "250 kPa"
highest_rate = "8 s^-1"
passive_factor = 0
fibre_viscosity = "0 kPa s"
)";

// De Groote et al. 2016, with their published constants.
double force_length(double l) {
  const double b[3][4] = {{0.815, 1.055, 0.162, 0.063}, {0.433, 0.717, -0.030, 0.200}, {0.1, 1.0, 0.354, 0.0}};
  double sum = 0.0;
  for (const auto& [b1, b2, b3, b4] : b) sum += b1 * std::exp(-0.5 * std::pow((l - b2) / (b3 + b4 * l), 2));
  return sum;
}
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

constexpr const char* one_unit = R"(
[motor_pool]
model = "fuglevand1993"
units = 1
recruitment_range = 30
force_range = 100
contraction_range = 3
longest_contraction = "90 ms"
first_peak_rate = "45 pps"
peak_rate_range = "10 pps"
)";

// One unit: P = 100, T = 90 ms / 3, peak rate 45 - 10 pps; strength = P e x g(x), x = 0.03 s x 35 pps.
TEST(Point, TwitchIsTheUnitsImpulse) {
  const Record r = perform(std::string(active_fibre) + one_unit + R"(
[point]
protocol = "twitch"
volume = "incompressible"
sample_step = "1 ms"
duration = "0.5 s"
start = "0.1 s"
)");
  const double x = 0.03 * 35.0, fused = (1.0 - std::exp(-2.0 * x * x * x)) * 0.4 / (1.0 - std::exp(-2.0 * 0.064));
  for (std::size_t i = 0; i < r.rows(); ++i) {
    const double s = std::max(r["time"][i] - 0.1, 0.0) / 0.03;
    EXPECT_NEAR(r["activation"][i], s * std::exp(1.0 - s) / (std::exp(1.0) * fused), 1e-12);
    EXPECT_NEAR(r["fibre_stress"][i], 250e3 * r["activation"][i] * force_length(1.0), 1e-6);
  }
}

TEST(Point, TetanusRisesToTheFusedForceAndFallsAfterwards) {
  const Record r = perform(std::string(active_fibre) + one_unit + R"(
[point]
protocol = "tetanus"
sample_step = "1 ms"
duration = "2 s"
start = "0.2 s"
stimulus_rate = "20 pps"
stimulus_duration = "1 s"
)");
  // Mean over the last five intervals of the train: e x g(x) at 20 pps over that at 35 pps.
  const auto fused = [](double x) { return 1.0 - std::exp(-2.0 * x * x * x); };
  double sum = 0.0, n = 0.0;
  for (std::size_t i = 0; i < r.rows(); ++i)
    if (r["time"][i] > 0.95 - 1e-9 && r["time"][i] < 1.2 - 1e-9) {
      sum += r["activation"][i];
      ++n;
    }
  EXPECT_NEAR(sum / n, fused(0.6) / fused(1.05), 1e-4);
  EXPECT_EQ(n, 250);
  EXPECT_LT(r["activation"].back(), 1e-8);
}

TEST(Point, StimulationBeyondThePeakRateSaturates) {
  const Fuglevand1993 pool;
  EXPECT_EQ(StimulatedPool(pool, 0.0, 200.0, 10.0).activation(5.0), 1.0);
  EXPECT_NEAR(StimulatedPool(pool, 0.0, 200.0, 1.0).activation(4.0), 0.0, 1e-10);
}

// Mileusnic 2006: the second and the last row of its table of ramps (docs/model.md 10.1).
TEST(Point, SpindleGivesTheTabledPeaks) {
  const auto ramp = [](const std::string& more) {
    return perform(R"(
[point]
protocol = "spindle_ramp_and_hold"
sample_step = "1 ms"
duration = "3.999 s"
start = "1 s"
stretch = 0.95
stretch_end = 1.08
)" + more);
  };
  const auto most = [](const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); };
  const Record slow = ramp("rate = \"0.66 s^-1\"");
  EXPECT_NEAR(most(slow["primary_rate"]), 124.6995, 0.51e-4);
  EXPECT_NEAR(slow["primary_rate"].back(), 42.6185, 0.51e-4);
  EXPECT_NEAR(slow["secondary_rate"].back(), 59.3296, 0.51e-4);
  const Record driven = ramp("rate = \"1.55 s^-1\"\nfusimotor_static = \"70 pps\"");
  EXPECT_NEAR(most(driven["secondary_rate"]), 149.8847, 0.51e-4);
  EXPECT_NEAR(driven["primary_rate"].back(), 109.3133, 0.51e-4);
}

void expect_refusal(const std::string& text, const std::string& reason) {
  try {
    perform(text);
    ADD_FAILURE() << "accepted, but: " << reason;
  } catch (const CaseError& error) {
    EXPECT_NE(std::string(error.what()).find(reason), std::string::npos) << error.what();
  }
}

TEST(Point, WrongCasesAreRefused) {
  const std::string muscle = active_fibre, ramp = R"(
[point]
protocol = "ramp_and_hold"
sample_step = "20 ms"
duration = "1 s"
stretch_end = 1.4
rate = "0.5 s^-1"
)";
  perform(muscle + ramp);
  expect_refusal(ramp, "the required section [[region]] is missing");
  expect_refusal(muscle + ramp + "region = \"muscel\"", "did you mean \"muscle\"");
  expect_refusal(muscle + ramp + "start = \"0.5 s\"", "the trial ends at 1 s, before the movement");
  expect_refusal(muscle + ramp + "stretch = 1.4", "\"stretch_end\" is where the movement begins");
  expect_refusal(muscle + ramp + "onset = \"2 s\"\noffset = \"1 s\"", "the excitation ends before it starts");
  expect_refusal(muscle + ramp + "stretches = [1]", "stretches");
  expect_refusal(muscle + ramp + "[time]\nend = \"1 s\"\nstep = \"1 ms\"", "no use without [mesh]");
  expect_refusal(
      muscle + "[point]\nprotocol = \"isometric\"\nsample_step = \"1 ms\"\nduration = \"1 s\"\nstretches = []",
      "\"stretches\" is empty");
  expect_refusal(
      "[[region]]\nname = \"m\"\nlaw = \"neo_hookean\"\nparameters.mu = { array = \"stiffness\", scale = 1.0 }" + ramp,
      "mu is the array \"stiffness\" of a mesh");
  expect_refusal(muscle, "the required section [mesh] is missing");
}

}  // namespace
}  // namespace tautband
