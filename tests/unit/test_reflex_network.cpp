// The whole reflex network: spindles with memory, tendon organs, many motor units, noise, what acts on them, and what
// it costs.
#include "laws/two_stage_activation.hpp"
#include "stages/activation.hpp"
#include "support/reflex_block.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tautband {
namespace {

using testing_support::ReflexBlock;
using Spindle = SpindleMileusnic2006;

constexpr double h = 1e-3;  // network step, s

spec::Physiology network_of_three() {
  spec::Physiology p;
  p.spindles.model = spec::SpindleModel::mileusnic2006;
  p.spindles.count = 8;
  p.motor_pool.territories = 3;
  return p;
}

ReflexStage::Tonic constant(double drive) {
  return [drive](double) { return drive; };
}

const NeuralInfluence rest{};

/// Mechanics steps of dt until `end`, with tendon forces if any; excitation of unit j in every network step.
template <class Stretch>
std::vector<double> follow(ReflexBlock& arc, double dt, double end, Stretch stretch,
                           const NeuralInfluence& influence = {}, const std::vector<double>& tension = {}, int j = 0) {
  std::vector<double> all;
  arc.sample(0.0, stretch(0.0), tension);
  for (int n = 1; n * dt < end + 0.5 * dt; ++n) {
    arc.reflex.advance(arc.state, dt, influence, arc.excitation);
    const std::vector<double> values = arc.excitations(j);
    all.insert(all.end(), values.begin(), values.end());
    arc.sample(n * dt, stretch(n * dt), tension);
  }
  return all;
}

double ramp(double t) { return t < 0.03 ? 1.0 : std::min(1.0 + 0.5 * (t - 0.03), 1.08); }
double unstretched(double) { return 1.0; }

TEST(ReflexNetwork, BuiltSpindlesFireAsTheirLawSays) {
  ReflexBlock arc(network_of_three(), constant(0.01));
  follow(arc, 5e-3, 0.25, ramp);
  const Spindle::Fusimotor drive{20.0, 20.0};  // level 0.2, 100 pps each
  Spindle::State state = Spindle::settled(1.0, drive);
  for (int n = 1; n <= 250; ++n) state = Spindle::advance(state, ramp(n * h), drive, h);
  const Spindle::Rates rates = Spindle::rates(state, 1.08);
  for (double rate : arc.reflex.report(arc.state).afferent_rate) EXPECT_NEAR(rate, rates.primary, 1e-9);
  for (double rate : arc.reflex.report(arc.state).secondary_rate) EXPECT_NEAR(rate, rates.secondary, 1e-9);
}

TEST(ReflexNetwork, WithinTheDelaysTheMechanicsStepDoesNotMatter) {
  ReflexBlock fine(network_of_three(), constant(0.01)), coarse(network_of_three(), constant(0.01));
  const auto kink = [](double t) { return t < 0.03 ? 1.0 : 1.0 + 0.5 * (t - 0.03); };  // samples of both meet the kink
  const std::vector<double> a = follow(fine, 3e-3, 0.09, kink), b = follow(coarse, 15e-3, 0.09, kink);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], 1e-11) << k;
  EXPECT_GT(a.back(), a.front() + 0.01);
}

TEST(ReflexNetwork, ATrialStepLeavesTheStateAsItIs) {
  spec::Physiology p = network_of_three();
  p.golgi.push_back({"end", 1.0});
  p.activation.model = spec::ActivationModel::two_stage;
  ReflexBlock tried(p, constant(0.01)), untried(p, constant(0.01));
  for (ReflexBlock* arc : {&tried, &untried}) follow(*arc, 5e-3, 0.06, ramp, {}, {20.0});
  for (double dt : {0.3, 0.041, 1e-3}) tried.reflex.advance(tried.state, dt, {}, tried.excitation);
  for (ReflexBlock* arc : {&tried, &untried}) {
    arc->reflex.advance(arc->state, 5e-3, {}, arc->excitation);
    arc->sample(0.065, 1.02, {30.0});
    arc->reflex.advance(arc->state, 0.1, {}, arc->excitation);
  }
  EXPECT_EQ(tried.excitations(), untried.excitations());
  EXPECT_EQ(tried.reflex.report(tried.state).afferent_rate, untried.reflex.report(untried.state).afferent_rate);
}

TEST(ReflexNetwork, SecondaryAfferentsArriveAfterTheirOwnDelay) {
  spec::Physiology p = network_of_three();
  p.reflex.drive_per_rate = 0.0;
  ReflexBlock arc(p, constant(0.01));
  const std::vector<double> u = follow(arc, 1e-3, 0.08, ramp);
  // stretch from 30 ms on, 12 ms and 8 ms on the way; step k covers k..k+1 ms
  for (int k = 0; k < 50; ++k) EXPECT_NEAR(u[k], 0.04, 1e-12) << k;
  EXPECT_GT(u[52], 0.0405);
}

