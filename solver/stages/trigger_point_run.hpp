// The trigger point without space of a case, from its start on, with its misfires, curves and events.
#pragma once

#include "spec/case.hpp"
#include "stages/treatments.hpp"
#include "stages/trigger_point_setup.hpp"

#include <optional>
#include <vector>

namespace tautband {

/// On the host; time counts from 0 s. Events of pressure act through the part of it that the muscle feels
/// (pain.transfer), events of stretch as a fibre stretch of their `fraction`; needlings always hit.
class TriggerPointRun {
 public:
  /// Throws CaseError for a stretch that is given as a displacement: a point has no length.
  explicit TriggerPointRun(const spec::Case& values);

  /// Brings the state to `time` (s), which is not before now. Between corners of events, misfires and curves the
  /// influences are those of the middle. Throws RunError with the time when no step is accurate.
  void advance(double time);

  double time() const { return time_; }
  const TriggerPoint& law() const { return law_; }
  const TriggerPoint::State& state() const { return state_; }
  TriggerPoint::Influence influence(double time) const;
  TriggerPoint::Signals<double> signals() const { return law_.signals(state_.y, influence(time_)); }
  TriggerPoint::Condition condition() const { return law_.condition(state_, influence(time_)); }

 private:
  void collect_corners(const spec::Case& values);
  void press_and_stretch(double time, TriggerPoint::Influence& from) const;
  void needle(double after, double until);

  spec::Physiology physiology_;
  std::vector<spec::Event> mechanical_;
  Treatments treatments_;
  std::optional<spec::Curve> tonic_curve_;
  TriggerPoint law_;
  TriggerPoint::State state_;
  std::vector<double> corners_;  ///< s, ascending
  double time_ = 0.0, step_ = 1e-3;
};

}  // namespace tautband
