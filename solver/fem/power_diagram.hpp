// Dividing a cross-section into cells of equal content: a centroidal power diagram.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace tautband {

/// The muscle's volume over its cross-section, in square bins. Whole numbers, so that a sum over ranks has no
/// round-off.
struct CrossSection {
  static constexpr int bins_per_side = 96;
  double low[2], high[2];            ///< m
  std::vector<std::int64_t> volume;  ///< (x + bins_per_side y), any unit

  double bin_size(int axis) const { return (high[axis] - low[axis]) / bins_per_side; }
  std::array<double, 2> middle(int bin) const {
    return {low[0] + (bin % bins_per_side + 0.5) * bin_size(0), low[1] + (bin / bins_per_side + 0.5) * bin_size(1)};
  }
};

/// A point belongs to the cell with the least |x - centre|^2 - offset.
struct PowerDiagram {
  std::vector<std::array<double, 2>> centre;  ///< m
  std::vector<double> offset;                 ///< m^2
  std::vector<double> share;                  ///< of the volume

  int cells() const { return static_cast<int>(centre.size()); }
  double distance(int cell, double x, double y) const {
    const double dx = x - centre[cell][0], dy = y - centre[cell][1];
    return dx * dx + dy * dy - offset[cell];
  }
  int owner(double x, double y) const;
  /// Mean distance of a centre from its nearest neighbour, m.
  double spacing() const;
};

/// A diagram of `cells` cells with about equal volumes, centres at their centroids (Aurenhammer, Hoffmann & Aronov
/// 1998, Algorithmica 20:61), from a pattern turned by the seed. centre_first: cell 0 stays in the middle of the
/// section and the others are sorted by their distance from it; otherwise the seed shuffles them. Throws CaseError when
/// a cell is empty.
PowerDiagram balanced_diagram(const CrossSection& section, int cells, std::uint64_t seed, bool centre_first);

}  // namespace tautband
