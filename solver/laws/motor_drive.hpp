// From afferent rates to the excitation of a motor unit.
//   E_j = E_d + g sum_i W_ji (Ia_i - r0),   u_j = clamp(kappa_C (E_j - threshold_j), 0, 1)
//   W_ji = w_g / N + w_l exp(-d_ji^2 / 2 l^2) / sum_k exp(-d_jk^2 / 2 l^2)
// so that the same change of rate on all N spindles changes every drive by (w_g + w_l) g times that change, whatever
// N, l and the places of spindles and units are. d_ji: distance of spindle i from the centre of unit j's territory.
// Source: docs/model.md 7.4 (partitioned reflex, kappa_C) and 3.4 (drive per rate).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct MotorDrive {
  double rate_gain;        ///< g: gain x drive per rate, s
  double resting_rate;     ///< r0, 1/s
  double excitation_gain;  ///< kappa_C, excitation per drive above the unit's threshold

  /// E_j in fractions of the largest voluntary drive. `weight` = sum_i W_ji, `weighted_rate` = sum_i W_ji Ia_i (1/s).
  template <class V> KOKKOS_INLINE_FUNCTION V drive(V tonic, V weight, V weighted_rate) const {
    return tonic + V(rate_gain) * (weighted_rate - weight * V(resting_rate));
  }

  /// u_j, 0..1.
  template <class V> KOKKOS_INLINE_FUNCTION V excitation(V drive, V threshold) const {
    return min(max(V(excitation_gain) * (drive - threshold), V(0.0)), V(1.0));
  }
};

}  // namespace tautband
