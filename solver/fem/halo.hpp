// Sums over the ranks that share a node.
#pragma once

#include "mesh/local_mesh.hpp"

namespace tautband {

/// Adds up the partial sums that ranks hold on the nodes they share. Every rank sums in ascending order of rank, so
/// that all sharers of a node end with the same bits. Buffers are made once; add() allocates nothing.
class Halo {
 public:
  /// Finds the ranks that share each node; collective.
  explicit Halo(const LocalMesh& mesh);

  /// y is (node) or (node, components) on owned and shared nodes: partial sums in, full sums out. Collective.
  void add(View1<double> y) const { add(y.data(), 1); }
  void add(NodeVector y) const { add(y.data(), 3); }
  void add(NodeBlocks y) const { add(y.data(), 9); }

  /// The same for `components` values per node, component fastest, in memory of the device. At most 9 components.
  void add(double* y, int components) const;

 private:
  struct Neighbour {
    int rank;
    Index first, count;  ///< entries of the buffers, in ascending order of the node's number in the mesh file
  };
  static constexpr int largest_components = 9;

  MPI_Comm comm_;
  bool device_mpi_;                    ///< MPI reads and writes memory of the device
  std::vector<Neighbour> neighbours_;  ///< ascending rank
  View1<Index> entry_node_;            ///< (entry): local node sent and received
  View1<Index> shared_node_;           ///< (s): local nodes that other ranks hold as well
  View1<Index> first_source_;          ///< (s): sources of shared node s are first_source_(s) .. first_source_(s + 1)
  View1<Index> source_;                ///< entry of the receive buffer in ascending order of rank, -1 for this rank
  View1<double> send_, receive_;       ///< (entry * components + component)
  HostMirror<View1<double>> send_host_, receive_host_;
  mutable std::vector<MPI_Request> requests_;
};

}  // namespace tautband