TEST(ReflexNetwork, TendonOrgansTakeDriveOffAfterTheirDelay) {
  spec::Physiology p = network_of_three();
  p.golgi = {{"one", 2.0}, {"two", 1.0}};
  ReflexBlock arc(p, constant(0.1));
  const double before = 60.0 * std::log(10.0 / 4.0 + 1.0), more = 60.0 * std::log(30.0 / 4.0 + 1.0);
  arc.sample(0.0, 1.0, {5.0, 3.0});  // the reference: what is carried at t = 0 is not felt
  for (int n = 1; n <= 100; ++n) {
    arc.reflex.advance(arc.state, h, rest, arc.excitation);
    const double time = (n - 0.5) * h, felt = time - 17e-3 - 20e-3;  // 9 ms and 8 ms; the force jumps within 20..21 ms
    const double overshoot = 2.0 / 15.0 * std::exp(-0.2 * felt) + 17.0 / 30.0 * std::exp(-2.0 * felt);
    if (felt < 0.0) {
      EXPECT_NEAR(arc.excitation_of(0), 0.4, 1e-12) << n;
    }
    if (felt > 2.0 * h) {  // a rise over 1 ms instead of at once moves the decay by half of it: 0.1 % of the overshoot
      const double drive = 0.1 - 2e-4 * 0.5 * (more - before) * (1.0 + overshoot);
      EXPECT_NEAR(arc.excitation_of(0), 4.0 * drive, 4e-5) << n;
    }
    arc.sample(n * h, 1.0, {n > 20 ? 15.0 : 5.0, 3.0});
  }
}

TEST(ReflexNetwork, EachInfluenceActsOnItsOwnTerm) {
  spec::Physiology p;
  p.spindles.count = 8;
  p.motor_pool.territories = 3;
  p.misfires.push_back({{0.0, 0.0, 0.0}, 1.0, 100.0, -1.0, spec::infinity, 1.0});
  const auto level = [&](const NeuralInfluence& influence) {
    ReflexBlock arc(p, constant(0.02));
    return follow(arc, 5e-3, 0.1, unstretched, influence).back();
  };
  const double g = 5e-4;
  EXPECT_NEAR(level({}), 4.0 * (0.02 + g * 100.0), 1e-12);
  EXPECT_NEAR(level({.strength = 0.5}), 4.0 * (0.04 + g * 100.0), 1e-12);
  EXPECT_NEAR(level({.load_factor = 0.25}), 4.0 * (0.005 + g * 100.0), 1e-12);
  EXPECT_NEAR(level({.reflex_factor = 0.1}), 4.0 * (0.02 + g * 10.0), 1e-12);
  EXPECT_NEAR(level({.central = 0.6}), 4.0 * (0.02 + g * 130.0), 1e-12);
  EXPECT_NEAR(level({.fusimotor = 0.3}), 4.0 * (0.02 + g * 110.0), 1e-12);
  EXPECT_NEAR(level({.fusimotor_offset = 0.2}), 4.0 * (0.02 + g * 120.0), 1e-12);
  EXPECT_NEAR(level({.botulinum = 0.75}), 1.0 * (0.02 + g * 100.0), 1e-12);
  EXPECT_NEAR(level({.misfire_factor = 0.5}), 4.0 * (0.02 + g * 50.0), 1e-12);
  p.mechanisms.misfire = 0.0;
  EXPECT_NEAR(level({}), 4.0 * 0.02, 1e-12);
}

spec::Physiology fuglevand(spec::Dealing dealing) {
  spec::Physiology p = network_of_three();
  p.motor_pool.model = spec::PoolModel::fuglevand1993;
  p.motor_pool.dealing = dealing;
  return p;
}

TEST(ReflexNetwork, ATerritoryIsAsActiveAsItsUnits) {
  const Fuglevand1993 pool;
  for (double drive : {0.02, 0.05, 0.2, 1.0}) {
    ReflexBlock arc(fuglevand(spec::Dealing::in_turn), constant(drive));
    follow(arc, 5e-3, 0.05, unstretched);
    for (int j = 0; j < 3; ++j) {
      double force = 0.0, strength = 0.0;
      for (int i = j; i < 120; i += 3) {
        force += pool.strength(i) * pool.fused(i, pool.firing_rate(i, drive));
        strength += pool.strength(i);
      }
      EXPECT_NEAR(arc.excitations(j).back(), force / strength, 1e-12) << drive;
    }
  }
}

TEST(ReflexNetwork, DealtByThresholdTheFirstTerritoryWorksHardest) {
  ReflexBlock arc(fuglevand(spec::Dealing::by_threshold), constant(0.1));
  const auto host = [](const auto& view) { return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view); };
  const auto territory = host(arc.reflex.network().territory);
  std::vector<double> strength(3, 0.0);
  for (int i = 0; i < 120; ++i) {
    EXPECT_GE(territory(i), i > 0 ? territory(i - 1) : 0);
    strength[territory(i)] += Fuglevand1993{}.strength(i);
  }
  const double total = std::accumulate(strength.begin(), strength.end(), 0.0);
  for (double s : strength) EXPECT_NEAR(s, total / 3.0, 0.5 * Fuglevand1993{}.strength(119));  // half of a unit
  follow(arc, 5e-3, 0.05, unstretched);
  const double first = arc.excitations(0).back(), second = arc.excitations(1).back(), last = arc.excitations(2).back();
  EXPECT_GT(first, 2.0 * (first + second + last) / 3.0);
  EXPECT_EQ(last, 0.0);
}

