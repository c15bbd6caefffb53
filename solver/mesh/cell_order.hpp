// The order in which a rank works on its cells.
#pragma once

#include "mesh/mesh.hpp"

namespace tautband {

/// Lowest and highest rank that touches each node of the mesh; the largest int and -1 where no cell does.
struct NodeRanks {
  std::vector<int> lowest, highest;
  /// `part`: rank of each cell.
  NodeRanks(const Mesh& mesh, const std::vector<int>& part);
  bool shared(GlobalIndex node) const { return lowest[node] < highest[node]; }
};

/// The cells of one region on one rank.
struct RegionCells {
  int region;                      ///< index into Mesh::region_names
  std::vector<GlobalIndex> cells;  ///< those that touch a node of another rank come first
  Index n_boundary;                ///< so many
};

/// Cells of `rank` by region. Within a region, the boundary cells and then the others lie along a space-filling curve
/// through their centroids; cells in one place keep the order of the file.
std::vector<RegionCells> order_cells(const Mesh& mesh, const std::vector<int>& part, int rank, const NodeRanks& nodes);

}  // namespace tautband
