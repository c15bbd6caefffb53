// Skeletal muscle of Weickenmeier et al.: a generalised active strain (active_strain.hpp, eta = 0) whose level w_a
// makes the nominal stress of the incompressible bar grow by exactly P_a.
//   x   = alpha/2 l I_p',  w_a = [W0(xi) - x] / (alpha l^2),  xi = e^x (x + q),
//   q   = 2 alpha l P_a / gamma exp(alpha (1 - I_p)),  P_a = P_opt a f(l) f_V
//   f_V = 1 - d_c + d_c (1 - nu)/(1 + k_c nu) shortening, 1 + d_e - d_e (1 + nu)/(1 - k_e k_c nu) lengthening,
//   nu  = -lambda' / highest_rate, kept at most 1
// x < -1 (a fibre shorter than about 0.74 with the defaults) leaves the equation of P_a two solutions; the paper's is
// the larger, which stays above 0 as P_a goes to 0. Without activation (P_opt a = 0) w_a is 0.
// Source: Weickenmeier et al. 2014, Int J Numer Methods Biomed Eng 30:545; f of Ehret et al. 2011, J Mech Phys Solids
// 59:625; f_V as generalised in 4C (MAT_Muscle_Weickenmeier). P_opt(t) of twitches: curves of kind "twitches".
#pragma once

#include "laws/active_strain.hpp"
#include "laws/curves.hpp"
#include "math/lambert_w.hpp"

#include <array>

namespace tautband {

struct Weickenmeier2014 {
  static constexpr std::string_view name = "weickenmeier2014";
  static constexpr bool fibre = true;
  static constexpr bool reduced = false;
  static constexpr bool active_strain = true;
  enum Parameter {
    kappa,
    alpha,
    beta,
    gamma,
    k,
    omega0,
    optimal_stress,
    lowest_stretch,
    optimal_stretch,
    highest_rate,
    k_c,
    d_c,
    k_e,
    d_e,
    n_parameters
  };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 0.0, 0.0, 1e12, "bulk modulus added to what k resists", "numerical"},
      {"alpha", "1", 19.69, 1e-3, 1e3, "exponent of the strain measure I", "Ehret 2011, as used in 4C"},
      {"beta", "1", 1.19, 0.0, 1e3, "exponent of the strain measure J", "Ehret 2011, as used in 4C"},
      {"gamma", "kPa", 0.1599, 1e-9, 1e12, "scale of the energy", "Ehret 2011, as used in 4C"},
      {"k", "1", 100.0, 0.0, 1e4, "exponent of det C against a change of volume", "numerical"},
      {"omega0", "1", 0.7388, 0.0, 1.0, "weight of the isotropic constituents", "Ehret 2011, as used in 4C"},
      {"optimal_stress", "kPa", 73.52, 0.0, 1e12, "P_opt, active nominal stress at the optimal stretch",
       "Ehret 2011, as used in 4C"},
      {"lowest_stretch", "1", 0.682, 0.01, 10.0, "fibre stretch below which f is 0", "Ehret 2011, as used in 4C"},
      {"optimal_stretch", "1", 1.192, 0.02, 20.0, "fibre stretch where f is 1", "Ehret 2011, as used in 4C"},
      {"highest_rate", "1/s", 10.0, 1e-6, 1e12, "unloaded shortening rate", "calibrated: 10 lengths per second"},
      {"k_c", "1", 5.0, 0.0, 1e3, "curvature of f_V in shortening", "calibrated: Hill's a / P0 of 0.2"},
      {"d_c", "1", 1.0, 0.0, 1.0, "depth of f_V in shortening, 0 = none", "Weickenmeier 2014"},
      {"k_e", "1", 5.0, 0.0, 1e3, "curvature of f_V in lengthening, in units of k_c", "calibrated"},
      {"d_e", "1", 0.4, 0.0, 10.0, "height of f_V in lengthening, 0 = none", "calibrated: f_V at most 1.4"},
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static ActiveStrainTissue<V> tissue(const V* p) {
    return {p[alpha], p[beta], p[gamma], p[k], p[omega0]};
  }

  /// f_V against the rate of fibre stretch, 1/s.
  template <class V> KOKKOS_INLINE_FUNCTION static CurvePoint<V> force_velocity(const V* p, V rate) {
    const V nu = -rate / p[highest_rate], short_nu = min(max(nu, V(0.0)), V(1.0)), long_nu = min(nu, V(0.0));
    const V shortening = V(1.0) + p[k_c] * short_nu, lengthening = V(1.0) - p[k_e] * p[k_c] * long_nu;
    const V value = V(1.0) - p[d_c] + p[d_c] * (V(1.0) - short_nu) / shortening + p[d_e] -
                    p[d_e] * (V(1.0) + long_nu) / lengthening;
    const V fall = select(nu < V(1.0), -p[d_c] * (V(1.0) + p[k_c]) / (shortening * shortening), V(0.0));
    const V rise = -p[d_e] * (V(1.0) + p[k_e] * p[k_c]) / (lengthening * lengthening);
    return {value, -select(nu > V(0.0), fall, rise) / p[highest_rate]};
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static ActiveStrain<V> active(const V* p, const LawPoint<V>& in, const FibreState<V>& f) {
    const V l = f.stretch, most = p[optimal_stress] * in.activation;
    const EhretForceLength<V> length = ehret_force_length(l, p[lowest_stretch], p[optimal_stretch]);
    const CurvePoint<V> velocity = force_velocity(p, f.rate);
    const V stress = most * length.value * velocity.value;
    const V by_rate = most * length.value * velocity.slope * in.contracture * in.inverse_dt;
    const V stress_slope = most * length.slope * velocity.value + by_rate;
    const BarInvariant<V> I = bar_invariant(p[omega0], l);
    const V half = V(0.5) * p[alpha];
    const V x = min(half * l * I.slope, V(largest_strain_exponent)), x_slope = half * (I.slope + l * I.curvature);
    const V scale = V(2.0) * p[alpha] / p[gamma] * bounded_exp(p[alpha] * (V(1.0) - I.value));
    const V q = scale * l * stress;
    const V q_slope = scale * (stress * (V(1.0) - p[alpha] * l * I.slope) + l * stress_slope);
    const V grown = exp(x), W = lambert_w0(grown * (x + q));
    // dW = d(xi) / (e^W (1 + W)); 1 + W is 0 only where x = -1 and q = 0
    const V per_xi = exp(x - W) / max(V(1.0) + W, V(1e-12));
    const V W_slope = per_xi * ((V(1.0) + x + q) * x_slope + q_slope);
    const V per = V(1.0) / (p[alpha] * l * l), level = (W - x) * per;
    const auto on = most > V(0.0);
    return {select(on, level, V(0.0)), select(on, (W_slope - x_slope) * per - V(2.0) * level / l, V(0.0)),
            select(on, per_xi * scale * l * by_rate * per, V(0.0)), V(0.0), V(0.0)};
  }

  /// Tension along the fibre minus the mean across it, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    Sym3<V> tau;
    stress(p, in, tau);
    return excess_tension(in, tau);
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    active_strain_stress(tissue(p), active(p, in, fibre_state(in)), in, tau);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const FibreState<V> f = fibre_state(in);
    active_strain_tangent(tissue(p), active(p, in, f), f.stretch, in, tau, c);
  }
};

}  // namespace tautband
