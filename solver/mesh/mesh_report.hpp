// What inspect() found, as text.
#pragma once

#include "mesh/mesh_check.hpp"

namespace tautband {

/// Lines with counts, displacement DoF, bounds, volumes, worst Jacobian, fibres, sets and arrays, then one line
/// "problem: ..." for each reason not to compute on the mesh.
std::string to_text(const Mesh& mesh, const MeshReport& report);

}  // namespace tautband
