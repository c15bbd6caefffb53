// How awake each spinal segment is to input from deep tissue, X_s: nociception opens synapses in the segments of its
// muscle within a minute and spreads to their neighbours, farther in a sensitised cord.
//   tau dX_s/dt = -X_s + input_s + kappa (1 + k C) (X_{s+1} - 2 X_s + X_{s-1}),   nothing leaves at either end
// Source: docs/model.md 11.3, after Mense 1993, Schmerz 7:241; calibrated, not measured.
#pragma once

#include "base/body.hpp"
#include "math/tensor.hpp"

namespace tautband {

struct SegmentField {
  double time = 30.0;              ///< tau, s
  double spread = 0.1;             ///< kappa
  double sensitised_spread = 3.0;  ///< k

  /// Brings `level` (spinal_segments) to the end of dt (s) by one implicit Euler step: no dt is too long, and levels
  /// stay between 0 and the largest of level and `input` (spinal_segments, >= 0). `sensitisation`: C, 0..1.
  KOKKOS_INLINE_FUNCTION void advance(double* level, const double* input, double sensitisation, double dt) const {
    const double h = dt / time, off = -h * spread * (1.0 + sensitised_spread * sensitisation);
    double ratio[spinal_segments];  // eliminated entry above the diagonal
    for (int s = 0; s < spinal_segments; ++s) {
      const int neighbours = (s > 0) + (s + 1 < spinal_segments);
      const double right = level[s] + h * input[s];
      const double pivot = 1.0 + h - neighbours * off - (s > 0 ? off * ratio[s - 1] : 0.0);
      ratio[s] = off / pivot;
      level[s] = (right - (s > 0 ? off * level[s - 1] : 0.0)) / pivot;
    }
    for (int s = spinal_segments - 2; s >= 0; --s) level[s] -= ratio[s] * level[s + 1];
  }
};

}  // namespace tautband
