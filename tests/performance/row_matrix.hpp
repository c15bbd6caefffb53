// An assembled matrix in compressed scalar rows (CSR) with 32-bit columns, from one in blocks.
#pragma once

#include "operators/reference/block_matrix.hpp"

namespace tautband::performance {

class RowMatrix {
 public:
  explicit RowMatrix(const reference::BlockMatrix& blocks);

  /// y := A x; partial sums on shared nodes, the caller adds the halo.
  void multiply(const NodeVector& x, const NodeVector& y) const;
  /// Bytes read in one product: values, columns and row starts.
  std::size_t bytes() const {
    return values_.extent(0) * sizeof(double) + columns_.extent(0) * sizeof(Index) + rows_.extent(0) * sizeof(Index);
  }

 private:
  using Host = Kokkos::HostSpace;
  Kokkos::View<Index*, Host> rows_;     ///< (row + 1): first entry of the row, row = 3 node + component
  Kokkos::View<Index*, Host> columns_;  ///< (entry)
  Kokkos::View<double*, Host> values_;  ///< (entry)
};

}  // namespace tautband::performance
