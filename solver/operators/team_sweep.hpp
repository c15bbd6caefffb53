// The device driver of a sweep (see sweep.hpp): one team per batch, one vector lane per element, arrays in scratch
// memory with the lane fastest so that every access is contiguous across a warp.
#pragma once

#include "operators/sweep.hpp"

namespace tautband {

template <class E, class Op> struct TeamSweep {
  using S = tautband::Scalar<Op>;
  using Policy = Kokkos::TeamPolicy<Execution>;
  using Team = typename Policy::member_type;
  using Scratch = Kokkos::View<S***, Kokkos::LayoutRight, typename Execution::scratch_memory_space,
                               Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  Connectivity nodes;
  SweptVector<Op> x;
  NodeTarget<components<Op>(), typename SweptVector<Op>::non_const_value_type> y;
  Op op;
  SweptModes<Op> K;
  Index n_elements, first_batch;

  static constexpr int P = E::points, N = E::line, M = E::pressure_modes, C = components<Op>();

  static std::size_t scratch_bytes() {
    return Scratch::shmem_size(C, P, lanes) + Scratch::shmem_size(P, 3 * C, lanes) +
           2 * Scratch::shmem_size(1, P, lanes);
  }

  /// Place of component c of a node in x and y.
  KOKKOS_INLINE_FUNCTION static std::ptrdiff_t entry(Index node, int c) {
    return C * static_cast<std::ptrdiff_t>(node) + c;
  }

  /// Runs f(item, lane) for items in parallel over the warps of the team, lanes over a warp.
  template <class F> KOKKOS_INLINE_FUNCTION static void for_each(const Team& team, int items, const F& f) {
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, items), [&](int item) {
      Kokkos::parallel_for(Kokkos::ThreadVectorRange(team, lanes), [&](int lane) { f(item, lane); });
    });
    team.team_barrier();
  }

  KOKKOS_INLINE_FUNCTION void operator()(const Team& team) const {
    const Index b = first_batch + team.league_rank();
    const Scratch U(team.team_scratch(0), C, P, lanes), T(team.team_scratch(0), P, 3 * C, lanes);
    const Scratch m(team.team_scratch(0), 1, P, lanes), p(team.team_scratch(0), 1, P, lanes);
    for_each(team, C * P, [&](int item, int lane) {
      U(item % C, item / C, lane) = x.data()[entry(nodes(b, item / C, lane), item % C)];
    });
    for (int a = 0; a < 3; ++a) interpolate<false>(team, U, a);
    for_each(team, P, [&](int q, int lane) { m(0, q, lane) = point_first(b, q, lane, U, T); });
    if constexpr (Op::projection != Projection::none) {
      project_modes(team, b, m, p);
      if constexpr (Op::projection == Projection::twice) {
        for_each(team, P, [&](int q, int lane) { m(0, q, lane) = op.project(Place{b, q, lane}, p(0, q, lane)); });
        project_modes(team, b, m, p);
      }
    }
    for_each(team, P, [&](int q, int lane) {
      S t[3 * C];
      for (int k = 0; k < 3 * C; ++k) t[k] = T(q, k, lane);
      op.second(Place{b, q, lane}, t, Op::projection == Projection::none ? S(0) : p(0, q, lane));
      for (int k = 0; k < 3 * C; ++k) T(q, k, lane) = t[k];
    });
    if constexpr (Op::scatters) {
      for_each(team, C * P, [&](int item, int lane) { test_gradient(b, item % C, item / C, lane, U, T); });
      for (int a = 0; a < 3; ++a) interpolate<true>(team, U, a);
      const Index left = n_elements - team.league_rank() * lanes;
      for_each(team, C * P, [&](int item, int lane) {
        const int c = item % C, n = item / C;
        if (lane < left) y.add(nodes(b, n, lane), element_slot(P, b, n, lane), c, U(c, n, lane));
      });
    }
  }

  template <bool Transposed> KOKKOS_INLINE_FUNCTION void interpolate(const Team& team, const Scratch& U, int a) const {
    for_each(team, C * N * N, [&](int item, int lane) {
      const int start = line_start<E>(a, item / C), s = E::stride(a);
      S line[N];
      for (int i = 0; i < N; ++i) line[i] = U(item % C, start + i * s, lane);
      if constexpr (Transposed)
        Line<N>::interpolate_transposed(line);
      else
        Line<N>::interpolate(line);
      for (int q = 0; q < N; ++q) U(item % C, start + q * s, lane) = line[q];
    });
  }

  KOKKOS_INLINE_FUNCTION S point_first(Index b, int q, int lane, const Scratch& U, const Scratch& T) const {
    constexpr LineTables<N> tables = line_tables<N>();
    S t[3 * C];
    for (int a = 0; a < 3; ++a) {
      const int s = E::stride(a), row = E::index(q, a), start = q - row * s;
      for (int i = 0; i < C; ++i) {
        S sum(0);
        for (int r = 0; r < N; ++r) sum += S(tables.differentiate[row][r]) * U(i, start + r * s, lane);
        t[3 * i + a] = sum;
      }
    }
    const S m = op.first(Place{b, q, lane}, t);
    for (int k = 0; k < 3 * C; ++k) T(q, k, lane) = t[k];
    return m;
  }

  /// U(c, q) := value term + sum_a D_a^T T.
  KOKKOS_INLINE_FUNCTION void test_gradient(Index b, int c, int q, int lane, const Scratch& U, const Scratch& T) const {
    constexpr LineTables<N> tables = line_tables<N>();
    S sum(0);
    if constexpr (Op::with_values) sum = op.template value<S>(Place{b, q, lane}) * U(c, q, lane);
    for (int a = 0; a < 3; ++a) {
      const int s = E::stride(a), column = E::index(q, a), start = q - column * s;
      for (int r = 0; r < N; ++r) sum += S(tables.differentiate[r][column]) * T(start + r * s, 3 * c + a, lane);
    }
    U(c, q, lane) = sum;
  }

  /// p := projection of the point values m on the pressure modes, multiplied by K, back at the points.
  KOKKOS_INLINE_FUNCTION void project_modes(const Team& team, Index b, const Scratch& m, const Scratch& p) const {
    for_each(team, M, [&](int k, int lane) {
      S sum(0);
      for (int q = 0; q < P; ++q) sum += S(E::mode(k, q)) * m(0, q, lane);
      p(0, k, lane) = sum;
    });
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 1), [&](int) {
      Kokkos::parallel_for(Kokkos::ThreadVectorRange(team, lanes), [&](int lane) {
        S d[M], c[M];
        for (int k = 0; k < M; ++k) d[k] = p(0, k, lane);
        multiply_modes<E>(K, b, lane, d, c);
        for (int q = P - 1; q >= 0; --q) p(0, q, lane) = at_point<E>(c, q);
      });
    });
    team.team_barrier();
  }
};

