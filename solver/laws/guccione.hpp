// Guccione's transversely isotropic exponential law on isochoric strains: W = C/2 (exp(Q) - 1),
//   Q = b_f E_ff^2 + b_t (E_ss^2 + E_nn^2 + 2 E_sn^2) + 2 b_fs (E_fs^2 + E_fn^2),  E = (C_bar - I) / 2
// Free of axes across the fibre: with e = E_ff and g = E a0,
//   Q = (b_f + b_t - 2 b_fs) e^2 + b_t E:E + 2 (b_fs - b_t) g.g
// Source: Guccione, McCulloch & Waldman 1991, J Biomech Eng 113:42; as used by Land et al. 2015, Proc R Soc A 471,
// eq. 2.
#pragma once

#include "laws/fibre.hpp"
#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

struct Guccione {
  static constexpr std::string_view name = "guccione";
  static constexpr bool fibre = true;
  static constexpr bool reduced = false;
  enum Parameter { kappa, C, b_f, b_t, b_fs, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 10000.0, 0.0, 1e12, "bulk modulus", "numerical: nearly incompressible"},
      {"C", "kPa", 2.0, 1e-9, 1e12, "scale of the energy", "Land 2015, problem 1"},
      {"b_f", "1", 8.0, 0.0, 1e3, "exponent along the fibre", "Land 2015, problem 1"},
      {"b_t", "1", 2.0, 0.0, 1e3, "exponent across the fibre", "Land 2015, problem 1"},
      {"b_fs", "1", 4.0, 0.0, 1e3, "exponent of shear along the fibre", "Land 2015, problem 1"},
  }};
  /// exp(Q) does not grow beyond exp(100), so that a wild trial step stays a number.
  static constexpr double largest_exponent = 100.0;

  /// Q's derivative dQ/dE and what it is built from, pushed forward by F_bar.
  template <class V> struct Exponent {
    Sym3<V> b;      ///< b_bar
    Sym3<V> A;      ///< (F_bar a0)(F_bar a0)^T
    Sym3<V> slope;  ///< F_bar dQ/dE F_bar^T
    V scale;        ///< C/2 exp(Q), Pa
  };

  template <class V> KOKKOS_INLINE_FUNCTION static Exponent<V> exponent(const V* p, const LawPoint<V>& in) {
    Exponent<V> x;
    const Mat3<V> F = isochoric_part(in.F, in.J);
    const Vec3<V> a = F * in.a0;
    x.b = left_cauchy_green(F);
    x.A = dyad(a);
    const Sym3<V> C_bar = right_cauchy_green(F);
    Sym3<V> E = V(0.5) * C_bar;
    for (int i = 0; i < 3; ++i) E.s[i] = E.s[i] - V(0.5);
    const Vec3<V> g = E * in.a0;
    const V e = dot(in.a0, g);
    const V axial = p[b_f] + p[b_t] - V(2.0) * p[b_fs], shear = V(2.0) * (p[b_fs] - p[b_t]);
    const V Q = axial * e * e + p[b_t] * contract(E, E) + shear * dot(g, g);
    x.scale = V(0.5) * p[C] * exp(min(Q, V(largest_exponent)));
    x.slope = (V(2.0) * axial * e) * x.A + p[b_t] * (squared(x.b) + V(-1.0) * x.b) + shear * symmetric_dyad(a, F * g);
    return x;
  }

  /// Tension along the fibre minus the mean across it, n.tau.n - (tr tau - n.tau.n) / 2, Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    Sym3<V> tau;
    stress(p, in, tau);
    const Vec3<V> n = fibre_state(in).direction;
    return V(1.5) * dot(n, tau * n);
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    const Exponent<V> x = exponent(p, in);
    tau = deviator(x.scale * x.slope);
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const Exponent<V> x = exponent(p, in);
    Sym6<V> c_bar;
    set_zero(c_bar);
    add_dyad(x.scale, x.slope, c_bar);
    add_dyad(x.scale * V(2.0) * (p[b_f] + p[b_t] - V(2.0) * p[b_fs]), x.A, c_bar);
    add_sandwich(x.scale * p[b_t], x.b, x.b, c_bar);
    add_sandwich(x.scale * V(2.0) * (p[b_fs] - p[b_t]), x.A, x.b, c_bar);
    project_isochoric(x.scale * x.slope, c_bar, tau, c);
  }
};

}  // namespace tautband
