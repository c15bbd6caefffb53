// Skeletal muscle of Heidlauf et al.: Mooney-Rivlin ground substance and a power-law fibre with active stress.
//   W   = c1 (I1_bar - 3) + c2 (I2_bar - 3) + (b/d) (lambda^d - 1) - b ln lambda
//   s   = b (lambda^d - 1) + p_max f(lambda / lambda_opt) a lambda,  tau = ... + s n n
//   f(x) = -25/4 x^2 + 25/2 x - 21/4 for 0.6 <= x <= 1.4, else 0;  p_max f a is a nominal stress
// Source: Heidlauf & Roehrle 2014, Front Physiol 5:498, eqs 7-10; parameters of Heidlauf et al. 2016, Biomech Model
// Mechanobiol 15:1423, as in OpenDiHu. f is 0 outside its interval here and in the paper, not 1.
#pragma once

#include "laws/curves.hpp"
#include "laws/fibre.hpp"
#include "laws/mooney_rivlin.hpp"

namespace tautband {

struct Heidlauf2016 {
  static constexpr std::string_view name = "heidlauf2016";
  static constexpr bool fibre = true;
  static constexpr bool reduced = false;
  enum Parameter { kappa, c1, c2, b, d, p_max, optimal_stretch, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 36000.0, 0.0, 1e12, "bulk modulus", "numerical: 1000 mu, mu = 2 c2"},
      {"c1", "kPa", 3.176e-9, 0.0, 1e12, "factor of I1_bar - 3", "Heidlauf 2016, 3.176e-10 N/cm2"},
      {"c2", "kPa", 18.13, 0.0, 1e12, "factor of I2_bar - 3", "Heidlauf 2016, 1.813 N/cm2"},
      {"b", "kPa", 0.1075, 0.0, 1e12, "scale of the passive fibre", "Heidlauf 2016, 1.075e-2 N/cm2"},
      {"d", "1", 9.1733, 0.0, 100.0, "exponent of the passive fibre", "Heidlauf 2016"},
      {"p_max", "kPa", 73.0, 0.0, 1e12, "largest active nominal stress", "Heidlauf 2016, 7.3 N/cm2"},
      {"optimal_stretch", "1", 1.2, 0.1, 10.0, "fibre stretch of largest active stress", "Heidlauf 2016"},
  }};

  /// f(x) and f'(x)
  template <class V> KOKKOS_INLINE_FUNCTION static CurvePoint<V> force_length(V x) {
    const auto inside = x >= V(0.6) && x <= V(1.4);
    return {select(inside, max(V(-5.25) + x * (V(12.5) - V(6.25) * x), V(0.0)), V(0.0)),
            select(inside, V(12.5) - V(12.5) * x, V(0.0))};
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static FibrePart<V> fibre_part(const V* p, const LawPoint<V>& in, const FibreState<V>& fibre) {
    const V power = pow(fibre.stretch, p[d]);
    const V x = fibre.stretch / p[optimal_stretch];
    const CurvePoint<V> f = force_length(x);
    const V active = p[p_max] * in.activation * fibre.stretch;
    return {p[b] * (power - V(1.0)) + active * f.value, p[b] * p[d] * power + active * (f.value + x * f.slope)};
  }

  /// s, the fibre part of tau, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    return fibre_part(p, in, fibre_state(in)).stress;
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    const FibreState<V> f = fibre_state(in);
    tau = deviator(mooney_rivlin_stress(p[c1], p[c2], isochoric_left_cauchy_green(in.F, in.J)));
    add_fibre_stress(fibre_part(p, in, f).stress, f.direction, tau);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const FibreState<V> f = fibre_state(in);
    const FibrePart<V> part = fibre_part(p, in, f);
    mooney_rivlin_tangent(p[c1], p[c2], isochoric_left_cauchy_green(in.F, in.J), tau, c);
    add_fibre_stress(part.stress, f.direction, tau);
    add_fibre_tangent(part, f.direction, c);
  }
};

}  // namespace tautband
