// Strength w of a muscle that is used less because it hurts, in parts of its healthy strength.
//   dw/dt = (w_inf - w) / (time_loss while it falls, time_gain while it rises)
//   w_inf = 1 - largest_loss min(1, pain / pain_of_largest_loss)
// Source: docs/model.md 11.4; calibrated to strength lost in bed rest (Marusic 2021, J Appl Physiol 131:194).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct StrengthAdaptation {
  double largest_loss = 0.5;
  double pain_of_largest_loss = 0.8;
  double time_loss = 30.0 * 86400.0;  ///< s
  double time_gain = 60.0 * 86400.0;  ///< s

  /// w_inf, 1 - largest_loss .. 1.
  template <class V> KOKKOS_INLINE_FUNCTION V settled(V pain) const {
    return V(1.0) - V(largest_loss) * min(V(1.0), pain / V(pain_of_largest_loss));
  }

  /// w after dt (s), exact while pain is constant.
  KOKKOS_INLINE_FUNCTION double advance(double strength, double pain, double dt) const {
    const double aim = settled(pain);
    return aim + (strength - aim) * exp(-dt / (aim < strength ? time_loss : time_gain));
  }
};

}  // namespace tautband
