// The trials of a mechanical [point] protocol: how the bar's length and its excitation go, and when it is looked at.
#pragma once

#include "spec/point.hpp"

#include <vector>

namespace tautband {

/// One trial; times in s from its begin.
struct Trial {
  double duration;
  std::vector<double> corners;  ///< increasing; stretch is linear between them and constant outside
  std::vector<double> stretch;  ///< at the corners
  double onset, offset;         ///< of the excitation

  double stretch_at(double t) const;
  /// Multiples of the sample step until the end, s.
  std::vector<double> multiples(double step) const;
  /// Multiples of the sample step, and the instants in between at which movement or excitation change.
  std::vector<double> samples(double step) const;
};

/// For isometric, ramp_and_hold, quick_release, isokinetic, twitch, tetanus and spindle_ramp_and_hold.
std::vector<Trial> trials_of(const spec::Point& point);

}  // namespace tautband
