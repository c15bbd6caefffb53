// Element matrices on corners, see corner_matrix.hpp.
#pragma once

#include "operators/element_teams.hpp"
#include "operators/point_tangent.hpp"
#include "operators/tangent_ops.hpp"

namespace tautband {

inline constexpr int element_corners = 8;

/// A trilinear function at a point, and its slopes along xi, eta, zeta.
struct CornerFunction {
  double value, slope[3];
};

/// That of corner n at point q of E.
template <class E> KOKKOS_INLINE_FUNCTION constexpr CornerFunction corner_function(int q, int n) {
  double f[3] = {}, s[3] = {};
  for (int a = 0; a < 3; ++a) {
    const double x = Line<E::line>::gauss(E::index(q, a));
    f[a] = Line<2>::shape((n >> a) & 1, x);
    s[a] = Line<2>::slope((n >> a) & 1, x);
  }
  return {f[0] * f[1] * f[2], {s[0] * f[1] * f[2], f[0] * s[1] * f[2], f[0] * f[1] * s[2]}};
}

/// All of them, for the host; a device would copy the table into the local memory of each thread.
template <class E> struct CornerTables { CornerFunction at[E::points][element_corners]; };

template <class E> constexpr CornerTables<E> corner_tables() {
  CornerTables<E> t{};
  for (int q = 0; q < E::points; ++q)
    for (int n = 0; n < element_corners; ++n) t.at[q][n] = corner_function<E>(q, n);
  return t;
}

template <class E, class Op> struct CornerKernel {
  Op op;
  ModeMatrix K;
  Connectivity slot;
  NodeTarget<9> values;  ///< (block, 3, 3)
  Index n_elements, first_batch;

  static constexpr int P = E::points, M = E::pressure_modes, C = element_corners;
  static constexpr int stored = 9 * 9 + 9;  ///< per point: fluxes of the unit gradients, then their projected quantity

  /// The values of a point, through put(number, value).
  template <class V, class Put> KOKKOS_INLINE_FUNCTION void point(const Place& at, const Put& put) const {
    const auto D = point_tangent<V>(op, at);
    for (int k = 0; k < 3; ++k)
      for (int b = 0; b < 3; ++b) {
        for (int j = 0; j < 3; ++j)
          for (int a = 0; a < 3; ++a) put(9 * (3 * k + b) + 3 * j + a, D(j, a, k, b));
        put(81 + 3 * k + b, D.projected(k, b));
      }
  }

  /// Block of corners n and m of the element at (b, lane); get(q, number) returns the values of point q. For devices.
  template <class Get>
  KOKKOS_INLINE_FUNCTION void block(Index b, int lane, int n, int m, const Get& get, double (&A)[9]) const {
    double left[M][3] = {}, right[M][3] = {};
    for (double& each : A) each = 0.0;
    for (int q = 0; q < P; ++q) {
      const CornerFunction at_n = corner_function<E>(q, n), at_m = corner_function<E>(q, m);
      const double(&dn)[3] = at_n.slope;
      const double(&dm)[3] = at_m.slope;
      for (int k = 0; k < 3; ++k) {
        double vn = 0.0, vm = 0.0;
        for (int c = 0; c < 3; ++c) {
          vn += dn[c] * get(q, 81 + 3 * k + c);
          vm += dm[c] * get(q, 81 + 3 * k + c);
          for (int j = 0; j < 3; ++j)
            for (int a = 0; a < 3; ++a) A[3 * j + k] += dn[a] * dm[c] * get(q, 9 * (3 * k + c) + 3 * j + a);
        }
        for (int l = 0; l < M; ++l) {
          left[l][k] += E::mode(l, q) * vn;
          right[l][k] += E::mode(l, q) * vm;
        }
      }
      if constexpr (Op::with_values) {
        const double mass = op.template value<double>(Place{b, q, lane}) * at_n.value * at_m.value;
        for (int k = 0; k < 3; ++k) A[4 * k] += mass;
      }
    }
    for (int k = 0; k < 3; ++k) {
      double in[M], out[M];
      for (int l = 0; l < M; ++l) in[l] = right[l][k];
      multiply_modes<E>(K, b, lane, in, out);
      for (int j = 0; j < 3; ++j)
        for (int l = 0; l < M; ++l) A[3 * j + k] += left[l][j] * out[l];
    }
  }

  using Teams = ElementTeams<E, 216, 1>;
  using Team = typename Teams::Team;
  using Scratch = ElementScratch<double>;

  static typename Teams::Policy policy(Index n_batches) {
    return Teams::policy(n_batches, Scratch::shmem_size(P, int(stored), Teams::elements));
  }

  /// Device: the values of the points in scratch memory.
  KOKKOS_INLINE_FUNCTION void operator()(const Team& team) const {
    const Index offset = Teams::batch(team), b = first_batch + offset, left = n_elements - offset * lanes;
    const int start = Teams::first_lane(team);
    const Scratch D(team.team_scratch(Teams::level), P, stored, Teams::elements);
    Teams::for_each(team, P, [&](int q, int e) {
      point<double>(Place{b, q, start + e}, [&](int i, double value) { D(q, i, e) = value; });
    });
    Teams::share(team, C * C, [&](int pair, int e) {
      const int lane = start + e;
      double A[9];
      block(
          b, lane, pair / C, pair % C, [&](int q, int i) { return D(q, i, e); }, A);
      if (lane < left)
        for (int i = 0; i < 9; ++i) values.add(slot(b, pair, lane), element_slot(C * C, b, pair, lane), i, A[i]);
    });
  }

  /// Host: one batch; fluxes of each corner's functions are formed once per point, and only blocks n <= m.
  template <class V> void batch(Index offset) const {
    const Index b = first_batch + offset, left = n_elements - offset * lanes;
    V A[C][C][9], v[M][3 * C];
    for (auto& row : A)
      for (auto& block : row)
        for (V& each : block) each = V(0.0);
    for (auto& row : v)
      for (V& each : row) each = V(0.0);
    for (int q = 0; q < P; ++q) {
      V D[stored];
      point<V>(Place{b, q, 0}, [&](int i, const V& value) { D[i] = value; });
      V mass(0.0);
      if constexpr (Op::with_values) mass = op.template value<V>(Place{b, q, 0});
      for (int m = 0; m < C; ++m) add_column(q, m, D, mass, A, v);
    }
    add_volume(b, v, A);
    for (int n = 0; n < C; ++n)
      for (int m = n; m < C; ++m) scatter(b, n, m, A[n][m], left < lanes ? static_cast<int>(left) : lanes);
  }

 private:
  template <class V>
  static void add_column(int q, int m, const V* D, const V& mass, V (&A)[C][C][9], V (&v)[M][3 * C]) {
    static constexpr CornerTables<E> tables = corner_tables<E>();
    const double(&dm)[3] = tables.at[q][m].slope;
    for (int k = 0; k < 3; ++k) {
      V flux[9], volume(0.0);
      for (int ja = 0; ja < 9; ++ja)
        flux[ja] = V(dm[0]) * D[27 * k + ja] + V(dm[1]) * D[27 * k + 9 + ja] + V(dm[2]) * D[27 * k + 18 + ja];
      for (int c = 0; c < 3; ++c) volume += V(dm[c]) * D[81 + 3 * k + c];
      for (int l = 0; l < M; ++l) v[l][3 * m + k] += V(E::mode(l, q)) * volume;
      for (int n = 0; n <= m; ++n) {
        const double(&dn)[3] = tables.at[q][n].slope;
        for (int j = 0; j < 3; ++j)
          A[n][m][3 * j + k] += V(dn[0]) * flux[3 * j] + V(dn[1]) * flux[3 * j + 1] + V(dn[2]) * flux[3 * j + 2];
        if constexpr (Op::with_values) A[n][m][4 * k] += V(tables.at[q][n].value * tables.at[q][m].value) * mass;
      }
    }
  }

  template <class V> void add_volume(Index b, const V (&v)[M][3 * C], V (&A)[C][C][9]) const {
    for (int m = 0; m < C; ++m)
      for (int k = 0; k < 3; ++k) {
        V in[M], out[M];
        for (int l = 0; l < M; ++l) in[l] = v[l][3 * m + k];
        multiply_modes<E>(K, b, 0, in, out);
        for (int n = 0; n <= m; ++n)
          for (int j = 0; j < 3; ++j)
            for (int l = 0; l < M; ++l) A[n][m][3 * j + k] += v[l][3 * n + j] * out[l];
      }
  }

  template <class V> void scatter(Index b, int n, int m, const V (&A)[9], int valid) const {
    for (int l = 0; l < valid; ++l) {
      double* const upper = values.node + 9 * std::size_t(slot(b, C * n + m, l));
      double* const lower = values.node + 9 * std::size_t(slot(b, C * m + n, l));
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 3; ++k) {
          upper[3 * j + k] += A[3 * j + k][l];
          if (n != m) lower[3 * k + j] += A[3 * j + k][l];
        }
    }
  }
};

/// The team driver on any backend; on the host it serves the tests.
template <class E, class Op>
void add_corners_by_teams(const CornerKernel<E, Op>& kernel, const OrderedSum& sum, Index n_batches) {
  Kokkos::parallel_for("tautband::corner_matrix", CornerKernel<E, Op>::policy(n_batches), kernel);
  constexpr int pairs = element_corners * element_corners;
  sum.finish(kernel.values, element_slot(pairs, kernel.first_batch, 0, 0), element_slot(pairs, n_batches, 0, 0));
}

/// Adds the element matrices of a range of batches; `sum` is that of kernel.values.
template <class E, class Op>
void add_corners(const CornerKernel<E, Op>& kernel, [[maybe_unused]] const OrderedSum& sum, Index n_batches) {
  if (n_batches == 0) return;
#if defined(__CUDACC__) || defined(__HIPCC__)
  add_corners_by_teams(kernel, sum, n_batches);
#else
  Kokkos::parallel_for("tautband::corner_matrix", Kokkos::RangePolicy<Execution>(0, n_batches),
                       [kernel](const Index offset) { kernel.template batch<HostPack>(offset); });
#endif
}

}  // namespace tautband
