// Activation by two lags in series: t1 db/dt = e - b, t2 da/dt = b - a.
// With t1 = t2 = T it is a motor unit's twitch: an impulse is answered by (t/T^2) e^(-t/T), which peaks at t = T.
// Source: docs/model.md 10.4; twitch: Fuglevand, Winter & Patla 1993, J Neurophysiol 70:2470, eq. 7.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct TwoStageActivation {
  double first, second;  ///< t1, t2, s; 0 = that stage follows at once

  struct State {
    double inner, activation;  ///< b, a
  };

  /// The state dt (s) later, exact for an excitation e that is constant meanwhile.
  KOKKOS_INLINE_FUNCTION State advance(const State& state, double excitation, double dt) const {
    const double inner_kept = first > 0.0 ? exp(-dt / first) : 0.0;
    const double kept = second > 0.0 ? exp(-dt / second) : 0.0;
    const double inner = state.inner - excitation;
    // Share of the inner stage's distance that has come through: int_0^dt e^(-s/t1) e^(-(dt - s)/t2) ds/t2.
    double through = first > 0.0 ? (inner_kept - kept) * first / (first - second) : 0.0;
    if (abs(first - second) < 1e-6 * first) through = dt / first * inner_kept;
    return {excitation + inner * inner_kept, excitation + (state.activation - excitation) * kept + inner * through};
  }
};

}  // namespace tautband
