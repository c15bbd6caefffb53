// What events do to reflex, load and chemistry, when steps end for them, and what a needle leaves behind.
#include "stages/treatments.hpp"

#include "app/clock.hpp"
#include "base/error.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband::testing {
namespace {

using spec::Event;
using spec::EventKind;

/// A case of these events, all at once and without end unless they say otherwise.
Treatments treatments(const std::vector<Event>& events) {
  spec::Case values;
  values.events = events;
  for (Event& event : values.events) event.ramp = 0.0;
  return Treatments(values);
}

Event with(EventKind kind, double Event::*dose, double value, double start = 0.0) {
  Event event{.kind = kind, .start = start};
  event.*dose = value;
  return event;
}

TEST(Treatments, WithoutEventsNothingChanges) {
  EXPECT_EQ(treatments({}).at(3.0), Influences{});
  EXPECT_EQ(treatments({with(EventKind::statin, &Event::leak, 1.0, 5.0)}).at(4.9), Influences{});
  EXPECT_EQ(treatments({with(EventKind::pressure, &Event::pressure, 1.0)}).at(1.0), Influences{});
}

TEST(Treatments, EachKindHasItsInfluence) {
  const auto only = [](const Event& event) { return treatments({event}).at(1.0); };
  const auto at_peak = [](const Event& event) { return treatments({event}).at(event.rise * std::log(19.0)); };
  EXPECT_EQ(only(with(EventKind::reflex_block, &Event::factor, 0.2)), Influences{.reflex_factor = 0.2});
  EXPECT_EQ(only(with(EventKind::gamma_block, &Event::factor, 0.2)), Influences{.fusimotor_factor = 0.2});
  EXPECT_EQ(only(with(EventKind::mental_stress, &Event::fusimotor, 0.3)), Influences{.fusimotor_added = 0.3});
  EXPECT_EQ(only(with(EventKind::unloading, &Event::factor, 0.25)), Influences{.load_factor = 0.25});
  EXPECT_EQ(only(with(EventKind::posture_load, &Event::tonic_drive, 0.05)),
            (Influences{.load_factor = 0.0, .load_added = 0.05}));
  EXPECT_EQ(only(Event{.kind = EventKind::cause_removed}), Influences{.misfire_factor = 0.0});
  EXPECT_EQ(only(with(EventKind::statin, &Event::leak, 0.7)), Influences{.statin_leak = 0.7});
  EXPECT_EQ(only(with(EventKind::mitochondria, &Event::capacity, 0.3)), Influences{.mitochondria = 0.3});
  EXPECT_NEAR(at_peak(with(EventKind::botulinum, &Event::block, 0.6)).botulinum, 0.6, 1e-12);
}

TEST(Treatments, OverlapsMultiplyOrAdd) {
  const auto both = [](const Event& a, const Event& b) { return treatments({a, b}).at(1.0); };
  EXPECT_DOUBLE_EQ(
      both(with(EventKind::reflex_block, &Event::factor, 0.5), with(EventKind::reflex_block, &Event::factor, 0.4))
          .reflex_factor,
      0.2);
  EXPECT_DOUBLE_EQ(
      both(with(EventKind::mitochondria, &Event::capacity, 0.5), with(EventKind::mitochondria, &Event::capacity, 0.4))
          .mitochondria,
      0.2);
  EXPECT_DOUBLE_EQ(
      both(with(EventKind::statin, &Event::leak, 0.5), with(EventKind::statin, &Event::leak, 0.4)).statin_leak, 0.9);
  // A block also acts on what stress adds: 0.5 (0.2 + 0.3).
  EXPECT_DOUBLE_EQ(
      both(with(EventKind::gamma_block, &Event::factor, 0.5), with(EventKind::mental_stress, &Event::fusimotor, 0.3))
          .fusimotor(0.2),
      0.25);
  const Event dose = with(EventKind::botulinum, &Event::block, 0.6);
  const double peak = dose.rise * std::log(19.0);
  EXPECT_NEAR(treatments({dose, dose}).at(peak).botulinum, 1.0 - 0.4 * 0.4, 1e-12);
}

TEST(Treatments, OfTwoLoadsTheLaterOneCountsAndUnloadingTakesFromIt) {
  const Event first = with(EventKind::posture_load, &Event::tonic_drive, 0.08);
  const Event second = with(EventKind::posture_load, &Event::tonic_drive, 0.03);
  const Event lying = with(EventKind::unloading, &Event::factor, 0.5);
  EXPECT_DOUBLE_EQ(treatments({first, second}).at(1.0).tonic_drive(0.01), 0.03);
  for (const std::vector<Event>& order : {std::vector<Event>{lying, first}, std::vector<Event>{first, lying}})
    EXPECT_DOUBLE_EQ(treatments(order).at(1.0).tonic_drive(0.01), 0.04);
}

TEST(Treatments, InTheMiddleOfARampHalfOfItActs) {
  spec::Case values;
  values.events = {{.kind = EventKind::posture_load, .ramp = 4.0, .tonic_drive = 0.08},
                   {.kind = EventKind::unloading, .ramp = 4.0}};
  const Treatments both(values);
  EXPECT_DOUBLE_EQ(both.at(2.0).tonic_drive(0.02), 0.5 * (0.5 * 0.02 + 0.5 * 0.08));
}

TEST(Treatments, NeedlingsFallDueOnce) {
  const Event twice{.kind = EventKind::needling,
                    .start = 3.0,
                    .repeats = 2,
                    .interval = 4.0,
                    .radius = 1e-3,
                    .memory_reset = 0.6,
                    .sensitiser_left = 0.4};
  const Event early{.kind = EventKind::needling, .start = 0.0, .radius = 2e-3};
  const Treatments t = treatments({twice, early});
  ASSERT_EQ(t.needlings().size(), 3u);
  EXPECT_EQ(t.needlings()[0].radius, 2e-3);
  EXPECT_DOUBLE_EQ(t.needlings()[2].memory_left, 0.4);
  EXPECT_EQ(t.needlings()[2].sensitiser_left, 0.4);
  EXPECT_EQ(t.due(-std::numeric_limits<double>::infinity(), 0.0).size(), 1u);
  EXPECT_EQ(t.due(0.0, 2.9).size(), 0u);
  ASSERT_EQ(t.due(2.9, 3.0).size(), 1u);
  EXPECT_EQ(t.due(2.9, 3.0)[0].time, 3.0);
  EXPECT_EQ(t.due(3.0, 6.9).size(), 0u);
  EXPECT_EQ(t.due(0.0, 10.0).size(), 2u);
}

/// The times at which the steps of a run end.
std::vector<double> steps(Clock clock) {
  std::vector<double> times;
  for (; !clock.done(); times.push_back(clock.now())) clock.accept(clock.step(), 0.0, true);
  return times;
}

spec::Case long_steps(double end) {
  spec::Case values;
  values.time.end = values.output.interval = end;
  values.time.step = 0.1;
  values.time.longest_step = end;
  return values;
}

TEST(ClockOfTreatments, StepsEndAtCornersAndNeedlings) {
  spec::Case values = long_steps(1000.0);
  values.events = {{.kind = EventKind::unloading, .start = 101.0, .duration = 30.0, .ramp = 7.0},
                   {.kind = EventKind::needling, .start = 500.25}};
  const std::vector<double> times = steps(Clock(values));
  for (double t : {101.0, 108.0, 124.0, 131.0, 500.25})
    EXPECT_NE(std::find(times.begin(), times.end(), t), times.end()) << t;
  const auto after = std::upper_bound(times.begin(), times.end(), 500.25);
  EXPECT_LE(*after - 500.25, 0.1 * (1.0 + 1e-9));  // small steps again
}

// Half a year with an injection: were the steps bound to rise and decay, there would be many.
TEST(ClockOfTreatments, ALastingEffectDoesNotShortenSteps) {
  constexpr double day = 86400.0;
  spec::Case values = long_steps(180.0 * day);
  const auto without = steps(Clock(values)).size();
  values.events = {{.kind = EventKind::botulinum, .start = 20.0 * day}};
  const auto with_it = steps(Clock(values)).size();
  EXPECT_LE(with_it, 2 * without + 2);  // they begin small once more
  EXPECT_GT(with_it, without);
}

TEST(ClockOfTreatments, AStrokeHasEightSteps) {
  spec::Case values = long_steps(100.0);
  values.events = {
      {.kind = EventKind::pressure, .start = 50.0, .duration = 10.0, .stroke = {1e-3, 0, 0}, .frequency = 0.5}};
  const std::vector<double> times = steps(Clock(values));
  double during = 0.0, later = 0.0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double step = times[i] - times[i - 1];
    double& longest = times[i] > 50.0 && times[i] <= 60.0 ? during : later;
    longest = std::max(longest, step);
  }
  EXPECT_LE(during, 0.25 * (1.0 + 1e-9));
  EXPECT_GT(during, 0.2);
  EXPECT_GT(later, 5.0);
}

