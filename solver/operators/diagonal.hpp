// 3x3 diagonal blocks of a stored tangent: the tangent operation on unit increments of one node at a time.
#pragma once

#include "operators/sweep.hpp"

namespace tautband {

template <class E, class Op> struct DiagonalKernel {
  Connectivity nodes;
  Op op;
  ModeMatrix K;
  NodeBlocks blocks;
  Index n_elements, first_batch;

  /// Block of element node n: rows j, columns k.
  template <class V> KOKKOS_INLINE_FUNCTION void block(Index b, int n, int lane, V (&A)[3][3]) const {
    constexpr int N = E::line, M = E::pressure_modes;
    constexpr LineTables<N> tables = line_tables<N>();
    V volume[M][3];
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) A[j][k] = V(0.0);
      for (int m = 0; m < M; ++m) volume[m][j] = V(0.0);
    }
    for (int q = 0; q < E::points; ++q) {
      const Place at{b, q, lane};
      double shape[3], slope[3], dN[3];
      for (int a = 0; a < 3; ++a) {
        const int row = E::index(q, a), column = E::index(n, a);
        shape[a] = tables.interpolate[row][column];
        slope[a] = Line<N>::slope(column, Line<N>::gauss(row));
      }
      for (int a = 0; a < 3; ++a) dN[a] = slope[a] * shape[(a + 1) % 3] * shape[(a + 2) % 3];
      for (int k = 0; k < 3; ++k) {
        V T[9];
        for (int i = 0; i < 9; ++i) T[i] = V(i / 3 == k ? dN[i % 3] : 0.0);
        const V m = op.first(at, T);
        for (int j = 0; j < 3; ++j) A[j][k] += T[3 * j] * V(dN[0]) + T[3 * j + 1] * V(dN[1]) + T[3 * j + 2] * V(dN[2]);
        for (int i = 0; i < M; ++i) volume[i][k] += V(E::mode(i, q)) * m;
      }
      if constexpr (Op::with_values) {
        const double N2 = shape[0] * shape[1] * shape[2];
        const V mass = op.template value<V>(at) * V(N2 * N2);
        for (int k = 0; k < 3; ++k) A[k][k] += mass;
      }
    }
    for (int a = 0; a < M; ++a)
      for (int c = 0; c < M; ++c) {
        const V kac = load_at<V>(&K(b, packed(M, a, c), lane));
        for (int j = 0; j < 3; ++j)
          for (int k = 0; k < 3; ++k) A[j][k] += kac * volume[a][j] * volume[c][k];
      }
  }

  /// One element node of one batch; on a device also one lane.
  KOKKOS_INLINE_FUNCTION void operator()(const Index item) const {
#if defined(__CUDACC__) || defined(__HIPCC__)
    const int lane = item % lanes, n = (item / lanes) % E::nodes;
    const Index offset = item / (lanes * E::nodes), b = first_batch + offset;
    if (offset * lanes + lane >= n_elements) return;
    double A[3][3];
    block(b, n, lane, A);
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k) Kokkos::atomic_add(&blocks(nodes(b, n, lane), j, k), A[j][k]);
#else
    const int n = item % E::nodes;
    const Index offset = item / E::nodes, b = first_batch + offset;
    HostPack A[3][3];
    block(b, n, 0, A);
    for (int l = 0; l < lanes && offset * lanes + l < n_elements; ++l)
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 3; ++k) blocks(nodes(b, n, l), j, k) += A[j][k][l];
#endif
  }
};

/// blocks(node) += diagonal blocks of the tangent on the elements of `range`.
template <class E, class Op>
void add_diagonal(const LocalMesh& mesh, const RegionBatches& range, const Op& op, const ModeMatrix& K,
                  const NodeBlocks& blocks) {
  const Index per_batch = E::nodes * (host_execution ? 1 : lanes);
  Kokkos::parallel_for("tautband::diagonal", Kokkos::RangePolicy<Execution>(0, range.n_batches * per_batch),
                       DiagonalKernel<E, Op>{mesh.nodes, op, K, blocks, range.n_elements, range.first_batch});
}

}  // namespace tautband
