// Bytes and flops of one call of a kernel, the figures behind `bytes_per_dof`, `flops_per_dof` and `bound_fraction`.
#pragma once

#include "operators/transport_ops.hpp"

namespace tautband::performance {

/// Per element of the law `tautband` on Hex27. Flops are counted by running the host kernel on a number that counts
/// (counted.hpp); a division or a call of exp or sqrt counts one. On a device they are 0: not counted.
struct ElementFlops {
  double apply_reduced = 0.0, apply_full = 0.0, residual = 0.0, linearise = 0.0, diagonal = 0.0, diffuse = 0.0;
};
ElementFlops count_flops();

/// Bytes per element that a kernel has to move at least, node vectors apart. A value that is written counts twice,
/// because its cache line is read first.
namespace element_bytes {
inline constexpr double point = Hex27::points * sizeof(double), nodes = Hex27::nodes * sizeof(Index),
                        modes = Hex27::pressure_modes * (Hex27::pressure_modes + 1) / 2 * sizeof(double);
inline constexpr double stored(bool reduced) {
  return point * (reduced ? int(reduced_form::size) : int(full_form::size));
}
inline constexpr double apply(bool reduced) { return stored(reduced) + modes + nodes; }
/// Jacobian and weight, activation, contracture, previous stretch; fibre.
inline constexpr double law = point * (10 + 3) + 3 * sizeof(double) + modes + nodes;
inline constexpr double linearise(bool reduced) { return law + 2.0 * (stored(reduced) + point + modes); }
inline constexpr double diffuse = point * metric_size + nodes;
}  // namespace element_bytes

/// Bytes per DoF of the node vectors: x read, y written. In diffusion also the diagonal.
inline constexpr double vector_bytes = 3.0 * sizeof(double);

}  // namespace tautband::performance
