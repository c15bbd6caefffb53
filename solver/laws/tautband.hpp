// The default muscle law: neo-Hookean ground substance and one fibre family whose stress sits on the fibre alone.
//   tau     = mu dev(b_bar) + s n n,                 n = F a0 / |F a0|
//   s       = sigma_p + sigma0 a f_L(lambda_e) f_V(lambda' / v_max) + eta lambda' / lambda
//   sigma_p = sigma0 P1 (exp(P2 y) - 1),  y = ((lambda_e - 1) + sqrt((lambda_e - 1)^2 + w^2)) / 2,
//             linear in lambda_e above `passive_linear_stretch`
//   lambda  = lambda_e lambda_c (total stretch), lambda' = (lambda - previous) / dt, f_L and f_V of De Groote
// The tangent is taken at fixed lambda_c and previous stretch, so lambda d/dlambda = lambda_e d/dlambda_e.
// Source: docs/model.md 7.2, also why sigma_p is smooth; Blemker et al. 2005 for P1, P2; De Groote et al. 2016.
#pragma once

#include "laws/curves.hpp"
#include "laws/fibre.hpp"
#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

struct Tautband {
  static constexpr std::string_view name = "tautband";
  static constexpr bool fibre = true;
  static constexpr bool reduced = true;
  enum Parameter {
    kappa,
    mu,
    sigma0,
    passive_factor,
    passive_exponent,
    passive_linear_stretch,
    passive_smoothing,
    fibre_viscosity,
    highest_rate,
    n_parameters
  };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 5000.0, 0.0, 1e12, "bulk modulus", "docs/model.md 7.1: 1000 mu"},
      {"mu", "kPa", 5.0, 1e-9, 1e12, "shear modulus of the ground substance", "docs/model.md 0.8: MRE/SWE of muscle"},
      {"sigma0", "kPa", 200.0, 0.0, 1e12, "isometric fibre stress at full activation", "docs/model.md 7.2"},
      {"passive_factor", "1", 0.05, 0.0, 1e6, "P1 of sigma_p, in units of sigma0", "Blemker 2005, P1"},
      {"passive_exponent", "1", 6.6, 0.0, 100.0, "P2 of sigma_p", "Blemker 2005, P2"},
      {"passive_linear_stretch", "1", 1.4, 1.0, 3.0, "sigma_p is linear above", "Blemker 2005, lambda*"},
      {"passive_smoothing", "1", 0.02, 1e-6, 1.0, "width w rounding the corner of sigma_p at 1", "numerical"},
      {"fibre_viscosity", "kPa s", 0.5, 0.0, 1e12, "eta, passive viscosity along the fibre", "calibrated"},
      {"highest_rate", "1/s", 5.0, 1e-6, 1e12, "v_max, unloaded shortening rate", "docs/model.md 7.2"},
  }};

  template <class V> KOKKOS_FORCEINLINE_FUNCTION static CurvePoint<V> passive_stress(const V* p, V stretch) {
    const V x = min(stretch, p[passive_linear_stretch]);
    const CurvePoint<V> y = smooth_ramp(x - V(1.0), p[passive_smoothing]);
    const V scale = p[sigma0] * p[passive_factor];
    const V grown = expm1(p[passive_exponent] * y.value);
    const V slope = scale * p[passive_exponent] * (grown + V(1.0)) * y.slope;
    return {scale * grown + slope * (stretch - x), slope};
  }

  /// Inlined by force, so that a stress alone does not pay for slopes.
  template <class V>
  KOKKOS_FORCEINLINE_FUNCTION static FibrePart<V> fibre_part(const V* p, const LawPoint<V>& in,
                                                             const FibreState<V>& f) {
    const CurvePoint<V> passive = passive_stress(p, f.stretch);
    const CurvePoint<V> length = de_groote_force_length(f.stretch);
    const V per_rate = V(1.0) / p[highest_rate];
    const CurvePoint<V> velocity = de_groote_force_velocity(f.rate * per_rate);
    const V active = p[sigma0] * in.activation;
    // lambda d(lambda'/lambda)/dlambda = previous / (lambda dt)
    const V viscous_slope = p[fibre_viscosity] * in.inverse_dt * in.previous_stretch / f.total;
    return {passive.value + active * length.value * velocity.value + p[fibre_viscosity] * f.rate / f.total,
            f.stretch * (passive.slope + active * length.slope * velocity.value) +
                active * length.value * velocity.slope * per_rate * f.total * in.inverse_dt + viscous_slope};
  }

  /// s, the fibre part of tau, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    return fibre_part(p, in, fibre_state(in)).stress;
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    const FibreState<V> f = fibre_state(in);
    tau = deviator(p[mu] * isochoric_left_cauchy_green(in.F, in.J));
    add_fibre_stress(fibre_part(p, in, f).stress, f.direction, tau);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void reduced_tangent(const V* p, const LawPoint<V>& in, ReducedTangent<V>& r) {
    const FibreState<V> f = fibre_state(in);
    const FibrePart<V> part = fibre_part(p, in, f);
    const Sym3<V> b = p[mu] * isochoric_left_cauchy_green(in.F, in.J);
    r.tau = deviator(b);
    add_fibre_stress(part.stress, f.direction, r.tau);
    r.shear = V(2.0 / 3.0) * trace(b);
    r.fibre_stress = part.stress;
    r.fibre_slope = part.slope - V(2.0) * part.stress;
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const FibreState<V> f = fibre_state(in);
    const FibrePart<V> part = fibre_part(p, in, f);
    const Sym3<V> b = p[mu] * isochoric_left_cauchy_green(in.F, in.J);
    tau = deviator(b);
    isochoric_tangent(V(2.0 / 3.0) * trace(b), tau, c);
    add_fibre_stress(part.stress, f.direction, tau);
    add_fibre_tangent(part, f.direction, c);
  }
};

}  // namespace tautband
