// Where cells begin and end along a line.
#pragma once

#include <functional>
#include <vector>

namespace tautband::meshing {

/// Wanted edge length (m) at a position (m).
using EdgeLength = std::function<double(double)>;

/// Fine within `half_width` of `centre`; outside it an edge grows by `growth` times its distance from there, up to
/// `coarse`. Neighbouring cells then differ by a factor of about 1 + growth.
struct Grading {
  double coarse, fine;  ///< m
  double centre = 0.0, half_width = 0.0;
  double growth = 0.25;
  double operator()(double position) const;
};

/// Breakpoints from `from` to `to` (m), both included: each interval holds the same integral of 1 / edge, which makes
/// the intervals follow `edge`; their number is rounded. Throws CaseError when that would be over a million.
std::vector<double> spaced(double from, double to, const EdgeLength& edge);

/// n equal intervals.
std::vector<double> uniform(double from, double to, int n);

/// A number of cells from a real one, at least `least`. Throws CaseError when it is over a million.
int cell_count(double wanted, int least);

}  // namespace tautband::meshing
