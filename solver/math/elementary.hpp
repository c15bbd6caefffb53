// exp, expm1, log, log1p, pow, cbrt and acosh of packs: all lanes at once, no table, no branch, so that what a lane
// gives does not depend on its neighbours. Largest error in units in the last place (ulp) of the result, as
// tests/unit/test_elementary.cpp measures it against long double over the whole range of the argument:
//   exp 1.1, expm1 2.1, log 1.3, log1p 2, cbrt 1.1, inverse_cbrt 1.1, acosh 4, pow 1.1 + |e ln x| / 32
// Zero, infinities, NaN, denormal numbers and arguments outside the domain give what the C library gives.
// Sources: reduction by multiples of ln 2 in two parts, Cody & Waite 1980, Software Manual for the Elementary
// Functions; log(1 + f) = f - s (f - R(s^2)), s = f / (2 + f), Tang 1990, ACM Trans Math Softw 16:378. Polynomials are
// Taylor series, so that every coefficient is a fraction of whole numbers.
#pragma once

#include "math/pack.hpp"

#if !defined(__CUDACC__) && !defined(__HIPCC__)

#include <bit>
#include <cstdint>
#include <limits>

namespace tautband {

namespace elementary {

/// The bits of a pack, one word per lane.
template <int N> using Words = typename LanesOf<N, std::uint64_t>::Type;
template <int N> KOKKOS_FORCEINLINE_FUNCTION Words<N> words(Pack<N> x) { return std::bit_cast<Words<N>>(x.v); }
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> from_words(Words<N> w) {
  return Pack<N>(std::bit_cast<typename Pack<N>::Vector>(w));
}

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double smallest_normal = std::numeric_limits<double>::min();
/// ln 2 in two parts: multiples of the first by integers below 2^20 are exact.
inline constexpr double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

/// Sum of c[k] x^k; odd and even powers apart, which halves the wait of each step for the one before.
template <int N, std::size_t Count>
KOKKOS_FORCEINLINE_FUNCTION Pack<N> polynomial(const double (&c)[Count], Pack<N> x) {
  static_assert(Count >= 4);
  const Pack<N> square = x * x;
  Pack<N> last(c[Count - 1]), other(c[Count - 2]);
  for (int k = static_cast<int>(Count) - 3; k >= 0; --k) {
    const Pack<N> next = last * square + Pack<N>(c[k]);
    last = other;
    other = next;
  }
  // the loop ends with the powers 1 and 0 in `last` and `other`
  return last * x + other;
}

/// The number with the last 27 bits of its significand cleared: products of two such are exact.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> head(Pack<N> x) {
  return from_words<N>(words(x) & ~std::uint64_t{0x7ffffff});
}

/// x = n ln 2 + rest, |rest| <= ln 2 / 2, and 2^n in two factors: 2^n itself may be infinite or zero where e^x is not.
template <int N> struct Reduced { Pack<N> rest, scale, second_scale; };

/// x in [-746, 710], beyond which e^x is zero or infinite.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Reduced<N> reduce(Pack<N> x) {
  using P = Pack<N>;
  constexpr double magic = 0x1.8p52;  // adding it rounds to an integer and leaves that in the lowest bits
  const P shifted = x * P(1.4426950408889634074) + P(magic), n = shifted - P(magic);
  const Words<N> both = words(shifted) - (words(P(magic)) - 2 * 1023), first = both >> 1;
  return {(x - n * P(ln2_high)) - n * P(ln2_low), from_words<N>(first << 52), from_words<N>((both - first) << 52)};
}

template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> within_exponent_range(Pack<N> x) {
  x = select(x > Pack<N>(710.0), Pack<N>(710.0), x);  // NaN stays
  return select(x < Pack<N>(-746.0), Pack<N>(-746.0), x);
}

/// e^r - 1 for |r| <= ln 2 / 2 and a little more: the first term left out is below 1e-17 r.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> growth(Pack<N> r) {
  static constexpr double c[] = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                 1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
  return r + r * r * polynomial(c, r);
}

/// x = 2^exponent (1 + f), 1 + f in [sqrt(1/2), sqrt(2)), for 0 < x < infinity.
template <int N> struct Split { Pack<N> exponent, f; };

template <int N> KOKKOS_FORCEINLINE_FUNCTION Split<N> split(Pack<N> x) {
  using P = Pack<N>;
  const auto denormal = x < P(smallest_normal);
  const Words<N> bits = words(select(denormal, x * P(0x1p54), x));
  constexpr std::uint64_t half_root = 0x3fe6a09e667f3bcd, bias = 1023;  // bits of sqrt(1/2)
  const Words<N> biased = (bits - (half_root - (bias << 52))) >> 52;
  const P exponent = from_words<N>(biased | words(P(0x1p52))) - select(denormal, P(0x1p52 + 1077), P(0x1p52 + 1023));
  return {exponent, from_words<N>(bits - ((biased - bias) << 52)) - P(1.0)};
}

/// R of log(1 + f) = f - s (f - R), R = 2 (w/3 + w^2/5 + ...), w = s^2 <= 0.0295; the first term left out is below
/// 1e-19.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> log_series(Pack<N> w) {
  static constexpr double c[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13,
                                 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};
  return w * polynomial(c, w);
}

