// Finding material points: the element that holds a reference position, and where in it.
#pragma once

#include "mesh/local_mesh.hpp"

#include <array>
#include <string_view>

namespace tautband {

/// Where a material point lies. The same cell and xi on any number of ranks; batch and lane only on the rank that has
/// the cell.
struct Location {
  GlobalIndex cell = -1;  ///< cell of the mesh file
  Index batch = -1;       ///< -1 on the other ranks
  int lane = -1;
  double xi[3] = {0, 0, 0};  ///< position in the reference cube [-1, 1]^3; set where batch >= 0
};

/// Locates reference positions (m), the same list on every rank; collective. A point on a face, edge or corner belongs
/// to the lowest cell of the mesh file that touches it. Throws CaseError, on every rank, for a point outside the mesh:
/// the message names `what` (e.g. "spindle"), its number and about how far the mesh is.
std::vector<Location> locate(const LocalMesh& mesh, const std::vector<std::array<double, 3>>& positions,
                             std::string_view what);

}  // namespace tautband
