// Firing rate of a muscle spindle's primary (Ia) afferent: linear in stretch, a power of the stretch rate.
//   Ia = r0 + k_P (lambda - lambda_ref) + k_V v (v^2 + v0^2)^((p - 1)/2) + g_I (G - G0)_+ + b,  in [0, highest]
// The power law is sgn(v)|v|^p for |v| >> v0 and straight with slope k_V v0^(p-1) below, where |v|^p has none.
// Source: docs/model.md 7.4; power law of velocity: Prochazka & Gorassini 1998, J Physiol 507:277.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct AfferentRate {
  double resting_rate;       ///< r0, 1/s
  double stretch_gain;       ///< k_P, 1/s per unit stretch
  double velocity_gain;      ///< k_V, 1/s per (1/s)^p
  double velocity_exponent;  ///< p
  double velocity_floor;     ///< v0, 1/s, > 0
  double fusimotor_gain;     ///< g_I, 1/s per fusimotor level
  double fusimotor_rest;     ///< G0, 1 = 100 pps
  double highest_rate;       ///< 1/s

  /// stretch_change = lambda - lambda_ref; velocity = d lambda/dt (1/s); fusimotor = G; ectopic = b (1/s). Rate in 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V operator()(V stretch_change, V velocity, V fusimotor, V ectopic) const {
    const V power =
        velocity * pow(velocity * velocity + V(velocity_floor * velocity_floor), 0.5 * (velocity_exponent - 1.0));
    const V rate = V(resting_rate) + V(fusimotor_gain) * max(fusimotor - V(fusimotor_rest), V(0.0)) +
                   V(stretch_gain) * stretch_change + V(velocity_gain) * power + ectopic;
    return min(max(rate, V(0.0)), V(highest_rate));
  }
};

}  // namespace tautband
