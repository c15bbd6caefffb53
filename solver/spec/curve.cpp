#include "spec/curve.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tautband::spec {
namespace {

double interpolate(const std::vector<double>& times, const std::vector<double>& values, double t) {
  const auto above = std::upper_bound(times.begin(), times.end(), t);
  if (above == times.begin()) return values.front();
  if (above == times.end()) return values.back();
  const auto i = static_cast<std::size_t>(above - times.begin());
  const double weight = (t - times[i - 1]) / (times[i] - times[i - 1]);
  return (1.0 - weight) * values[i - 1] + weight * values[i];
}

/// s exp(1 - s) of all stimuli of one type before t. A twitch older than 60 contraction times is below 1e-23.
double summed_twitches(const Curve& curve, std::size_t i, double t) {
  const double T = curve.contraction_times[i], I = curve.intervals[i];
  const double last = std::min(t, curve.end);
  double sum = 0.0;
  for (double j = std::max(0.0, std::floor((t - 60.0 * T - curve.start) / I)); curve.start + j * I < last; ++j) {
    const double s = (t - curve.start - j * I) / T;
    sum += s * std::exp(1.0 - s);
  }
  return sum;
}

double twitches(const Curve& curve, double t) {
  double force = 0.0;
  for (std::size_t i = 0; i < curve.fractions.size(); ++i) {
    const double per_interval = curve.contraction_times[i] / curve.intervals[i];
    const double gain = -std::expm1(-2.0 * std::pow(per_interval, 3)) / per_interval;
    force += curve.fractions[i] * gain * curve.forces[i] * summed_twitches(curve, i, t);
  }
  return force;
}

}  // namespace

double evaluate(const Curve& curve, double t) {
  switch (curve.kind) {
    case CurveKind::table:
      return interpolate(curve.times, curve.values, t);
    case CurveKind::ramp:
      return std::clamp((t - curve.start) / (curve.end - curve.start), 0.0, 1.0);
    case CurveKind::step:
      return t >= curve.start && t < curve.end ? 1.0 : 0.0;
    case CurveKind::tanh:
      return std::tanh(curve.rate * std::max(t - curve.start, 0.0));
    case CurveKind::twitches:
      return twitches(curve, t);
    case CurveKind::sine:
      break;
  }
  const double angle = 2.0 * std::numbers::pi * curve.frequency * (t - curve.start) + curve.phase;
  return curve.offset + curve.amplitude * std::sin(angle);
}

std::vector<double> corners(const Curve& curve) {
  if (curve.kind == CurveKind::table) return curve.times;
  if (curve.kind == CurveKind::sine) return {};
  return {curve.start, curve.end};
}

std::string curve_fault(const Curve& curve) {
  const bool twitches = curve.kind == CurveKind::twitches;
  const bool interval = curve.kind == CurveKind::ramp || curve.kind == CurveKind::step || twitches;
  if (interval && !(curve.end > curve.start)) return "its end is not after its start";
  if (curve.kind == CurveKind::ramp && !std::isfinite(curve.end)) return "a ramp has to end";
  const std::size_t types = curve.fractions.size();
  if (twitches && (types == 0 || curve.forces.size() != types || curve.contraction_times.size() != types ||
                   curve.intervals.size() != types))
    return "its fractions, forces, contraction_times and intervals need one entry each per type of motor unit";
  if (curve.kind != CurveKind::table) return {};
  if (curve.times.size() < 2) return "it has fewer than two times";
  if (curve.times.size() != curve.values.size())
    return "it has " + std::to_string(curve.times.size()) + " times but " + std::to_string(curve.values.size()) +
           " values";
  const auto fall = std::adjacent_find(curve.times.begin(), curve.times.end(), std::greater_equal<>());
  if (fall != curve.times.end())
    return "its times do not increase after entry " + std::to_string(fall - curve.times.begin() + 1);
  return {};
}

}  // namespace tautband::spec
