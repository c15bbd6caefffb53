// Network steps cost no copies, launches or allocations of their own: one mechanics step of 1000 network steps makes as
// many as one of a single network step.
#include "support/reflex_block.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

struct Traffic {
  long copies = 0, launches = 0, allocations = 0;
  bool operator==(const Traffic&) const = default;
};
Traffic counted;

void count_copy(Kokkos::Tools::SpaceHandle, const char*, const void*, Kokkos::Tools::SpaceHandle, const char*,
                const void*, std::uint64_t) {
  ++counted.copies;
}
void count_launch(const char*, std::uint32_t, std::uint64_t*) { ++counted.launches; }
void count_allocation(Kokkos::Tools::SpaceHandle, const char*, const void*, std::uint64_t) { ++counted.allocations; }

void listen(bool on) {
  namespace tools = Kokkos::Tools::Experimental;
  tools::set_begin_deep_copy_callback(on ? count_copy : nullptr);
  tools::set_begin_parallel_for_callback(on ? count_launch : nullptr);
  tools::set_allocate_data_callback(on ? count_allocation : nullptr);
}

/// What `work` does to memory and device.
template <class Work> Traffic traffic_of(Work work) {
  counted = {};
  listen(true);
  work();
  listen(false);
  return counted;
}

spec::Physiology everything() {
  spec::Physiology p;
  p.spindles.model = spec::SpindleModel::mileusnic2006;
  p.spindles.count = 8;
  p.golgi.push_back({"end", 1.0});
  p.motor_pool.model = spec::PoolModel::fuglevand1993;
  p.motor_pool.territories = 3;
  p.motor_pool.noise = 0.2;
  p.activation.model = spec::ActivationModel::twitch;
  p.misfires.push_back({{0.0, 0.0, 0.0}, 1.0, 100.0, 0.0, spec::infinity, 1.0});
  return p;
}

TEST(ReflexTraffic, DoesNotDependOnTheNumberOfNetworkSteps) {
  testing_support::ReflexBlock arc(everything(), [](double t) { return 0.05 + 0.01 * t; });
  const auto advance = [&](double dt) { arc.reflex.advance(arc.state, dt, {}, arc.excitation); };
  const NodeVector u = arc.stretched(1.01);
  const auto sample = [&](double time) { arc.reflex.sample(time, u, {10.0}, arc.state); };
  sample(0.0);
  advance(1.0);  // the longest step so far: buffers grow once
  sample(1.0);
  const Traffic long_step = traffic_of([&] { advance(1.0); });
  const Traffic medium_step = traffic_of([&] { advance(0.1); });
  const Traffic single = traffic_of([&] { advance(1e-3); });
  EXPECT_EQ(long_step.copies, 0);
  EXPECT_EQ(long_step.allocations, 0);
  EXPECT_EQ(long_step, medium_step);
  EXPECT_EQ(single.copies, 0);
  EXPECT_LE(single.launches, long_step.launches);  // within the delays nothing has to be expected
  EXPECT_LE(long_step.launches, 5);
  const Traffic short_sample = traffic_of([&] { sample(1.001); });
  advance(1.0);
  const Traffic long_sample = traffic_of([&] { sample(2.001); });
  EXPECT_EQ(short_sample.copies, long_sample.copies);
  EXPECT_EQ(short_sample.launches, long_sample.launches);
  EXPECT_EQ(long_sample.allocations, 0);
}

TEST(ReflexTraffic, ACopyIsCounted) {
  const View1<double> a("a", 3), b("b", 3);
  EXPECT_EQ(traffic_of([&] { Kokkos::deep_copy(a, b); }).copies, 1);
}

}  // namespace
}  // namespace tautband
