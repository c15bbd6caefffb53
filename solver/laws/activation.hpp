// Activation dynamics: how activation a follows excitation e.
//   da/dt = k(a, e) (e - a),  k = (f + 1/2) / (t_up (1/2 + 3/2 a)) + (1/2 - f) (1/2 + 3/2 a) / t_down,
//   f = 1/2 tanh(b (e - a))
// Source: De Groote et al. 2016, Ann Biomed Eng 44:2922, eqs 1-2 (b smooths the switch between rise and fall).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

template <class V> struct ActivationTimes {
  V up, down;   ///< time constants of rise and fall, s
  V smoothing;  ///< b
};

/// k(a, e) in 1/s; positive for a >= 0. One exponential, q = exp(2 b (a - e)): f + 1/2 = 1 / (1 + q) and
/// 1/2 - f = q / (1 + q).
template <class V>
KOKKOS_INLINE_FUNCTION V activation_rate_constant(const ActivationTimes<V>& t, V activation, V excitation) {
  constexpr double settled = 100.0;  // f + 1/2 is 0 to round-off beyond it, and q would overflow
  const V q = exp(min(V(2.0) * t.smoothing * (activation - excitation), V(settled)));
  const V ease = V(0.5) + V(1.5) * activation;
  return (t.down + (t.up * q) * (ease * ease)) / (t.up * t.down * ease * (V(1.0) + q));
}

/// da/dt, 1/s
template <class V> KOKKOS_INLINE_FUNCTION V activation_rate(const ActivationTimes<V>& t, V activation, V excitation) {
  return activation_rate_constant(t, activation, excitation) * (excitation - activation);
}

/// Activation after dt at constant excitation. Exponential midpoint rule: second order in dt, and for any dt the result
/// lies between activation and excitation.
template <class V>
KOKKOS_INLINE_FUNCTION V advance_activation(const ActivationTimes<V>& t, V activation, V excitation, V dt) {
  const V distance = activation - excitation;
  const V first = activation_rate_constant(t, activation, excitation);
  const V halfway = excitation + distance * exp(V(-0.5) * dt * first);
  return excitation + distance * exp(-dt * activation_rate_constant(t, halfway, excitation));
}

}  // namespace tautband
