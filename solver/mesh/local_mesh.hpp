// The part of a mesh that one rank works on, in the order kernels want it.
#pragma once

#include "mesh/mesh.hpp"
#include "mesh/ordered_sum.hpp"

#include <mpi.h>

namespace tautband {

/// Elements of one region: batches of `lanes` elements, first_batch .. first_batch + n_batches.
struct RegionBatches {
  int region;  ///< index into Mesh::region_names
  Index first_batch;
  Index n_batches;
  Index n_elements;              ///< on this rank; the last batch is padded
  Index n_boundary_batches = 0;  ///< the first so many hold all elements that touch nodes of other ranks
};

/// Slot of node n of an element with `nodes` nodes.
KOKKOS_INLINE_FUNCTION Index element_slot(int nodes, Index batch, int n, int lane) {
  return (batch * nodes + n) * lanes + lane;
}

/// Boundary batches come first, so that their sums travel while the interior is worked on.
enum class Part { all, boundary, interior };

/// The batches of `part` of a region.
inline RegionBatches part_of(const RegionBatches& all, Part part) {
  const Index n = all.n_boundary_batches, in_boundary = n * lanes < all.n_elements ? n * lanes : all.n_elements;
  switch (part) {
    case Part::boundary:
      return {all.region, all.first_batch, n, in_boundary, n};
    case Part::interior:
      return {all.region, all.first_batch + n, all.n_batches - n, all.n_elements - in_boundary, 0};
    case Part::all:
      break;
  }
  return all;
}

/// Faces of a named set on this rank's elements.
struct LocalFaces {
  View1<Index> batch, lane;  ///< (face): where its element lies
  View1<int> face;           ///< (face): local face 0..5 = x- x+ y- y+ z- z+
  OrderedSum sum{};          ///< over the faces, at slot face * (nodes of a face) + node of it
};

/// Nodes owned by this rank come first, then those shared with ranks that own them. Every element is on one rank only.
struct LocalMesh {
  MPI_Comm comm = MPI_COMM_WORLD;
  ElementKind kind = ElementKind::hex27;
  Index n_nodes = 0;  ///< owned and shared
  Index n_owned = 0;  ///< nodes [0, n_owned) are owned
  Index n_elements = 0;
  Index n_batches = 0;
  GlobalIndex n_global_nodes = 0, n_global_cells = 0;
  std::vector<std::string> region_names;
  std::vector<RegionBatches> regions;  ///< one entry per region present on this rank, in order of region
  Connectivity
      nodes;  ///< (batch, node, lane): local node, lexicographic (x fastest); padding lanes repeat the last element
  View2<GlobalIndex> cell;         ///< (batch, lane): cell of the mesh file, -1 on padding lanes
  View1<GlobalIndex> global_node;  ///< (node): node of the mesh file
  NodeVector X;                    ///< (node, 3): reference position, m
  std::map<std::string, View1<Index>>
      node_sets;  ///< local nodes (owned and shared) of each set; sets empty here are present with size 0
  std::map<std::string, LocalFaces> face_sets;
  OrderedSum sum;  ///< over the elements, at element_slot()
};

/// Number of element nodes and quadrature points per direction: 2 or 3.
constexpr int nodes_per_line(ElementKind kind) { return kind == ElementKind::hex8 ? 2 : 3; }

}  // namespace tautband
