// Uncoupled Mooney-Rivlin solid: W = c1 (I1_bar - 3) + c2 (I2_bar - 3).
//   tau_bar = 2 (c1 + c2 I1_bar) b_bar - 2 c2 b_bar^2,   c_bar = 4 c2 (b_bar b_bar - b_bar (x) b_bar)
// Source: Holzapfel 2000, Nonlinear Solid Mechanics, eq. 6.147 with the split of 6.4.
#pragma once

#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

/// tau_bar at b_bar; shared with laws that stand on this ground substance.
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> mooney_rivlin_stress(V c1, V c2, const Sym3<V>& b) {
  return (V(2.0) * (c1 + c2 * trace(b))) * b + (V(-2.0) * c2) * squared(b);
}

template <class V>
KOKKOS_INLINE_FUNCTION void mooney_rivlin_tangent(V c1, V c2, const Sym3<V>& b, Sym3<V>& tau, Sym6<V>& c) {
  Sym6<V> c_bar;
  set_zero(c_bar);
  add_dyad(V(4.0) * c2, b, c_bar);
  add_sandwich(V(-2.0) * c2, b, b, c_bar);
  project_isochoric(mooney_rivlin_stress(c1, c2, b), c_bar, tau, c);
}

struct MooneyRivlin {
  static constexpr std::string_view name = "mooney_rivlin";
  static constexpr bool fibre = false;
  static constexpr bool reduced = false;
  enum Parameter { kappa, c1, c2, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 5000.0, 0.0, 1e12, "bulk modulus", "docs/model.md 7.1: 1000 mu"},
      {"c1", "kPa", 2.5, 0.0, 1e12, "factor of I1_bar - 3; mu = 2 (c1 + c2)", "docs/model.md 0.8: mu = 5 kPa"},
      {"c2", "kPa", 0.0, 0.0, 1e12, "factor of I2_bar - 3", "neo-Hookean unless given"},
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    tau = deviator(mooney_rivlin_stress(p[c1], p[c2], isochoric_left_cauchy_green(in.F, in.J)));
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    mooney_rivlin_tangent(p[c1], p[c2], isochoric_left_cauchy_green(in.F, in.J), tau, c);
  }
};

}  // namespace tautband
