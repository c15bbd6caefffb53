// The element's part of the tangent that acts through the projected pressure.
#pragma once

#include "operators/sweep.hpp"

namespace tautband {

/// K = M^-1 (sum_q phi_a phi_b w U''(theta_q)) M^-1 per element: from volume change to pressure, both on the modes.
template <class E> struct ModeTangent {
  ModeMatrix inverse_mass;  ///< M^-1, 1/m^3
  PointField tangent;       ///< w U''(theta), Pa m^3
  ModeMatrix K;             ///< Pa/m^3

  template <class V> KOKKOS_INLINE_FUNCTION void element(Index b, int lane) const {
    constexpr int M = E::pressure_modes;
    V A[M][M], B[M][M], column[M], out[M];
    for (int i = 0; i < M; ++i)
      for (int j = i; j < M; ++j) A[i][j] = V(0.0);
    for (int q = 0; q < E::points; ++q) {
      const V t = load<V>(tangent, Place{b, q, lane});
      for (int i = 0; i < M; ++i)
        for (int j = i; j < M; ++j) A[i][j] += V(E::mode(i, q) * E::mode(j, q)) * t;
    }
    for (int j = 0; j < M; ++j) {
      for (int i = 0; i < M; ++i) column[i] = i < j ? A[i][j] : A[j][i];
      multiply_modes<E>(inverse_mass, b, lane, column, B[j]);
    }
    for (int j = 0; j < M; ++j) {
      for (int i = 0; i < M; ++i) column[i] = B[i][j];
      multiply_modes<E>(inverse_mass, b, lane, column, out);
      for (int i = 0; i <= j; ++i) store_at(&K(b, packed(M, i, j), lane), out[i]);
    }
  }
};

/// Fills K of the elements of `range`; tangent: w U''(theta) at points.
template <class E>
void mode_tangent_matrix(const RegionBatches& range, const ModeMatrix& inverse_mass, const PointField& tangent,
                         const ModeMatrix& K) {
  const ModeTangent<E> matrix{inverse_mass, tangent, K};
  const Index first = range.first_batch;
#if defined(__CUDACC__) || defined(__HIPCC__)
  Kokkos::parallel_for(
      "tautband::mode_tangent", Kokkos::RangePolicy<Execution>(0, range.n_batches * lanes),
      KOKKOS_LAMBDA(const Index item) { matrix.template element<double>(first + item / lanes, item % lanes); });
#else
  Kokkos::parallel_for("tautband::mode_tangent", Kokkos::RangePolicy<Execution>(0, range.n_batches),
                       [=](const Index item) { matrix.template element<HostPack>(first + item, 0); });
#endif
}

}  // namespace tautband
