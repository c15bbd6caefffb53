// Experiments at a point on motor pool, spindle and trigger point, and wrong cases.
#include "base/error.hpp"
#include "point_record.hpp"
#include "stages/stimulated_pool.hpp"

#include <algorithm>

namespace tautband {
namespace {

constexpr const char* one_unit = R"(
[motor_pool]
model = "fuglevand1993"
units = 1
territories = 1
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

// docs/model.md 9.4: an active point under a drive of 2 % stays active; unloading and needling let it heal. The steady
// numbers are those of an independent integration of the same equations.
TEST(Point, TriggerPointOverHours) {
  const std::string start = R"(
[trigger_point]
start = "active"
[motor_pool]
tonic_drive = "2 %"
[adaptation]
largest_loss = 0
[point]
protocol = "trigger_point"
sample_step = "0.25 h"
duration = "24 h"
)";
  const Record lasting = perform(start);
  EXPECT_EQ(lasting.rows(), 97u);
  EXPECT_NEAR(lasting["time"].back(), 86400.0, 1e-6);
  EXPECT_NEAR(lasting["calcium"].back(), 1.496, 2e-3);
  EXPECT_NEAR(lasting["energy"].back(), 0.104, 2e-3);
  EXPECT_NEAR(lasting["nociceptor_activity"].back(), 0.718, 2e-3);
  EXPECT_EQ(lasting["condition"].back(), 2.0);
  const Record needled = perform(start + R"(
[[event]]
kind = "needling"
start = "1 h"
centre = ["0 mm", "0 mm", "0 mm"]
radius = "5 mm"
[[event]]
kind = "unloading"
start = "1 h"
factor = 0.0
)");
  EXPECT_EQ(needled["condition"][2], 2.0);
  EXPECT_LT(needled["condition"].back(), 2.0);
  EXPECT_EQ(needled["drive"].back(), 0.0);
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
  expect_refusal("[point]\nprotocol = \"trigger_point\"\nsample_step = \"1 ms\"\nduration = \"24 h\"", "ten million");
  expect_refusal("[point]\nprotocol = \"jump\"\nsample_step = \"1 ms\"\nduration = \"1 s\"", "isometric");
}

}  // namespace
}  // namespace tautband
