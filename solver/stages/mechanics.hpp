// The mechanics stage: one step of the equations of motion, quasi-static or generalised-alpha (Chung & Hulbert 1993),
// by Newton's method with preconditioned conjugate gradients. It reports; it does not print.
#pragma once

#include "solvers/switching_solver.hpp"
#include "stages/newton_pressure.hpp"
#include "stages/tangent_preconditioner.hpp"

namespace tautband {

/// What became of a step.
struct StepReport {
  bool converged = false;
  int newton_iterations = 0;
  int krylov_iterations = 0;
  double linear_seconds = 0.0;  ///< of wall time on this rank: making preconditioners and solving with them
  int negative_curvatures = 0;  ///< linear solves that met negative curvature
  int flexible_solves = 0;      ///< linear solves by flexible GMRES
  std::string switched;         ///< why the first of them was
  double residual = 0.0;        ///< relative to the step's force scale
  std::string reason;           ///< why it did not converge
};

class MechanicsStage {
 public:
  MechanicsStage(MechanicsSystem& system, const spec::Mechanics& spec);

  /// Solves for time now + dt (s) from the accepted state; the tissue changes only when the step converged.
  StepReport advance(double now, double dt, Tissue& tissue);
  /// Initial acceleration of a dynamic run: mass x a = external - internal force at time t.
  void start(double t, Tissue& tissue);
  /// What the next step begins with beside the tissue.
  void archive(StateArchive& archive);
  /// Where the last step failed. Overwrites the system's report; collective.
  TroubledCell trouble() const { return system_.trouble(integrator_.dynamic ? middle_ : trial_, residual_); }
  /// Residual of the accepted state, N: reactions where motion is prescribed.
  const NodeVector& residual() const { return residual_; }
  const TangentPreconditioner& preconditioner() const { return preconditioner_; }

 private:
  struct Integrator {
    bool dynamic = false;
    double alpha_m = 0.0, alpha_f = 0.0, beta = 0.25, gamma = 0.5;
  };
  struct Attempt {
    const Tissue& tissue;
    double dt;
    double scale;  ///< N, what residuals are compared with
  };

  bool evaluate(const Attempt& attempt, const NodeVector& u);
  void accelerate(const Attempt& attempt, const NodeVector& u);
  StepReport newton(Attempt attempt, bool predicted);
  void linear_solve(const Attempt& attempt, double tolerance, bool lifted, StepReport& report);
  bool take_step(const Attempt& attempt, bool whole, int iteration, double before, double& after);
  double free_norm(const NodeVector& r) const;
  double fixed_norm(const NodeVector& r) const;
  double tightness(double now, double before, double scale) const;

  MechanicsSystem& system_;
  spec::Mechanics spec_;
  Integrator integrator_;
  NodeSpace space_;
  SwitchingSolver solver_;
  TangentPreconditioner preconditioner_;
  NewtonPressure pressure_;
  NodeVector trial_;         ///< displacement at the end of the step
  NodeVector middle_;        ///< where forces are evaluated in dynamics
  NodeVector acceleration_;  ///< at the end of the step
  NodeVector residual_, right_side_, direction_, lift_, base_;
  NodeVector last_increment_;
  double last_dt_ = 0.0;              ///< of last_increment_, 0 = none
  double smallest_correction_ = 0.0;  ///< m: norm of a Newton correction that changes nothing
};

}  // namespace tautband
