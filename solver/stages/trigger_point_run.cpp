#include "stages/trigger_point_run.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace tautband {

TriggerPointRun::TriggerPointRun(const spec::Case& values)
    : physiology_(values.physiology),
      treatments_(values),
      law_(make_trigger_point(physiology_)),
      state_(start_of(physiology_, physiology_.trigger_point.start)) {
  if (const auto curve = values.curves.find(physiology_.motor_pool.tonic_curve); curve != values.curves.end())
    tonic_curve_ = curve->second;
  for (const spec::Event& event : values.events) {
    if (!is_mechanical(event.kind)) continue;
    if (event.displacement)
      throw CaseError(values.path + ": a stretch by a displacement needs a mesh; give its \"fraction\" instead");
    mechanical_.push_back(event);
  }
  collect_corners(values);
  needle(-spec::infinity, 0.0);
}

void TriggerPointRun::collect_corners(const spec::Case& values) {
  const auto add = [this](const std::vector<double>& times) {
    corners_.insert(corners_.end(), times.begin(), times.end());
  };
  for (const spec::Event& event : values.events) add(spec::corners(event));
  for (const spec::Misfire& misfire : physiology_.misfires) add({misfire.start, misfire.end});
  if (tonic_curve_) add(spec::corners(*tonic_curve_));
  std::sort(corners_.begin(), corners_.end());
}

TriggerPoint::Influence TriggerPointRun::influence(double time) const {
  const Influences events = treatments_.at(time);
  TriggerPoint::Influence from = constant_influence(physiology_);
  from.tonic_drive = events.tonic_drive(from.tonic_drive * (tonic_curve_ ? evaluate(*tonic_curve_, time) : 1.0));
  for (const spec::Misfire& misfire : physiology_.misfires)
    if (time >= misfire.start && time < misfire.end)
      from.ectopic_rate += misfire.gain * misfire.rate / unit_afferent_rate;
  from.ectopic_rate *= events.misfire_factor;
  from.reflex_factor = events.reflex_factor;
  from.fusimotor_factor = events.fusimotor_factor;
  from.fusimotor_added = events.fusimotor_added;
  from.local.botulinum = events.botulinum;
  from.local.leak += events.statin_leak;
  from.local.mitochondria *= events.mitochondria;
  press_and_stretch(time, from);
  return from;
}

void TriggerPointRun::press_and_stretch(double time, TriggerPoint::Influence& from) const {
  for (const spec::Event& event : mechanical_) {
    const double share = share_at(event, time);
    if (event.kind == spec::EventKind::pressure)
      from.external_pressure += law_.nociceptor.transfer * share * event.pressure;
    else
      from.local.reset_rate += law_.crisis.mechanical_reset(share * event.fraction);
  }
  from.nociceptor_pressure = from.external_pressure;
}

void TriggerPointRun::advance(double time) {
  while (time_ < time) {
    const auto corner = std::upper_bound(corners_.begin(), corners_.end(), time_);
    const double end = corner == corners_.end() ? time : std::min(*corner, time);
    const TriggerPoint::Influence from = influence(0.5 * (time_ + end));
    const double before = time_;
    if (!law_.advance(state_, from, end - time_, physiology_.trigger_point.tolerance, step_).good)
      throw RunError(fmt::format("the trigger point has no accurate step after {:g} s", time_));
    time_ = end;
    needle(before, end);
  }
}

void TriggerPointRun::needle(double after, double until) {
  for (const Needling& needling : treatments_.due(after, until)) {
    state_[TriggerPoint::memory] *= needling.memory_left;
    state_[TriggerPoint::acetylcholine] = 0.0;
    state_[TriggerPoint::sensitiser] *= needling.sensitiser_left;
  }
}

}  // namespace tautband
