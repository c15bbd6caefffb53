#include "meshes/spacing.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband::meshing {

double Grading::operator()(double position) const {
  const double outside = std::max(0.0, std::abs(position - centre) - half_width);
  return std::min(coarse, fine + growth * outside);
}

std::vector<double> spaced(double from, double to, const EdgeLength& edge) {
  constexpr int samples = 20000;
  const double step = (to - from) / samples;
  std::vector<double> integral(samples + 1, 0.0);  // of 1 / edge, by the trapezoidal rule
  for (int i = 0; i < samples; ++i)
    integral[i + 1] = integral[i] + 0.5 * step * (1.0 / edge(from + i * step) + 1.0 / edge(from + (i + 1) * step));

  const int n = cell_count(integral.back(), 1);
  std::vector<double> points{from};
  for (int k = 1; k < n; ++k) {
    const double target = integral.back() * k / n;
    const auto above = std::upper_bound(integral.begin(), integral.end(), target);
    const double below = *(above - 1);
    points.push_back(from + step * ((above - 1 - integral.begin()) + (target - below) / (*above - below)));
  }
  points.push_back(to);
  return points;
}

std::vector<double> uniform(double from, double to, int n) {
  std::vector<double> points;
  for (int i = 0; i <= n; ++i) points.push_back(i == n ? to : from + (to - from) * i / n);
  return points;
}

int cell_count(double wanted, int least) {
  constexpr double most = 1e6;
  if (!(wanted <= most))
    throw CaseError(
        fmt::format("an edge length asks for {:.3g} cells in a row; at most {:.0f} are made", wanted, most));
  return std::max(least, static_cast<int>(std::lround(wanted)));
}

}  // namespace tautband::meshing
