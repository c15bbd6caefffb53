// Neo-Hookean solids, isochoric and coupled.
//   isochoric: tau = mu dev(J^-2/3 b)
//   coupled:   tau = mu (b - I), with U = kappa/2 (ln J)^2 and kappa = lambda (Lame)
// Source: Bonet & Wood 2008, Nonlinear Continuum Mechanics for Finite Element Analysis, eqs 6.28 and 6.55.
#pragma once

#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

struct NeoHookean {
  static constexpr std::string_view name = "neo_hookean";
  static constexpr bool fibre = false;
  static constexpr bool reduced = true;
  enum Parameter { kappa, mu, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 5000.0, 0.0, 1e12, "bulk modulus", "docs/model.md 7.1: 1000 mu"},
      {"mu", "kPa", 5.0, 1e-9, 1e12, "shear modulus", "docs/model.md 0.8: MRE/SWE of muscle"},
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    tau = deviator(p[mu] * isochoric_left_cauchy_green(in.F, in.J));
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void reduced_tangent(const V* p, const LawPoint<V>& in, ReducedTangent<V>& r) {
    const Sym3<V> b = p[mu] * isochoric_left_cauchy_green(in.F, in.J);
    r.tau = deviator(b);
    r.shear = V(2.0 / 3.0) * trace(b);
    r.fibre_stress = V(0.0);
    r.fibre_slope = V(0.0);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const Sym3<V> b = p[mu] * isochoric_left_cauchy_green(in.F, in.J);
    tau = deviator(b);
    isochoric_tangent(V(2.0 / 3.0) * trace(b), tau, c);
  }
};

struct CoupledNeoHookean {
  static constexpr std::string_view name = "neo_hookean_coupled";
  static constexpr bool fibre = false;
  static constexpr bool reduced = false;
  enum Parameter { kappa, mu, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 5000.0, 0.0, 1e12, "first Lame constant lambda", "E nu / ((1+nu)(1-2nu))"},
      {"mu", "kPa", 5.0, 1e-9, 1e12, "shear modulus", "E / (2 (1+nu))"},
  }};

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    tau = p[mu] * left_cauchy_green(in.F);
    for (int i = 0; i < 3; ++i) tau.s[i] = tau.s[i] - p[mu];
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    stress(p, in, tau);
    for (int i = 0; i < 21; ++i) c.c[i] = V(0.0);
    for (int i = 0; i < 6; ++i) c(i, i) = i < 3 ? V(2.0) * p[mu] : p[mu];
  }
};

}  // namespace tautband
