// Skeletal muscle of Blemker et al. 2005 on modified invariants I1, I4 = lt^2, I5 of C_bar = J^-2/3 C:
//   W = G1 (I5/I4^2 - 1) + G2 acosh(w)^2 + G3 (9/16) ln(I4)^2 + fibre,  w = (I1 I4 - I5) / (2 lt)
//   fibre: lt dW/dlt = sigma_max x (F_p(x) + a F_a(x)),  x = lt / lt_opt
//   F_p = P1 (exp(P2 (x - 1)) - 1) for x > 1, linear beyond stretch_linear / lt_opt; F_a: three parabolas on 0.4..1.6
//   tau = dev(tau_bar),  tau_bar = 2 [W1 b + W4 A + W5 (a (b a) + (b a) a)],  a = F_bar a0, A = a a
// beta = acosh(w)/sqrt(w^2 - 1) is a series near w = 1, so it is smooth there.
// Source: Blemker, Pinsky & Delp 2005, J Biomech 38:657; as in FEBio's "muscle material" (verification problem mu03).
#pragma once

#include "laws/curves.hpp"
#include "laws/fibre.hpp"
#include "laws/isochoric.hpp"

#include <array>

namespace tautband {

struct Blemker2005 {
  static constexpr std::string_view name = "blemker2005";
  static constexpr bool fibre = true;
  static constexpr bool reduced = false;
  enum Parameter { kappa, G1, G2, G3, P1, P2, sigma_max, linear_stretch, optimal_stretch, n_parameters };
  static constexpr std::array<ParameterInfo, n_parameters> parameters{{
      {"kappa", "kPa", 10000.0, 0.0, 1e12, "bulk modulus", "FEBio mu03"},
      {"G1", "kPa", 0.5, 0.0, 1e12, "along-fibre shear modulus", "Blemker 2005"},
      {"G2", "kPa", 0.5, 0.0, 1e12, "cross-fibre shear modulus", "Blemker 2005"},
      {"G3", "kPa", 0.5, 0.0, 1e12, "along-fibre stretch modulus; with 0 a shortened fibre has no axial stiffness",
       "calibrated: as G1; 0 in Blemker 2005"},
      {"P1", "1", 0.05, 0.0, 1e6, "scale of the passive fibre", "Blemker 2005"},
      {"P2", "1", 6.6, 0.0, 100.0, "exponent of the passive fibre", "Blemker 2005"},
      {"sigma_max", "kPa", 300.0, 0.0, 1e12, "isometric fibre stress at full activation", "Blemker 2005"},
      {"linear_stretch", "1", 1.4, 0.1, 10.0, "lambda*, passive fibre is linear above", "Blemker 2005"},
      {"optimal_stretch", "1", 1.0, 0.1, 10.0, "lambda_ofl, fibre stretch of largest active stress", "FEBio mu03"},
  }};

  /// beta(w) = acosh(w) / sqrt(w^2 - 1) and its slope (1 - beta w) / (w^2 - 1); series in t = w - 1 below t = 0.02,
  /// sum (-1)^k k! / (2k+1)!! t^k, whose first term left out is below 1e-16.
  template <class V> KOKKOS_INLINE_FUNCTION static CurvePoint<V> shear_factor(V w) {
    constexpr double small = 0.02;
    const V safe = max(w, V(1.0 + small));
    const V square = safe * safe - V(1.0);
    const V beta = acosh(safe) / sqrt(square);
    const V t = min(w - V(1.0), V(small));
    V series(0.0), slope(0.0);
    constexpr int terms = 9;
    double factor[terms] = {1.0};
    for (int k = 1; k < terms; ++k) factor[k] = -factor[k - 1] * k / (2 * k + 1);
    for (int k = terms - 1; k >= 0; --k) {
      slope = slope * t + series;
      series = series * t + V(factor[k]);
    }
    const auto near_one = w < V(1.0 + small);
    return {select(near_one, series, beta), select(near_one, slope, (V(1.0) - beta * safe) / square)};
  }

  template <class V> KOKKOS_INLINE_FUNCTION static CurvePoint<V> active_curve(V x) {
    const V top = x - V(1.0), low = x - V(0.4), high = x - V(1.6);
    const auto rising = x<V(0.6), falling = x> V(1.4);
    const V value =
        select(rising, V(9.0) * low * low, select(falling, V(9.0) * high * high, V(1.0) - V(4.0) * top * top));
    const V slope = select(rising, V(18.0) * low, select(falling, V(18.0) * high, V(-8.0) * top));
    const auto outside = x <= V(0.4) || x >= V(1.6);
    return {select(outside, V(0.0), value), select(outside, V(0.0), slope)};
  }

  template <class V> KOKKOS_INLINE_FUNCTION static CurvePoint<V> passive_curve(const V* p, V x) {
    const V bound = max(p[linear_stretch] / p[optimal_stretch], V(1.0));
    const V inner = min(max(x, V(1.0)), bound);
    const V grown = expm1(p[P2] * (inner - V(1.0)));
    const V slope = p[P1] * p[P2] * (grown + V(1.0));
    return {p[P1] * grown + slope * max(x - bound, V(0.0)), select(x > V(1.0), slope, V(0.0))};
  }

