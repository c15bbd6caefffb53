// One pass over elements: gather -> gradient -> point operation -> transposed gradient -> scatter.
// The point operation `Op` knows what happens at a point and nothing of elements; the sweep knows elements and nothing
// of physics. Two drivers share it: packs of elements on the host, teams with scratch memory on a device.
//
// Op has
//   static constexpr bool scatters                    adds the transposed gradient to y
//   static constexpr bool with_values                 also tests with the value of x (inertia)
//   static constexpr Projection projection            what is projected on the element's pressure modes
//   V first(at, T)          T(9): gradient d x_i / d xi_a at 3 i + a, may be overwritten; returns the projected
//   quantity V project(at, c)        second projection: from the projected field at a point to the next integrand void
//   second(at, T, p)   p: projected field at the point; leaves in T the flux tested with d/dxi_a (when scattering) V
//   value(at)             factor of the value term
#pragma once

#include "fem/geometry.hpp"
#include "operators/access.hpp"

#include <string>
#include <utility>

namespace tautband {

enum class Projection {
  none,
  once,  ///< p = K d, d_a = sum_q phi_a first(q), K per element (tangent)
  twice  ///< theta = K d, then p = K sum_q phi_a project(q, theta(q)) (residual), K the inverse mode mass
};

/// out = K in on the pressure modes of the element(s) at `batch`, `lane`.
template <class E, class V>
KOKKOS_INLINE_FUNCTION void multiply_modes(const ModeMatrix& K, Index batch, int lane, const V* in, V* out) {
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

#if !defined(__CUDACC__) && !defined(__HIPCC__)
namespace detail {

template <std::size_t... Lane>
inline HostPack gather_pack(const double* x, const Index* node, int c, std::index_sequence<Lane...>) {
  return HostPack(HostPack::Vector{x[3 * static_cast<std::ptrdiff_t>(node[Lane]) + c]...});
}

}  // namespace detail

/// Host driver: one batch of elements per iteration, arrays on the stack.
template <class E, class Op> struct HostSweep {
  using V = HostPack;
  Connectivity nodes;
  NodeVector x, y;
  Op op;
  ModeMatrix K;
  Index n_elements, first_batch;

  void operator()(Index offset) const {
    constexpr int N = E::line, P = E::points;
    static constexpr LineTables<N> tables = line_tables<N>();
    const Index b = first_batch + offset;
    const Index* node = &nodes(b, 0, 0);
    V U[3][P], T[P][9];
    for (int n = 0; n < P; ++n)
      for (int c = 0; c < 3; ++c)
        U[c][n] = detail::gather_pack(x.data(), node + n * lanes, c, std::make_index_sequence<lanes>());
    for (int c = 0; c < 3; ++c)
      for (int a = 0; a < 3; ++a)
        for (int l = 0; l < N * N; ++l)
          along_line<E, false>(tables.interpolate, U[c], line_start<E>(a, l), E::stride(a));

    V d[E::pressure_modes];
    for (V& each : d) each = V(0.0);
    for (int q = 0; q < P; ++q) {
      const Place at{b, q, 0};
      for (int i = 0; i < 3; ++i)
        for (int a = 0; a < 3; ++a) {
          const int s = E::stride(a), row = E::index(q, a), start = q - row * s;
          V sum = V(tables.differentiate[row][0]) * U[i][start];
          for (int r = 1; r < N; ++r) sum += V(tables.differentiate[row][r]) * U[i][start + r * s];
          T[q][3 * i + a] = sum;
        }
      const V m = op.first(at, T[q]);
      if constexpr (Op::projection != Projection::none)
        for (int k = 0; k < E::pressure_modes; ++k) d[k] += V(E::mode(k, q)) * m;
    }
    V p[E::pressure_modes];
    if constexpr (Op::projection != Projection::none) multiply_modes<E>(K, b, 0, d, p);
    if constexpr (Op::projection == Projection::twice) {
      for (V& each : d) each = V(0.0);
      for (int q = 0; q < P; ++q) {
        const V m = op.project(Place{b, q, 0}, at_point<E>(p, q));
        for (int k = 0; k < E::pressure_modes; ++k) d[k] += V(E::mode(k, q)) * m;
      }
      multiply_modes<E>(K, b, 0, d, p);
    }
    for (int q = 0; q < P; ++q) {
      const V pressure = Op::projection == Projection::none ? V(0.0) : at_point<E>(p, q);
      op.second(Place{b, q, 0}, T[q], pressure);
    }
    if constexpr (Op::scatters) scatter(b, tables, U, T);
  }

  void scatter(Index b, const LineTables<E::line>& tables, V (&U)[3][E::points], V (&T)[E::points][9]) const {
    constexpr int N = E::line, P = E::points;
    for (int i = 0; i < 3; ++i)
      for (int q = 0; q < P; ++q) {
        V sum(0.0);
        if constexpr (Op::with_values) sum = op.template value<V>(Place{b, q, 0}) * U[i][q];
        for (int a = 0; a < 3; ++a) {
          const int s = E::stride(a), column = E::index(q, a), start = q - column * s;
          for (int r = 0; r < N; ++r) sum += V(tables.differentiate[r][column]) * T[start + r * s][3 * i + a];
        }
        U[i][q] = sum;
      }
    for (int c = 0; c < 3; ++c)
      for (int a = 0; a < 3; ++a)
        for (int l = 0; l < N * N; ++l)
          along_line<E, true>(tables.interpolate, U[c], line_start<E>(a, l), E::stride(a));
    const Index left = n_elements - (b - first_batch) * lanes;
    const int valid = left < lanes ? static_cast<int>(left) : lanes;
    for (int n = 0; n < P; ++n) {
      const Index* node = &nodes(b, n, 0);
      for (int c = 0; c < 3; ++c) {
        alignas(64) double value[lanes];
        U[c][n].store(value);
        for (int l = 0; l < valid; ++l) y.data()[3 * static_cast<std::ptrdiff_t>(node[l]) + c] += value[l];
      }
    }
  }
};
#endif

}  // namespace tautband