TEST(ReflexNetwork, NeedsAUnitForEveryTerritory) {
  spec::Physiology p = fuglevand(spec::Dealing::by_threshold);
  p.motor_pool.units = 2;
  EXPECT_THROW(ReflexBlock(p, constant(0.1)), CaseError);
  p.motor_pool.units = 3;
  const ReflexBlock three(p, constant(0.1));
  const auto territory = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), three.reflex.network().territory);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(territory(i), i);
}

spec::Physiology noisy(std::uint64_t seed) {
  spec::Physiology p = network_of_three();
  p.motor_pool.noise = 0.2;
  p.motor_pool.noise_time = 5e-3;
  p.motor_pool.noise_seed = seed;
  return p;
}

TEST(ReflexNetwork, NoiseHasItsMeanAndSpreadAndIsNobodysBusinessButItsSeeds) {
  ReflexBlock fine(noisy(1), constant(0.1)), coarse(noisy(1), constant(0.1)), other(noisy(2), constant(0.1));
  const std::vector<double> u = follow(fine, 5e-3, 4.0, unstretched);
  const std::vector<double> v = follow(coarse, 20e-3, 4.0, unstretched), w = follow(other, 5e-3, 4.0, unstretched);
  double mean = 0.0, square = 0.0, together = 0.0;
  for (std::size_t k = 100; k < u.size(); ++k) {
    // beyond the alpha delay the noise is taken in the middle of a network step instead of between its ends
    EXPECT_NEAR(u[k], v[k], 0.02) << k;
    mean += u[k] / static_cast<double>(u.size() - 100);
    square += (u[k] - 0.4) * (u[k] - 0.4) / static_cast<double>(u.size() - 100);
    together += (u[k] - 0.4) * (w[k] - 0.4) / static_cast<double>(u.size() - 100);
  }
  // 780 independent values: the mean is known to 0.2 x 0.4/28 = 0.003, the spread to 2.5 %, a correlation to 0.036
  EXPECT_NEAR(mean, 0.4, 3 * 0.003);
  EXPECT_NEAR(std::sqrt(square), 0.08, 0.08 * 0.08);
  EXPECT_NEAR(together / square, 0.0, 3 * 0.036);
  double lowest = u.back(), highest = u.back();
  MPI_Allreduce(MPI_IN_PLACE, &lowest, 1, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, &highest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_EQ(lowest, highest);
}

TEST(ReflexNetwork, TwoLagsAreCarriedFromStepToStep) {
  spec::Physiology p = network_of_three();
  p.activation.model = spec::ActivationModel::two_stage;
  ReflexBlock arc(p, constant(0.1));
  const std::vector<double> a = follow(arc, 7e-3, 0.21, unstretched);
  TwoStageActivation::State expected{0.0, 0.0};
  for (std::size_t k = 0; k < a.size(); ++k) {
    expected = TwoStageActivation{30e-3, 30e-3}.advance(expected, 0.4, h);
    EXPECT_NEAR(a[k], expected.activation, 1e-12) << k;
  }
  const ActivationStage stage(p.activation, arc.territories, arc.block.local, arc.block.muscle);
  MuscleState muscle{};
  muscle.activation = arc.block.point_field(0.9);
  arc.reflex.advance(arc.state, 7e-3, rest, arc.excitation);
  stage.advance(arc.excitation, muscle);
  const auto field = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), muscle.activation);
  const double now = arc.excitation_of(0);
  arc.block.for_each_point([&](Index b, int q, int l, double) { EXPECT_NEAR(field(b, q, l), now, 1e-12); });
}

TEST(ReflexNetwork, ATwitchHasTheContractionTimeOfItsUnit) {
  spec::Physiology p = fuglevand(spec::Dealing::by_threshold);
  p.activation.model = spec::ActivationModel::twitch;
  const ReflexBlock arc(p, constant(0.1));
  const auto times = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), arc.reflex.network().activation_times);
  for (int i : {0, 60, 119}) {
    EXPECT_NEAR(times(i, 0), Fuglevand1993{}.contraction_time(i), 1e-15);
    EXPECT_NEAR(times(i, 1), Fuglevand1993{}.contraction_time(i), 1e-15);
  }
}

TEST(Course, HasItsRateUpToTheLastSampleWhateverTheRounding) {
  const double sample = 0.3, network_step = 0.1 + 0.2;  // later by one rounding
  ASSERT_GT(network_step, sample);
  EXPECT_EQ((Course{1.0, 2.0, sample, sample}.rate_at(network_step)), 2.0);
  EXPECT_EQ((Course{1.0, 2.0, sample, sample}.rate_at(0.301)), 0.0);
}

}  // namespace
}  // namespace tautband
