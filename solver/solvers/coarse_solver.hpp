// The coarsest level of multigrid: one V-cycle of algebraic multigrid (BoomerAMG of hypre, Henson & Yang 2002) on an
// assembled matrix of 3x3 blocks. It works on the host; on a device the vectors are copied there and back.
#pragma once

#include "base/block_rows.hpp"
#include "solvers/vectors.hpp"

#include <memory>

namespace tautband {

class CoarseSolver {
 public:
  /// global(node): number over all ranks, those of a rank's owned nodes consecutive and ascending with rank.
  CoarseSolver(const NodeSpace& space, const View1<GlobalIndex>& global);
  ~CoarseSolver();
  CoarseSolver(const CoarseSolver&) = delete;
  CoarseSolver& operator=(const CoarseSolver&) = delete;

  /// Takes the symmetric positive definite matrix, the sum of what the ranks hold; rows and columns where mask(node, 3)
  /// is 0 are left out. Collective. Throws RunError when hypre fails.
  void set(BlockRows matrix, const NodeVector& mask);
  /// x := approximate inverse times b on the owned nodes; x is 0 on the others and where the mask was 0. The map from
  /// b to x is linear, symmetric and positive definite. Collective.
  void solve(const NodeVector& b, const NodeVector& x) const;

 private:
  struct Hypre;
  void fill_matrix(const BlockRows& matrix, const NodeVector& mask);

  std::unique_ptr<Hypre> hypre_;
  NodeSpace space_;
  View1<GlobalIndex> global_;
};

}  // namespace tautband
