// Many trigger points without space at once, on the device: what becomes of each start at each point of a plane.
#pragma once

#include "base/views.hpp"
#include "laws/trigger_point.hpp"

#include <cstdint>
#include <vector>

namespace tautband {

/// One point of the plane.
struct PhasePoint {
  TriggerPoint law;
  TriggerPoint::Influence from;
  double initial_memory = 0.0;  ///< D of a healthy start
};

/// What has become of a trajectory.
struct PhaseOutcome {
  TriggerPoint::Condition condition;
  double nociception;   ///< n, 0..1
  double memory;        ///< D, 0..1
  std::int32_t steps;   ///< accepted and refused
  std::int32_t failed;  ///< 1: it stopped before its time, for want of an accurate step
};

class PhaseMap {
 public:
  /// `duration`: model time, s; `tolerance`: of each step; `largest_batch`: points on the device at once.
  PhaseMap(const std::vector<TriggerPoint::Condition>& starts, double duration, double tolerance, Index largest_batch);

  /// Follows every start at every point (at most `largest_batch` of them); outcome s * points.size() + i belongs to
  /// start s at point i. Copies the points to the device and the outcomes back, once each.
  const std::vector<PhaseOutcome>& compute(const std::vector<PhasePoint>& points);

 private:
  using HostPoints = Kokkos::View<const PhasePoint*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
  using HostOutcomes = Kokkos::View<PhaseOutcome*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;

  View1<TriggerPoint::Condition> starts_;
  double duration_, tolerance_;
  View1<PhasePoint> points_;
  View1<PhaseOutcome> outcomes_;
  std::vector<PhaseOutcome> result_;
};

}  // namespace tautband
