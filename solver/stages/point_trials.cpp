#include "stages/point_trials.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

using spec::Protocol;

Trial ramp(const spec::Point& point) {
  const double end = point.start + std::abs(point.stretch_end - point.stretch) / point.rate;
  return {point.duration, {point.start, end}, {point.stretch, point.stretch_end}, point.onset, point.offset};
}

/// Within the first sample after `start`.
Trial release(const spec::Point& point) {
  return {point.duration,
          {point.start, point.start + point.sample_step},
          {point.stretch, point.stretch_end},
          point.onset,
          point.offset};
}

/// Held at where the movement begins, then through `travel` to `stretch`. At a rate of 0 it is only held.
Trial isokinetic(const spec::Point& point, double rate) {
  if (rate == 0.0) return {point.start, {0.0}, {point.stretch}, point.onset, point.offset};
  const double first = point.stretch - std::copysign(point.travel, rate);
  const double end = point.start + point.travel / std::abs(rate);
  return {end, {point.start, end}, {first, point.stretch}, point.onset, point.offset};
}

Trial held(const spec::Point& point, double stretch) {
  return {point.duration, {0.0}, {stretch}, point.onset, point.offset};
}

}  // namespace

double Trial::stretch_at(double t) const {
  const auto above = std::upper_bound(corners.begin(), corners.end(), t);
  if (above == corners.begin()) return stretch.front();
  if (above == corners.end()) return stretch.back();
  const auto i = static_cast<std::size_t>(above - corners.begin());
  const double weight = (t - corners[i - 1]) / (corners[i] - corners[i - 1]);
  return (1.0 - weight) * stretch[i - 1] + weight * stretch[i];
}

std::vector<double> Trial::multiples(double step) const {
  std::vector<double> times;
  for (double k = 0.0; k * step <= duration * (1.0 + 1e-12); ++k) times.push_back(k * step);
  return times;
}

std::vector<double> Trial::samples(double step) const {
  std::vector<double> times = multiples(step);
  times.insert(times.end(), corners.begin(), corners.end());
  times.insert(times.end(), {onset, offset, duration});
  std::sort(times.begin(), times.end());
  times.erase(std::remove_if(times.begin(), times.end(), [&](double t) { return t < 0.0 || t > duration; }),
              times.end());
  const double same = 1e-6 * step;  // no slivers
  times.erase(std::unique(times.begin(), times.end(), [&](double a, double b) { return b - a < same; }), times.end());
  return times;
}

std::vector<Trial> trials_of(const spec::Point& point) {
  std::vector<Trial> trials;
  switch (point.protocol) {
    case Protocol::isometric:
      for (double stretch : point.stretches) trials.push_back(held(point, stretch));
      break;
    case Protocol::isokinetic:
      for (double rate : point.rates) trials.push_back(isokinetic(point, rate));
      break;
    case Protocol::quick_release:
      trials.push_back(release(point));
      break;
    case Protocol::ramp_and_hold:
    case Protocol::spindle_ramp_and_hold:
      trials.push_back(ramp(point));
      break;
    case Protocol::twitch:
    case Protocol::tetanus:
      trials.push_back(held(point, point.stretch));
      break;
    case Protocol::trigger_point:
      break;
  }
  return trials;
}

}  // namespace tautband
