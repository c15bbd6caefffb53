#include "spec/event.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tautband::spec {
namespace {

/// (1 - exp(-x / rise)) exp(-x / decay) over its largest value, at time x after an injection.
double injection_share(const Event& event, double x) {
  if (x <= 0.0) return 0.0;
  const double at_peak = event.rise / (event.rise + event.decay);  // exp(-x / rise) there
  const double peak = (1.0 - at_peak) * std::pow(at_peak, event.rise / event.decay);
  return -std::expm1(-x / event.rise) * std::exp(-x / event.decay) / peak;
}

/// Share not blocked by any injection so far, each of which blocks `event.block` of what the others leave.
double injections_share(const Event& event, double t) {
  double open = 1.0;
  for (int k = 0; k < event.repeats && t > episode_start(event, k); ++k)
    open *= 1.0 - event.block * injection_share(event, t - episode_start(event, k));
  return event.block > 0.0 ? (1.0 - open) / event.block : 0.0;
}

/// The episode at time t, or the last one before it; 0 before the first.
int episode(const Event& event, double t) {
  if (event.repeats == 1 || t < event.start) return 0;
  return static_cast<int>(std::min(std::floor((t - event.start) / event.interval), event.repeats - 1.0));
}

}  // namespace

std::string event_fault(const Event& event) {
  if (event.repeats > 1 && !std::isfinite(event.interval)) return "repeats above 1 need an \"interval\"";
  if (event.kind == EventKind::needling || event.kind == EventKind::botulinum) return {};
  if (is_mechanical(event.kind) && !std::isfinite(event.duration)) return "it has to end: give it a \"duration\"";
  if (event.duration < 2.0 * event.ramp) return "its \"duration\" is shorter than its two ramps";
  if (event.repeats > 1 && event.interval < event.duration) return "its \"interval\" is shorter than its \"duration\"";
  return {};
}

double share_at(const Event& event, double t) {
  if (event.kind == EventKind::needling) return 0.0;
  if (event.kind == EventKind::botulinum) return injections_share(event, t);
  const double since = t - episode_start(event, episode(event, t)), left = event.duration - since;
  if (since < 0.0 || left <= 0.0) return 0.0;
  return event.ramp > 0.0 ? std::min({1.0, since / event.ramp, left / event.ramp}) : 1.0;
}

std::vector<double> corners(const Event& event) {
  const bool instant = event.kind == EventKind::needling || event.kind == EventKind::botulinum;
  std::vector<double> times;
  for (int k = 0; k < event.repeats; ++k) {
    const double start = episode_start(event, k), end = start + event.duration;
    times.push_back(start);
    if (instant) continue;
    for (double t : {start + event.ramp, end - event.ramp, end})
      if (std::isfinite(t)) times.push_back(t);
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

std::array<double, 3> centre_at(const Event& event, double t) {
  const double since = std::clamp(t - episode_start(event, episode(event, t)), 0.0, event.duration);
  const double swing = std::sin(2.0 * std::numbers::pi * event.frequency * since);
  std::array<double, 3> centre = event.centre;
  for (std::size_t i = 0; i < centre.size(); ++i) centre[i] += event.velocity[i] * since + event.stroke[i] * swing;
  return centre;
}

}  // namespace tautband::spec
