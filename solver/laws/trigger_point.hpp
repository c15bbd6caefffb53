// A whole trigger point without space: the energy crisis of one end-plate zone in its surroundings, the fusimotor loop
// in its averaged form, pain and strength. Times in s, afferent rates and G in units of 100 pulses per second:
//   dG/dt = (G_0 + k_G n - G) / tau_G                      n: nociceptor activity
//   Ia    = g_I (f (G + s) - G_0)_+ + I_ab                 f, s: block and stress
//   a     = (1 - B) min{1, kappa_C [E_d / w + g_R (1 + k_C C) Ia]}
//   p_cap = chi sigma_0 [a + (1 - a) z_c a_c] + p_ext      z_c: what the knot presses on itself
//   dP/dt, dH/dt as without diffusion, plus d_O (P_t - P) and - d_H H: exchange with the tissue around
// Source: docs/model.md 9.3; calibrated where a key of the case says so.
#pragma once

#include "laws/adaptation.hpp"
#include "laws/central_sensitisation.hpp"
#include "laws/energy_crisis.hpp"
#include "laws/nociceptor.hpp"
#include "math/rosenbrock.hpp"

namespace tautband {

struct TriggerPoint {
  EnergyCrisis crisis;
  Nociceptor nociceptor;
  CentralSensitisation central;
  StrengthAdaptation adaptation;
  double oxygen_exchange = 0.015, tissue_oxygen = 30.0, acid_exchange = 0.008;  ///< d_O, 1/s; P_t, mmHg; d_H, 1/s
  double pressure_by_activation = 0.093, isometric_stress = 200e3;              ///< chi; sigma_0, Pa
  double knot_pressure = 0.30;                                                  ///< z_c
  double fusimotor_rest = 0.2, fusimotor_nociception = 0.25;                    ///< G_0, k_G
  double fusimotor_time = 10.0;                                                 ///< tau_G, s
  double afferent_gain = 1.0;                                                   ///< g_I
  double reflex_gain = 0.05, reflex_sensitisation = 0.5;                        ///< g_R, k_C
  double excitation_gain = 4.0;                                                 ///< kappa_C
  double misfire_gain = 1.0;                                                    ///< switch of I_ab

  enum Unknown {
    calcium,        ///< c, umol/L
    energy,         ///< e, 0..1
    oxygen,         ///< P, mmHg
    acid,           ///< H, pH units
    sensitiser,     ///< S, 0..1
    acetylcholine,  ///< A
    memory,         ///< D, 0..1
    fusimotor,      ///< G
    sensitisation,  ///< C, 0..1
    strength,       ///< w, 0..1
    unknowns
  };

  struct State {
    double y[unknowns];
    KOKKOS_INLINE_FUNCTION double& operator[](Unknown i) { return y[i]; }
    KOKKOS_INLINE_FUNCTION double operator[](Unknown i) const { return y[i]; }
  };

  /// active: nociceptors fire without being pressed; latent: only the contracture is remembered.
  enum class Condition { healthy, latent, active };

  /// Where a trajectory of each condition may begin: near its steady state under a drive of 2 %. `memory`: D of a
  /// healthy start.
  KOKKOS_INLINE_FUNCTION static State start(Condition condition, double memory = 0.0) {
    if (condition == Condition::active) return {{1.496, 0.104, 0.1, 0.84, 0.65, 0.87, 1.0, 0.38, 0.84, 1.0}};
    const bool latent = condition == Condition::latent;
    return {{latent ? 0.46 : 0.083, 0.99, 25.0, 0.01, 0.02, 0.06, latent ? 1.0 : memory, 0.2, 0.0, 1.0}};
  }

  struct Influence {
    double tonic_drive = 0.02;         ///< E_d, fraction of MVC
    double ectopic_rate = 0.0;         ///< I_ab, 100 pps
    double reflex_factor = 1.0;        ///< multiplies g_R
    double fusimotor_factor = 1.0;     ///< f
    double fusimotor_added = 0.0;      ///< s, 100 pps
    double external_pressure = 0.0;    ///< p_ext, Pa, on capillaries
    double nociceptor_pressure = 0.0;  ///< Pa, on nociceptors
    EnergyCrisis::Influence local;     ///< its activation is ignored: it follows from the drive
  };

  /// What follows from a state at once.
  template <class V> struct Signals {
    V nociception;             ///< n, 0..1
    V pain;                    ///< n (1 + k C)
    V activation;              ///< a, 0..1
    V contracture_activation;  ///< a_c, 0..1
    V capillary_pressure;      ///< p_cap, Pa
    V perfusion;               ///< r, 0..1
  };

