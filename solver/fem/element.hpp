// Reference elements: Lagrange hexahedra with n nodes and n Gauss points per direction, n = 2 (Hex8) or 3 (Hex27).
// Nodes and points are numbered lexicographically, x fastest: (i, j, k) at i + n (j + n k). Reference cube [-1, 1]^3.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

/// One direction of an element. Besides shape functions it has the four maps of sum factorisation, in place on the N
/// values of a line: `interpolate` from nodes to Gauss points, `differentiate` from values to slopes at Gauss points,
/// and their transposes. They use that the tables are symmetric or antisymmetric about the middle (even-odd
/// decomposition, Solomonoff 1992), which takes 6 operations in place of 9.
template <int N> struct Line;

template <> struct Line<2> {
  static constexpr double g = 0.57735026918962576451;  // 1/sqrt(3)
  KOKKOS_INLINE_FUNCTION static constexpr double node(int i) { return i == 0 ? -1.0 : 1.0; }
  KOKKOS_INLINE_FUNCTION static constexpr double gauss(int q) { return q == 0 ? -g : g; }
  KOKKOS_INLINE_FUNCTION static constexpr double weight(int) { return 1.0; }
  /// Shape function i at x.
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V shape(int i, V x) {
    return i == 0 ? V(0.5) * (V(1.0) - x) : V(0.5) * (V(1.0) + x);
  }
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V slope(int i, V) { return V(i == 0 ? -0.5 : 0.5); }
  /// Lagrange polynomial through the Gauss points, at x, and its slope.
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V through_gauss(int q, V x) {
    return q == 0 ? V(0.5) - x * V(0.5 / g) : V(0.5) + x * V(0.5 / g);
  }
  KOKKOS_INLINE_FUNCTION static constexpr double gauss_slope(int q, double) { return q == 0 ? -0.5 / g : 0.5 / g; }

  template <class V> KOKKOS_INLINE_FUNCTION static void interpolate(V* x) {
    const V mean = V(0.5) * (x[0] + x[1]), half = V(0.5 * g) * (x[1] - x[0]);
    x[0] = mean - half;
    x[1] = mean + half;
  }
  template <class V> KOKKOS_INLINE_FUNCTION static void interpolate_transposed(V* x) { interpolate(x); }
  template <class V> KOKKOS_INLINE_FUNCTION static void differentiate(V* x) {
    x[0] = x[1] = V(0.5 / g) * (x[1] - x[0]);
  }
  template <class V> KOKKOS_INLINE_FUNCTION static void differentiate_transposed(V* x) {
    x[1] = V(0.5 / g) * (x[0] + x[1]);
    x[0] = -x[1];
  }
  /// Slope at Gauss point q alone, of the values x at Gauss points.
  template <class V> KOKKOS_INLINE_FUNCTION static V slope_at(int, const V* x) { return V(0.5 / g) * (x[1] - x[0]); }
};