/// `value` where 0 < x < infinity, elsewhere the special values of the logarithm.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> with_log_limits(Pack<N> x, Pack<N> value) {
  using P = Pack<N>;
  const P beyond = select(x < P(0.0), P(std::numeric_limits<double>::quiet_NaN()), P(-infinity));
  return select(x < P(infinity), select(x > P(0.0), value, beyond), x);  // infinity and NaN are their own logarithms
}

/// e ln x as the sum of two numbers, to 60 bits; the first has few enough bits for reduce() to be exact.
template <int N> struct Power { Pack<N> high, low; };

template <int N> KOKKOS_FORCEINLINE_FUNCTION Power<N> times_log(Pack<N> e, Pack<N> x) {
  using P = Pack<N>;
  const Split<N> m = split(x);
  const P f = m.f, s = f / (P(2.0) + f), f_head = head(f), half_square = P(0.5) * f * f;
  const P coarse = m.exponent * P(ln2_high), square_head = P(0.5) * f_head * f_head;  // both exact
  const P rest =
      m.exponent * P(ln2_low) + (s * (half_square + log_series(s * s)) - P(0.5) * (f - f_head) * (f + f_head));
  const P high = head(coarse + (f - square_head + rest)), low = ((coarse - high) + f - square_head) + rest;
  const P e_head = head(e);
  return {e_head * high, (e - e_head) * high + e * low};
}

/// x^(-1/3) for normal x > 0. The bits of a number are nearly its logarithm: -1/3 of them gives a first value within
/// 4 %, and two steps of the binomial series of (1 - error)^(-1/3), of fourth order each, the rest.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> inverse_cube_root(Pack<N> x) {
  using P = Pack<N>;
  // the constant, 4/3 of the exponent's bias, is lowered so that errors of either sign are equally large
  const Words<N> third = ((words(x) >> 32) * 0x55555556u) >> 32;
  P y = from_words<N>((0x553ef0ffu - third) << 32);
  for (int step = 0; step < 2; ++step) {
    const P error = P(1.0) - (x * y) * (y * y);
    y += y * error * (P(1.0 / 3) + error * (P(2.0 / 9) + error * P(14.0 / 81)));
  }
  return y;
}

}  // namespace elementary

template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> exp(Pack<N> x) {
  const auto e = elementary::reduce(elementary::within_exponent_range(x));
  return (e.scale + e.scale * elementary::growth(e.rest)) * e.second_scale;
}

template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> expm1(Pack<N> x) {
  const auto e = elementary::reduce(elementary::within_exponent_range(x));
  // 1 / second_scale, by its exponent
  const Pack<N> one = elementary::from_words<N>((std::uint64_t{2046} << 52) - elementary::words(e.second_scale));
  return (e.scale * elementary::growth(e.rest) + (e.scale - one)) * e.second_scale;
}

template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> log(Pack<N> x) {
  using P = Pack<N>;
  const auto m = elementary::split(x);
  const P s = m.f / (P(2.0) + m.f);
  const P small = m.f - s * (m.f - elementary::log_series(s * s));
  return elementary::with_log_limits(
      x, m.exponent * P(elementary::ln2_high) + (small + m.exponent * P(elementary::ln2_low)));
}

/// log of the rounded 1 + x, and what rounding lost to first order.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> log1p(Pack<N> x) {
  using P = Pack<N>;
  const P u = P(1.0) + x;
  const P lost = (x - (u - P(1.0))) / max(u, P(elementary::smallest_normal));
  return log(u) + select(x < P(0x1p60), lost, P(0.0));
}

/// x^(-1/3) for normal x > 0.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> inverse_cbrt(Pack<N> x) {
  return elementary::inverse_cube_root(x);
}

template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> cbrt(Pack<N> x) {
  using P = Pack<N>;
  const P size = abs(x);
  const auto denormal = size < P(elementary::smallest_normal);
  const P normal = select(denormal, x * P(0x1p54), x), y = elementary::inverse_cube_root(abs(normal));
  P root = (normal * y) * y;
  root += (normal - (root * root) * root) * (y * y) * P(1.0 / 3);  // a step of Newton's method: rounding errors
  return select(size < P(elementary::infinity), select(denormal, root * P(0x1p-18), root), x);
}

/// x >= 1; loses digits to overflow only above 1e307.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> acosh(Pack<N> x) {
  const Pack<N> t = x - Pack<N>(1.0);
  return log1p(t + sqrt(t) * sqrt(t + Pack<N>(2.0)));
}

/// x^e. Lanes whose x is not a normal positive number go to the C library.
template <int N> KOKKOS_FORCEINLINE_FUNCTION Pack<N> pow(Pack<N> x, std::type_identity_t<Pack<N>> e) {
  using P = Pack<N>;
  const auto power = elementary::times_log(e, x);
  const P whole = power.high + power.low;
  const auto moderate = abs(whole) < P(1000.0);
  const auto r = elementary::reduce(elementary::within_exponent_range(select(moderate, power.high, whole)));
  const P grown = elementary::growth(r.rest + select(moderate, power.low, P(0.0)));
  P result = (r.scale + r.scale * grown) * r.second_scale;
  const auto usual = x >= P(elementary::smallest_normal) && x < P(elementary::infinity) && abs(e) < P(1e300);
  for (int i = 0; i < N; ++i)
    if (!usual.bits[i]) result.set(i, std::pow(x[i], e[i]));
  return result;
}

}  // namespace tautband

#endif