  template <class V> KOKKOS_INLINE_FUNCTION Signals<V> signals(const V (&y)[unknowns], const Influence& from) const {
    Signals<V> out;
    out.nociception = nociceptor(y[sensitiser], y[acid], from.nociceptor_pressure);
    out.pain = central.pain(out.nociception, y[sensitisation]);
    const V level = V(from.fusimotor_factor) * (y[fusimotor] + V(from.fusimotor_added));
    const V afferent = V(afferent_gain) * max(level - V(fusimotor_rest), V(0.0)) + V(misfire_gain * from.ectopic_rate);
    const V drive = V(from.tonic_drive) / y[strength] + V(reflex_gain * from.reflex_factor) *
                                                            (V(1.0) + V(reflex_sensitisation) * y[sensitisation]) *
                                                            afferent;
    out.activation = V(1.0 - crisis.botulinum_gain * from.local.botulinum) * min(V(excitation_gain) * drive, V(1.0));
    out.contracture_activation = crisis.contracture_activation(y[calcium], from.local.end_plate);
    out.capillary_pressure =
        V(pressure_by_activation * isometric_stress) *
            (out.activation + (V(1.0) - out.activation) * V(knot_pressure) * out.contracture_activation) +
        V(from.external_pressure);
    out.perfusion = crisis.perfusion(out.capillary_pressure);
    return out;
  }

  KOKKOS_INLINE_FUNCTION Condition condition(const State& state, const Influence& from) const {
    constexpr double firing = 0.1, remembered = 0.5;
    if (signals(state.y, from).nociception > firing) return Condition::active;
    return state[memory] > remembered ? Condition::latent : Condition::healthy;
  }

  /// dy/dt, per s.
  template <class V>
  KOKKOS_INLINE_FUNCTION void rates(const V (&y)[unknowns], const Influence& from, V (&dy)[unknowns]) const {
    const EnergyCrisis::Influence& local = from.local;
    const Signals<V> now = signals(y, from);
    const V oxidation = crisis.oxidative_rate(y[oxygen], y[energy], local.mitochondria);
    dy[calcium] = crisis.calcium_rate(y[calcium], y[energy], y[acetylcholine], y[memory], local.leak);
    dy[energy] = crisis.energy_rate(y[energy], y[calcium], y[oxygen], y[acid], now.activation, local.end_plate,
                                    local.mitochondria);
    dy[oxygen] = crisis.oxygen_supply(oxidation, now.perfusion) * (V(crisis.arterial_oxygen) - y[oxygen]) -
                 crisis.oxygen_sink(oxidation) + V(oxygen_exchange) * (V(tissue_oxygen) - y[oxygen]);
    dy[acid] = crisis.acid_production(crisis.glycolytic_rate(y[energy], y[acid])) -
               (crisis.acid_washout(now.perfusion) + V(acid_exchange)) * y[acid];
    dy[sensitiser] = crisis.sensitiser_production(y[oxygen], y[acid], now.nociception) * (V(1.0) - y[sensitiser]) -
                     crisis.sensitiser_clearance(now.perfusion) * y[sensitiser];
    dy[acetylcholine] =
        (crisis.acetylcholine_release(y[sensitiser], y[acid], now.activation, local.end_plate, local.botulinum) -
         y[acetylcholine]) /
        V(crisis.acetylcholine_time);
    const V aim = crisis.memory_target(now.contracture_activation);
    dy[memory] = (aim - y[memory]) / V(crisis.memory_time(y[memory], aim)) - V(local.reset_rate) * y[memory];
    dy[fusimotor] = (V(fusimotor_rest) + V(fusimotor_nociception) * now.nociception - y[fusimotor]) / V(fusimotor_time);
    const V sensitised = central.settled(now.nociception);
    dy[sensitisation] =
        (sensitised - y[sensitisation]) / V(sensitised > y[sensitisation] ? central.time_up : central.time_down);
    const V strong = adaptation.settled(now.pain);
    dy[strength] = (strong - y[strength]) / V(strong < y[strength] ? adaptation.time_loss : adaptation.time_gain);
  }

  /// The equations under one influence, as math/rosenbrock.hpp takes them.
  struct System {
    const TriggerPoint& law;
    const Influence& from;
    template <class V> KOKKOS_INLINE_FUNCTION void rates(const V (&y)[unknowns], V (&dy)[unknowns]) const {
      law.rates(y, from, dy);
    }
    /// 1 plus the value, 10 mmHg plus the value for oxygen.
    KOKKOS_INLINE_FUNCTION double size(int i, double value) const { return (i == oxygen ? 10.0 : 1.0) + abs(value); }
  };

  /// Brings the state over `duration` (s) under a constant influence, from milliseconds to months, by steps whose error
  /// is at most `tolerance` of the size of each unknown; see math/rosenbrock.hpp for `step` and the report.
  KOKKOS_INLINE_FUNCTION StepReport advance(State& state, const Influence& from, double duration, double tolerance,
                                            double& step) const {
    constexpr double longest_step = 86400.0;
    return advance_with_error<unknowns>(System{*this, from}, duration, tolerance, longest_step, state.y, step);
  }
};

}  // namespace tautband
