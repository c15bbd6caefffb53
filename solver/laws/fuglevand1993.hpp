// A pool of n motor units, recruited in the order of their size i = 1..n by one excitatory drive E.
//   recruited above RTE_i = RR^(i/n);  firing rate FR_i = min(g_e (E - RTE_i) + MFR, PFR_i), PFR_i = PFR_1 - PFRD
//   RTE_i/RTE_n full drive E_max = RTE_n + (PFR_n - MFR)/g_e twitch P_i (t/T_i) e^(1 - t/T_i), P_i = RP^(i/n),
//   contraction time T_i = T_L P_i^(-1/c), c = ln RP / ln 3 gain of a twitch in a train: with x = T FR, g = 1 for x <
//   0.4, else (S(x)/x) / (S(0.4)/0.4), S = 1 - e^(-2 x^3)
// The time average of the train is its impulse area times the rate: e P x g(x); `fused` is that over its value at
// PFR_i. Source: Fuglevand, Winter & Patla 1993, J Neurophysiol 70:2470, eqs 1-9 and 13-17, model constants of its
// figure 6.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Fuglevand1993 {
  int units = 120;                    ///< n
  double recruitment_range = 30.0;    ///< RR
  double lowest_rate = 8.0;           ///< MFR, pps
  double first_peak_rate = 45.0;      ///< PFR_1, pps
  double peak_rate_range = 10.0;      ///< PFRD, pps
  double drive_gain = 1.5;            ///< g_e, pps per drive
  double force_range = 100.0;         ///< RP
  double longest_contraction = 0.09;  ///< T_L, s
  double contraction_range = 3.0;     ///< longest over shortest contraction time

  /// i counts from 0.
  KOKKOS_INLINE_FUNCTION double threshold(int i) const { return pow(recruitment_range, (i + 1.0) / units); }
  KOKKOS_INLINE_FUNCTION double peak_rate(int i) const {
    return first_peak_rate - peak_rate_range * threshold(i) / recruitment_range;
  }
  KOKKOS_INLINE_FUNCTION double full_drive() const {
    return recruitment_range + (peak_rate(units - 1) - lowest_rate) / drive_gain;
  }

  /// Firing rate (pps) at the drive E = share x E_max.
  KOKKOS_INLINE_FUNCTION double firing_rate(int i, double share) const {
    const double above = share * full_drive() - threshold(i);
    return above < 0.0 ? 0.0 : min(drive_gain * above + lowest_rate, peak_rate(i));
  }

  /// P_i, in twitch forces of the smallest possible unit.
  KOKKOS_INLINE_FUNCTION double twitch_force(int i) const { return pow(force_range, (i + 1.0) / units); }
  /// T_i, s
  KOKKOS_INLINE_FUNCTION double contraction_time(int i) const {
    return longest_contraction * pow(twitch_force(i), -log(contraction_range) / log(force_range));
  }
  /// Force of a single twitch at time t (s) after its spike.
  KOKKOS_INLINE_FUNCTION double twitch(int i, double t) const {
    const double phase = t / contraction_time(i);
    return twitch_force(i) * phase * exp(1.0 - phase);
  }

  /// Gain of a twitch in a train, x = contraction time x rate.
  KOKKOS_INLINE_FUNCTION static double summation_gain(double x) {
    return x < unfused ? 1.0 : saturation(x) / x / (saturation(unfused) / unfused);
  }
  /// Mean force of the train in units of P_i.
  KOKKOS_INLINE_FUNCTION static double mean_force(double x) { return exp(1.0) * x * summation_gain(x); }

  /// Mean force at a rate (pps) over that at the unit's peak rate, 0..1.
  KOKKOS_INLINE_FUNCTION double fused(int i, double rate) const {
    const double time = contraction_time(i);
    return mean_force(time * rate) / mean_force(time * peak_rate(i));
  }
  /// Mean force of the unit at its peak rate, its share of the pool's strength up to a common factor.
  KOKKOS_INLINE_FUNCTION double strength(int i) const {
    return twitch_force(i) * mean_force(contraction_time(i) * peak_rate(i));
  }

 private:
  static constexpr double unfused = 0.4;
  KOKKOS_INLINE_FUNCTION static double saturation(double x) { return 1.0 - exp(-2.0 * x * x * x); }
};

}  // namespace tautband
