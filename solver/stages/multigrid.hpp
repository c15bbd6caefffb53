// p-multigrid for the tangent of a mechanics system: Chebyshev smoothing on the elements of the mesh, and below it the
// trilinear functions of their corners with the Galerkin operator, given to algebraic multigrid. On Hex8 the corners
// are the mesh and algebraic multigrid is all. docs/numerics.md 4.
#pragma once

#include "operators/corner_matrix.hpp"
#include "operators/single_tangent.hpp"
#include "solvers/chebyshev.hpp"
#include "solvers/coarse_solver.hpp"
#include "solvers/preconditioner.hpp"
#include "stages/mechanics_system.hpp"

namespace tautband {

/// One V-cycle as a preconditioner. Single precision on the mesh, double on the corners. It belongs to the tangent of
/// the last set(); a solve with a later one may use it.
class Multigrid final : public Preconditioner {
 public:
  /// Keeps references. Collective.
  explicit Multigrid(const MechanicsSystem& system);

  /// Takes the stored tangent. blocks: its diagonal, full sums. Collective; throws RunError when hypre fails.
  void set(const NodeBlocks& blocks);
  /// z := B r. Collective.
  void apply(const NodeVector& r, const NodeVector& z) const override;
  bool measures_energy() const override { return true; }

 private:
  class Operator final : public SingleOperator {
   public:
    explicit Operator(const MechanicsSystem& system);
    void apply(const NodeVectorF& x, const NodeVectorF& y) const override;

    SingleTangent tangent;
    NodeBlocksF supports;    ///< springs of boundaries, lumped to nodes
    View1<Index> supported;  ///< nodes that have some

   private:
    const MechanicsSystem& system_;
  };

  void set_coarse();
  void correct() const;

  const MechanicsSystem& system_;
  NodeSpace space_;
  CornerSpace corners_;
  NodeSpace corner_space_;
  Halo corner_halo_;
  CornerMatrix corner_matrix_;
  CoarseSolver coarse_;
  Operator operator_;
  ChebyshevSmoother smoother_;
  NodeVector corner_mask_;
  NodeVector coarse_right_side_, coarse_solution_;
  NodeVectorF b_, x_, r_;
};

}  // namespace tautband
