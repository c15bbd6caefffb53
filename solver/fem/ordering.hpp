// From the numbering of the ranks to that of the mesh file and back, for parallel files.
#pragma once

#include "mesh/local_mesh.hpp"

namespace tautband {

/// Rows first .. first + count of the mesh file's numbering.
struct Slice {
  GlobalIndex first = 0, count = 0;
};

/// Which rank keeps which rows, and how rows travel there. Rank r keeps slice r of nearly equal slices.
class RowExchange {
 public:
  /// `global[i]` is the row that travels with local row `local[i]`; collective.
  RowExchange(const std::vector<Index>& local, const std::vector<GlobalIndex>& global, GlobalIndex n_global,
              MPI_Comm comm);

  Slice slice() const { return slice_; }
  /// Rows are `components` values, component fastest. `values` holds the local rows, the result this rank's slice; rows
  /// that no rank holds are 0. Collective.
  std::vector<double> to_file(const double* values, int components) const;
  /// Fills the local rows from the slices; collective.
  void from_file(const std::vector<double>& slice, double* values, int components) const;

 private:
  MPI_Comm comm_;
  Slice slice_;
  std::vector<Index> local_;  ///< local rows in the order they are sent
  std::vector<Index> kept_;   ///< rows of the slice in the order they are received
  std::vector<int> send_count_, send_first_, receive_count_, receive_first_;  ///< (rank)
};

/// Moves values of nodes and cells between the ranks' numbering and contiguous slices of the mesh file's.
/// Every function is collective. A result row has its components side by side: (row, component).
class FileOrder {
 public:
  explicit FileOrder(const LocalMesh& mesh);

  MPI_Comm comm() const { return comm_; }
  GlobalIndex n_nodes() const { return n_global_nodes_; }
  GlobalIndex n_cells() const { return n_global_cells_; }
  Slice node_slice() const { return owned_nodes_.slice(); }
  Slice cell_slice() const { return cells_.slice(); }

  /// Owned nodes' values, (node), (node, 3) or (node, component), as this rank's slice. A node that no cell uses gets
  /// 0.
  std::vector<double> nodes_to_file(const View1<double>& values) const;
  std::vector<double> nodes_to_file(const NodeVector& values) const;
  std::vector<double> nodes_to_file(const View2<double>& values) const;

  /// Cells' values as this rank's slice: (batch, lane), (batch, component, lane) or (batch, point, component, lane),
  /// the last with point and component side by side.
  std::vector<double> cells_to_file(const View2<double>& values) const;
  std::vector<double> cells_to_file(const PointField& values) const;
  std::vector<double> cells_to_file(const PointArray& values) const;

  /// Back again: owned and shared nodes; cells, padding lanes repeat the last cell of their batch.
  void nodes_from_file(const std::vector<double>& slice, const View1<double>& values) const;
  void nodes_from_file(const std::vector<double>& slice, const NodeVector& values) const;
  void nodes_from_file(const std::vector<double>& slice, const View2<double>& values) const;
  void cells_from_file(const std::vector<double>& slice, const View2<double>& values) const;
  void cells_from_file(const std::vector<double>& slice, const PointField& values) const;
  void cells_from_file(const std::vector<double>& slice, const PointArray& values) const;

 private:
  MPI_Comm comm_;
  GlobalIndex n_global_nodes_, n_global_cells_;
  RowExchange owned_nodes_, all_nodes_, cells_;
  Index n_slots_;               ///< batches * lanes
  std::vector<Index> same_as_;  ///< (slot): itself, or on a padding lane the slot it repeats
};

}  // namespace tautband
