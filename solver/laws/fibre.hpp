// The fibre at a point: direction, stretch and rate, and how a fibre stress s n n enters stress and tangent.
#pragma once

#include "laws/law.hpp"

namespace tautband {

/// Smallest fibre stretch that laws see: keeps unused lanes (F, a0 or contracture 0) finite.
inline constexpr double smallest_stretch = 1e-3;
inline constexpr double smallest_square_stretch = smallest_stretch * smallest_stretch;

template <class V> struct FibreState {
  Vec3<V> direction;  ///< n = F a0 / |F a0|
  V stretch;          ///< elastic fibre stretch |F_e a0|
  V total;            ///< lambda = |F_e a0| lambda_c
  V rate;             ///< d lambda / dt over the step, 1/s
};

template <class V> KOKKOS_INLINE_FUNCTION FibreState<V> fibre_state(const LawPoint<V>& in) {
  FibreState<V> fibre;
  const Vec3<V> a = in.F * in.a0;
  fibre.stretch = sqrt(max(dot(a, a), V(smallest_square_stretch)));
  const V scale = V(1.0) / fibre.stretch;
  for (int i = 0; i < 3; ++i) fibre.direction(i) = scale * a(i);
  fibre.total = max(fibre.stretch * in.contracture, V(smallest_stretch));
  fibre.rate = (fibre.total - in.previous_stretch) * in.inverse_dt;
  return fibre;
}

/// Stress s of the fibre part tau = s n n (Pa) and its logarithmic slope lambda ds/dlambda (Pa).
template <class V> struct FibrePart { V stress, slope; };

/// tau += s n n
template <class V> KOKKOS_INLINE_FUNCTION void add_fibre_stress(V s, const Vec3<V>& n, Sym3<V>& tau) {
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) tau(i, j) += s * n(i) * n(j);
}

/// c += (lambda ds/dlambda - 2 s) n n n n
template <class V> KOKKOS_INLINE_FUNCTION void add_fibre_tangent(const FibrePart<V>& f, const Vec3<V>& n, Sym6<V>& c) {
  const Sym3<V> nn = dyad(n);
  const V slope = f.slope - V(2.0) * f.stress;
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) c(i, j) += slope * nn.s[i] * nn.s[j];
}

}  // namespace tautband
