// Whether two runs were on the same mesh.
#pragma once

#include "mesh/mesh.hpp"

namespace tautband {

/// 16 hexadecimal digits that change with any node, cell, region, fibre, set or array of the mesh.
std::string mesh_hash(const Mesh& mesh);

}  // namespace tautband
