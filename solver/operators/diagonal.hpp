// 3x3 diagonal blocks of a stored tangent, in two steps per batch of elements: the entries of the tangent at each
// point, then the blocks of each node from the products of its slopes,
//   A_jk(n) = sum_q dN_a dN_b D_ja,kb + sum_mm' K_mm' v_mj v_m'k,   v_mk(n) = sum_q phi_m d_kb dN_b,
// with a, b along xi, eta, zeta, D flux and d projected quantity of a unit gradient. D is symmetric, so that 36 sums
// D_ja,kb + D_jb,ka (j <= k, a <= b) hold all that is needed. The host sums over points one direction at a time, the
// device node by node.
#pragma once

#include "operators/element_teams.hpp"
#include "operators/line_sums.hpp"
#include "operators/point_tangent.hpp"

namespace tautband {

template <class E, class Op> struct DiagonalKernel {
  Connectivity nodes;
  Op op;
  ModeMatrix K;
  NodeTarget<9> blocks;
  Index n_elements, first_batch;

  static constexpr int P = E::points, N = E::line, M = E::pressure_modes;
  static constexpr int pairs = 6, values = pairs * pairs + 9;  ///< per point: the sums (jk, ab), then d

  /// The values of a point, through put(number, value).
  template <class V, class Put> KOKKOS_INLINE_FUNCTION void point(const Place& at, const Put& put) const {
    const auto D = point_tangent<V>(op, at);
    for (int j = 0; j < 3; ++j)
      for (int k = j; k < 3; ++k)
        for (int a = 0; a < 3; ++a)
          for (int b = a; b < 3; ++b)
            put(pairs * Sym3<V>::at(j, k) + Sym3<V>::at(a, b), a == b ? D(j, a, k, b) : D(j, a, k, b) + D(j, b, k, a));
    for (int k = 0; k < 3; ++k)
      for (int b = 0; b < 3; ++b) put(pairs * pairs + 3 * k + b, D.projected(k, b));
  }

  /// Block of element node n, packed as Sym3; get(q, number) returns the values of point q.
  template <class V, class Get> KOKKOS_INLINE_FUNCTION Sym3<V> block(Index b, int n, int lane, const Get& get) const {
    constexpr LineTables<N> tables = line_tables<N>();
    Sym3<V> A;
    V volume[M][3];
    for (V& each : A.s) each = V(0.0);
    for (int m = 0; m < M; ++m)
      for (V& each : volume[m]) each = V(0.0);
    for (int q = 0; q < P; ++q) {
      double shape[3] = {}, slope[3] = {}, dN[3] = {}, products[pairs] = {};
      for (int a = 0; a < 3; ++a) {
        shape[a] = tables.interpolate[E::index(q, a)][E::index(n, a)];
        slope[a] = Line<N>::slope(E::index(n, a), Line<N>::gauss(E::index(q, a)));
      }
      for (int a = 0; a < 3; ++a) dN[a] = slope[a] * shape[(a + 1) % 3] * shape[(a + 2) % 3];
      for (int a = 0; a < 3; ++a)
        for (int c = a; c < 3; ++c) products[Sym3<V>::at(a, c)] = dN[a] * dN[c];
      for (int jk = 0; jk < pairs; ++jk)
        for (int ab = 0; ab < pairs; ++ab) A.s[jk] += V(products[ab]) * get(q, pairs * jk + ab);
      for (int k = 0; k < 3; ++k) {
        V d(0.0);
        for (int a = 0; a < 3; ++a) d += V(dN[a]) * get(q, pairs * pairs + 3 * k + a);
        for (int m = 0; m < M; ++m) volume[m][k] += V(E::mode(m, q)) * d;
      }
      if constexpr (Op::with_values) {
        const double N2 = shape[0] * shape[1] * shape[2];
        const V mass = op.template value<V>(Place{b, q, lane}) * V(N2 * N2);
        for (int k = 0; k < 3; ++k) A(k, k) += mass;
      }
    }
    add_projected(b, lane, volume, A);
    return A;
  }

  /// A_jk += sum_mm' K_mm' v_mj v_m'k
  template <class V>
  KOKKOS_INLINE_FUNCTION void add_projected(Index b, int lane, const V (&v)[M][3], Sym3<V>& A) const {
    for (int k = 0; k < 3; ++k) {
      V in[M], out[M];
      for (int m = 0; m < M; ++m) in[m] = v[m][k];
      multiply_modes<E>(K, b, lane, in, out);
      for (int j = 0; j <= k; ++j)
        for (int m = 0; m < M; ++m) A(j, k) += v[m][j] * out[m];
    }
  }

  using Teams = ElementTeams<E, 216, 2>;
  using Team = typename Teams::Team;
  using Scratch = ElementScratch<double>;

  static typename Teams::Policy policy(Index n_batches) {
    return Teams::policy(n_batches, Scratch::shmem_size(P, int(values), Teams::elements));
  }

  /// Device: the values of the points in scratch memory.
  KOKKOS_INLINE_FUNCTION void operator()(const Team& team) const {
    const Index offset = Teams::batch(team), b = first_batch + offset, left = n_elements - offset * lanes;
    const int start = Teams::first_lane(team);
    const Scratch D(team.team_scratch(Teams::level), P, values, Teams::elements);
    Teams::for_each(team, P, [&](int q, int e) {
      point<double>(Place{b, q, start + e}, [&](int i, double value) { D(q, i, e) = value; });
    });
    Teams::share(team, E::nodes, [&](int n, int e) {
      const int lane = start + e;
      const Sym3<double> A = block<double>(b, n, lane, [&](int q, int i) { return D(q, i, e); });
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 3; ++k)
          if (lane < left) blocks.add(nodes(b, n, lane), element_slot(E::nodes, b, n, lane), 3 * j + k, A(j, k));
    });
  }

#if !defined(__CUDACC__) && !defined(__HIPCC__)
  /// Host: one batch.
  template <class V> void batch(Index offset) const {
    const Index b = first_batch + offset;
    V D[values][P], A[pairs][P], v[M][3][P];
    for (int q = 0; q < P; ++q) {
      op.prefetch(Place{b + 1, q, 0});
      point<V>(Place{b, q, 0}, [&](int i, const V& value) { D[i][q] = value; });
    }
    for (int jk = 0; jk < pairs; ++jk) sum_over_points<N>(D + pairs * jk, gradient_pairs, product_tables<N>, A[jk]);
    for (int k = 0; k < 3; ++k)
      for (int m = 0; m < M; ++m)
        sum_over_points<N>(D + pairs * pairs + 3 * k, gradient_moments[m], moment_tables<N>, v[m][k]);
    if constexpr (Op::with_values) {
      V factor[1][P], mass[P];
      for (int q = 0; q < P; ++q) factor[0][q] = op.template value<V>(Place{b, q, 0});
      sum_over_points<N>(factor, value_squares, product_tables<N>, mass);
      for (int k = 0; k < 3; ++k)
        for (int n = 0; n < P; ++n) A[k][n] += mass[n];
    }
    const int valid = static_cast<int>(std::min<Index>(n_elements - offset * lanes, lanes));
    for (int n = 0; n < E::nodes; ++n) {
      Sym3<V> block;
      V volume[M][3];
      for (int jk = 0; jk < pairs; ++jk) block.s[jk] = A[jk][n];
      for (int m = 0; m < M; ++m)
        for (int k = 0; k < 3; ++k) volume[m][k] = v[m][k][n];
      add_projected(b, 0, volume, block);
      scatter(&nodes(b, n, 0), block, valid);
    }
  }

