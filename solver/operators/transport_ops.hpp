// Point operations of diffusion, see transport.hpp: the metric of the deformed shape, and the flux it makes of a
// gradient. Both with respect to the reference coordinates xi of the element.
#pragma once

#include "operators/tangent_ops.hpp"

namespace tautband {

/// Components of the metric G = w J (dxi/dx) (dxi/dx)^T per point, in the order of Sym3.
inline constexpr int metric_size = 6;

/// Writes the metric (m) of a displacement; tests nothing.
struct MetricOp {
  static constexpr bool scatters = false, with_values = false;
  static constexpr Projection projection = Projection::none;
  PointArray jacobian;
  PointArray metric;

  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place& at, V* T) const {
    Mat3<V> A;
    for (int k = 0; k < 9; ++k) A.m[k] = load<V>(jacobian, at, k);
    Mat3<V> F = spatial_gradient(T, A);
    for (int i = 0; i < 3; ++i) F(i, i) += V(1.0);
    const V J = determinant(F);
    const Mat3<V> G = A * inverse(F, J);
    const V volume = load<V>(jacobian, at, 9) * J;
    for (int a = 0; a < 3; ++a)
      for (int b = a; b < 3; ++b)
        store(metric, at, Sym3<V>::at(a, b), volume * (G(a, 0) * G(b, 0) + G(a, 1) * G(b, 1) + G(a, 2) * G(b, 2)));
    return V(0.0);
  }
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place&, V*, const V&) const {}
};

/// From the gradient of a scalar to the flux factor G grad.
template <class E> struct DiffusionOp {
  static constexpr int components = 1;
  static constexpr bool scatters = true, with_values = false;
  static constexpr Projection projection = Projection::none;
  const double* metric;  ///< (batch, point, metric_size, lane)
  double factor;

  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place& at, V* T) const {
    const double* const g = address<E::points, metric_size>(metric, at);
    V G[metric_size], flux[3];
    for (int k = 0; k < metric_size; ++k) G[k] = load_at<V>(g + k * lanes);
    for (int a = 0; a < 3; ++a)
      flux[a] = G[Sym3<V>::at(a, 0)] * T[0] + G[Sym3<V>::at(a, 1)] * T[1] + G[Sym3<V>::at(a, 2)] * T[2];
    for (int a = 0; a < 3; ++a) T[a] = V(factor) * flux[a];
    return V(0.0);
  }
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place&, V*, const V&) const {}
};

}  // namespace tautband
