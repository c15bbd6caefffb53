// Muscle nociceptors (group III and IV) at a point, and the pressure at which pressing begins to hurt.
//   p_th = p0 (1 - k_S S)
//   x    = [S - S_th + w_H (H - H_th)_+ + w_P (p - p_th)_+]_+
//   n    = x / (x + K_N),   0..1
// S: sensitising substances 0..1, H: acid load (pH below 7.1), p: local pressure in Pa. The threshold of pressure pain
// is where the pressure term begins, p_th, read on the skin: an algometer's pressure reaches the muscle times
// `transfer`. Source: docs/model.md 11.1; calibrated, not measured.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Nociceptor {
  double sensitiser_threshold = 0.40;     ///< S_th
  double acid_gain = 0.3;                 ///< w_H, per pH unit
  double acid_threshold = 0.4;            ///< H_th, pH units
  double pressure_gain = 4e-6;            ///< w_P, 1/Pa
  double pressure_threshold_rest = 60e3;  ///< p0, Pa, without sensitisers
  double threshold_loss = 0.5;            ///< k_S, part of p0 lost at S = 1
  double half_activity = 0.15;            ///< K_N
  double transfer = 0.2;                  ///< pressure in the muscle per pressure on the skin

  /// p_th, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION V pressure_threshold(V sensitiser) const {
    return V(pressure_threshold_rest) * (V(1.0) - V(threshold_loss) * sensitiser);
  }

  /// Pressure on the skin, Pa, at which pressure begins to add to nociception.
  KOKKOS_INLINE_FUNCTION double pressure_pain_threshold(double sensitiser) const {
    return pressure_threshold(sensitiser) / transfer;
  }

  /// n, 0..1. sensitiser 0..1, acid in pH units, pressure in Pa.
  template <class V> KOKKOS_INLINE_FUNCTION V operator()(V sensitiser, V acid, double pressure) const {
    const V x = sensitiser - V(sensitiser_threshold) + V(acid_gain) * max(acid - V(acid_threshold), V(0.0)) +
                V(pressure_gain) * max(V(pressure) - pressure_threshold(sensitiser), V(0.0));
    return x > V(0.0) ? x / (x + V(half_activity)) : V(0.0);
  }
};

}  // namespace tautband