/// A block of 8 x 4 x 4 mm, its right half tendon, with a chemistry of ones.
struct NeedledBlock : testing_support::MuscleBlock {
  ChemistryState state{point_field(1), point_field(1), point_field(1), point_field(1), point_field(1), {}, {}, ones()};

  NeedledBlock() : MuscleBlock(testing_support::block_mesh(ElementKind::hex27, {4, 2, 2}, {8e-3, 4e-3, 4e-3}, 2)) {}
  View1<double> ones() const {
    View1<double> field("ones", local.n_nodes);
    Kokkos::deep_copy(field, 1.0);
    return field;
  }
};

TEST(Needle, ChangesWhatLiesInItsSphere) {
  const NeedledBlock block;
  const Needling needling{0.0, {3.5e-3, 2e-3, 2e-3}, 1.5e-3, 0.4, 0.3};
  Needle(block.local, block.muscle, {needling}).apply(needling, block.state);
  const auto memory = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.state.memory);
  const auto transmitter = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.state.acetylcholine);
  const auto calcium = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.state.calcium);
  const auto x = block.coordinate(0), y = block.coordinate(1), z = block.coordinate(2);
  int inside = 0, outside = 0;
  block.for_each_point([&](Index b, int q, int l, double) {
    const bool hit = std::hypot(x(b, q, l) - 3.5e-3, y(b, q, l) - 2e-3, z(b, q, l) - 2e-3) <= 1.5e-3;
    ++(hit ? inside : outside);
    EXPECT_EQ(memory(b, q, l), hit ? 0.4 : 1.0);
    EXPECT_EQ(transmitter(b, q, l), hit ? 0.0 : 1.0);
    EXPECT_EQ(calcium(b, q, l), 1.0);
  });
  EXPECT_GT(inside, 0);
  EXPECT_GT(outside, 0);
  const auto sensitiser = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.state.sensitiser);
  const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.local.X);
  for (Index n = 0; n < block.local.n_nodes; ++n)
    EXPECT_EQ(sensitiser(n), std::hypot(X(n, 0) - 3.5e-3, X(n, 1) - 2e-3, X(n, 2) - 2e-3) <= 1.5e-3 ? 0.3 : 1.0);
}

