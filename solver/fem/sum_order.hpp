// Makes the sums of a mesh bitwise repeatable on a device.
#pragma once

#include "mesh/local_mesh.hpp"

namespace tautband {

/// Gives the mesh and its face sets the slots of mesh/ordered_sum.hpp: from then on every sum at nodes has a fixed
/// order. Costs 9 doubles and an index per node of each element.
void fix_sum_order(LocalMesh& mesh);

}  // namespace tautband
