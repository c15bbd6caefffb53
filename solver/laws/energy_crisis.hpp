// The energy crisis of an end plate at a point: calcium c (umol/L), energy e (0..1), excess acetylcholine A and
// contracture memory D (0..1), and what they exchange with oxygen P (mmHg), acid H (pH units below 7.1) and sensitiser
// S (0..1), which diffuse. hill(x, K, n) = x^n / (x^n + K^n), times in s:
//   a_c   = ep hill(c, contracture_half, 3)
//   M_ox  = P_ox m P / (P + oxygen_half) phi,  phi = (1 - e) / (1 - e + energy_gap)
//   gly   = glycolysis x^2 / (x^2 + glycolysis_half^2) / (1 + (H / acid_half)^4),  x = 1 - e
//   J_S   = V_S s_e hill(c, uptake_half, 2),  s_e = hill(e, uptake_energy, 4) / hill(1, uptake_energy, 4)
//   dc/dt = [(k_L + k_D D)(1 + l_st) + k_A A] (1 - c / stored)_+ - J_S
//   de/dt = M_ox + gly - [U_0 + U_x a_alpha + U_x x_c a_c + U_s J_S] e / (e + use_half)
//   dA/dt = {ep (1 - B) [A_0 + A_a a_alpha + A_S hill(S, A_half, 4)] (1 + A_H H) - A} / tau_A
//   dD/dt = (hill(a_c, D_half, 4) - D) / (tau_D rising or falling) - m_D D
//   dP/dt = k_0 (1 + k_x M_ox / P_ox) r (P_art - P) - P_e M_ox         without diffusion
//   dH/dt = H_g gly - k_H r H
//   dS/dt = [S_P (K_P / (K_P + P) - K_P / (K_P + P_rest))_+ + S_H H + S_n n] (1 - S) - (k_S r + k_B) S
//   r     = 1 / (1 + (p_cap / p_50)^4)
// Source: docs/model.md 9.1; calibrated where a key of [chemistry] says so.
#pragma once

#include "math/scalar_root.hpp"

namespace tautband {

/// hill(x, half, power) for x >= 0.
template <int power, class V> KOKKOS_INLINE_FUNCTION V hill(V x, double half) {
  const V ratio = x / V(half);
  V raised = ratio;
  for (int i = 1; i < power; ++i) raised = raised * ratio;
  return raised / (V(1.0) + raised);
}

struct EnergyCrisis {
  double contracture_half = 0.6;                                            ///< umol/L
  double resting_leak = 0.0385, memory_leak = 0.95, end_plate_leak = 0.60;  ///< k_L, k_D, k_A, umol/L/s
  double stored_calcium = 1.5;                                              ///< umol/L, where the leak ends
  double uptake = 1.0, uptake_half = 0.30, uptake_energy = 0.4;             ///< V_S, umol/L/s; umol/L; energy
  double oxidation = 0.0125;                                                ///< P_ox, 1/s
  double oxygen_half = 2.0, energy_gap = 0.10;                              ///< mmHg; energy
  double glycolysis = 0.002, glycolysis_half = 0.3, acid_half = 0.5;        ///< 1/s; energy; pH units
  double resting_use = 2e-4, activation_use = 0.015;                        ///< U_0, U_x, 1/s
  double contracture_use = 0.03, uptake_use = 2e-4, use_half = 0.3;         ///< x_c; U_s, L/umol; energy
  double perfusion_rate = 0.034, hyperaemia = 40.0;                         ///< k_0, 1/s; k_x
  double arterial_oxygen = 55.0, oxygen_per_energy = 4180.0;                ///< mmHg
  double half_flow_pressure = 5.8e3;                                        ///< p_50, Pa; infinite: no perfusion loss
  double acid_per_glycolysis = 60.0, acid_clearance = 0.02;                 ///< H_g, pH units; k_H, 1/s
  double sensitiser_hypoxia = 0.0018, sensitiser_acid = 0.0010, sensitiser_nociception = 0.0025;  ///< 1/s
  double hypoxia_half = 8.0, resting_oxygen = 30.0;                                               ///< mmHg
  double sensitiser_washout = 0.0030, sensitiser_breakdown = 0.0012;                              ///< k_S, k_B, 1/s
  double spontaneous_release = 0.02, driven_release = 0.5, sensitised_release = 0.8;              ///< A_0, A_a, A_S
  double release_half = 0.55, release_acid = 0.5, acetylcholine_time = 60.0;  ///< S; 1/pH unit; tau_A, s
  double memory_half = 0.15, memory_rise = 7200.0, memory_fall = 259200.0;    ///< a_c; s; s
  double reset_rate = 0.01, reset_stretch = 0.05, reset_range = 0.10;         ///< m_1, 1/s; stretch; stretch
  double leak_gain = 1.0, mitochondrial_gain = 1.0, botulinum_gain = 1.0;     ///< switches of l_st, 1 - m, B

