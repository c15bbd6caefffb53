// The device driver of a sweep (see sweep.hpp): one team per few elements of a batch, one thread per point of them.
// What a thread knows of its point stays in its registers from the gradient to the flux; fields and slopes pass from
// lines to planes to points through scratch memory, elements fastest, so that warps reach it without bank conflicts.
#pragma once

#include "operators/element_teams.hpp"
#include "operators/sweep.hpp"

namespace tautband {

template <class E, class Op> struct TeamSweep {
  using S = tautband::Scalar<Op>;
  using Teams = ElementTeams<E, team_points<Op>()>;
  using Team = typename Teams::Team;
  using Scratch = ElementScratch<S>;
  Connectivity nodes;
  SweptVector<Op> x;
  NodeTarget<components<Op>(), typename SweptVector<Op>::non_const_value_type> y;
  Op op;
  SweptModes<Op> K;
  Index n_elements, first_batch;

  static constexpr int P = E::points, N = E::line, M = E::pressure_modes, C = components<Op>(), L = Teams::elements;
  static constexpr int lines = N * N, matrix = M * (M + 1) / 2;

  static typename Teams::Policy policy(Index n_batches) {
    return Teams::policy(n_batches, Scratch::shmem_size(C, P, L) + Scratch::shmem_size(3 * C, P, L) +
                                        Scratch::shmem_size(1, P, L) + Scratch::shmem_size(1, M, L) +
                                        Scratch::shmem_size(1, matrix, L));
  }

  /// Place of component c of a node in x and y.
  KOKKOS_INLINE_FUNCTION static std::ptrdiff_t entry(Index node, int c) {
    return C * static_cast<std::ptrdiff_t>(node) + c;
  }

  KOKKOS_INLINE_FUNCTION void operator()(const Team& team) const {
    const Index offset = Teams::batch(team), b = first_batch + offset;
    const int start = Teams::first_lane(team);
    const Index left = n_elements - offset * lanes - start;
    if (left <= 0) return;
    const Scratch U(team.team_scratch(Teams::level), C, P, L), T(team.team_scratch(Teams::level), 3 * C, P, L);
    const Scratch m(team.team_scratch(Teams::level), 1, P, L), c(team.team_scratch(Teams::level), 1, M, L);
    const Scratch k(team.team_scratch(Teams::level), 1, matrix, L);
    gather(team, b, start, U, k);
    Teams::for_each(team, C * N, [&](int item, int e) { plane_gradient(item / N, item % N, e, U, T); });
    S t[Teams::held][3 * C];
    Teams::for_own(team, [&](int own, int q, int e) {
      gradient(q, e, U, T, t[own]);
      m(0, q, e) = op.first(Place{b, q, start + e}, t[own]);
    });
    if constexpr (Op::projection != Projection::none) {
      team.team_barrier();
      project_modes(team, k, m, c);
    }
    if constexpr (Op::projection == Projection::twice) {
      Teams::for_own(team, [&](int, int q, int e) { m(0, q, e) = op.project(Place{b, q, start + e}, at(c, q, e)); });
      team.team_barrier();
      project_modes(team, k, m, c);
    }
    Teams::for_own(team, [&](int own, int q, int e) {
      op.second(Place{b, q, start + e}, t[own], Op::projection == Projection::none ? S(0) : at(c, q, e));
      if constexpr (Op::scatters)
        for (int i = 0; i < 3 * C; ++i) T(i, q, e) = t[own][i];
    });
    if constexpr (Op::scatters) {
      team.team_barrier();
      Teams::for_each(team, C * lines, [&](int item, int e) {
        test_line(Place{b, N * (item % lines), start + e}, item / lines, e, U, T);
      });
      Teams::for_each(team, C * N, [&](int item, int e) { plane_test(item / N, item % N, e, U, T); });
      scatter(team, b, start, left, U);
    }
  }

  /// Lines of nodes, interpolated along xi; and the element's K.
  KOKKOS_INLINE_FUNCTION void gather(const Team& team, Index b, int start, const Scratch& U, const Scratch& k) const {
    if constexpr (Op::projection != Projection::none)
      Teams::share(team, matrix, [&](int i, int e) { k(0, i, e) = K(b, i, start + e); });
    Teams::for_each(team, C * lines, [&](int item, int e) {
      const int i = item / lines, first = N * (item % lines);
      S line[N];
      for (int n = 0; n < N; ++n) line[n] = x.data()[entry(nodes(b, first + n, start + e), i)];
      Line<N>::interpolate(line);
      for (int n = 0; n < N; ++n) U(i, first + n, e) = line[n];
    });
  }

  /// Component i on the plane of points of number `row` along xi: values, and slopes along eta and zeta.
  KOKKOS_INLINE_FUNCTION static void plane_gradient(int i, int row, int e, const Scratch& U, const Scratch& T) {
    S plane[lines], slope[lines];
    for (int l = 0; l < lines; ++l) plane[l] = U(i, N * l + row, e);
    on_lines<N, false>(plane, [](S* line) { Line<N>::interpolate(line); });
    on_lines<N, true>(plane, [](S* line) { Line<N>::interpolate(line); });
    for (int l = 0; l < lines; ++l) U(i, N * l + row, e) = slope[l] = plane[l];
    on_lines<N, false>(slope, [](S* line) { Line<N>::differentiate(line); });
    on_lines<N, true>(plane, [](S* line) { Line<N>::differentiate(line); });
    for (int l = 0; l < lines; ++l) {
      T(3 * i + 1, N * l + row, e) = slope[l];
      T(3 * i + 2, N * l + row, e) = plane[l];
    }
  }

  KOKKOS_INLINE_FUNCTION static void gradient(int q, int e, const Scratch& U, const Scratch& T, S* t) {
    const int row = E::index(q, 0);
    for (int i = 0; i < C; ++i) {
      S line[N];
      for (int n = 0; n < N; ++n) line[n] = U(i, q - row + n, e);
      t[3 * i] = Line<N>::slope_at(row, line);
      t[3 * i + 1] = T(3 * i + 1, q, e);
      t[3 * i + 2] = T(3 * i + 2, q, e);
    }
  }

  /// The field of the pressure modes c at a point.
  KOKKOS_INLINE_FUNCTION static S at(const Scratch& c, int q, int e) {
    S modes[M];
    for (int a = 0; a < M; ++a) modes[a] = c(0, a, e);
    return at_point<E>(modes, q);
  }

  /// c := projection of the point values m on the pressure modes, multiplied by the element's matrix k.
  KOKKOS_INLINE_FUNCTION static void project_modes(const Team& team, const Scratch& k, const Scratch& m,
                                                   const Scratch& c) {
    Teams::for_each(team, M, [&](int a, int e) {
      S d[M];
      mode_sums(m, e, d);
      S sum(0);
      for (int b = 0; b < M; ++b) sum += k(0, packed(M, a, b), e) * d[b];
      c(0, a, e) = sum;
    });
  }

  /// By sums over planes: a third of the additions in a row, and few factors.
  KOKKOS_INLINE_FUNCTION static void mode_sums(const Scratch& m, int e, S (&d)[M]) {
    S plane[3][N];
    for (int a = 0; a < 3; ++a)
      for (int i = 0; i < N; ++i) plane[a][i] = S(0);
    for (int z = 0; z < N; ++z)
      for (int y = 0; y < N; ++y)
        for (int x = 0; x < N; ++x) {
          const S value = m(0, x + N * (y + N * z), e);
          plane[0][x] += value;
          plane[1][y] += value;
          plane[2][z] += value;
        }
    d[0] = plane[0][0];
    for (int i = 1; i < N; ++i) d[0] += plane[0][i];
    for (int a = 1; a < M; ++a) {
      d[a] = S(0);
      for (int i = 0; i < N; ++i) d[a] += S(Line<N>::gauss(i)) * plane[a - 1][i];
    }
  }

  /// U := value term + slopes along xi tested, component i of the line of points that begins at the place.
  KOKKOS_INLINE_FUNCTION void test_line(Place at, int i, int e, const Scratch& U, const Scratch& T) const {
    S line[N];
    for (int n = 0; n < N; ++n) line[n] = T(3 * i, at.point + n, e);
    Line<N>::differentiate_transposed(line);
    for (int n = 0; n < N; ++n, ++at.point) {
      if constexpr (Op::with_values) line[n] += op.template value<S>(at) * U(i, at.point, e);
      U(i, at.point, e) = line[n];
    }
  }

  /// The transpose of plane_gradient.
  KOKKOS_INLINE_FUNCTION static void plane_test(int i, int row, int e, const Scratch& U, const Scratch& T) {
    S plane[lines], slope[lines];
    for (int l = 0; l < lines; ++l) {
      slope[l] = T(3 * i + 1, N * l + row, e);
      plane[l] = T(3 * i + 2, N * l + row, e);
    }
    on_lines<N, false>(slope, [](S* line) { Line<N>::differentiate_transposed(line); });
    on_lines<N, true>(plane, [](S* line) { Line<N>::differentiate_transposed(line); });
    for (int l = 0; l < lines; ++l) plane[l] += slope[l] + U(i, N * l + row, e);
    on_lines<N, false>(plane, [](S* line) { Line<N>::interpolate_transposed(line); });
    on_lines<N, true>(plane, [](S* line) { Line<N>::interpolate_transposed(line); });
    for (int l = 0; l < lines; ++l) U(i, N * l + row, e) = plane[l];
  }

  /// The transpose of gather, `left` elements of it.
  KOKKOS_INLINE_FUNCTION void scatter(const Team& team, Index b, int start, Index left, const Scratch& U) const {
    Teams::share(team, C * lines, [&](int item, int e) {
      if (e >= left) return;
      const int i = item / lines, first = N * (item % lines), lane = start + e;
      S line[N];
      for (int n = 0; n < N; ++n) line[n] = U(i, first + n, e);
      Line<N>::interpolate_transposed(line);
      for (int n = 0; n < N; ++n) {
        const int node = first + n;
        y.add(nodes(b, node, lane), element_slot(P, b, node, lane), i, line[n]);
      }
    });
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
  Kokkos::parallel_for(label, Body::policy(range.n_batches), body);
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
  const HostSweep<E, Op, HostPackOf<Scalar<Op> > > body{mesh.nodes, x, y, op, K, range.n_elements, range.first_batch};
  Kokkos::parallel_for(label, Kokkos::RangePolicy<Execution>(0, range.n_batches), body);
#endif
}

}  // namespace tautband
