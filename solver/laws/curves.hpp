// One-dimensional curves with their slopes: smooth ramps, splines, De Groote's force-length and force-velocity curves.
// Those of the default law are inlined by force, so that who reads the value alone does not pay for the slope.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

template <class V> struct CurvePoint { V value, slope; };

/// (x + sqrt(x^2 + width^2)) / 2: max(x, 0) with its corner rounded over +-width; width > 0.
template <class V> KOKKOS_FORCEINLINE_FUNCTION CurvePoint<V> smooth_ramp(V x, V width) {
  const V root = sqrt(x * x + width * width);
  return {V(0.5) * (x + root), V(0.5) * (V(1.0) + x / root)};
}

/// max(x, 0) with its corner replaced by a parabola on |x| < width: exact outside, never negative, slope continuous.
template <class V> KOKKOS_INLINE_FUNCTION CurvePoint<V> nonnegative(V x, double width) {
  const V t = min(max(x + V(width), V(0.0)), V(2.0 * width));
  return {t * t * V(0.25 / width) + max(x - V(width), V(0.0)), t * V(0.5 / width)};
}

/// ln(x + sqrt(x^2 + 1)) without cancellation at negative x.
template <class V> KOKKOS_FORCEINLINE_FUNCTION CurvePoint<V> area_sinh(V x) {
  const V root = sqrt(x * x + V(1.0));
  const V size = log(abs(x) + root);
  return {select(x < V(0.0), -size, size), V(1.0) / root};
}

/// Piecewise cubic with given values and slopes at N increasing knots; the first and last values continue outside.
template <int N> struct HermiteSpline { double knot[N], value[N], slope[N]; };

/// Spline through equidistant values whose slopes keep it monotone between neighbouring knots and flat at both ends.
/// Fritsch & Butland 1984, SIAM J Sci Stat Comput 5:300 (harmonic mean of the neighbouring differences).
template <int N>
KOKKOS_INLINE_FUNCTION constexpr HermiteSpline<N> monotone_spline(double first, double step, const double (&value)[N]) {
  HermiteSpline<N> spline{};
  for (int i = 0; i < N; ++i) {
    spline.knot[i] = first + step * i;
    spline.value[i] = value[i];
    if (i == 0 || i == N - 1) continue;
    const double left = value[i] - value[i - 1], right = value[i + 1] - value[i];
    if (left * right > 0.0) spline.slope[i] = 2.0 * left * right / ((left + right) * step);
  }
  return spline;
}

template <int N, class V> KOKKOS_INLINE_FUNCTION CurvePoint<V> evaluate(const HermiteSpline<N>& s, V x) {
  CurvePoint<V> r{select(x < V(s.knot[0]), V(s.value[0]), V(s.value[N - 1])), V(0.0)};
  for (int i = 0; i + 1 < N; ++i) {
    const double h = s.knot[i + 1] - s.knot[i], rise = (s.value[i + 1] - s.value[i]) / h;
    const double c = (3.0 * rise - 2.0 * s.slope[i] - s.slope[i + 1]) / h;
    const double d = (s.slope[i] + s.slope[i + 1] - 2.0 * rise) / (h * h);
    const V u = x - V(s.knot[i]);
    const auto inside = x >= V(s.knot[i]) && x < V(s.knot[i + 1]);
    r.value = select(inside, V(s.value[i]) + u * (V(s.slope[i]) + u * (V(c) + u * V(d))), r.value);
    r.slope = select(inside, V(s.slope[i]) + u * (V(2.0 * c) + u * V(3.0 * d)), r.slope);
  }
  return r;
}

/// b1 exp(-z^2 / 2), z = (l - b2) / (b3 + b4 l): one term of the De Groote force-length curve. The width is kept
/// above 0.02, which it passes only where the term is below 1e-100.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION CurvePoint<V> force_length_term(V l, double b1, double b2, double b3, double b4) {
  const V width = max(V(b3) + V(b4) * l, V(0.02));
  const V z = (l - V(b2)) / width;
  const V value = V(b1) * exp(V(-0.5) * z * z);
  return {value, -value * z * (V(1.0) - V(b4) * z) / width};
}

/// Active force-length factor against l = fibre stretch / optimal; 1 near l = 1, positive everywhere.
/// De Groote et al. 2016, Ann Biomed Eng 44:2922, supplement eq. for f_act.
template <class V> KOKKOS_FORCEINLINE_FUNCTION CurvePoint<V> de_groote_force_length(V l) {
  const CurvePoint<V> first = force_length_term(l, 0.815, 1.055, 0.162, 0.063);
  const CurvePoint<V> second = force_length_term(l, 0.433, 0.717, -0.030, 0.200);
  const CurvePoint<V> third = force_length_term(l, 0.1, 1.0, 0.354, 0.0);
  return {first.value + second.value + third.value, first.slope + second.slope + third.slope};
}

/// Force-velocity factor against v = stretch rate / highest shortening rate (shortening < 0): 1 at v = 0, 0 below v =
/// -1 (rounded over 0.01 of force so that a fibre never pushes). De Groote et al. 2016, with d1 and d4 renormalised
/// from -0.318 and 0.886 so that the curve is 0 at -1 and 1 at 0.
template <class V> KOKKOS_FORCEINLINE_FUNCTION CurvePoint<V> de_groote_force_velocity(V v) {
  constexpr double d1 = -0.3211346127989808, d2 = -8.149, d3 = -0.374, d4 = 0.8825327733249912;
  const CurvePoint<V> s = area_sinh(V(d2) * v + V(d3));
  const CurvePoint<V> force = nonnegative(V(d1) * s.value + V(d4), 0.01);
  return {force.value, force.slope * V(d1 * d2) * s.slope};
}

}  // namespace tautband
