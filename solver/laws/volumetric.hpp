// Volumetric energies U(J) of all laws, with bulk modulus kappa (Pa): pressure U' and tangent U''.
#pragma once

#include "math/tensor.hpp"

#include <string_view>

namespace tautband {

enum class Volumetric {
  quadratic,    ///< kappa/2 (J-1)^2                (docs/model.md 7.2)
  logarithmic,  ///< kappa/2 (ln J)^2               (FEBio, Blemker 2005)
  simo_taylor   ///< kappa/4 (J^2 - 1 - 2 ln J)     (Simo & Taylor 1982)
};

/// U'(J), Pa; positive in tension.
template <class V> KOKKOS_INLINE_FUNCTION V volumetric_pressure(Volumetric kind, V kappa, V J) {
  switch (kind) {
    case Volumetric::logarithmic: return kappa * log(J) / J;
    case Volumetric::simo_taylor: return V(0.5) * kappa * (J - V(1.0) / J);
    default: return kappa * (J - V(1.0));
  }
}

/// U''(J), Pa.
template <class V> KOKKOS_INLINE_FUNCTION V volumetric_tangent(Volumetric kind, V kappa, V J) {
  switch (kind) {
    case Volumetric::logarithmic: return kappa * (V(1.0) - log(J)) / (J * J);
    case Volumetric::simo_taylor: return V(0.5) * kappa * (V(1.0) + V(1.0) / (J * J));
    default: return kappa;
  }
}

}  // namespace tautband
