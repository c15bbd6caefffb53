// A block of bricks, and its image between eight corners.
#pragma once

#include "mesh/mesh.hpp"

#include <array>
#include <optional>

namespace tautband::meshing {

using Vector3 = std::array<double, 3>;

struct BlockOptions {
  ElementKind kind = ElementKind::hex27;
  std::array<Vector3, 8> corners;  ///< m, in the order of a VTK hexahedron: bottom counter-clockwise, then top
  std::array<int, 3> cells;
  Vector3 fibre{1, 0, 0};  ///< any length but 0
  double distort = 0.0;    ///< interior corners of cells move by up to this part of an edge, 0..0.4
  unsigned seed = 1;       ///< of the distortion
};

/// Corners of the box from the origin to `size`.
std::array<Vector3, 8> box_corners(const Vector3& size);

/// The trilinear image of a regular grid; hex27 cells have straight edges. Node and face sets x0 x1 y0 y1 z0 z1, region
/// `muscle`, node arrays cross_section (position across the fibre, m) and fibre_position (0..1 along it).
/// Throws CaseError for a zero fibre.
Mesh make_block(const BlockOptions& options);

}  // namespace tautband::meshing
