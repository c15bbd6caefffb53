// An assembled matrix of 3x3 blocks in compressed rows of nodes (BSR): what a matrix-free operator is compared with.
#pragma once

#include "mesh/local_mesh.hpp"

#include <vector>

namespace tautband::reference {

class BlockMatrix {
 public:
  /// Couples all nodes of a rank that share an element; blocks are zero.
  explicit BlockMatrix(const LocalMesh& mesh);

  /// Adds an element matrix on the given nodes: entry (3 a + i, 3 b + j) of a row-major square.
  void add(const std::vector<Index>& nodes, const std::vector<double>& element);
  /// y := A x; partial sums on shared nodes, the caller adds the halo.
  void multiply(const NodeVector& x, const NodeVector& y) const;
  /// Block of row and column `node`, row-major.
  const double* diagonal_block(Index node) const { return &values_[9 * find(node, node)]; }

  std::size_t n_blocks() const { return columns_.extent(0); }
  Index n_rows() const { return static_cast<Index>(rows_.extent(0)) - 1; }
  /// First block of a row; that of row n_rows() is n_blocks().
  Index first(Index row) const { return rows_(row); }
  Index column(Index block) const { return columns_(block); }
  /// Row-major.
  const double* block(Index block) const { return &values_[9 * static_cast<std::size_t>(block)]; }
  /// Bytes read in one product: blocks, columns and row starts.
  std::size_t bytes() const {
    return n_blocks() * (9 * sizeof(double) + sizeof(Index)) + rows_.extent(0) * sizeof(Index);
  }

 private:
  std::size_t find(Index row, Index column) const;

  using Host = Kokkos::HostSpace;
  Kokkos::View<Index*, Host> rows_;     ///< (node + 1): first block of the row
  Kokkos::View<Index*, Host> columns_;  ///< (block): ascending in a row
  Kokkos::View<double*, Host> values_;  ///< (block, 3, 3)
};

}  // namespace tautband::reference
