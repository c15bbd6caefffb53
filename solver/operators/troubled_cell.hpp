// The cell of the mesh file where a step went wrong.
#pragma once

#include "mesh/local_mesh.hpp"

#include <array>
#include <string>

namespace tautband {

/// The same on every rank.
struct TroubledCell {
  GlobalIndex cell = -1;               ///< of the mesh file
  std::array<double, 3> centre{};      ///< m: mean of its nodes in the reference configuration
  double smallest_volume_ratio = 0.0;  ///< det F; <= 0 or no number: inverted
  double force = 0.0;                  ///< N: the largest unbalanced force at a node; may be no number
};

/// The cell with the smallest det F where some det F <= 0; otherwise one that touches the node with the largest
/// unbalanced force. Of equals (to a millionth) the one with the lowest number.
/// force: (node, component) residual, N, full sums; mask: 1 where a component counts; report: see law_ops.hpp.
/// Collective.
TroubledCell find_troubled_cell(const LocalMesh& mesh, const NodeVector& force, const NodeVector& mask,
                                const PointArray& report);

/// What is wrong with it, for the user.
std::string describe(const TroubledCell& trouble);

}  // namespace tautband
