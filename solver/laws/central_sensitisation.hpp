// Sensitisation of the spinal cord by lasting nociception N (0..1), and the pain that follows.
//   dC/dt = (C_inf - C) / (time_up while it rises, time_down while it falls),   C_inf = N^2 / (N^2 + N_half^2)
//   pain  = N (1 + k C)
// Source: docs/model.md 11.2; calibrated, not measured.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct CentralSensitisation {
  double half_nociception = 0.3;  ///< N_half
  double time_up = 1800.0;        ///< s
  double time_down = 86400.0;     ///< s
  double pain_gain = 0.5;         ///< k

  /// C_inf, 0..1.
  template <class V> KOKKOS_INLINE_FUNCTION V settled(V nociception) const {
    const V squared = nociception * nociception;
    return squared / (squared + V(half_nociception * half_nociception));
  }

  /// C after dt (s), exact while N is constant; stays in 0..1.
  KOKKOS_INLINE_FUNCTION double advance(double sensitisation, double nociception, double dt) const {
    const double aim = settled(nociception);
    return aim + (sensitisation - aim) * exp(-dt / (aim > sensitisation ? time_up : time_down));
  }

  /// 0 .. 1 + k.
  template <class V> KOKKOS_INLINE_FUNCTION V pain(V nociception, V sensitisation) const {
    return nociception * (V(1.0) + V(pain_gain) * sensitisation);
  }
};

}  // namespace tautband
