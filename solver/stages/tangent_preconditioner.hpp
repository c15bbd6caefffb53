// Which preconditioner a linear solve gets, and when it is set up anew. docs/numerics.md 4.
#pragma once

#include "solvers/conjugate_gradients.hpp"
#include "stages/multigrid.hpp"
#include "state/state_archive.hpp"

#include <optional>

namespace tautband {

/// Node-block Jacobi, set up for every tangent, or multigrid, kept from solve to solve of a step until
/// iterations grow by 30 %.
/// The automatic choice begins with Jacobi, tries multigrid when a solve is long, and keeps what costs less by its
/// count of iterations; it looks at no clock, so that a run can be repeated.
class TangentPreconditioner {
 public:
  TangentPreconditioner(const MechanicsSystem& system, spec::Preconditioning choice);

  /// For the tangent last stored; collective.
  const Preconditioner& prepare();
  /// Tells how the solve went. True: solve again, with a new set-up or with Jacobi.
  bool learn(const KrylovReport& report);

  /// A new step: multigrid is set up anew, so that what a step does follows from the state it starts from.
  /// Where it was asked for by name it is tried again.
  void begin_step() {
    stale_ = true;
    multigrid_in_use_ = multigrid_in_use_ || choice_ == spec::Preconditioning::multigrid;
  }
  void archive(StateArchive& archive);

  int setups() const { return setups_; }  ///< of multigrid

 private:
  void choose(double rate, int iterations);

  const MechanicsSystem& system_;
  spec::Preconditioning choice_;
  NodeBlocks blocks_;
  NodeBlockJacobi jacobi_;
  std::optional<Multigrid> multigrid_;  ///< made when first used
  bool multigrid_in_use_, stale_ = true, fresh_ = false;
  int setups_ = 0;
  // iterations per decade of residual; 0 = not known
  double jacobi_rate_ = 0.0, rate_after_setup_ = 0.0, rejected_at_ = 0.0;
};

}  // namespace tautband
