// A number that counts what is done with it: the value type with which a kernel tells its own flops.
#pragma once

#include "base/views.hpp"

#include <cmath>
#include <cstddef>

namespace tautband::performance {

/// A double whose additions, multiplications, divisions and calls of functions count one each in `operations`.
/// Fills the place of a pack, so that it runs through the host driver of a sweep; all lanes hold the same number.
struct Counted {
  double value;
  static inline std::size_t operations = 0;

  Counted() = default;
  Counted(double x) : value(x) {}  // NOLINT: broadcasts on purpose, as Pack does

  static Counted load(const double* p) { return *p; }
  void store(double* p) const {
    for (int lane = 0; lane < lanes; ++lane) p[lane] = value;
  }
  template <class Integer> static Counted gather(const double* p, const Integer* index, int stride) {
    return p[stride * static_cast<std::ptrdiff_t>(index[0])];
  }
  double operator[](int) const { return value; }

  static Counted result(double x) {
    ++operations;
    return x;
  }
  Counted& operator+=(Counted o) { return *this = result(value + o.value); }
  Counted& operator-=(Counted o) { return *this = result(value - o.value); }
  Counted& operator*=(Counted o) { return *this = result(value * o.value); }
  Counted& operator/=(Counted o) { return *this = result(value / o.value); }
  Counted operator-() const { return -value; }  // folded into the operation that follows

  friend Counted operator+(Counted a, Counted b) { return result(a.value + b.value); }
  friend Counted operator-(Counted a, Counted b) { return result(a.value - b.value); }
  friend Counted operator*(Counted a, Counted b) { return result(a.value * b.value); }
  friend Counted operator/(Counted a, Counted b) { return result(a.value / b.value); }
  friend bool operator<(Counted a, Counted b) { return a.value < b.value; }
  friend bool operator>(Counted a, Counted b) { return a.value > b.value; }
  friend bool operator<=(Counted a, Counted b) { return a.value <= b.value; }
  friend bool operator>=(Counted a, Counted b) { return a.value >= b.value; }

  friend Counted select(bool m, Counted a, Counted b) { return m ? a : b; }
  friend Counted sqrt(Counted x) { return result(std::sqrt(x.value)); }
  friend Counted exp(Counted x) { return result(std::exp(x.value)); }
  friend Counted log(Counted x) { return result(std::log(x.value)); }
  friend Counted log1p(Counted x) { return result(std::log1p(x.value)); }
  friend Counted expm1(Counted x) { return result(std::expm1(x.value)); }
  friend Counted cbrt(Counted x) { return result(std::cbrt(x.value)); }
  friend Counted inverse_cbrt(Counted x) { return result(1.0 / std::cbrt(x.value)); }
  friend Counted abs(Counted x) { return std::fabs(x.value); }
  friend Counted max(Counted a, Counted b) { return a.value > b.value ? a : b; }
  friend Counted min(Counted a, Counted b) { return a.value < b.value ? a : b; }
};

}  // namespace tautband::performance
