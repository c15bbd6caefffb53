// The stored tangent at a point, entry by entry: D_ja,kb, the flux along (j, a) of a gradient that is 1 at (k, b) and 0
// elsewhere, before the projected pressure; j, k in space, a, b along xi, eta, zeta. D_ja,kb = D_kb,ja. What
// tangent_ops.hpp does to a whole gradient, for operations that need the entries: nine unit gradients through it cost
// six times as much.
#pragma once

#include "operators/tangent_ops.hpp"

namespace tautband {

/// With G_a = d xi_a / dx, u_a = tau G_a and m_a = n . G_a, all stresses times w:
///   D_ja,kb = delta_jk Q_ab + H_bj G_ak + Z_aj G_bk + G_aj Z_bk + k (n_j m_a)(n_k m_b)
///   Q_ab = G_a . (u_b + H_b),  H = (g/2 - pJ) G,  Z_aj = (2/3)(s n_j m_a - u_aj) + (7/6 pJ - g/6) G_aj
template <class V> struct ReducedPointTangent {
  Mat3<V> G, H, Z, along, scaled;  ///< row a, column j; along = n_j m_a, scaled = k along
  Sym3<V> Q;
  V volume;

  KOKKOS_INLINE_FUNCTION V operator()(int j, int a, int k, int b) const {
    const V value = H(b, j) * G(a, k) + Z(a, j) * G(b, k) + G(a, j) * Z(b, k) + scaled(a, j) * along(b, k);
    return j == k ? value + Q(a, b) : value;
  }
  /// Projected quantity of the unit gradient.
  KOKKOS_INLINE_FUNCTION V projected(int k, int b) const { return volume * G(b, k); }
};

/// D_ja,kb = delta_jk Q_ab + sum_i s_kb(j, i) G_ai with Q_ab = G_a . tau G_b and s_kb = c : sym(e_k G_b).
template <class V> struct FullPointTangent {
  Mat3<V> G;
  Sym3<V> s[3][3];  ///< [k][b]
  Sym3<V> Q;
  V volume;

  KOKKOS_INLINE_FUNCTION V operator()(int j, int a, int k, int b) const {
    const Sym3<V>& t = s[k][b];
    const V value = t(j, 0) * G(a, 0) + t(j, 1) * G(a, 1) + t(j, 2) * G(a, 2);
    return j == k ? value + Q(a, b) : value;
  }
  KOKKOS_INLINE_FUNCTION V projected(int k, int b) const { return volume * G(b, k); }
};

/// G S with symmetric S: row a is S G_a.
template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> rows_times(const Mat3<V>& G, const Sym3<V>& S) {
  Mat3<V> u;
  for (int a = 0; a < 3; ++a)
    for (int j = 0; j < 3; ++j) u(a, j) = G(a, 0) * S(0, j) + G(a, 1) * S(1, j) + G(a, 2) * S(2, j);
  return u;
}

/// G_a . u_b, symmetric.
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> row_products(const Mat3<V>& G, const Mat3<V>& u) {
  Sym3<V> Q;
  for (int a = 0; a < 3; ++a)
    for (int b = a; b < 3; ++b) Q(a, b) = G(a, 0) * u(b, 0) + G(a, 1) * u(b, 1) + G(a, 2) * u(b, 2);
  return Q;
}

template <class V, class E, class Inertia>
KOKKOS_INLINE_FUNCTION ReducedPointTangent<V> point_tangent(const ReducedTangentOp<E, Inertia>& op, const Place& at) {
  const auto* data = op.at(at);
  const auto get = [&](int c) { return op.template get<V>(data, c); };
  const V g = get(reduced_form::shear), pj = get(reduced_form::pressure), s = get(reduced_form::fibre_stress);
  const V slope = get(reduced_form::fibre_slope), half = V(0.5) * g - pj;
  const V mean = V(7.0 / 6.0) * pj - V(1.0 / 6.0) * g;
  ReducedPointTangent<V> r;
  r.G = op.template gradient<V>(data);
  Sym3<V> tau;
  Vec3<V> n;
  for (int k = 0; k < 6; ++k) tau.s[k] = get(reduced_form::stress + k);
  for (int k = 0; k < 3; ++k) n(k) = get(reduced_form::fibre + k);
  Mat3<V> u = rows_times(r.G, tau);
  for (int a = 0; a < 3; ++a) {
    const V m = n(0) * r.G(a, 0) + n(1) * r.G(a, 1) + n(2) * r.G(a, 2);
    for (int j = 0; j < 3; ++j) {
      r.along(a, j) = m * n(j);
      r.scaled(a, j) = slope * r.along(a, j);
      r.H(a, j) = half * r.G(a, j);
      r.Z(a, j) = V(2.0 / 3.0) * (s * r.along(a, j) - u(a, j)) + mean * r.G(a, j);
      u(a, j) += r.H(a, j);
    }
  }
  r.Q = row_products(r.G, u);
  r.volume = get(reduced_form::volume);
  return r;
}

template <class V, class E, class Inertia>
KOKKOS_INLINE_FUNCTION FullPointTangent<V> point_tangent(const FullTangentOp<E, Inertia>& op, const Place& at) {
  const auto* data = op.at(at);
  const auto get = [&](int c) { return op.template get<V>(data, c); };
  FullPointTangent<V> r;
  r.G = op.template gradient<V>(data);
  Sym3<V> tau;
  for (int k = 0; k < 6; ++k) tau.s[k] = get(full_form::stress + k);
  r.Q = row_products(r.G, rows_times(r.G, tau));
  for (int k = 0; k < 3; ++k)
    for (int b = 0; b < 3; ++b)
      for (int i = 0; i < 6; ++i) {
        V sum(0.0);
        for (int l = 0; l < 3; ++l) sum += get(full_form::stiffness + Sym6<V>::at(i, Sym3<V>::at(k, l))) * r.G(b, l);
        r.s[k][b].s[i] = sum;
      }
  r.volume = get(full_form::volume);
  return r;
}

}  // namespace tautband