  template <class V> void scatter(const Index* node, const Sym3<V>& block, int valid) const {
    alignas(64) double value[pairs][lanes];
    for (int jk = 0; jk < pairs; ++jk) block.s[jk].store(value[jk]);
    for (int l = 0; l < valid; ++l)
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 3; ++k)
          blocks.node[9 * static_cast<std::ptrdiff_t>(node[l]) + 3 * j + k] += value[Sym3<V>::at(j, k)][l];
  }
#endif
};

/// The team driver on any backend; on the host it serves the tests.
template <class E, class Op>
void add_diagonal_by_teams(const LocalMesh& mesh, const RegionBatches& range, const Op& op, const ModeMatrix& K,
                           const NodeBlocks& blocks) {
  using Kernel = DiagonalKernel<E, Op>;
  const Kernel kernel{mesh.nodes, op, K, mesh.sum.target<9>(blocks.data()), range.n_elements, range.first_batch};
  Kokkos::parallel_for("tautband::diagonal", Kernel::policy(range.n_batches), kernel);
  mesh.sum.finish(kernel.blocks, element_slot(E::nodes, range.first_batch, 0, 0),
                  element_slot(E::nodes, range.n_batches, 0, 0));
}

/// blocks(node) += diagonal blocks of the tangent on the elements of `range`.
template <class E, class Op>
void add_diagonal(const LocalMesh& mesh, const RegionBatches& range, const Op& op, const ModeMatrix& K,
                  const NodeBlocks& blocks) {
  if (range.n_batches == 0) return;
#if defined(__CUDACC__) || defined(__HIPCC__)
  add_diagonal_by_teams<E>(mesh, range, op, K, blocks);
#else
  const DiagonalKernel<E, Op> kernel{mesh.nodes,       op, K, mesh.sum.target<9>(blocks.data()), range.n_elements,
                                     range.first_batch};
  Kokkos::parallel_for("tautband::diagonal", Kokkos::RangePolicy<Execution>(0, range.n_batches),
                       [kernel](const Index offset) { kernel.template batch<HostPack>(offset); });
#endif
}

}  // namespace tautband