  /// s and lt ds/dlt of the fibre term, s = sigma_max x (F_p + a F_a).
  template <class V> KOKKOS_INLINE_FUNCTION static FibrePart<V> fibre_part(const V* p, V stretch, V activation) {
    const V x = stretch / p[optimal_stretch];
    const CurvePoint<V> passive = passive_curve(p, x), active = active_curve(x);
    const V f = passive.value + activation * active.value, slope = passive.slope + activation * active.slope;
    return {p[sigma_max] * x * f, p[sigma_max] * x * (f + x * slope)};
  }

  /// First derivatives of W by I1, I4, I5 and the second ones that are not zero.
  template <class V> struct Slopes { V w1, w4, w5, w11, w14, w15, w44, w45, w55; };

  template <class V> KOKKOS_INLINE_FUNCTION static Slopes<V> slopes(const V* p, V I1, V I4, V I5, V activation) {
    const V lt = sqrt(I4), r = V(1.0) / I4;
    const CurvePoint<V> beta = shear_factor((I1 * I4 - I5) / (V(2.0) * lt));
    // w by I1, I4, I5; dW2/dw = 2 G2 acosh(w) / sqrt(w^2-1) = 2 G2 beta
    const V d1 = V(0.5) * lt, d4 = V(0.25) * (I1 * I4 + I5) * r / lt, d5 = V(-0.5) / lt;
    const V first = V(2.0) * p[G2] * beta.value, second = V(2.0) * p[G2] * beta.slope;
    const FibrePart<V> f = fibre_part(p, lt, activation);
    Slopes<V> w;
    w.w1 = first * d1;
    w.w4 = V(-2.0) * p[G1] * I5 * r * r * r + first * d4 + V(1.125) * p[G3] * log(I4) * r + V(0.5) * f.stress * r;
    w.w5 = p[G1] * r * r + first * d5;
    w.w11 = second * d1 * d1;
    w.w14 = second * d1 * d4 + V(0.25) * first / lt;
    w.w15 = second * d1 * d5;
    w.w44 = V(6.0) * p[G1] * I5 * r * r * r * r + second * d4 * d4 -
            first * V(0.125) * (I1 + V(3.0) * I5 * r) * r / lt + V(1.125) * p[G3] * (V(1.0) - log(I4)) * r * r +
            (V(0.25) * f.slope - V(0.5) * f.stress) * r * r;
    w.w45 = V(-2.0) * p[G1] * r * r * r + second * d4 * d5 + V(0.25) * first * r / lt;
    w.w55 = second * d5 * d5;
    return w;
  }

  /// The tensors dI1/dC, dI4/dC, dI5/dC pushed forward by F_bar, and the derivatives of W.
  template <class V> struct Terms {
    Sym3<V> b, A, B;
    Slopes<V> w;
    KOKKOS_INLINE_FUNCTION Sym3<V> stress() const {
      return (V(2.0) * w.w1) * b + (V(2.0) * w.w4) * A + (V(2.0) * w.w5) * B;
    }
  };

  template <class V> KOKKOS_INLINE_FUNCTION static Terms<V> terms(const V* p, const LawPoint<V>& in) {
    Terms<V> t;
    const Mat3<V> F = isochoric_part(in.F, in.J);
    const Vec3<V> a = F * in.a0;
    t.b = left_cauchy_green(F);
    t.A = dyad(a);
    const Vec3<V> ba = t.b * a;
    t.B = symmetric_dyad(a, ba);
    t.w = slopes(p, trace(t.b), max(dot(a, a), V(smallest_square_stretch)), dot(a, ba), in.activation);
    return t;
  }

  /// s; the fibre part of tau is s dev(n n), Pa.
  template <class V> KOKKOS_INLINE_FUNCTION static V fibre_stress(const V* p, const LawPoint<V>& in) {
    const Vec3<V> a = isochoric_part(in.F, in.J) * in.a0;
    return fibre_part(p, sqrt(max(dot(a, a), V(smallest_square_stretch))), in.activation).stress;
  }

  template <class V> KOKKOS_INLINE_FUNCTION static void stress(const V* p, const LawPoint<V>& in, Sym3<V>& tau) {
    tau = deviator(terms(p, in).stress());
  }

  template <class V>
  KOKKOS_INLINE_FUNCTION static void tangent(const V* p, const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
    const Terms<V> t = terms(p, in);
    Sym6<V> c_bar;
    set_zero(c_bar);
    add_dyad(V(4.0) * t.w.w11, t.b, c_bar);
    add_dyad(V(4.0) * t.w.w44, t.A, c_bar);
    add_dyad(V(4.0) * t.w.w55, t.B, c_bar);
    add_dyads(V(4.0) * t.w.w14, t.b, t.A, c_bar);
    add_dyads(V(4.0) * t.w.w15, t.b, t.B, c_bar);
    add_dyads(V(4.0) * t.w.w45, t.A, t.B, c_bar);
    add_sandwich(V(4.0) * t.w.w5, t.A, t.b, c_bar);
    project_isochoric(t.stress(), c_bar, tau, c);
  }
};

}  // namespace tautband
