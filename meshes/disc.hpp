// The O-grid of a disc: an inner square with rounded sides, and rings that blend it into the circle.
#pragma once

#include "meshes/cross_section.hpp"

namespace tautband::meshing {

struct DiscOptions {
  double radius;             ///< m
  double edge;               ///< target edge length, m
  double core_edge = 0.0;    ///< edge length inside core_radius, m; 0 = edge everywhere
  double core_radius = 0.0;  ///< m
  bool quarter = false;      ///< only x >= 0, y >= 0
};

/// `line` nodes per direction of a cell: 2 or 3. The sides of the inner square are arcs that meet at 120 degrees, the
/// angle of three cells round one node. With a core the corners of the square lie on the core's circle.
CrossSection make_disc(const DiscOptions& options, int line);

}  // namespace tautband::meshing
