// Force-length, force-velocity and passive curves of Wakeling et al. 2020 (Front Physiol 11:813), given by the data
// they are made of: values and slopes at knots. All are non-negative with continuous slope.
#pragma once

#include "laws/curves.hpp"

namespace tautband {

/// Active force-length factor: the published seven-term sine series sampled every 0.05 of stretch and joined by a
/// monotone spline, 0 outside 0.4..1.7. It differs from the series by at most 0.0047; the series itself is negative
/// below 0.429 and between 1.694 and 1.721.
template <class V> KOKKOS_INLINE_FUNCTION CurvePoint<V> wakeling_force_length(V stretch) {
  constexpr double sampled[27] = {0.0,          0.0094050895, 0.0471163991, 0.1182897919, 0.2420619824, 0.4120812063,
                                  0.5941280216, 0.7503939520, 0.8601284400, 0.9261681531, 0.9668254959, 0.9933811379,
                                  0.9940993885, 0.9500240626, 0.8645808620, 0.7634942085, 0.6661627713, 0.5724993762,
                                  0.4782066507, 0.3865125598, 0.3015130852, 0.2231688303, 0.1523161629, 0.0919116721,
                                  0.0438576436, 0.0115108078, 0.0};
  constexpr HermiteSpline<27> curve = monotone_spline(0.4, 0.05, sampled);
  return evaluate(curve, stretch);
}

/// Force-velocity factor against stretch rate / highest rate (shortening < 0): 0 below -1.2, 1 at 0, constant above
/// 0.75.
template <class V> KOKKOS_INLINE_FUNCTION CurvePoint<V> wakeling_force_velocity(V rate) {
  constexpr HermiteSpline<5> curve = {{-1.2, -0.25, 0.0, 0.05, 0.75},
                                      {0.0, 0.3503552027590582, 1.0, 1.3743240862369306, 1.5950466421954534},
                                      {0.0, 0.9703687419567255, 6.090887473114851, 0.9678639805763023, 0.0}};
  return evaluate(curve, rate);
}

/// Passive factor: 0 below a stretch of 1, slope piecewise linear through the values below, constant above 1.65.
template <class V> KOKKOS_INLINE_FUNCTION CurvePoint<V> wakeling_passive(V stretch) {
  constexpr double knot[4] = {1.0, 1.25, 1.5, 1.65};
  constexpr double slope[4] = {0.0, 1.176922413814596, 2.8951007640684696, 3.023323249768765};
  CurvePoint<V> r{V(0.0), V(0.0)};
  double before = 0.0;
  for (int i = 0; i < 4; ++i) {
    const double curvature = i < 3 ? (slope[i + 1] - slope[i]) / (knot[i + 1] - knot[i]) : 0.0;
    const V beyond = max(stretch - V(knot[i]), V(0.0));
    r.value += V(0.5 * (curvature - before)) * beyond * beyond;
    r.slope += V(curvature - before) * beyond;
    before = curvature;
  }
  return r;
}

}  // namespace tautband
