// The projected pressure that a displacement increment causes, by a stored tangent: at points, without scatter.
#pragma once

#include "operators/tangent_ops.hpp"

namespace tautband {

/// to := from + factor x pressure. Tangent: one of tangent_ops.hpp.
template <class Tangent> struct PressureOp : Tangent {
  static constexpr bool scatters = false;
  double factor;
  PointField from, to;  ///< Pa
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& at, V*, const V& pressure) const {
    store(to, at, load<V>(from, at) + V(factor) * pressure);
  }
};

}  // namespace tautband