  struct Local {
    double calcium;        ///< c, umol/L
    double energy;         ///< e, 0..1
    double acetylcholine;  ///< A
    double memory;         ///< D, 0..1
  };
  struct Surroundings {
    double oxygen;      ///< P, mmHg
    double acid;        ///< H, pH units
    double sensitiser;  ///< S, 0..1
  };
  struct Influence {
    double activation = 0.0;    ///< a_alpha, 0..1
    double end_plate = 1.0;     ///< ep, 0..1
    double botulinum = 0.0;     ///< B, 0..1
    double leak = 0.0;          ///< l_st
    double mitochondria = 1.0;  ///< m, 0..1
    double reset_rate = 0.0;    ///< m_D, 1/s
  };

  /// a_c, 0..1.
  template <class V> KOKKOS_INLINE_FUNCTION V contracture_activation(V calcium, double end_plate) const {
    return V(end_plate) * hill<3>(calcium, contracture_half);
  }

  /// phi: the share of the oxidative capacity that is called for, 0..1.
  template <class V> KOKKOS_INLINE_FUNCTION V oxidative_call(V energy) const {
    const V spent = max(V(1.0) - energy, V(0.0));
    return spent / (spent + V(energy_gap));
  }

  /// M_ox at infinite oxygen, 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V oxidative_capacity(V energy, double mitochondria) const {
    return V(oxidation * (1.0 - mitochondrial_gain * (1.0 - mitochondria))) * oxidative_call(energy);
  }

  /// M_ox (1/s) of a capacity, and its slope in oxygen (1/(s mmHg)); below zero oxygen as oxidative_rate().
  template <class V> KOKKOS_INLINE_FUNCTION V oxygen_limited(V capacity, V oxygen) const {
    return capacity * oxygen / (max(oxygen, V(0.0)) + V(oxygen_half));
  }
  KOKKOS_INLINE_FUNCTION double oxygen_limited_slope(double capacity, double oxygen) const {
    const double sum = max(oxygen, 0.0) + oxygen_half;
    return capacity * oxygen_half / (sum * sum);
  }

  /// M_ox, 1/s. Below zero oxygen, where an iterate may be, it goes on with the slope it has at zero.
  template <class V> KOKKOS_INLINE_FUNCTION V oxidative_rate(V oxygen, V energy, double mitochondria) const {
    return oxygen_limited(oxidative_capacity(energy, mitochondria), oxygen);
  }

  /// dM_ox/dP, 1/(s mmHg).
  KOKKOS_INLINE_FUNCTION double oxidative_slope(double oxygen, double energy, double mitochondria) const {
    return oxygen_limited_slope(oxidative_capacity(energy, mitochondria), oxygen);
  }

