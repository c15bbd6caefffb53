// From afferent rates to the excitation of the motor units of a territory.
//   E_j = E + f (1 + k_C C) [g_Ia sum_i W_ji (Ia_i - Ia_0) + g_II sum_i W_ji (II_i - II_0) - g_Ib Ib]
//   u_j = clamp(kappa_C (E_j - threshold_j), 0, 1)
//   W_ji = w_g / N + w_l exp(-d_ji^2 / 2 l^2) / sum_k exp(-d_jk^2 / 2 l^2)
// so that the same change of rate on all N spindles changes every drive by (w_g + w_l) g times that change, whatever
// N, l and the places of spindles and units are. d_ji: distance of spindle i from the centre of territory j. Ib: mean
// rate of the tendon organs above that at t = 0.
// Source: docs/model.md 7.4 (partitioned reflex, kappa_C) and 10.4 (afferents and gains).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct MotorDrive {
  double primary_gain, secondary_gain, tendon_gain;  ///< g_Ia, g_II, g_Ib, s
  double primary_rest, secondary_rest;               ///< Ia_0, II_0, 1/s
  double central_gain;                               ///< k_C
  double excitation_gain;                            ///< kappa_C, excitation per drive above the unit's threshold

  /// What a territory hears: sum_i W_ji Ia_i and sum_i W_ji II_i, and the mean Ib above rest, all 1/s.
  struct Afferents {
    double primary, secondary, tendon;
  };

  /// E_j in fractions of the full drive. tonic: E; reflex_factor: f; central: C; weight: sum_i W_ji.
  KOKKOS_INLINE_FUNCTION double drive(double tonic, double reflex_factor, double central, double weight,
                                      const Afferents& heard) const {
    const double spindles = primary_gain * (heard.primary - weight * primary_rest) +
                            secondary_gain * (heard.secondary - weight * secondary_rest);
    return tonic + reflex_factor * (1.0 + central_gain * central) * (spindles - tendon_gain * heard.tendon);
  }

  /// u_j, 0..1.
  KOKKOS_INLINE_FUNCTION double excitation(double drive, double threshold) const {
    return min(max(excitation_gain * (drive - threshold), 0.0), 1.0);
  }
};

}  // namespace tautband
