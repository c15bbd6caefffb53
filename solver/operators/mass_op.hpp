// Consistent mass as a sweep: factor x weight at each point, value tested with value.
#pragma once

#include "operators/tangent_ops.hpp"

namespace tautband {

struct MassOp : WithInertia {
  static constexpr bool scatters = true;
  static constexpr Projection projection = Projection::none;
  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place&, V* T) const {
    for (int k = 0; k < 9; ++k) T[k] = V(0.0);
    return V(0.0);
  }
  template <class V> KOKKOS_INLINE_FUNCTION V project(const Place&, const V& c) const { return c; }
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place&, V*, const V&) const {}
};

}  // namespace tautband
