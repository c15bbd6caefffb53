// One pass over elements: gather -> gradient -> point operation -> transposed gradient -> scatter.
// The point operation `Op` knows what happens at a point and nothing of elements; the sweep knows elements and nothing
// of physics. Two drivers share it: packs of elements on the host, teams with scratch memory on a device.
//
// Op has, V being the value type of the driver and `at` a place:
//   components      constant, 3 where it is missing: of the field; 1 makes x and y View1 and T 3 long
//   Scalar          type, double where it is missing: of x, y, K and of the values computed with
//   scatters        constant: adds the transposed gradient to y
//   with_values     constant: also tests with the value of x (inertia)
//   projection      constant: what is projected on the element's pressure modes
//   first(at, T)    T(9), gradient d x_i / d xi_a at 3 i + a, may be overwritten; returns the projected quantity
//   project(at, c)  second projection: from the projected field at a point to the next integrand
//   second(at, T, p)  p, projected field at the point; leaves in T the flux tested with d/dxi_a (when scattering)
//   value(at)       factor of the value term
//   prefetch(at)    optional: brings data of a place near that the host driver needs soon
//   team_points     constant, 108 where it is missing: see ElementTeams
#pragma once

#include "fem/geometry.hpp"
#include "operators/access.hpp"

#include <string>
#include <type_traits>

