// Skeletal muscle of Wakeling et al. (the law of Flexodeal): Yeoh ground substance and a Hill-type fibre.
//   tau = 2 m sigma0 [c1 + 2 c2 i + 3 c3 i^2] dev(b_bar) + s n n,  i = tr(b_bar) - 3, m = base_scale
//   s   = sigma0 [a f_L(lambda_e) f_V(lambda' / rate0) + f_P(lambda_e)]
// The source puts s n n under the deviator and uses lambda_bar; both are the same for an incompressible tissue. Here
// the fibre sees its own stretch, because the rate taken from the stored stretch would otherwise make the tangent
// nonsymmetric.
// Source: Wakeling et al. 2020, Front Physiol 11:813; Almonacid et al. 2024, SIAM J Appl Math 84:S538.
#pragma once

#include "laws/fibre.hpp"
#include "laws/wakeling_curves.hpp"
#include "laws/yeoh.hpp"

namespace tautband {

struct Wakeling2020 {
  static constexpr std::string_view name = "wakeling2020";
  static constexpr bool fibre = true;
  static constexpr bool reduced = false;
  enum Parameter { kappa, sigma0, base_scale, c1, c2, c3, highest_rate, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 10000.0, 0.0, 1e12, "bulk modulus", "Almonacid 2024: 10 MPa"},
      {"sigma0", "kPa", 200.0, 0.0, 1e12, "isometric fibre stress at full activation", "Almonacid 2024"},
      {"base_scale", "1", 1.0, 1e-9, 1e6, "factor m of the ground substance", "Almonacid 2024"},
      {"c1", "1", 0.1990559575103343, 0.0, 1e6, "linear factor, in units of sigma0", "Almonacid 2024"},
      {"c2", "1", 0.3662334826469149, -1e6, 1e6, "quadratic factor, in units of sigma0", "Almonacid 2024"},
      {"c3", "1", 0.0, -1e6, 1e6, "cubic factor, in units of sigma0", "Almonacid 2024"},
      {"highest_rate", "1/s", 5.0, 1e-6, 1e12, "stretch rate in units of which f_V is read", "Almonacid 2024"},
  }};

  template <class V>
  KOKKOS_INLINE_FUNCTION static FibrePart<V> fibre_part(const V* p, const LawPoint<V>& in, const FibreState<V>& fibre) {
    const CurvePoint<V> passive = wakeling_passive(fibre.stretch), length = wakeling_force_length(fibre.stretch);
    const V per_rate = V(1.0) / p[highest_rate];
    const CurvePoint<V> velocity = wakeling_force_velocity(fibre.rate * per_rate);
    const V a = in.activation;
    return {p[sigma0] * (a * length.value * velocity.value + passive.value),
            p[sigma0] * (fibre.stretch * (a * length.slope * velocity.value + passive.slope) +
                         a * length.value * velocity.slope * per_rate * fibre.total * in.inverse_dt)};
  }

  /// s, the fibre part of tau, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    return fibre_part(p, in, fibre_state(in)).stress;
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    const FibreState<V> f = fibre_state(in);
    const V scale = p[base_scale] * p[sigma0];
    tau = yeoh_stress(scale * p[c1], scale * p[c2], scale * p[c3], isochoric_left_cauchy_green(in.F, in.J));
    add_fibre_stress(fibre_part(p, in, f).stress, f.direction, tau);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const FibreState<V> f = fibre_state(in);
    const FibrePart<V> part = fibre_part(p, in, f);
    const V scale = p[base_scale] * p[sigma0];
    yeoh_tangent(scale * p[c1], scale * p[c2], scale * p[c3], isochoric_left_cauchy_green(in.F, in.J), tau, c);
    add_fibre_stress(part.stress, f.direction, tau);
    add_fibre_tangent(part, f.direction, c);
  }
};

}  // namespace tautband
