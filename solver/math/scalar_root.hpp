// The root of a decreasing function by Newton's method kept inside a bracket.
#pragma once

#include "math/dual.hpp"

namespace tautband {

/// x in [low, high] with f(x) = 0, for f : Dual<1> -> Dual<1> that does not increase, f(low) >= 0 >= f(high). A Newton
/// step that leaves the bracket becomes a bisection. Ends when a step moves x by less than 1e-14 (high - low), or after
/// 100 steps, which bisections alone would not need.
template <class Function>
KOKKOS_INLINE_FUNCTION double decreasing_root(const Function& f, double low, double high, double start) {
  const double smallest = 1e-14 * (high - low);
  double x = min(max(start, low), high);
  for (int i = 0; i < 100; ++i) {
    const Dual<1> value = f(Dual<1>::variable(x, 0));
    (value.value > 0.0 ? low : high) = x;
    double next = x - value.value / value.d[0];
    if (!(next >= low && next <= high)) next = 0.5 * (low + high);
    const double moved = abs(next - x);
    x = next;
    if (moved <= smallest) break;
  }
  return x;
}

}  // namespace tautband
