// The reflex arc from spindle to motor unit, on any number of ranks (1, 2 and 4 are run).
#include "stages/reflex.hpp"

#include "fem/fibre_field.hpp"
#include "stages/activation.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tautband {
namespace {

using testing_support::block_mesh;
using testing_support::MuscleBlock;

constexpr double network_step = 1e-3;

double a_hundredth(double) { return 0.01; }

/// A block of 3 x 3 x 4 cells with 8 spindles and 3 motor units, pulled along its fibres.
struct Arc {
  MuscleBlock block{block_mesh(ElementKind::hex8, {3, 3, 4}, {3e-3, 3e-3, 8e-3}, 3)};
  Territories territories;
  ReflexStage reflex;
  ReflexState state;
  Excitation excitation;
  MuscleState muscle;

  explicit Arc(const spec::Physiology& physiology, const ReflexStage::Tonic& tonic = a_hundredth, double start = 0.0)
      : territories(make_territories(block.local, block.geometry, block.muscle, section(),
                                     {physiology.motor_pool.territories, 1, 0.2e-3, true})),
        reflex(physiology, tonic, network_step, start, block.local, block.geometry, block.muscle, section(),
               territories),
        state(reflex.initial_state()),
        muscle{block.point_field(0.0), block.point_field(1.0), block.point_field(0.0)} {}

  View2<double> section() const { return perpendicular_coordinates(block.local, {0.0, 0.0, 1.0}); }

  void sample(double time, double stretch) {
    reflex.sample(time, block.displacement([&](const auto& x, int i) { return i == 2 ? (stretch - 1.0) * x[2] : 0.0; }),
                  {}, state);
  }
  /// Excitation of unit j in each network step of the step dt ahead.
  std::vector<double> excite(double dt, int j = 0) {
    reflex.advance(state, dt, {}, excitation);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), excitation.unit);
    std::vector<double> values;
    for (int k = 0; k < excitation.steps; ++k) values.push_back(host(k, j));
    return values;
  }
  /// The same over many mechanics steps of dt, following a given stretch.
  template <class Stretch> std::vector<double> follow(int steps, double dt, Stretch stretch, int j = 0) {
    std::vector<double> all;
    sample(0.0, stretch(0.0));
    for (int n = 0; n < steps; ++n) {
      const std::vector<double> values = excite(dt, j);
      all.insert(all.end(), values.begin(), values.end());
      sample((n + 1) * dt, stretch((n + 1) * dt));
    }
    return all;
  }
};

spec::Physiology arc_of_three_units() {
  spec::Physiology physiology;
  physiology.spindles.count = 8;
  physiology.motor_pool.territories = 3;
  return physiology;
}

double unstretched(double) { return 1.0; }

TEST(Reflex, AtRestOnlyTheTonicDriveRemains) {
  spec::Physiology physiology = arc_of_three_units();
  physiology.motor_pool.threshold_last = 0.004;
  Arc arc(physiology);
  for (int j = 0; j < 3; ++j) {
    const double expected = 4.0 * (0.01 - 0.002 * j);  // gain 4, drive 0.01, thresholds 0, 0.002, 0.004
    for (double u : arc.follow(5, 4e-3, unstretched, j)) EXPECT_NEAR(u, expected, 1e-15);
  }
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_EQ(rate, 10.0);
  for (double drive : arc.reflex.report(arc.state).drive) EXPECT_NEAR(drive, 0.01, 1e-15);
}

TEST(Reflex, AllGainsZeroDoNothing) {
  spec::Physiology physiology = arc_of_three_units();
  physiology.mechanisms.reflex = 0.0;
  physiology.misfires.push_back({{0.0, 0.0, 0.0}, 1.0, 120.0, 0.0, spec::infinity, 1.0});
  const auto nothing = [](double) { return 0.0; };
  Arc arc(physiology, nothing);
  for (double u : arc.follow(10, 4e-3, [](double t) { return 1.0 + t; })) EXPECT_EQ(u, 0.0);

  physiology.mechanisms.reflex = 1.0;
  physiology.spindles.stretch_gain = physiology.spindles.velocity_gain = 0.0;
  physiology.misfires[0].gain = 0.0;
  Arc deaf(physiology, nothing);
  for (double u : deaf.follow(10, 4e-3, [](double t) { return 1.0 + t; })) EXPECT_EQ(u, 0.0);
}

