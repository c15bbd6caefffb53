// Divides a mesh among the ranks of a communicator and orders each part for the kernels.
#pragma once

#include "mesh/local_mesh.hpp"

namespace tautband {

/// This rank's part of `mesh`; collective, `mesh` is the same on every rank. Cells go to ranks by METIS k-way on the
/// dual graph (cells that share a face); a node belongs to the lowest rank that touches it. Cells are ordered as
/// mesh/cell_order.hpp says, nodes numbered by first touch. A rank may be left without cells. Throws CaseError when the
/// mesh has fewer cells than there are ranks.
LocalMesh distribute(const Mesh& mesh, MPI_Comm comm);

/// Values on the nodes of this rank, (node, component), from those of the mesh file.
View2<double> localise_point_array(const LocalMesh& local, const MeshArray& array);

/// Values on the cells of this rank, (batch, component, lane); padding lanes repeat the last cell of their batch.
PointField localise_cell_array(const LocalMesh& local, const MeshArray& array);

/// The same from bare values, (cell, component) at cell * components + component: fibre directions, say.
PointField localise_cell_array(const LocalMesh& local, const std::vector<double>& values, int components);

}  // namespace tautband
