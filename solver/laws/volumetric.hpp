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

/// Lower bound of J in 1/J and ln J, so that a wild trial step stays a number.
inline constexpr double smallest_volumetric_ratio = 1e-6;

/// U'(J), Pa; positive in tension.
template <class V> KOKKOS_INLINE_FUNCTION V volumetric_pressure(Volumetric kind, V kappa, V J) {
  const V safe = max(J, V(smallest_volumetric_ratio));
  switch (kind) {
    case Volumetric::logarithmic:
      return kappa * log(safe) / safe;
    case Volumetric::simo_taylor:
      return V(0.5) * kappa * (J - V(1.0) / safe);
    default:
      return kappa * (J - V(1.0));
  }
}

/// U''(J), Pa.
template <class V> KOKKOS_INLINE_FUNCTION V volumetric_tangent(Volumetric kind, V kappa, V J) {
  const V safe = max(J, V(smallest_volumetric_ratio));
  switch (kind) {
    case Volumetric::logarithmic:
      return kappa * (V(1.0) - log(safe)) / (safe * safe);
    case Volumetric::simo_taylor:
      return V(0.5) * kappa * (V(1.0) + V(1.0) / (safe * safe));
    default:
      return kappa;
  }
}

}  // namespace tautband
