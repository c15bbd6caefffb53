// Forward-mode dual numbers: a value and its N partial derivatives. Used as value type V to check tangents of laws.
// Comparisons look at the value only; at a kink the derivative is that of the branch taken.
#pragma once

#include "math/pack.hpp"

namespace tautband {

template <int N> struct Dual {
  double value = 0.0;
  double d[N] = {};

  KOKKOS_DEFAULTED_FUNCTION Dual() = default;
  KOKKOS_INLINE_FUNCTION Dual(double x) : value(x) {}  // NOLINT: a constant converts on purpose

  /// Variable number `index` with value x.
  KOKKOS_INLINE_FUNCTION static Dual variable(double x, int index) {
    Dual r(x);
    r.d[index] = 1.0;
    return r;
  }

  /// f(x) given f and f' at x.
  KOKKOS_INLINE_FUNCTION Dual chain(double f, double slope) const {
    Dual r(f);
    for (int i = 0; i < N; ++i) r.d[i] = slope * d[i];
    return r;
  }

  KOKKOS_INLINE_FUNCTION Dual& operator+=(const Dual& o) { return *this = *this + o; }
  KOKKOS_INLINE_FUNCTION Dual& operator-=(const Dual& o) { return *this = *this - o; }
  KOKKOS_INLINE_FUNCTION Dual& operator*=(const Dual& o) { return *this = *this * o; }
  KOKKOS_INLINE_FUNCTION Dual& operator/=(const Dual& o) { return *this = *this / o; }
  KOKKOS_INLINE_FUNCTION Dual operator-() const { return chain(-value, -1.0); }

  KOKKOS_INLINE_FUNCTION friend Dual operator+(const Dual& a, const Dual& b) {
    Dual r(a.value + b.value);
    for (int i = 0; i < N; ++i) r.d[i] = a.d[i] + b.d[i];
    return r;
  }
  KOKKOS_INLINE_FUNCTION friend Dual operator-(const Dual& a, const Dual& b) { return a + (-b); }
  KOKKOS_INLINE_FUNCTION friend Dual operator*(const Dual& a, const Dual& b) {
    Dual r(a.value * b.value);
    for (int i = 0; i < N; ++i) r.d[i] = a.d[i] * b.value + a.value * b.d[i];
    return r;
  }
  KOKKOS_INLINE_FUNCTION friend Dual operator/(const Dual& a, const Dual& b) {
    Dual r(a.value / b.value);
    for (int i = 0; i < N; ++i) r.d[i] = (a.d[i] - r.value * b.d[i]) / b.value;
    return r;
  }
  KOKKOS_INLINE_FUNCTION friend bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  KOKKOS_INLINE_FUNCTION friend bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  KOKKOS_INLINE_FUNCTION friend bool operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  KOKKOS_INLINE_FUNCTION friend bool operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }
};

template <int N> KOKKOS_INLINE_FUNCTION Dual<N> select(bool m, const Dual<N>& a, const Dual<N>& b) { return m ? a : b; }
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> sqrt(const Dual<N>& x) {
  const double r = ::sqrt(x.value);
  return x.chain(r, 0.5 / r);
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> exp(const Dual<N>& x) {
  const double r = ::exp(x.value);
  return x.chain(r, r);
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> log(const Dual<N>& x) { return x.chain(::log(x.value), 1.0 / x.value); }
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> log1p(const Dual<N>& x) {
  return x.chain(::log1p(x.value), 1.0 / (1.0 + x.value));
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> expm1(const Dual<N>& x) {
  return x.chain(::expm1(x.value), ::exp(x.value));
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> cbrt(const Dual<N>& x) {
  const double r = ::cbrt(x.value);
  return x.chain(r, 1.0 / (3.0 * r * r));
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> inverse_cbrt(const Dual<N>& x) {
  const double r = 1.0 / ::cbrt(x.value);
  return x.chain(r, -r / (3.0 * x.value));
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> acosh(const Dual<N>& x) {
  return x.chain(::acosh(x.value), 1.0 / ::sqrt(x.value * x.value - 1.0));
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> tanh(const Dual<N>& x) {
  const double r = ::tanh(x.value);
  return x.chain(r, 1.0 - r * r);
}
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> pow(const Dual<N>& x, double e) {
  return x.chain(::pow(x.value, e), e * ::pow(x.value, e - 1.0));
}
/// x > 0
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> pow(const Dual<N>& x, const Dual<N>& e) { return exp(e * log(x)); }
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> abs(const Dual<N>& x) { return x < Dual<N>(0.0) ? -x : x; }
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> max(const Dual<N>& a, const Dual<N>& b) { return a > b ? a : b; }
template <int N> KOKKOS_INLINE_FUNCTION Dual<N> min(const Dual<N>& a, const Dual<N>& b) { return a < b ? a : b; }

}  // namespace tautband