TEST(Reflex, AUniformRateHasTheSumOfBothWeightsWhateverTheLength) {
  for (double length : {1e-5, 1e-3, 1.0}) {
    spec::Physiology physiology = arc_of_three_units();
    physiology.reflex.global_weight = 0.7;
    physiology.reflex.local_weight = 0.5;
    physiology.reflex.local_length = length;
    physiology.misfires.push_back({{0.0, 0.0, 0.0}, 1.0, 100.0, -1.0, spec::infinity, 0.5});
    Arc arc(physiology);
    arc.follow(10, 4e-3, unstretched);
    // 5e-4 drive per rate, 50 more pulses per second on every spindle
    for (double drive : arc.reflex.report(arc.state).drive) EXPECT_NEAR(drive, 0.01 + 1.2 * 5e-4 * 50.0, 1e-14);
  }
}

TEST(Reflex, AMisfireReachesTheMuscleAfterBothDelaysAndLeavesIt) {
  spec::Physiology physiology = arc_of_three_units();
  const double start = 20.3e-3, end = 41e-3, delay = 15e-3;
  physiology.misfires.push_back({{0.0, 0.0, 0.0}, 1.0, 120.0, start, end, 1.0});
  Arc arc(physiology);
  const std::vector<double> u = arc.follow(20, 4e-3, unstretched);
  ASSERT_EQ(u.size(), 80u);
  const double rest = 4.0 * 0.01, firing = 4.0 * (0.01 + 5e-4 * 120.0);
  for (std::size_t k = 0; k < u.size(); ++k) {
    const double time = (k + 0.5) * network_step;
    if (time < start + delay - network_step || time > end + delay + network_step) {
      EXPECT_NEAR(u[k], rest, 1e-14) << time;
    }
    if (time > start + delay + network_step && time < end + delay - network_step) {
      EXPECT_NEAR(u[k], firing, 1e-14) << time;
    }
  }
}

TEST(Reflex, OnlySpindlesNearAMisfireFire) {
  spec::Physiology physiology = arc_of_three_units();
  physiology.spindles.positions = {{1e-3, 1e-3, 1e-3}, {1e-3, 1e-3, 7e-3}};
  physiology.misfires.push_back({{1e-3, 1e-3, 0.0}, 2e-3, 120.0, 0.0, spec::infinity, 1.0});
  Arc arc(physiology);
  arc.follow(2, 4e-3, unstretched);
  EXPECT_EQ(arc.reflex.report(arc.state).afferent_rate, (std::vector<double>{130.0, 10.0}));
}

TEST(Reflex, WithinTheDelaysTheMechanicsStepDoesNotMatter) {
  const auto ramp = [](double t) { return t < 0.03 ? 1.0 : 1.0 + 0.5 * (t - 0.03); };  // samples of both meet the kink
  const std::vector<double> fine = Arc(arc_of_three_units()).follow(30, 3e-3, ramp);
  const std::vector<double> coarse = Arc(arc_of_three_units()).follow(6, 15e-3, ramp);
  ASSERT_EQ(fine.size(), coarse.size());
  for (std::size_t k = 0; k < fine.size(); ++k) EXPECT_NEAR(fine[k], coarse[k], 1e-13) << k;
  EXPECT_GT(fine.back(), fine.front() + 0.01);
}

TEST(Reflex, BeyondTheDelaysTheStretchGoesOnForTheirLengthAndIsHeldThen) {
  spec::Physiology physiology = arc_of_three_units();
  physiology.spindles.velocity_gain = 0.0;
  physiology.reflex.secondary_delay = physiology.reflex.tendon_delay = physiology.reflex.afferent_delay;  // 7 + 8 ms
  const auto ramp = [](double t) { return 1.0 + 0.5 * t; };
  Arc arc(physiology);
  arc.follow(10, 4e-3, ramp);
  const std::vector<double> u = arc.excite(1.0);
  ASSERT_EQ(u.size(), 1000u);
  for (std::size_t k = 0; k < u.size(); ++k) {
    const double felt = std::min(0.04 + (k + 0.5) * network_step - 15e-3, 0.04 + 15e-3);
    EXPECT_NEAR(u[k], 4.0 * (0.01 + 5e-4 * 150.0 * 0.5 * felt), 1e-13) << k;
  }
}

TEST(Reflex, AStepCanBeRepeatedWithASmallerOne) {
  Arc arc(arc_of_three_units());
  const auto tap = [](double t) { return 1.0 + 0.1 * std::sin(200.0 * t); };
  arc.follow(6, 5e-3, tap);
  const std::vector<double> whole = arc.excite(5e-3), again = arc.excite(2.4e-3);
  ASSERT_EQ(again.size(), 3u);
  EXPECT_EQ(again[0], whole[0]);
  EXPECT_EQ(again[1], whole[1]);
  EXPECT_NEAR(arc.excitation.last_step, 0.4e-3, 1e-15);
  EXPECT_EQ(arc.excite(5e-3), whole);
}

