// Contracture at a point: a named, calibrated stand-in for the energy crisis of the end plate.
//   target        = gain mask clamp((e - threshold) / range, 0, 1),   e: excitation at the point
//   d a_c/dt      = (target - a_c) / (time_up while it rises, time_down while it falls)
//   d lambda_c/dt = (lambda_inf - lambda_c) / (time_shortening or time_lengthening)
//   lambda_inf    = 1 - (1 - lambda_min) a_c
// Source: docs/model.md 7.5; calibrated, not measured.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Contracture {
  double gain;                               ///< 0: no contracture
  double threshold, range;                   ///< excitation; range > 0
  double time_up, time_down;                 ///< s, of a_c
  double lowest_stretch;                     ///< lambda_min
  double time_shortening, time_lengthening;  ///< s, of lambda_c

  struct State {
    double activation;  ///< a_c, 0..1
    double stretch;     ///< lambda_c, lambda_min..1
  };

  /// Where a_c tends to, without the mask.
  KOKKOS_INLINE_FUNCTION double target(double excitation) const {
    return gain * min(max((excitation - threshold) / range, 0.0), 1.0);
  }

  /// End-plate zone along the fibre: 1 at s = 0, 1/e at |s| = half_length; s and half_length in m.
  KOKKOS_INLINE_FUNCTION static double end_plate(double s, double half_length, double sharpness) {
    return exp(-pow(abs(s) / half_length, sharpness));
  }

  /// The state after dt (s) with a constant target. a_c is exact; lambda_c is exact for the mean of lambda_inf over dt.
  /// Any dt keeps a_c in [0, 1] and lambda_c in [lambda_min, 1].
  KOKKOS_INLINE_FUNCTION State advance(State start, double target, double dt) const {
    const double time = target > start.activation ? time_up : time_down;
    const double left = exp(-dt / time);
    State end;
    end.activation = target + (start.activation - target) * left;
    const double mean = dt > 0.0 ? target + (start.activation - target) * (1.0 - left) * time / dt : start.activation;
    const double stretch = 1.0 - (1.0 - lowest_stretch) * mean;
    const double stretch_time = stretch < start.stretch ? time_shortening : time_lengthening;
    end.stretch = stretch + (start.stretch - stretch) * exp(-dt / stretch_time);
    return end;
  }
};

}  // namespace tautband
