#include "fem/power_diagram.hpp"

#include "base/counter_random.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tautband {
namespace {

constexpr double pi = 3.14159265358979323846;

std::array<double, 2> centroid(const CrossSection& section) {
  double sum[3] = {0, 0, 0};
  for (std::size_t bin = 0; bin < section.volume.size(); ++bin) {
    const auto x = section.middle(static_cast<int>(bin));
    const double volume = static_cast<double>(section.volume[bin]);
    sum[0] += volume * x[0];
    sum[1] += volume * x[1];
    sum[2] += volume;
  }
  return {sum[0] / sum[2], sum[1] / sum[2]};
}

/// Sunflower pattern (Vogel 1979, Math Biosci 44:179) in the ellipse of the section, turned by the seed.
PowerDiagram sunflower(const CrossSection& section, int cells, std::uint64_t seed, bool centre_first) {
  PowerDiagram diagram;
  const auto middle = centroid(section);
  const double turn = 2.0 * pi * random_uniform(seed, 0), golden = pi * (3.0 - std::sqrt(5.0));
  for (int j = 0; j < cells; ++j) {
    const double radius = 0.5 * std::sqrt((j + 0.5) / cells), angle = turn + golden * j;
    diagram.centre.push_back({middle[0] + radius * (section.high[0] - section.low[0]) * std::cos(angle),
                              middle[1] + radius * (section.high[1] - section.low[1]) * std::sin(angle)});
  }
  if (centre_first) diagram.centre[0] = middle;
  diagram.offset.assign(cells, 0.0);
  diagram.share.assign(cells, 0.0);
  return diagram;
}

/// One sweep: volumes and centroids of the cells, centres to the centroids, offsets towards equal volumes.
void balance(const CrossSection& section, bool hold_first, double gain, PowerDiagram& diagram) {
  const int cells = diagram.cells();
  std::vector<std::array<double, 3>> sum(cells, {0, 0, 0});
  double total = 0.0;
  for (std::size_t bin = 0; bin < section.volume.size(); ++bin) {
    if (section.volume[bin] == 0) continue;
    const auto x = section.middle(static_cast<int>(bin));
    const double volume = static_cast<double>(section.volume[bin]);
    auto& cell = sum[diagram.owner(x[0], x[1])];
    cell[0] += volume * x[0];
    cell[1] += volume * x[1];
    cell[2] += volume;
    total += volume;
  }
  for (int j = 0; j < cells; ++j) {
    diagram.share[j] = sum[j][2] / total;
    if (sum[j][2] > 0.0 && !(hold_first && j == 0))
      for (int a = 0; a < 2; ++a) diagram.centre[j][a] = sum[j][a] / sum[j][2];
    diagram.offset[j] += gain * (1.0 / cells - diagram.share[j]);
  }
}

std::vector<int> cell_order(const PowerDiagram& diagram, const std::array<double, 2>& middle, std::uint64_t seed,
                            bool centre_first) {
  std::vector<int> order(diagram.cells());
  std::iota(order.begin(), order.end(), 0);
  if (centre_first && diagram.cells() > 1) {
    // In millionths of the spacing, so that round-off does not decide between centres at equal distance.
    const double unit = 1e-6 * diagram.spacing();
    const auto away = [&](int j) {
      return std::llround(std::hypot(diagram.centre[j][0] - middle[0], diagram.centre[j][1] - middle[1]) / unit);
    };
    std::stable_sort(order.begin(), order.end(), [&](int i, int j) { return away(i) < away(j); });
  } else if (!centre_first) {
    for (int j = diagram.cells() - 1; j > 0; --j)
      std::swap(order[j], order[random_bits(seed, j) % static_cast<std::uint64_t>(j + 1)]);
  }
  return order;
}

}  // namespace

int PowerDiagram::owner(double x, double y) const {
  int best = 0;
  for (int j = 1; j < cells(); ++j)
    if (distance(j, x, y) < distance(best, x, y)) best = j;
  return best;
}

double PowerDiagram::spacing() const {
  double sum = 0.0;
  for (const auto& a : centre) {
    double nearest = 1e300;
    for (const auto& b : centre)
      if (&a != &b) nearest = std::min(nearest, std::hypot(a[0] - b[0], a[1] - b[1]));
    sum += nearest;
  }
  return sum / static_cast<double>(cells());
}

PowerDiagram balanced_diagram(const CrossSection& section, int cells, std::uint64_t seed, bool centre_first) {
  PowerDiagram found = sunflower(section, cells, seed, centre_first);
  const double area = (section.high[0] - section.low[0]) * (section.high[1] - section.low[1]);
  // A cell of a hexagonal pattern grows by 1.7 times the change of its offset, so 0.3 of the missing area is a stable
  // step. It shrinks, or whole rows of bins would jump between two cells for ever.
  for (int sweep = 0; sweep < 400; ++sweep) balance(section, centre_first, 0.3 * area / (1.0 + 0.02 * sweep), found);
  PowerDiagram diagram;
  for (int j : cell_order(found, centroid(section), seed, centre_first)) {
    if (found.share[j] == 0.0)
      throw CaseError(fmt::format("{} motor units are too many for this mesh: some would have no fibres", cells));
    diagram.centre.push_back(found.centre[j]);
    diagram.offset.push_back(found.offset[j]);
    diagram.share.push_back(found.share[j]);
  }
  return diagram;
}

}  // namespace tautband
