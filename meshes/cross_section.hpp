// A cross-section of quadrilaterals, put together from mapped patches.
#pragma once

#include "meshes/plane.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tautband::meshing {

/// Edge of a quadrilateral: side 0..3 = u- u+ v- v+.
struct Side {
  std::int64_t quad;
  int side;
};

/// Quadrilaterals with `line` nodes per direction (2 or 3), lexicographic (u fastest); nodes of touching patches are
/// one.
class CrossSection {
 public:
  /// Nodes closer than `radius` * 1e-6 are the same node.
  CrossSection(int line, double radius) : line(line), radius(radius), tolerance_(1e-6 * radius) {}

  /// Cells between the breakpoints `u` and `v` of the map's unit square; mid nodes lie at the mean of their
  /// breakpoints.
  /// Throws CaseError when the cross-section would have over 20 million nodes.
  void add_patch(const std::vector<double>& u, const std::vector<double>& v, const PlaneMap& map, int region);

  /// Sides of one quadrilateral only, by where they lie: "side" on the circle, "x0" on x = 0, "y0" on y = 0.
  std::map<std::string, std::vector<Side>> boundary() const;

  std::int64_t n_quads() const { return static_cast<std::int64_t>(region.size()); }
  /// Node i of quad q.
  std::int64_t node(std::int64_t q, int i) const { return quads[q * line * line + i]; }
  /// The `line` nodes of a side.
  std::vector<std::int64_t> side_nodes(const Side& side) const;
  /// Centre of the quadrilateral in its own coordinates.
  Point2 centre(std::int64_t q) const;

  int line;
  double radius;                    ///< of the bounding circle, m
  std::vector<Point2> nodes;        ///< m
  std::vector<std::int64_t> quads;  ///< line * line per quadrilateral
  std::vector<int> region;          ///< per quadrilateral

 private:
  std::int64_t find_or_add(const Point2& point);

  double tolerance_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> bins_;  ///< node by its position in units of tolerance
};

}  // namespace tautband::meshing
