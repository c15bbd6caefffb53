// A block of muscle of a given number of degrees of freedom, stretched and linearised: what the benchmarks run on.
#pragma once

#include "operators/reference/block_matrix.hpp"
#include "performance/row_matrix.hpp"
#include "stages/diffusion.hpp"
#include "stages/multigrid.hpp"
#include "verification/block_problem.hpp"

#include <optional>

namespace tautband::performance {

class Problem : public verification::BlockProblem {
 public:
  /// Law `tautband`, n x n x n Hex27 cells with about `dofs` unknowns, one face held. Collective on `comm`.
  Problem(double dofs, spec::TangentForm form, MPI_Comm comm = MPI_COMM_WORLD);

  double dofs() const { return 3.0 * static_cast<double>(local.n_global_nodes); }
  double elements() const { return static_cast<double>(local.n_global_cells); }
  bool reduced() const { return form_ == spec::TangentForm::reduced; }

  void apply() const { system->apply(x, y); }
  void residual() const { system->residual(u, y); }
  void linearise() const { system->linearise(u, 0.0); }
  void diagonal() const { system->diagonal(blocks_); }
  /// Runs conjugate gradients with node-block Jacobi for `iterations`; throws RunError when they end before.
  void iterate(int iterations) const { iterate(jacobi_, iterations); }
  static constexpr int iterations_per_call = 10;

  /// Sets multigrid up for the stored tangent; the first call makes it.
  void set_up_multigrid();
  void iterate_with_multigrid(int iterations);
  /// y := K x in single precision, as the smoother has it.
  void apply_single();

  /// y := K x with the assembled tangent, made by the first call; the cells of the block are all alike.
  /// Throws RunError when that differs from apply() by more than round-off.
  void multiply();
  double matrix_bytes() const { return static_cast<double>(matrix_->bytes()); }
  double matrix_blocks() const { return static_cast<double>(matrix_->n_blocks()); }

  /// The same with scalar rows, made from the blocks by the first call.
  void multiply_rows();
  double row_matrix_bytes() const { return static_cast<double>(rows_->bytes()); }

  /// y := K x of diffusion on a scalar, in the stretched shape.
  void diffuse();
  /// One second of diffusion of oxygen with uptake from blood, from a hollow of 1 mm; throws RunError when it fails.
  void spread_oxygen();

  NodeVector u, x, y;

 private:
  void iterate(const Preconditioner& B, int iterations) const;
  void assemble();
  void check_product(void (Problem::*product)());

  spec::TangentForm form_;
  NodeBlocks blocks_;
  NodeVector right_side_, solution_;
  KrylovWork work_;
  NodeBlockJacobi jacobi_;
  std::optional<Multigrid> multigrid_;
  std::optional<SingleTangent> single_;
  NodeVectorF single_x_, single_y_;
  std::optional<reference::BlockMatrix> matrix_;
  std::optional<RowMatrix> rows_;
  std::optional<Transport> transport_;
  std::optional<DiffusionStage> diffusion_;
  View1<double> scalar_, image_, start_;
  PointField sink_, source_;
};

}  // namespace tautband::performance
