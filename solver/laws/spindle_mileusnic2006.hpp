// Muscle spindle after Mileusnic et al.: three intrafusal fibres (bag1, bag2, chain) between the ends of the spindle,
// each a spring (sensory region) in series with a contractile polar region of length l (both in rest lengths L0):
//   T = K_SR (L - l - L0_SR) = beta C (l - R) sgn(v) |v|^a + K_PR (l - L0_PR) + Gamma,   v = dl/dt kept within +-10
//   L0/s beta = beta0 + beta1 f,  Gamma = gamma f,   C = 1 lengthening, 0.42 shortening
// f is the fusimotor activation of that very fibre: dynamic for bag1, static for bag2 and chain, of a fusimotor rate g:
//   tau df/dt = g^2/(g^2 + F^2) - f;  the chain follows at once (tau = 0).
// Afferents, with the stretch of the sensory region s = T/K_SR - (LN_SR - L0_SR) and l - LN_PR of the polar one:
//   Ia = max(A, B) + S min(A, B),  A = [G s]_bag1, B = [G s]_bag2 + [G s]_chain
//   II = sum over bag2 and chain of [X (L_s/L0_SR) G s + (1 - X) (L_s/L0_PR) G_s (l - LN_PR)]
// Each bracket is not below 0. The intrafusal mass is left out: without damping it would swing at 36 Hz.
// Source: Mileusnic et al. 2006, J Neurophysiol 96:1772, eqs 1-9 and table 1. That the sensory part of II keeps the
// gain G of the primary ending follows the published response tables (docs/model.md 10.1).
#pragma once

#include "math/tensor.hpp"

namespace tautband {

/// One kind of intrafusal fibre; FU = force unit of the paper.
struct IntrafusalFibre {
  double damping;         ///< beta0, FU (L0/s)^-a / L0
  double damping_driven;  ///< beta1 (bag1) or beta2, per fusimotor activation
  double force_driven;    ///< Gamma1 or Gamma2, FU
  double fusimotor_rate;  ///< F, pps: half activation
  double fusimotor_time;  ///< tau, s; 0 = at once
  double primary_gain;    ///< G, pps/L0

  struct State {
    double polar_length;  ///< l, L0
    double fusimotor;     ///< f, 0..1
  };
};

struct SpindleMileusnic2006 {
  static constexpr double sensory_stiffness = 10.4649;  ///< K_SR, FU/L0
  static constexpr double polar_stiffness = 0.15;       ///< K_PR, FU/L0
  static constexpr double sensory_rest = 0.04;          ///< L0_SR, L0
  static constexpr double polar_rest = 0.76;            ///< L0_PR, L0
  static constexpr double sensory_threshold = 0.0423;   ///< LN_SR, L0
  static constexpr double polar_threshold = 0.89;       ///< LN_PR, L0
  static constexpr double shortest_polar = 0.46;        ///< R, L0
  static constexpr double exponent = 0.3;               ///< a
  static constexpr double shortening_share = 0.42;      ///< C while shortening; 1 while lengthening
  static constexpr double highest_speed = 10.0;         ///< L0/s: |v| in the power law
  static constexpr double occlusion = 0.156;            ///< S
  static constexpr double secondary_gain = 7250.0;      ///< G_s, pps/L0
  static constexpr double secondary_share = 0.7;        ///< X
  static constexpr double secondary_length = 0.04;      ///< L_s, L0

  KOKKOS_INLINE_FUNCTION static IntrafusalFibre bag1() { return {0.0605, 0.2592, 0.0289, 60.0, 0.149, 20000.0}; }
  KOKKOS_INLINE_FUNCTION static IntrafusalFibre bag2() { return {0.0822, -0.046, 0.0636, 60.0, 0.205, 10000.0}; }
  KOKKOS_INLINE_FUNCTION static IntrafusalFibre chain() { return {0.0822, -0.069, 0.0954, 90.0, 0.0, 10000.0}; }

  struct State {
    IntrafusalFibre::State bag1, bag2, chain;
  };
  /// Fusimotor rates, pps: dynamic to bag1, steady (static) to bag2 and chain.
  struct Fusimotor {
    double steady, dynamic;
  };
  struct Rates {
    double primary, secondary;  ///< Ia and II, pps
  };

  /// The state in which nothing changes, at the length L (in L0).
  KOKKOS_INLINE_FUNCTION static State settled(double length, Fusimotor drive) {
    return {settled(bag1(), length, drive.dynamic), settled(bag2(), length, drive.steady),
            settled(chain(), length, drive.steady)};
  }

