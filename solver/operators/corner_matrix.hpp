// The tangent on the trilinear functions of the corners, P^T K P with P the interpolation from the corners, assembled
// in blocks of 3x3: the coarse operator of p-multigrid. Since trilinear functions are among the triquadratic ones,
//   A_jk(n, m) = sum_q dN_n,a D_ja,kb dN_m,b + sum_ll' K_ll' v_lj(n) v_l'k(m),   v_lk(n) = sum_q phi_l d_kb dN_n,b
// with N the trilinear functions at the points of the element itself, D flux and d projected quantity of a unit
// gradient (see diagonal.hpp).
#pragma once

#include "base/block_rows.hpp"
#include "fem/corner_space.hpp"
#include "operators/region_kernel.hpp"

namespace tautband {

class CornerMatrix {
 public:
  /// Finds which corners share an element.
  CornerMatrix(const RegionContext& context, const CornerSpace& space);

  /// The matrix of the tangents last stored by the kernels: partial sums of this rank. The values are freed with the
  /// result.
  BlockRows assemble(const std::vector<RegionTangent>& regions) const;

 private:
  template <class E> void add(const RegionTangent& region, const View1<double>& values) const;

  RegionContext context_;
  BlockRows pattern_;  ///< without values
  Connectivity slot_;  ///< (batch, 8 row + column, lane): block of a pair of element corners
  OrderedSum sum_;     ///< over the pairs of the elements, where the mesh asks for a fixed order
};

}  // namespace tautband