/// The team driver on any backend; on the host it serves the tests.
template <class E, class Op>
void team_sweep(const std::string& label, const LocalMesh& mesh, const RegionBatches& range, const Op& op,
                const SweptModes<Op>& K, const SweptVector<Op>& x, const SweptVector<Op>& y) {
  if (range.n_batches == 0) return;
  using Body = TeamSweep<E, Op>;
  const Body body{mesh.nodes,       x, mesh.sum.template target<components<Op>()>(y.data()), op, K, range.n_elements,
                  range.first_batch};
  auto policy =
      host_execution ? typename Body::Policy(range.n_batches, 1, 1) : typename Body::Policy(range.n_batches, 8, 32);
  policy.set_scratch_size(0, Kokkos::PerTeam(static_cast<int>(Body::scratch_bytes())));
  Kokkos::parallel_for(label, policy, body);
  if constexpr (Op::scatters)
    mesh.sum.finish(body.y, element_slot(E::points, range.first_batch, 0, 0),
                    element_slot(E::points, range.n_batches, 0, 0));
}

/// y += sum over the elements of `range` of the tested point operation on x. y is not cleared.
template <class E, class Op>
void sweep(const std::string& label, const LocalMesh& mesh, const RegionBatches& range, const Op& op,
           const SweptModes<Op>& K, const SweptVector<Op>& x, const SweptVector<Op>& y) {
#if defined(__CUDACC__) || defined(__HIPCC__)
  team_sweep<E>(label, mesh, range, op, K, x, y);
#else
  if (range.n_batches == 0) return;
  const HostSweep<E, Op, HostPackOf<Scalar<Op>>> body{mesh.nodes, x, y, op, K, range.n_elements, range.first_batch};
  Kokkos::parallel_for(label, Kokkos::RangePolicy<Execution>(0, range.n_batches), body);
#endif
}

}  // namespace tautband
