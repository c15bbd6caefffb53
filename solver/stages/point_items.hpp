// Quadrature points as a flat range: `item` counts (batch, point, lane) as a PointField stores them.
#pragma once

#include "mesh/local_mesh.hpp"

namespace tautband {

/// Quadrature points of a region.
inline Kokkos::RangePolicy<Execution> points_of(const RegionBatches& region, const PointField& field) {
  const auto per_batch = static_cast<Index>(field.extent(1) * field.extent(2));
  const Index first = region.first_batch * per_batch;
  return Kokkos::RangePolicy<Execution>(first, first + region.n_batches * per_batch);
}

namespace detail {
KOKKOS_INLINE_FUNCTION double& component(const PointArray& values, int c, Index item) {
  const auto size = static_cast<std::ptrdiff_t>(values.extent(2));
  return values.data()[(static_cast<std::ptrdiff_t>(item / lanes) * size + c) * lanes + item % lanes];
}
}  // namespace detail

/// Component c of a quadrature point.
KOKKOS_INLINE_FUNCTION double component_at(const PointArray& values, int c, Index item) {
  return detail::component(values, c, item);
}
KOKKOS_INLINE_FUNCTION void set_component(const PointArray& values, int c, Index item, double value) {
  detail::component(values, c, item) = value;
}

}  // namespace tautband
