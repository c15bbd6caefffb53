// Lambert's W: the inverse of w e^w.
#pragma once

#include "math/pack.hpp"

namespace tautband {

/// W0(x) >= -1 with W0 e^W0 = x, to rounding, for x >= -1/e; -1 below. x up to 1e300.
/// A guess within 0.2 and Halley's steps of third order. Source: Corless et al. 1996, Adv Comput Math 5:329, eqs 4.22
/// (branch point) and 5.9 (Halley); guess for x >= 1: Winitzki 2003, LNCS 2667:780.
template <class V> KOKKOS_INLINE_FUNCTION V lambert_w0(V x) {
  constexpr double e = 2.718281828459045;
  const V from_branch = sqrt(V(2.0) * max(V(e) * x + V(1.0), V(0.0)));
  const V small = V(-1.0) + from_branch / (V(1.0) + V(1.0 / 3.0) * from_branch);
  const V l = log1p(max(x, V(0.0)));
  const V large = l * (V(1.0) - log1p(l) / (V(2.0) + l));
  V w = select(x < V(1.0), small, large);
  for (int i = 0; i < 4; ++i) {
    const V error = w - x * exp(-w), slope = w + V(1.0);
    // the last term keeps 0/0 at the branch point, where error and slope vanish, from being no number
    w = max(w - error * slope / (slope * slope - V(0.5) * (w + V(2.0)) * error + V(1e-200)), V(-1.0));
  }
  return w;
}

}  // namespace tautband
