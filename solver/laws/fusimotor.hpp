// Fusimotor level G of a painful muscle: tau_G dG/dt = G0 + k_G N - G, with N the nociception (0..1) and G = 1 a rate
// of 100 pps. Source: docs/model.md 10.5; calibrated, not measured.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Fusimotor {
  double resting;  ///< G0
  double gain;     ///< k_G
  double time;     ///< tau_G, s

  /// Where G settles.
  KOKKOS_INLINE_FUNCTION double settled(double nociception) const { return resting + gain * nociception; }

  /// G after dt (s), exact while N is constant.
  KOKKOS_INLINE_FUNCTION double advance(double level, double nociception, double dt) const {
    const double end = settled(nociception);
    return end + (level - end) * exp(-dt / time);
  }
};

}  // namespace tautband