namespace tautband {

enum class Projection {
  none,
  once,  ///< p = K d, d_a = sum_q phi_a first(q), K per element (tangent)
  twice  ///< theta = K d, then p = K sum_q phi_a project(q, theta(q)) (residual), K the inverse mode mass
};

/// Values per node of the field that Op works on.
template <class Op> constexpr int components() {
  if constexpr (requires { Op::components; })
    return Op::components;
  else
    return 3;
}
template <class Op> constexpr int team_points() {
  if constexpr (requires { Op::team_points; })
    return Op::team_points;
  else
    return 108;
}
template <class Op> struct ScalarOf { using Type = double; };
template <class Op>
requires requires { typename Op::Scalar; }
struct ScalarOf<Op> {
  using Type = typename Op::Scalar;
};
template <class Op> using Scalar = typename ScalarOf<Op>::Type;
template <class Op>
using SweptVector = std::conditional_t<components<Op>() == 1, View1<Scalar<Op>>, NodeVectorOf<Scalar<Op>>>;
template <class Op> using SweptModes = ModeMatrixOf<Scalar<Op>>;

/// out = K in on the pressure modes of the element(s) at `batch`, `lane`.
template <class E, class V, class T>
KOKKOS_INLINE_FUNCTION void multiply_modes(const ModeMatrixOf<T>& K, Index batch, int lane, const V* in, V* out) {
  constexpr int M = E::pressure_modes;
  for (int a = 0; a < M; ++a) {
    V sum(0.0);
    for (int b = 0; b < M; ++b) sum += load_at<V>(&K(batch, packed(M, a, b), lane)) * in[b];
    out[a] = sum;
  }
}

template <class E, class V> KOKKOS_INLINE_FUNCTION V at_point(const V* modes, int q) {
  V sum = modes[0];
  for (int m = 1; m < E::pressure_modes; ++m) sum += V(E::mode(m, q)) * modes[m];
  return sum;
}

/// Applies `map` to the N rows of a plane of N x N values, or to its columns.
template <int N, bool Columns, class V, class Map>
KOKKOS_FORCEINLINE_FUNCTION void on_lines(V (&plane)[N * N], const Map& map) {
  for (int i = 0; i < N; ++i) {
    V line[N];
    for (int j = 0; j < N; ++j) line[j] = plane[Columns ? i + N * j : N * i + j];
    map(line);
    for (int j = 0; j < N; ++j) plane[Columns ? i + N * j : N * i + j] = line[j];
  }
}

#if !defined(__CUDACC__) && !defined(__HIPCC__)
/// Host driver: one batch of elements per iteration, arrays on the stack. V: HostPack, or a type that counts
/// operations.
template <class E, class Op, class V> struct HostSweep {
  Connectivity nodes;
  SweptVector<Op> x, y;
  Op op;
  SweptModes<Op> K;
  Index n_elements, first_batch;

  static constexpr int N = E::line, P = E::points, M = E::pressure_modes, C = components<Op>();

  void operator()(Index offset) const {
    const Index b = first_batch + offset;
    V U[C][P], T[P][3 * C];
    for (int n = 0; n < P; ++n) gather(&nodes(b, n, 0), U, n);
    for (int c = 0; c < C; ++c) gradient(U[c], T, c);
    V p[M];
    first(b, T, p);
    for (int q = 0; q < P; ++q)
      op.second(Place{b, q, 0}, T[q], Op::projection == Projection::none ? V(0.0) : at_point<E>(p, q));
    if constexpr (Op::scatters) {
      for (int c = 0; c < C; ++c) test(b, U[c], T, c);
      const Index left = n_elements - offset * lanes;
      for (int n = 0; n < P; ++n) scatter(&nodes(b, n, 0), U, n, left < lanes ? static_cast<int>(left) : lanes);
    }
  }

 private:
  void gather(const Index* node, V (&U)[C][P], int n) const {
    for (int c = 0; c < C; ++c) U[c][n] = V::gather(x.data() + c, node, C);
  }

  void scatter(const Index* node, const V (&U)[C][P], int n, int valid) const {
    for (int c = 0; c < C; ++c) {
      alignas(64) Scalar<Op> value[lanes];
      U[c][n].store(value);
      for (int l = 0; l < valid; ++l) y.data()[C * static_cast<std::ptrdiff_t>(node[l]) + c] += value[l];
    }
  }

  /// Component c: from values at nodes to values at points in U and slopes along xi, eta, zeta in T.
  static void gradient(V (&U)[P], V (&T)[P][3 * C], int c) {
    for (int l = 0; l < N * N; ++l) {
      V line[N];
      for (int k = 0; k < N; ++k) line[k] = U[l + k * N * N];
      Line<N>::interpolate(line);
      for (int k = 0; k < N; ++k) U[l + k * N * N] = line[k];
    }
    for (int k = 0; k < P; k += N * N) {  // a plane of points at a time stays in registers
      V plane[N * N], slope[N * N];
      for (int i = 0; i < N * N; ++i) plane[i] = U[k + i];
      on_lines<N, false>(plane, [](V* line) { Line<N>::interpolate(line); });
      on_lines<N, true>(plane, [](V* line) { Line<N>::interpolate(line); });
      for (int i = 0; i < N * N; ++i) U[k + i] = slope[i] = plane[i];
      on_lines<N, false>(slope, [](V* line) { Line<N>::differentiate(line); });
      on_lines<N, true>(plane, [](V* line) { Line<N>::differentiate(line); });
      for (int i = 0; i < N * N; ++i) {
        T[k + i][3 * c] = slope[i];
        T[k + i][3 * c + 1] = plane[i];
      }
    }
    for (int l = 0; l < N * N; ++l) {
      V line[N];
      for (int k = 0; k < N; ++k) line[k] = U[l + k * N * N];
      Line<N>::differentiate(line);
      for (int k = 0; k < N; ++k) T[l + k * N * N][3 * c + 2] = line[k];
    }
  }

  /// The transpose of gradient: U := value term + slopes tested, at nodes.
  void test(Index b, V (&U)[P], const V (&T)[P][3 * C], int c) const {
    for (int q = 0; q < P; ++q) {
      if constexpr (Op::with_values)
        U[q] *= op.template value<V>(Place{b, q, 0});
      else
        U[q] = V(0.0);
    }
    for (int l = 0; l < N * N; ++l) {
      V line[N];
      for (int k = 0; k < N; ++k) line[k] = T[l + k * N * N][3 * c + 2];
      Line<N>::differentiate_transposed(line);
      for (int k = 0; k < N; ++k) U[l + k * N * N] += line[k];
    }
    for (int k = 0; k < P; k += N * N) {
      V plane[N * N], slope[N * N];
      for (int i = 0; i < N * N; ++i) {
        slope[i] = T[k + i][3 * c];
        plane[i] = T[k + i][3 * c + 1];
      }
      on_lines<N, false>(slope, [](V* line) { Line<N>::differentiate_transposed(line); });
      on_lines<N, true>(plane, [](V* line) { Line<N>::differentiate_transposed(line); });
      for (int i = 0; i < N * N; ++i) plane[i] += slope[i] + U[k + i];
      on_lines<N, false>(plane, [](V* line) { Line<N>::interpolate_transposed(line); });
      on_lines<N, true>(plane, [](V* line) { Line<N>::interpolate_transposed(line); });
      for (int i = 0; i < N * N; ++i) U[k + i] = plane[i];
    }
    for (int l = 0; l < N * N; ++l) {
      V line[N];
      for (int k = 0; k < N; ++k) line[k] = U[l + k * N * N];
      Line<N>::interpolate_transposed(line);
      for (int k = 0; k < N; ++k) U[l + k * N * N] = line[k];
    }
  }

  /// The point operation up to the projected field, whose modes go into p.
  void first(Index b, V (&T)[P][3 * C], V (&p)[M]) const {
    V d[M];
    for (V& each : d) each = V(0.0);
    for (int q = 0; q < P; ++q) {
      if constexpr (requires { op.prefetch(Place{}); }) op.prefetch(Place{b + 1, q, 0});  // of the next batch
      const V m = op.first(Place{b, q, 0}, T[q]);
      if constexpr (Op::projection != Projection::none) add_modes(q, m, d);
    }
    if constexpr (Op::projection != Projection::none) multiply_modes<E>(K, b, 0, d, p);
    if constexpr (Op::projection == Projection::twice) {
      for (V& each : d) each = V(0.0);
      for (int q = 0; q < P; ++q) add_modes(q, op.project(Place{b, q, 0}, at_point<E>(p, q)), d);
      multiply_modes<E>(K, b, 0, d, p);
    }
  }

  static void add_modes(int q, const V& value, V (&d)[M]) {
    d[0] += value;
    for (int k = 1; k < M; ++k) d[k] += V(E::mode(k, q)) * value;
  }
};
#endif

}  // namespace tautband
