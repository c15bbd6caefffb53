#include "performance/row_matrix.hpp"

namespace tautband::performance {

RowMatrix::RowMatrix(const reference::BlockMatrix& blocks)
    : rows_("rows", 3 * blocks.n_rows() + 1),
      columns_(Kokkos::view_alloc("columns", Kokkos::WithoutInitializing), 9 * blocks.n_blocks()),
      values_(Kokkos::view_alloc("values", Kokkos::WithoutInitializing), 9 * blocks.n_blocks()) {
  Index entry = 0;
  for (Index node = 0; node < blocks.n_rows(); ++node)
    for (int i = 0; i < 3; ++i) {
      for (Index k = blocks.first(node); k < blocks.first(node + 1); ++k)
        for (int j = 0; j < 3; ++j, ++entry) {
          columns_(entry) = 3 * blocks.column(k) + j;
          values_(entry) = blocks.block(k)[3 * i + j];
        }
      rows_(3 * node + i + 1) = entry;
    }
}

void RowMatrix::multiply(const NodeVector& x, const NodeVector& y) const {
  constexpr int width = 4;  // independent sums: one alone would wait for its own additions
  const auto from = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), x);
  const auto to = Kokkos::create_mirror_view(y);
  const double *const v = from.data(), *const a = values_.data();
  const Index* const column = columns_.data();
  for (Index row = 0; row + 1 < static_cast<Index>(rows_.extent(0)); ++row) {
    double sum[width] = {};
    Index k = rows_(row);
    for (; k + width <= rows_(row + 1); k += width)
      for (int l = 0; l < width; ++l) sum[l] += a[k + l] * v[column[k + l]];
    for (; k < rows_(row + 1); ++k) sum[0] += a[k] * v[column[k]];
    to.data()[row] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }
  Kokkos::deep_copy(y, to);
}

}  // namespace tautband::performance