  /// gly, 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V glycolytic_rate(V energy, V acid) const {
    const V inhibition = acid / V(acid_half), squared = inhibition * inhibition;
    return V(glycolysis) * hill<2>(max(V(1.0) - energy, V(0.0)), glycolysis_half) / (V(1.0) + squared * squared);
  }

  /// J_S, umol/L/s.
  template <class V> KOKKOS_INLINE_FUNCTION V calcium_uptake(V calcium, V energy) const {
    const double full = hill<4>(1.0, uptake_energy);
    return V(uptake / full) * hill<4>(energy, uptake_energy) * hill<2>(calcium, uptake_half);
  }

  /// dc/dt, umol/L/s.
  template <class V>
  KOKKOS_INLINE_FUNCTION V calcium_rate(V calcium, V energy, V acetylcholine, V memory, double leak) const {
    const V into =
        (V(resting_leak) + V(memory_leak) * memory) * V(1.0 + leak_gain * leak) + V(end_plate_leak) * acetylcholine;
    return into * max(V(1.0) - calcium / V(stored_calcium), V(0.0)) - calcium_uptake(calcium, energy);
  }

  /// de/dt, 1/s.
  template <class V>
  KOKKOS_INLINE_FUNCTION V energy_rate(V energy, V calcium, V oxygen, V acid, V activation, double end_plate,
                                       double mitochondria) const {
    const V use = V(resting_use) + V(uptake_use) * calcium_uptake(calcium, energy) +
                  V(activation_use) * (activation + V(contracture_use) * contracture_activation(calcium, end_plate));
    return oxidative_rate(oxygen, energy, mitochondria) + glycolytic_rate(energy, acid) -
           use * energy / (energy + V(use_half));
  }

  /// What A tends to.
  template <class V>
  KOKKOS_INLINE_FUNCTION V acetylcholine_release(V sensitiser, V acid, V activation, double end_plate,
                                                 double botulinum) const {
    return V(end_plate * (1.0 - botulinum_gain * botulinum)) *
           (V(spontaneous_release) + V(driven_release) * activation +
            V(sensitised_release) * hill<4>(sensitiser, release_half)) *
           (V(1.0) + V(release_acid) * acid);
  }

  /// What D tends to, 0..1.
  template <class V> KOKKOS_INLINE_FUNCTION V memory_target(V contracture_activation) const {
    return hill<4>(contracture_activation, memory_half);
  }

  /// tau_D on the way to `target`, s.
  template <class V> KOKKOS_INLINE_FUNCTION double memory_time(V memory, V target) const {
    return target > memory ? memory_rise : memory_fall;
  }

  /// m_D (1/s) of fibres that are stretched by `excess` beyond their stretch in situ.
  KOKKOS_INLINE_FUNCTION double mechanical_reset(double excess) const {
    return reset_rate * max(excess - reset_stretch, 0.0) / reset_range;
  }

  /// r, 0..1; pressure in Pa, below 0 counts as 0.
  template <class V> KOKKOS_INLINE_FUNCTION V perfusion(V capillary_pressure) const {
    const V ratio = max(capillary_pressure, V(0.0)) / V(half_flow_pressure), squared = ratio * ratio;
    return V(1.0) / (V(1.0) + squared * squared);
  }

  /// Rate constant (1/s) with which perfusion pulls P towards arterial_oxygen.
  template <class V> KOKKOS_INLINE_FUNCTION V oxygen_supply(V oxidative_rate, V perfusion) const {
    return V(perfusion_rate) * (V(1.0) + V(hyperaemia / oxidation) * oxidative_rate) * perfusion;
  }

  /// Oxygen use, mmHg/s.
  template <class V> KOKKOS_INLINE_FUNCTION V oxygen_sink(V oxidative_rate) const {
    return V(oxygen_per_energy) * oxidative_rate;
  }

  /// pH units/s.
  template <class V> KOKKOS_INLINE_FUNCTION V acid_production(V glycolytic_rate) const {
    return V(acid_per_glycolysis) * glycolytic_rate;
  }

  /// Rate constant of -H, 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V acid_washout(V perfusion) const { return V(acid_clearance) * perfusion; }

  /// Rate constant of (1 - S), 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V sensitiser_production(V oxygen, V acid, V nociception) const {
    const V lack =
        V(hypoxia_half) / (V(hypoxia_half) + max(oxygen, V(0.0))) - V(hypoxia_half / (hypoxia_half + resting_oxygen));
    return V(sensitiser_hypoxia) * max(lack, V(0.0)) + V(sensitiser_acid) * acid +
           V(sensitiser_nociception) * nociception;
  }

  /// Rate constant of -S, 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION V sensitiser_clearance(V perfusion) const {
    return V(sensitiser_washout) * perfusion + V(sensitiser_breakdown);
  }

  /// The local state after dt (s) in constant surroundings. A and D relax exactly, c and e take backward Euler steps
  /// one after the other: first order in dt, and for any dt c stays in 0..max(c, stored), e and D in 0..1, A >= 0.
  KOKKOS_INLINE_FUNCTION Local advance(const Local& start, const Surroundings& around, const Influence& influence,
                                       double dt) const {
    Local end;
    const double release = acetylcholine_release(around.sensitiser, around.acid, influence.activation,
                                                 influence.end_plate, influence.botulinum);
    end.acetylcholine = relaxed(start.acetylcholine, release, dt / acetylcholine_time);
    end.calcium = next_calcium(start, end.acetylcholine, influence, dt);
    end.energy = next_energy(start.energy, end.calcium, around, influence, dt);
    const double target = memory_target(contracture_activation(end.calcium, influence.end_plate));
    const double relaxation = 1.0 / memory_time(start.memory, target);
    const double rate = relaxation + influence.reset_rate, settled = target * relaxation / rate;
    end.memory = relaxed(start.memory, settled, rate * dt);
    return end;
  }

 private:
  /// A mean of start and end, so that rounding cannot leave their range.
  KOKKOS_INLINE_FUNCTION static double relaxed(double start, double end, double time) {
    const double left = exp(-time);
    return start * left + end * (1.0 - left);
  }

  KOKKOS_INLINE_FUNCTION double next_calcium(const Local& start, double acetylcholine, const Influence& influence,
                                             double dt) const {
    using V = Dual<1>;
    const auto residual = [&](const V& calcium) {
      return V(start.calcium) - calcium +
             V(dt) * calcium_rate(calcium, V(start.energy), V(acetylcholine), V(start.memory), influence.leak);
    };
    return decreasing_root(residual, 0.0, max(start.calcium, stored_calcium), start.calcium);
  }

  KOKKOS_INLINE_FUNCTION double next_energy(double energy, double calcium, const Surroundings& around,
                                            const Influence& influence, double dt) const {
    using V = Dual<1>;
    const auto residual = [&](const V& next) {
      return V(energy) - next +
             V(dt) * energy_rate(next, V(calcium), V(around.oxygen), V(around.acid), V(influence.activation),
                                 influence.end_plate, influence.mitochondria);
    };
    return decreasing_root(residual, 0.0, 1.0, energy);
  }
};

}  // namespace tautband
