// Sums over the ranks that share a node.
#pragma once

#include "mesh/local_mesh.hpp"

#include <cstddef>

namespace tautband {

/// Adds up the partial sums that ranks hold on the nodes they share. Every rank sums in ascending order of rank, so
/// that all sharers of a node end with the same bits. Buffers are made once; an exchange allocates nothing.
///
/// An array is (node), (node, component) or (node, i, j) of double or float on owned and shared nodes, at most 9
/// values per node: partial sums in, full sums out. Every function is collective.
class Halo {
 public:
  /// Finds the ranks that share each node.
  explicit Halo(const LocalMesh& mesh);

  template <class ViewType> void add(const ViewType& y) const {
    begin(y);
    finish(y);
  }
  /// The first half sends the partial sums; the second receives and sums. In between, only nodes that are not shared
  /// may change, and no other exchange may begin.
  template <class ViewType> void begin(const ViewType& y) const { begin(y.data(), values_per_node(y)); }
  template <class ViewType> void finish(const ViewType& y) const { finish(y.data(), values_per_node(y)); }

  /// The same for `components` values per node, component fastest, in memory of the device.
  template <class T> void begin(T* y, int components) const;
  template <class T> void finish(T* y, int components) const;

 private:
  struct Neighbour {
    int rank;
    Index first, count;  ///< entries of the buffers, in ascending order of the node's number in the mesh file
  };
  using Buffer = View1<std::byte>;
  static constexpr std::size_t largest_row = 9 * sizeof(double);

  template <class ViewType> static int values_per_node(const ViewType& y) {
    static_assert(ViewType::rank <= 3);
    std::size_t values = 1;
    for (int i = 1; i < int(ViewType::rank); ++i) values *= y.extent(i);
    return static_cast<int>(values);
  }

  MPI_Comm comm_;
  bool device_mpi_;                    ///< MPI reads and writes memory of the device
  std::vector<Neighbour> neighbours_;  ///< ascending rank
  View1<Index> entry_node_;            ///< (entry): local node sent and received
  View1<Index> shared_node_;           ///< (s): local nodes that other ranks hold as well
  View1<Index> first_source_;          ///< (s): sources of shared node s are first_source_(s) .. first_source_(s + 1)
  View1<Index> source_;                ///< entry of the receive buffer in ascending order of rank, -1 for this rank
  Buffer send_, receive_;              ///< (entry * components + component) of the values' type
  HostMirror<Buffer> send_host_, receive_host_;
  mutable std::vector<MPI_Request> requests_;
};

}  // namespace tautband
