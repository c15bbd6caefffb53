// Golgi tendon organ: a logarithm of its force behind a filter that overshoots and adapts.
//   u = 60 ln(F/4 N + 1) pps,   Ib = [H u]_+,   H(s) = (1.7 s^2 + 2.58 s + 0.4)/(s^2 + 2.2 s + 0.4)
// The poles are -0.2/s and -2/s, so H = 1.7 - (2/15) 0.2/(s + 0.2) - (17/30) 2/(s + 2): two lags behind the input. A
// step is answered by 1 + (2/15) e^(-0.2 t) + (17/30) e^(-2 t) times its steady value. Source: Houk & Simon 1967, J
// Neurophysiol 30:1466 (filter); constants as used with Mileusnic & Loeb 2006, J Neurophysiol 96:1789
// (docs/model.md 10.2).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct GolgiTendonOrgan {
  static constexpr double highest = 60.0;                                     ///< pps
  static constexpr double force = 4.0;                                        ///< N
  static constexpr double direct = 1.7;                                       ///< H at high frequency
  static constexpr double slow_pole = 0.2, fast_pole = 2.0;                   ///< 1/s
  static constexpr double slow_share = 2.0 / 15.0, fast_share = 17.0 / 30.0;  ///< 1

  /// Input as the two lags see it, pps.
  struct State {
    double slow, fast;
  };

  /// u for a force in N; pulling is positive, pushing is not felt.
  KOKKOS_INLINE_FUNCTION static double input(double tension) { return highest * log(max(tension, 0.0) / force + 1.0); }

  KOKKOS_INLINE_FUNCTION static State settled(double input) { return {input, input}; }

  /// The lags dt (s) later; exact while the input (pps) goes linearly from `before` to `now`.
  KOKKOS_INLINE_FUNCTION static State advance(const State& state, double before, double now, double dt) {
    return {lag(state.slow, before, now, slow_pole * dt), lag(state.fast, before, now, fast_pole * dt)};
  }

  /// Ib, pps.
  KOKKOS_INLINE_FUNCTION static double rate(const State& state, double input) {
    return max(direct * input - slow_share * state.slow - fast_share * state.fast, 0.0);
  }

 private:
  /// y after x = pole dt of dy/dx = u - y with u linear.
  KOKKOS_INLINE_FUNCTION static double lag(double y, double before, double now, double x) {
    const double slope = x > 0.0 ? (now - before) / x : 0.0;
    return now - slope + (y - before + slope) * exp(-x);
  }
};

}  // namespace tautband
