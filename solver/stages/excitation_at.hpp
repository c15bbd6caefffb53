// Excitation of a quadrature point: that of its motor units, weighted by their territories.
#pragma once

#include "fem/territories.hpp"
#include "operators/access.hpp"
#include "state/reflex_state.hpp"

namespace tautband {

/// e = sum_j omega_j u_j of one quadrature point (V = double) or of a point of a batch of elements (V = Pack).
template <class V> class UnitsOfPoint {
 public:
  KOKKOS_INLINE_FUNCTION UnitsOfPoint(const PointArray& weight, const decltype(Territories::unit)& unit,
                                      const Place& at)
      : unit_(&unit(at.batch, at.point, 0, at.lane)) {
    for (int n = 0; n < kept_units; ++n) weight_[n] = load<V>(weight, at, n);
    while (count_ > 1 && all(weight_[count_ - 1] <= V(negligible))) --count_;
  }

  /// Excitation, 0..1, where the territories have those at `of_unit`.
  KOKKOS_INLINE_FUNCTION V excitation(const double* of_unit) const {
    V sum = weight_[0] * gather(of_unit, unit_);
    for (int n = 1; n < count_; ++n) sum += weight_[n] * gather(of_unit, unit_ + n * lanes);
    return sum;
  }

 private:
  /// Weights add up to 1: one this small does not change a sum of excitations, nor an activation that follows it.
  static constexpr double negligible = 1e-17;

  static KOKKOS_INLINE_FUNCTION V gather(const double* of_unit, const int* unit) {
    if constexpr (std::is_arithmetic_v<V>)
      return of_unit[*unit];
    else
      return V::gather(of_unit, unit, 1);
  }

  V weight_[kept_units];
  const int* unit_;  ///< of the strongest; the others follow at `lanes`
  int count_ = kept_units;
};

}  // namespace tautband
