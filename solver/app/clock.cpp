#include "app/clock.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

Clock::Clock(const spec::Case& spec)
    : spec_(spec.time), now_(spec.time.start), end_(spec.time.end), step_(spec.time.step) {
  longest_ = std::isfinite(spec_.longest_step) ? spec_.longest_step : spec_.step;
  if (spec.prestretch.stretch != 1.0) {
    now_ = std::min(now_, -spec.prestretch.duration);
    prestretch_step_ = spec.prestretch.duration / spec.prestretch.steps;
    changes_.push_back(0.0);
  }
  for (const auto& [name, curve] : spec.curves)
    for (double t : corners(curve)) changes_.push_back(t);
  for (const spec::Misfire& m : spec.physiology.misfires) changes_.insert(changes_.end(), {m.start, m.end});
  for (const spec::Event& event : spec.events) {
    for (double t : spec::corners(event)) changes_.push_back(t);
    if (event.frequency == 0.0) continue;
    constexpr double steps_per_stroke = 8.0;
    for (int k = 0; k < event.repeats; ++k) {
      const double start = spec::episode_start(event, k);
      strokes_.push_back({start, start + event.duration, 1.0 / (steps_per_stroke * event.frequency)});
    }
  }
  std::sort(changes_.begin(), changes_.end());
  events_ = changes_;
  const double first = std::max(now_, spec.output.from);
  for (double k = std::floor(first / spec.output.interval); k * spec.output.interval < end_; ++k)
    events_.push_back(k * spec.output.interval);
  events_.push_back(end_);
  std::sort(events_.begin(), events_.end());
}

double Clock::next_event() const {
  const auto next = std::upper_bound(events_.begin(), events_.end(), now_ + 1e-3 * spec_.shortest_step);
  return next == events_.end() ? end_ : std::min(*next, end_);
}

double Clock::step() const {
  double wanted = prestretch_step_ > 0.0 && now_ < 0.0 ? std::min(step_, prestretch_step_) : step_;
  for (const Stroke& stroke : strokes_)
    if (now_ >= stroke.start && now_ < stroke.end) wanted = std::min(wanted, stroke.longest_step);
  const double left = next_event() - now_;
  if (left <= wanted * (1.0 + 1e-9)) return left;
  return left < 2.0 * wanted ? 0.5 * left : wanted;  // no sliver before the event
}

double Clock::after(double step) const {
  const double event = next_event();
  return std::abs(now_ + step - event) <= 1e-9 * step ? event : now_ + step;
}

void Clock::accept(double step, double change, bool easy) {
  const bool shortened = step < 0.999 * step_;  // an event cut it short; that says nothing about the next
  now_ = after(step);
  double next = easy ? (shortened ? step_ : 1.5 * step_) : step_;
  if (change > 0.0) next = std::min(next, std::max(0.8 * step * spec_.largest_change / change, 0.2 * step));
  step_ = std::clamp(next, spec_.shortest_step, longest_);
  if (std::binary_search(changes_.begin(), changes_.end(), now_)) step_ = std::min(step_, spec_.step);
  if (prestretch_step_ > 0.0 && now_ <= 0.0) step_ = now_ < 0.0 ? std::max(step_, prestretch_step_) : spec_.step;
}

bool Clock::cut(double step, double factor) {
  step_ = factor * step;
  return step_ >= spec_.shortest_step;
}

void Clock::archive(StateArchive& archive) {
  archive.number("clock_now", now_);
  archive.number("clock_step", step_);
}

}  // namespace tautband