  /// The state dt (s) later, when the length is L (in L0): implicit Euler, stable for any dt > 0; the fusimotor filters
  /// are exact for a constant drive.
  KOKKOS_INLINE_FUNCTION static State advance(const State& state, double length, Fusimotor drive, double dt) {
    return {advance(bag1(), state.bag1, length, drive.dynamic, dt),
            advance(bag2(), state.bag2, length, drive.steady, dt),
            advance(chain(), state.chain, length, drive.steady, dt)};
  }

  KOKKOS_INLINE_FUNCTION static Rates rates(const State& state, double length) {
    const double a = primary(bag1(), state.bag1, length);
    const double b = primary(bag2(), state.bag2, length) + primary(chain(), state.chain, length);
    return {max(a, b) + occlusion * min(a, b),
            secondary(bag2(), state.bag2, length) + secondary(chain(), state.chain, length)};
  }

 private:
  using Part = IntrafusalFibre::State;

  KOKKOS_INLINE_FUNCTION static double saturated(const IntrafusalFibre& p, double rate) {
    return rate * rate / (rate * rate + p.fusimotor_rate * p.fusimotor_rate);
  }
  KOKKOS_INLINE_FUNCTION static double sensory_stretch(const Part& part, double length) {
    return length - part.polar_length - sensory_threshold;
  }
  KOKKOS_INLINE_FUNCTION static double primary(const IntrafusalFibre& p, const Part& part, double length) {
    return max(p.primary_gain * sensory_stretch(part, length), 0.0);
  }
  KOKKOS_INLINE_FUNCTION static double secondary(const IntrafusalFibre& p, const Part& part, double length) {
    const double from_sensory =
        secondary_share * (secondary_length / sensory_rest) * p.primary_gain * sensory_stretch(part, length);
    const double from_polar = (1.0 - secondary_share) * (secondary_length / polar_rest) * secondary_gain *
                              (part.polar_length - polar_threshold);
    return max(from_sensory + from_polar, 0.0);
  }

  KOKKOS_INLINE_FUNCTION static Part settled(const IntrafusalFibre& p, double length, double rate) {
    const double fusimotor = saturated(p, rate);
    return {(sensory_stiffness * (length - sensory_rest) + polar_stiffness * polar_rest - p.force_driven * fusimotor) /
                (sensory_stiffness + polar_stiffness),
            fusimotor};
  }
  KOKKOS_INLINE_FUNCTION static Part advance(const IntrafusalFibre& p, const Part& part, double length, double rate,
                                             double dt) {
    const double aim = saturated(p, rate), kept = p.fusimotor_time > 0.0 ? exp(-dt / p.fusimotor_time) : 0.0;
    const double fusimotor = aim + kept * (part.fusimotor - aim);
    return {advance_polar(p, fusimotor, part.polar_length, length, dt), fusimotor};
  }

  /// l after dt, from  d y (l0 + w dt - R) + K (w dt) = b  with y = sgn(w) |v|^a and w = (l - l0)/dt. In y the left
  /// side is increasing and convex away from 0, so Newton's iteration from an upper bound of |y| falls onto the root.
  KOKKOS_INLINE_FUNCTION static double advance_polar(const IntrafusalFibre& p, double fusimotor, double before,
                                                     double length, double dt) {
    const double stiffness = sensory_stiffness + polar_stiffness;
    const double excess = sensory_stiffness * (length - before - sensory_rest) -
                          polar_stiffness * (before - polar_rest) - p.force_driven * fusimotor;
    const double way = excess < 0.0 ? -1.0 : 1.0, size = way * excess;
    const double damping = (p.damping + p.damping_driven * fusimotor) * (excess < 0.0 ? shortening_share : 1.0);
    // A polar region shorter than R has no damping left; the paper's muscle lengths stay above it.
    const double room = max(before - shortest_polar, 0.0);
    double y = pow(min(size / (stiffness * dt), highest_speed), exponent);
    if (damping * room * y > size) y = size / (damping * room);
    const double fastest = pow(highest_speed, exponent);
    const double at_fastest =
        damping * fastest * max(room + way * highest_speed * dt, 0.0) + stiffness * highest_speed * dt;
    if (at_fastest <= size) {  // |v| beyond its limit: the equation is linear in l
      const double pull = damping * fastest;
      return before + way * max((size - pull * room) / (stiffness + way * pull), highest_speed * dt);
    }
    for (int iteration = 0; iteration < 30; ++iteration) {
      const double speed = pow(y, 1.0 / exponent), slope = speed / (exponent * max(y, 1e-300));
      const double open = max(room + way * speed * dt, 0.0);
      const double residual = damping * y * open + stiffness * speed * dt - size;
      const double tangent = damping * (open + way * y * slope * dt) + stiffness * slope * dt;
      const double change = residual / tangent;
      if (!(abs(change) > 1e-14 * y)) break;
      y = max(y - change, 0.0);
    }
    return before + way * pow(y, 1.0 / exponent) * dt;
  }
};

}  // namespace tautband
