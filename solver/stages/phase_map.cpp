#include "stages/phase_map.hpp"

namespace tautband {

namespace {

KOKKOS_INLINE_FUNCTION PhaseOutcome follow(const PhasePoint& point, TriggerPoint::Condition start, double duration,
                                           double tolerance) {
  TriggerPoint::State state = TriggerPoint::start(start, point.initial_memory);
  double step = 1e-3;
  const StepReport report = point.law.advance(state, point.from, duration, tolerance, step);
  return {point.law.condition(state, point.from), point.law.signals(state.y, point.from).nociception,
          state[TriggerPoint::memory], report.steps + report.refused, report.good ? 0 : 1};
}

}  // namespace

PhaseMap::PhaseMap(const std::vector<TriggerPoint::Condition>& starts, double duration, double tolerance,
                   Index largest_batch)
    : starts_("tautband::map_starts", starts.size()),
      duration_(duration),
      tolerance_(tolerance),
      points_("tautband::map_points", largest_batch),
      outcomes_("tautband::map_outcomes", largest_batch * starts.size()) {
  const auto host = Kokkos::create_mirror_view(starts_);
  for (std::size_t s = 0; s < starts.size(); ++s) host(s) = starts[s];
  Kokkos::deep_copy(starts_, host);
}

const std::vector<PhaseOutcome>& PhaseMap::compute(const std::vector<PhasePoint>& points) {
  const auto n = static_cast<Index>(points.size());
  const Index trajectories = n * static_cast<Index>(starts_.extent(0));
  result_.resize(trajectories);
  Kokkos::deep_copy(Kokkos::subview(points_, Kokkos::make_pair(Index{0}, n)), HostPoints(points.data(), n));
  const auto starts = starts_;
  const auto at = points_;
  const auto outcomes = outcomes_;
  const double duration = duration_, tolerance = tolerance_;
  Kokkos::parallel_for(
      "tautband::phase_map", Kokkos::RangePolicy<Execution>(0, trajectories),
      KOKKOS_LAMBDA(const Index i) { outcomes(i) = follow(at(i % n), starts(i / n), duration, tolerance); });
  Kokkos::deep_copy(HostOutcomes(result_.data(), trajectories),
                    Kokkos::subview(outcomes_, Kokkos::make_pair(Index{0}, trajectories)));
  return result_;
}

}  // namespace tautband
