// Skeletal muscle with a generalised active strain (active_strain.hpp) whose level w_a follows from the work of the
// active nominal stress P_a = P_opt a f(l) of the incompressible bar, as 4C's law "Combo".
//   phi = 1 + (4 alpha / gamma) A exp(alpha (1 - I_p)),  A = P_opt a times the integral of f,  w_a = ln phi/(alpha l^2)
//   eta = exp(alpha (I_p + w_a l^2 - 1)) l dw_a/dl: what the derivative of w_a adds along the fibre
// Smooth, and passive where f is 0. There is no force-velocity factor.
// Source: 4C multiphysics, MAT_Muscle_Combo (passive part of Weickenmeier et al. 2014, Int J Numer Methods Biomed Eng
// 30:545); f of Ehret et al. 2011, J Mech Phys Solids 59:625.
#pragma once

#include "laws/active_strain.hpp"

#include <array>

namespace tautband {

struct ComboActiveStrain {
  static constexpr std::string_view name = "combo_active_strain";
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
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static ActiveStrainTissue<V> tissue(const V* p) {
    return {p[alpha], p[beta], p[gamma], p[k], p[omega0]};
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static ActiveStrain<V> active(const V* p, const LawPoint<V>& in, const FibreState<V>& fibre) {
    const V l = fibre.stretch, per = V(1.0) / l, a = p[alpha];
    const EhretForceLength<V> f = ehret_force_length(l, p[lowest_stretch], p[optimal_stretch]);
    const BarInvariant<V> I = bar_invariant(p[omega0], l);
    // c A with its slopes; B = exp(alpha (I_p - 1)), phi = (B + c A) / B
    const V scale = V(4.0) * a / p[gamma] * p[optimal_stress] * in.activation;
    const V A = scale * f.integral, A1 = scale * f.value, A2 = scale * f.slope;
    const V B = bounded_exp(a * (I.value - V(1.0))), aI = a * I.slope;
    const V u = log1p(A / B);
    const V rest = A1 - aI * A;  // phi' B
    const V u1 = rest / (B + A);
    const V level = u * per * per / a, level_slope = (u1 - V(2.0) * u * per) * per * per / a;
    const V top = rest - V(2.0) * (B + A) * u * per;  // alpha l eta
    const V rest_slope = A2 - a * I.curvature * A - aI * A1;
    const V top_slope = rest_slope - V(2.0) * per * ((aI * B + A1) * u + rest - (B + A) * u * per);
    const V eta = top * per / a;
    return {level, level_slope, V(0.0), eta, top_slope * per / a - eta * per};
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
