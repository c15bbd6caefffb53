// Shared algebra of isochoric laws: tau = dev(tau_bar), with tau_bar and its tangent c_bar taken at F_bar = J^-1/3 F.
//   c = P : c_bar : P + 2/3 tr(tau_bar) P - 2/3 (tau I + I tau),   P = 1 - I I / 3
// Source: Holzapfel 2000, Nonlinear Solid Mechanics, eqs 6.103 and 6.168 (spatial form).
#pragma once

#include "laws/law.hpp"

namespace tautband {

/// Size of J below which laws stop dividing by it: keeps unused lanes (F = 0) finite. An inverted element is the
/// solver's to detect.
inline constexpr double smallest_volume_ratio = 1e-6;

/// J^-1/3 > 0
template <class V> KOKKOS_INLINE_FUNCTION V inverse_mean_stretch(V J) {
  return inverse_cbrt(max(abs(J), V(smallest_volume_ratio)));
}

/// F_bar = J^-1/3 F
template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> isochoric_part(const Mat3<V>& F, V J) {
  const V scale = inverse_mean_stretch(J);
  Mat3<V> F_bar;
  for (int i = 0; i < 9; ++i) F_bar.m[i] = scale * F.m[i];
  return F_bar;
}

/// b_bar = J^-2/3 F F^T
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> isochoric_left_cauchy_green(const Mat3<V>& F, V J) {
  const V j = inverse_mean_stretch(J);
  return (j * j) * left_cauchy_green(F);
}

/// Tangent of tau = mu dev(b_bar): c = g P - 2/3 (tau I + I tau) with g = 2/3 mu tr(b_bar).
template <class V> KOKKOS_INLINE_FUNCTION void isochoric_tangent(V g, const Sym3<V>& tau, Sym6<V>& c) {
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) {
      V value(0.0);
      if (j < 3)
        value = g * V(i == j ? 2.0 / 3.0 : -1.0 / 3.0) - V(2.0 / 3.0) * (tau.s[i] + tau.s[j]);
      else if (i < 3)
        value = -V(2.0 / 3.0) * tau.s[j];
      else if (i == j)
        value = V(0.5) * g;
      c(i, j) = value;
    }
}

/// dev(tau_bar) and its full tangent from tau_bar and c_bar; c may not alias c_bar.
template <class V>
KOKKOS_INLINE_FUNCTION void project_isochoric(const Sym3<V>& tau_bar, const Sym6<V>& c_bar, Sym3<V>& tau, Sym6<V>& c) {
  tau = deviator(tau_bar);
  isochoric_tangent(V(2.0 / 3.0) * trace(tau_bar), tau, c);
  V row[6];
  for (int j = 0; j < 6; ++j) row[j] = V(1.0 / 3.0) * (c_bar(0, j) + c_bar(1, j) + c_bar(2, j));
  const V mean = V(1.0 / 3.0) * (row[0] + row[1] + row[2]);
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) {
      V value = c_bar(i, j);
      if (i < 3) value = value - row[j];
      if (j < 3) value = value - row[i] + (i < 3 ? mean : V(0.0));
      c(i, j) += value;
    }
}

/// A A for symmetric A
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> squared(const Sym3<V>& A) {
  Sym3<V> r;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) r(i, j) = A(i, 0) * A(0, j) + A(i, 1) * A(1, j) + A(i, 2) * A(2, j);
  return r;
}

/// u v^T + v u^T
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> symmetric_dyad(const Vec3<V>& u, const Vec3<V>& v) {
  Sym3<V> r;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) r(i, j) = u(i) * v(j) + v(i) * u(j);
  return r;
}

template <class V> KOKKOS_INLINE_FUNCTION void set_zero(Sym6<V>& c) {
  for (int i = 0; i < 21; ++i) c.c[i] = V(0.0);
}

/// c += k A A
template <class V> KOKKOS_INLINE_FUNCTION void add_dyad(V k, const Sym3<V>& A, Sym6<V>& c) {
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) c(i, j) += k * A.s[i] * A.s[j];
}

/// c += k (A B + B A)
template <class V> KOKKOS_INLINE_FUNCTION void add_dyads(V k, const Sym3<V>& A, const Sym3<V>& B, Sym6<V>& c) {
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) c(i, j) += k * (A.s[i] * B.s[j] + B.s[i] * A.s[j]);
}

/// c += k S(A, B), the symmetric fourth-order tensor with S : d = A d B + B d A (twice A d A for A = B).
template <class V> KOKKOS_INLINE_FUNCTION void add_sandwich(V k, const Sym3<V>& A, const Sym3<V>& B, Sym6<V>& c) {
  constexpr int first[6] = {0, 1, 2, 0, 1, 0}, second[6] = {0, 1, 2, 1, 2, 2};
  const V half = V(0.5) * k;
  for (int I = 0; I < 6; ++I)
    for (int K = I; K < 6; ++K) {
      const int i = first[I], j = second[I], m = first[K], n = second[K];
      c(I, K) += half * (A(i, m) * B(j, n) + A(i, n) * B(j, m) + B(i, m) * A(j, n) + B(i, n) * A(j, m));
    }
}

}  // namespace tautband
