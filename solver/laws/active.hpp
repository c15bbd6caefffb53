// Active stress added to any law: sigma_a = (T0 / J) {b; b - N; N} with N = (F a0)(F a0)^T, i.e. a constant second
// Piola-Kirchhoff stress T0 {I; I - a0 a0; a0 a0}, so its spatial tangent is zero.
// Source: FEBio User Manual, "active contraction" (isotropic, transversely isotropic, uniaxial).
#pragma once

#include "laws/fibre.hpp"

namespace tautband {

enum class Active { none, isotropic, transverse_isotropic, uniaxial };

/// True when a law with the reduced tangent keeps it with this addition.
KOKKOS_INLINE_FUNCTION constexpr bool keeps_reduced_tangent(Active kind) {
  return kind == Active::none || kind == Active::uniaxial;
}

/// Kirchhoff stress of the addition, Pa; add it to tau, c stays as it is. T0 in Pa.
template <class V>
KOKKOS_INLINE_FUNCTION Sym3<V> active_stress(Active kind, V T0, const Mat3<V>& F, const Vec3<V>& a0) {
  const V everywhere = kind == Active::isotropic || kind == Active::transverse_isotropic ? T0 : V(0.0);
  const V along = kind == Active::uniaxial ? T0 : (kind == Active::transverse_isotropic ? -T0 : V(0.0));
  Sym3<V> tau = everywhere * left_cauchy_green(F);
  add_fibre_stress(along, F * a0, tau);
  return tau;
}

/// The uniaxial addition in the reduced form: s grows by T0 lambda^2, lambda ds/dlambda - 2 s does not change.
template <class V>
KOKKOS_INLINE_FUNCTION void add_uniaxial(V T0, const Mat3<V>& F, const Vec3<V>& a0, ReducedTangent<V>& r) {
  const Vec3<V> a = F * a0;
  r.fibre_stress += T0 * dot(a, a);
  add_fibre_stress(T0, a, r.tau);
}

}  // namespace tautband
