// A run on this rank: mesh, stages, state, and the loop over mechanics steps.
#pragma once

#include "app/clock.hpp"
#include "app/physiology.hpp"
#include "operators/observables.hpp"
#include "stages/mechanics.hpp"

#include <memory>

namespace tautband {

/// What a step cost and did.
struct StepSummary {
  long step = 0;
  double time = 0.0, dt = 0.0;  ///< s
  int newton_iterations = 0, krylov_iterations = 0;
  int negative_curvatures = 0, flexible_solves = 0;
  std::string switched;  ///< why flexible GMRES was needed, if it was
  int cuts = 0;          ///< attempts given up before this one
  double change = 0.0;   ///< largest change of activation or contracture stretch
  /// Wall time on this rank, failed attempts included; linear solves are a part of mechanics.
  double physiology_seconds = 0.0, mechanics_seconds = 0.0, linear_seconds = 0.0;
};

class Simulation {
 public:
  /// Collective. Keeps references to mesh and spec.
  Simulation(const Mesh& mesh, const spec::Case& spec, MPI_Comm comm);

  bool done() const { return clock_.done(); }
  /// One accepted mechanics step; throws RunError when steps become too short, with time, residual and cell.
  StepSummary advance();

  /// Saves the accepted state, or brings one back; a run that goes on from there takes the same steps. Collective.
  void archive(StateArchive& archive);

  const spec::Case& spec() const { return spec_; }
  const Mesh& mesh() const { return mesh_; }
  const LocalMesh& local() const { return local_; }
  const Halo& halo() const { return halo_; }
  const Geometry& geometry() const { return system_->geometry(); }
  const Tissue& tissue() const { return tissue_; }
  const Clock& clock() const { return clock_; }
  long step() const { return step_; }
  const MechanicsSystem& system() const { return *system_; }
  const std::vector<RegionBatches>& fibrous_regions() const { return fibrous_; }
  /// Null when the case has no physiology.
  Physiology* physiology() const { return physiology_.get(); }
  /// Report of the accepted state at quadrature points, see operators/law_ops.hpp.
  const PointArray& report() const { return *report_; }
  /// Sums over the accepted state; collective.
  Observables observe() const;
  std::vector<BoundaryForce> boundary_forces() const;
  GlobalIndex degrees_of_freedom() const { return 3 * local_.n_global_nodes; }
  /// Bytes of fields and element data on this rank.
  std::size_t bytes() const { return system_->bytes(); }

 private:
  /// Takes in the state found for `time`; returns what it changed, as Physiology::accept().
  double accept(double time, StepSummary& summary);
  void observe_stretch();
  double advance_physiology(double dt, StepSummary& summary);
  StepReport advance_mechanics(double dt, StepSummary& summary);
  [[noreturn]] void give_up(const StepReport& report, double dt) const;

  const Mesh& mesh_;
  const spec::Case& spec_;
  LocalMesh local_;
  Halo halo_;
  Clock clock_;
  Tissue tissue_;
  std::unique_ptr<MechanicsSystem> system_;
  std::unique_ptr<MechanicsStage> mechanics_;
  std::vector<RegionBatches> fibrous_;
  std::unique_ptr<Physiology> physiology_;
  PointField previous_stretch_;  ///< fibre stretch at the start of the accepted step
  const PointArray* report_ = nullptr;
  long step_ = 0;
};

}  // namespace tautband