TEST(Reflex, APrestretchIsNotFelt) {
  spec::Physiology physiology = arc_of_three_units();
  physiology.spindles.velocity_floor = 0.01;
  Arc arc(physiology, a_hundredth, -1.0);
  for (int n = 0; n <= 4; ++n) arc.sample(-1.0 + 0.25 * n + 1e-15, 1.0 + 0.02 * n);  // t = 0 missed by round-off
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_EQ(rate, 10.0);
  arc.sample(0.1, 1.08);
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_NEAR(rate, 10.0, 1e-9);
  arc.sample(0.2, 1.09);
  const double expected = 10.0 + 150.0 * 0.01 + 30.0 * std::sqrt(0.1);
  // 0.3 %: the power law is smoothed below a stretch rate of 0.01/s, here it is 0.1/s
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_NEAR(rate, expected, 0.003 * expected);
}

TEST(Reflex, TheTonicDriveFollowsItsCurveAfterTheEfferentDelay) {
  Arc arc(arc_of_three_units(), [](double t) { return t < 12e-3 ? 0.0 : 0.01; });
  const std::vector<double> u = arc.follow(10, 4e-3, unstretched);
  // 12 + 8 ms; between the last command before the jump and the first after it the signal is linear
  for (std::size_t k = 0; k < u.size(); ++k) {
    if (k != 20) {
      EXPECT_NEAR(u[k], k < 20 ? 0.0 : 0.04, 1e-15) << k;
    }
  }
}

TEST(Reflex, ALateStartIsItsOwnReference) {
  Arc arc(arc_of_three_units(), a_hundredth, 3.0);
  arc.sample(3.0, 1.1);
  arc.sample(3.1, 1.1);
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_NEAR(rate, 10.0, 1e-9);
}

/// A one-point muscle in series with nothing: an outer stretch (the tap) minus what activation shortens.
TEST(Reflex, AHealthyTapIsAnsweredOnceAndSettles) {
  // Around rest the loop turns its sign at 33 Hz (15 ms of delay, a lag of 16 ms), where its gain is
  // 5e-4 x 4 x 0.15 x 30 v0^-1/2 x 208/|1 + 3.3 i| = 0.55 with a floor v0 of 1/s. With 0.01/s it is 5.5, and a tremor
  // stays.
  spec::Physiology physiology = arc_of_three_units();
  physiology.spindles.velocity_floor = 1.0;
  Arc arc(physiology);
  const ActivationStage activation(spec::Activation{}, arc.territories, arc.block.local, arc.block.muscle);
  const double dt = 2e-3, compliance = 0.15;  // shortening per activation: 0.1-0.2 (docs/model.md 3.5)
  const double rest = 4.0 * 0.01, tap_start = 0.3, tap_length = 20e-3;
  Kokkos::deep_copy(arc.muscle.activation, rest);
  std::vector<double> mean;
  double a = rest;
  for (int n = 0; n <= 500; ++n) {
    const double time = n * dt, phase = (time - tap_start) / tap_length;
    const double tap = phase > 0.0 && phase < 1.0 ? 0.03 * std::sin(3.14159265358979 * phase) : 0.0;
    arc.sample(time, 1.0 + tap - compliance * (a - rest));
    arc.reflex.advance(arc.state, dt, {}, arc.excitation);
    activation.advance(arc.excitation, arc.muscle);
    a = arc.block.local.n_elements > 0
            ? Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), arc.muscle.activation)(0, 0, 0)
            : 0.0;
    MPI_Allreduce(MPI_IN_PLACE, &a, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    mean.push_back(a);
  }
  const double peak = *std::max_element(mean.begin(), mean.end());
  EXPECT_GT(peak, rest + 0.02);
  int answers = 0;
  for (std::size_t n = 1; n < mean.size(); ++n) {
    const double half = rest + 0.5 * (peak - rest), end = (n + 1) * dt;
    answers += mean[n - 1] < half && mean[n] >= half;
    // nothing before tap and delays; 1e-6: drift of the exponential steps at rest
    if (end <= tap_start + 15e-3) {
      EXPECT_NEAR(mean[n], rest, 1e-6) << end;
    }
  }
  EXPECT_EQ(answers, 1);
  EXPECT_NEAR(mean.back(), rest, 1e-3 * (peak - rest));
}

}  // namespace
}  // namespace tautband