template <> struct Line<3> {
  static constexpr double g = 0.77459666924148337704;  // sqrt(3/5)
  KOKKOS_INLINE_FUNCTION static constexpr double node(int i) { return i - 1.0; }
  KOKKOS_INLINE_FUNCTION static constexpr double gauss(int q) { return (q - 1) * g; }
  KOKKOS_INLINE_FUNCTION static constexpr double weight(int q) { return q == 1 ? 8.0 / 9.0 : 5.0 / 9.0; }
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V shape(int i, V x) {
    return i == 0 ? V(0.5) * x * (x - V(1.0)) : (i == 1 ? V(1.0) - x * x : V(0.5) * x * (x + V(1.0)));
  }
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V slope(int i, V x) {
    return i == 0 ? x - V(0.5) : (i == 1 ? V(-2.0) * x : x + V(0.5));
  }
  template <class V> KOKKOS_INLINE_FUNCTION static constexpr V through_gauss(int q, V x) {
    return q == 0   ? x * (x - V(g)) * V(0.5 / (g * g))
           : q == 1 ? V(1.0) - x * x * V(1.0 / (g * g))
                    : x * (x + V(g)) * V(0.5 / (g * g));
  }
  KOKKOS_INLINE_FUNCTION static constexpr double gauss_slope(int q, double x) {
    return q == 0 ? (2.0 * x - g) * (0.5 / (g * g)) : q == 1 ? -2.0 * x / (g * g) : (2.0 * x + g) * (0.5 / (g * g));
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void interpolate(V* x) {
    const V even = V(0.5 * g * g) * (x[0] + x[2]) + V(1.0 - g * g) * x[1], odd = x[2] - x[0];
    x[0] = even - V(0.5 * g) * odd;
    x[2] = even + V(0.5 * g) * odd;
  }
  template <class V> KOKKOS_INLINE_FUNCTION static void interpolate_transposed(V* x) {
    const V sum = x[0] + x[2], odd = V(0.5 * g) * (x[2] - x[0]);
    x[0] = V(0.5 * g * g) * sum - odd;
    x[2] = V(0.5 * g * g) * sum + odd;
    x[1] += V(1.0 - g * g) * sum;
  }
  template <class V> KOKKOS_INLINE_FUNCTION static void differentiate(V* x) {
    const V bend = (x[0] + x[2]) - V(2.0) * x[1];
    x[1] = V(0.5 / g) * (x[2] - x[0]);
    x[0] = x[1] - V(1.0 / g) * bend;
    x[2] = x[1] + V(1.0 / g) * bend;
  }
  template <class V> KOKKOS_INLINE_FUNCTION static void differentiate_transposed(V* x) {
    const V sum = V(0.5 / g) * (x[0] + x[1] + x[2]), difference = V(1.0 / g) * (x[2] - x[0]);
    x[0] = difference - sum;
    x[1] = V(-2.0) * difference;
    x[2] = difference + sum;
  }
  template <class V> KOKKOS_INLINE_FUNCTION static V slope_at(int q, const V* x) {
    return V(0.5 / g) * (x[2] - x[0]) + V((q - 1) / g) * ((x[0] + x[2]) - V(2.0) * x[1]);
  }
};

/// n x n tables of one direction, row q = Gauss point. In device code they are function-local constants.
template <int N> struct LineTables {
  double interpolate[N][N];    ///< [q][i] shape function i at Gauss point q
  double differentiate[N][N];  ///< [q][r] slope at Gauss point q of the polynomial through Gauss point r
};

template <int N> KOKKOS_INLINE_FUNCTION constexpr LineTables<N> line_tables() {
  LineTables<N> t{};
  for (int q = 0; q < N; ++q)
    for (int i = 0; i < N; ++i) {
      t.interpolate[q][i] = Line<N>::shape(i, Line<N>::gauss(q));
      t.differentiate[q][i] = Line<N>::gauss_slope(i, Line<N>::gauss(q));
    }
  return t;
}

template <int N, int PressureModes> struct Hexahedron {
  static constexpr int line = N;
  static constexpr int nodes = N * N * N;
  static constexpr int points = N * N * N;
  /// Discontinuous pressure and dilatation: {1} or {1, xi, eta, zeta}.
  static constexpr int pressure_modes = PressureModes;

  /// Index along direction a of lexicographic number q.
  KOKKOS_INLINE_FUNCTION static constexpr int index(int q, int a) {
    return a == 0 ? q % N : (a == 1 ? (q / N) % N : q / (N * N));
  }
  KOKKOS_INLINE_FUNCTION static constexpr int stride(int a) { return a == 0 ? 1 : (a == 1 ? N : N * N); }
  /// Pressure mode m at Gauss point q.
  KOKKOS_INLINE_FUNCTION static constexpr double mode(int m, int q) {
    return m == 0 ? 1.0 : Line<N>::gauss(index(q, m - 1));
  }
  KOKKOS_INLINE_FUNCTION static constexpr double weight(int q) {
    return Line<N>::weight(index(q, 0)) * Line<N>::weight(index(q, 1)) * Line<N>::weight(index(q, 2));
  }
};

using Hex8 = Hexahedron<2, 1>;   ///< Q1/P0
using Hex27 = Hexahedron<3, 4>;  ///< Q2/P1disc

/// First value of line number `line` (0 .. N*N-1) along direction a.
template <class E> KOKKOS_INLINE_FUNCTION constexpr int line_start(int a, int line) {
  constexpr int N = E::line;
  const int low = line % N, high = line / N;
  return a == 0 ? N * low + N * N * high : (a == 1 ? low + N * N * high : low + N * high);
}

}  // namespace tautband
