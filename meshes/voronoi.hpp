// A disc divided into cells of about the same size.
#pragma once

#include "meshes/plane.hpp"

#include <vector>

namespace tautband::meshing {

/// Corners of one cell in counter-clockwise order. Side i goes from corner i to the next one.
struct DiscCell {
  std::vector<Point2> corners;
  std::vector<bool> arc;  ///< true where side i is part of the circle
};

/// A centroidal Voronoi diagram of the disc of `radius` with `count` >= 3 cells, always the same one. Corners closer to
/// each other than a seventh of a cell's radius are joined, so that no side is too short to be meshed; corners on the
/// circle lie on it exactly.
std::vector<DiscCell> divide_disc(double radius, int count);

}  // namespace tautband::meshing