TEST(Needle, TheOtherRegionKeepsItsMemory) {
  const NeedledBlock block;
  const Needling needling{0.0, {3.9e-3, 2e-3, 2e-3}, 1.5e-3, 0.0, 1.0};
  Needle(block.local, block.muscle, {needling}).apply(needling, block.state);
  const auto memory = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.state.memory);
  for (const RegionBatches& region : block.local.regions)
    for (Index b = region.first_batch; region.region == 1 && b < region.first_batch + region.n_batches; ++b)
      for (int q = 0; q < 27; ++q)
        for (int l = 0; l < lanes; ++l) EXPECT_EQ(memory(b, q, l), 1.0);
}

TEST(Needle, AMissIsAnError) {
  const NeedledBlock block;
  const auto message = [&](const Needling& needling) {
    try {
      const Needle needle(block.local, block.muscle, {needling});
      return std::string("no error");
    } catch (const CaseError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(message({2.0, {1e-3, 1e-3, 1e-3}, 1e-3, 0.5, 0.5}), "no error");
  EXPECT_EQ(
      message({2.0, {7e-3, 2e-3, 2e-3}, 1e-3, 0.5, 0.5}),
      "the needling at 2 s meets no quadrature point of the muscle within 1 mm of (7, 2, 2) mm: it misses, or the "
      "mesh is too coarse for its radius");
}

}  // namespace
}  // namespace tautband::testing
