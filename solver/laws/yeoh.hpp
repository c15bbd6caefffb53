// Uncoupled Yeoh solid: W = c1 i + c2 i^2 + c3 i^3 with i = I1_bar - 3.
//   tau = 2 W' dev(b_bar),   c = neo-Hookean tangent with mu = 2 W', plus 4 W'' dev(b_bar) dev(b_bar)
// Source: Yeoh 1993, Rubber Chem Technol 66:754, eq. 4.
#pragma once

#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

/// W' and W'' of the Yeoh energy at i = tr(b_bar) - 3.
template <class V> struct YeohSlopes { V first, second; };

template <class V> KOKKOS_INLINE_FUNCTION YeohSlopes<V> yeoh_slopes(V c1, V c2, V c3, const Sym3<V>& b) {
  const V i = trace(b) - V(3.0);
  return {c1 + i * (V(2.0) * c2 + V(3.0) * c3 * i), V(2.0) * c2 + V(6.0) * c3 * i};
}

template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> yeoh_stress(V c1, V c2, V c3, const Sym3<V>& b) {
  return deviator((V(2.0) * yeoh_slopes(c1, c2, c3, b).first) * b);
}

template <class V>
KOKKOS_INLINE_FUNCTION void yeoh_tangent(V c1, V c2, V c3, const Sym3<V>& b, Sym3<V>& tau, Sym6<V>& c) {
  const YeohSlopes<V> w = yeoh_slopes(c1, c2, c3, b);
  const Sym3<V> shape = deviator(b);
  tau = (V(2.0) * w.first) * shape;
  isochoric_tangent(V(4.0 / 3.0) * w.first * trace(b), tau, c);
  add_dyad(V(4.0) * w.second, shape, c);
}

struct Yeoh {
  static constexpr std::string_view name = "yeoh";
  static constexpr bool fibre = false;
  static constexpr bool reduced = false;
  enum Parameter { kappa, c1, c2, c3, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 5000.0, 0.0, 1e12, "bulk modulus", "docs/model.md 7.1: 1000 mu"},
      {"c1", "kPa", 2.5, 1e-9, 1e12, "linear factor; mu = 2 c1 at rest", "docs/model.md 0.8: mu = 5 kPa"},
      {"c2", "kPa", 0.0, -1e12, 1e12, "quadratic factor", "neo-Hookean unless given"},
      {"c3", "kPa", 0.0, -1e12, 1e12, "cubic factor", "neo-Hookean unless given"},
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    tau = yeoh_stress(p[c1], p[c2], p[c3], isochoric_left_cauchy_green(in.F, in.J));
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    yeoh_tangent(p[c1], p[c2], p[c3], isochoric_left_cauchy_green(in.F, in.J), tau, c);
  }
};

}  // namespace tautband
