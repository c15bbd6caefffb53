// A pack of N doubles that computes like one double: the value type of host kernels.
#pragma once

#include <Kokkos_Core.hpp>

#include "base/views.hpp"

#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

namespace tautband {

#if !defined(__CUDACC__) && !defined(__HIPCC__)

/// Vector of N lanes of T. T is a parameter because GCC 12 drops a vector_size that depends on N alone.
template <int N, class T> struct LanesOf { typedef T Type __attribute__((vector_size(N * sizeof(T)))); };

/// N lanes of T, double or float; N * sizeof(T) bytes, a power of two. Arithmetic is lane by lane.
template <int N, class T = double> struct Pack {
  using Scalar = T;
  using Vector = typename LanesOf<N, T>::Type;
  using Bits = typename LanesOf<N, std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>>::Type;
  /// Result of a comparison: all bits of a lane set where it holds.
  struct Mask {
    Bits bits;
    Mask operator&&(Mask other) const { return {bits & other.bits}; }
    Mask operator||(Mask other) const { return {bits | other.bits}; }
    /// True where it holds in every lane.
    friend bool all(Mask m) {
      const auto bytes = __builtin_convertvector(m.bits, typename LanesOf<N, signed char>::Type);
      const auto set = bytes - bytes - 1;
      return std::memcmp(&bytes, &set, N) == 0;
    }
  };

  Vector v;

  Pack() = default;
  Pack(T x) : v(x - Vector{}) {}  // NOLINT: broadcasts on purpose
  /// Constants are written in double.
  template <class U, std::enable_if_t<std::is_same_v<U, double> && !std::is_same_v<T, double>, int> = 0>
  Pack(U x) : Pack(static_cast<T>(x)) {}  // NOLINT: broadcasts on purpose
  explicit Pack(Vector x) : v(x) {}

  static Pack load(const T* p) {
    Pack r;
    std::memcpy(&r.v, p, sizeof(Vector));
    return r;
  }
  template <class U> static Pack load(const U* p) {
    Pack r;
    for (int i = 0; i < N; ++i) r.v[i] = static_cast<T>(p[i]);
    return r;
  }
  void store(T* p) const { std::memcpy(p, &v, sizeof(Vector)); }
  /// p[stride * index[lane]] in each lane.
  template <class Integer> static Pack gather(const T* p, const Integer* index, int stride) {
    return gather(p, index, stride, std::make_index_sequence<N>());
  }

  T operator[](int lane) const { return v[lane]; }
  void set(int lane, T x) { v[lane] = x; }

  Pack& operator+=(Pack o) {
    v += o.v;
    return *this;
  }
  Pack& operator-=(Pack o) {
    v -= o.v;
    return *this;
  }
  Pack& operator*=(Pack o) {
    v *= o.v;
    return *this;
  }
  Pack& operator/=(Pack o) {
    v /= o.v;
    return *this;
  }
  Pack operator-() const { return Pack(-v); }

  friend Pack operator+(Pack a, Pack b) { return Pack(a.v + b.v); }
  friend Pack operator-(Pack a, Pack b) { return Pack(a.v - b.v); }
  friend Pack operator*(Pack a, Pack b) { return Pack(a.v * b.v); }
  friend Pack operator/(Pack a, Pack b) { return Pack(a.v / b.v); }
  friend Mask operator<(Pack a, Pack b) { return {a.v < b.v}; }
  friend Mask operator>(Pack a, Pack b) { return {a.v > b.v}; }
  friend Mask operator<=(Pack a, Pack b) { return {a.v <= b.v}; }
  friend Mask operator>=(Pack a, Pack b) { return {a.v >= b.v}; }

 private:
  template <class Integer, std::size_t... Lane>
  static Pack gather(const T* p, const Integer* index, int stride, std::index_sequence<Lane...>) {
    return Pack(Vector{p[stride * static_cast<std::ptrdiff_t>(index[Lane])]...});
  }
};

template <int N> Pack<N> select(typename Pack<N>::Mask m, Pack<N> a, Pack<N> b) {
  typename Pack<N>::Vector r = m.bits ? a.v : b.v;
  return Pack<N>(r);
}

/// Applies a scalar function in each lane.
template <int N, class Function> Pack<N> per_lane(Pack<N> x, Function f) {
  alignas(64) double value[N];
  x.store(value);
  for (double& each : value) each = f(each);
  return Pack<N>::load(value);
}

template <int N> Pack<N> sqrt(Pack<N> x) {
  Pack<N> r;
  for (int i = 0; i < N; ++i) r.v[i] = __builtin_sqrt(x.v[i]);
  return r;
}
template <int N> Pack<N> tanh(Pack<N> x) {
  return per_lane(x, [](double y) { return std::tanh(y); });
}
template <int N> Pack<N> abs(Pack<N> x) { return select(x < Pack<N>(0.0), -x, x); }
template <int N> Pack<N> max(Pack<N> a, Pack<N> b) { return select(a > b, a, b); }
template <int N> Pack<N> min(Pack<N> a, Pack<N> b) { return select(a < b, a, b); }

#endif

// The same names for one double, so that a law is written once: no branch on a value, only select.
KOKKOS_INLINE_FUNCTION double select(bool m, double a, double b) { return m ? a : b; }
KOKKOS_INLINE_FUNCTION bool all(bool m) { return m; }
KOKKOS_INLINE_FUNCTION double sqrt(double x) { return ::sqrt(x); }
KOKKOS_INLINE_FUNCTION double exp(double x) { return ::exp(x); }
KOKKOS_INLINE_FUNCTION double log(double x) { return ::log(x); }
KOKKOS_INLINE_FUNCTION double log1p(double x) { return ::log1p(x); }
KOKKOS_INLINE_FUNCTION double expm1(double x) { return ::expm1(x); }
KOKKOS_INLINE_FUNCTION double cbrt(double x) { return ::cbrt(x); }
KOKKOS_INLINE_FUNCTION double inverse_cbrt(double x) { return 1.0 / ::cbrt(x); }
KOKKOS_INLINE_FUNCTION double acosh(double x) { return ::acosh(x); }
KOKKOS_INLINE_FUNCTION double tanh(double x) { return ::tanh(x); }
KOKKOS_INLINE_FUNCTION double pow(double x, double e) { return ::pow(x, e); }
KOKKOS_INLINE_FUNCTION double abs(double x) { return ::fabs(x); }
KOKKOS_INLINE_FUNCTION double max(double a, double b) { return a > b ? a : b; }
KOKKOS_INLINE_FUNCTION double min(double a, double b) { return a < b ? a : b; }

}  // namespace tautband

#include "math/elementary.hpp"  // exp, log and the like of packs
