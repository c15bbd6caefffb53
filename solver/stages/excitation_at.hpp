// Excitation of a quadrature point: that of its motor units, weighted by their territories.
#pragma once

#include "fem/territories.hpp"
#include "stages/point_items.hpp"
#include "state/reflex_state.hpp"

namespace tautband {

/// e = sum_j omega_j u_j in network step k; `item` counts (batch, point, lane) as in a PointField.
KOKKOS_INLINE_FUNCTION double excitation_at(const PointArray& weight,
                                            const Kokkos::View<int****, Kokkos::LayoutRight, Memory>& unit,
                                            const View2<double>& excitation, Index item, int k) {
  const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(item / lanes) * kept_units * lanes + item % lanes;
  double sum = 0.0;
  for (int n = 0; n < kept_units; ++n)
    sum += weight.data()[first + n * lanes] * excitation(k, unit.data()[first + n * lanes]);
  return sum;
}

}  // namespace tautband
