// Contracture at a point: how the eigen-stretch lambda_c of the end-plate zone follows its contracture activation a_c.
//   d lambda_c/dt = (lambda_inf - lambda_c) / tau + k (1 - lambda_c),   lambda_inf = 1 - (1 - lambda_min) gain a_c
//   tau = time_shortening while lambda_c falls, else time_lengthening (1 + rigor (1 - e)): slow while energy is low
//   k   = detachment_rate max(s / yield_stress - 1, 0),                 s: Kirchhoff stress of the fibre, Pa
// Source: docs/model.md 7.5; calibrated, not measured.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Contracture {
  double gain;              ///< 0: no contracture
  double lowest_stretch;    ///< lambda_min
  double time_shortening;   ///< s
  double time_lengthening;  ///< s, with full energy
  double rigor;             ///< factor on (1 - energy)
  double yield_stress;      ///< Pa
  double detachment_rate;   ///< 1/s, at twice the yield stress

  /// End-plate zone along the fibre: 1 at s = 0, 1/e at |s| = half_length; s and half_length in m.
  KOKKOS_INLINE_FUNCTION static double end_plate(double s, double half_length, double sharpness) {
    return exp(-pow(abs(s) / half_length, sharpness));
  }

  /// lambda_inf for a_c in 0..1.
  KOKKOS_INLINE_FUNCTION double settled(double contracture_activation) const {
    return 1.0 - (1.0 - lowest_stretch) * gain * contracture_activation;
  }

  /// lambda_c after dt (s), exact while a_c, energy (0..1) and fibre stress (Pa) are constant. Any dt keeps it in
  /// [lambda_min, 1].
  KOKKOS_INLINE_FUNCTION double advance(double stretch, double contracture_activation, double energy,
                                        double fibre_stress, double dt) const {
    const double aim = settled(contracture_activation);
    const double time = aim < stretch ? time_shortening : time_lengthening * (1.0 + rigor * (1.0 - energy));
    const double torn = detachment_rate * max(fibre_stress / yield_stress - 1.0, 0.0);
    const double rate = 1.0 / time + torn;
    const double end = (aim / time + torn) / rate;
    return end + (stretch - end) * exp(-dt * rate);
  }
};

}  // namespace tautband
