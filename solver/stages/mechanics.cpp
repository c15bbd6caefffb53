#include "stages/mechanics.hpp"

#include "base/error.hpp"
#include "base/profiled.hpp"
#include "base/stopwatch.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

constexpr int patience = 4;  ///< Newton iterations in which a predicted state must have become better

/// Leaves vectors as they are.
class Identity final : public Preconditioner {
 public:
  void apply(const NodeVector& r, const NodeVector& z) const override { copy(z, r); }
};

/// x := mask x, or x := (1 - mask) x.
void keep(const NodeVector& x, const NodeVector& mask, bool free) {
  Kokkos::parallel_for(
      "tautband::keep", Kokkos::RangePolicy<Execution>(0, x.extent(0)), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) x(n, c) *= free ? mask(n, c) : 1.0 - mask(n, c);
      });
}

/// Sum over owned nodes of weight x^2, weight = mask or 1 - mask.
double masked_norm(const NodeSpace& space, const NodeVector& x, const NodeVector& mask, bool free) {
  double sum[1] = {0.0};
  Kokkos::parallel_reduce(
      "tautband::masked_norm", Kokkos::RangePolicy<Execution>(0, space.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) {
        for (int c = 0; c < 3; ++c) s += (free ? mask(n, c) : 1.0 - mask(n, c)) * x(n, c) * x(n, c);
      },
      sum[0]);
  sum_over_ranks(space, sum);
  return std::sqrt(sum[0]);
}

/// a := (u - u_n - dt v_n) / (beta dt^2) - (1/2 - beta)/beta a_n
void newmark(const MechanicsState& m, const NodeVector& u, double beta, double dt, const NodeVector& a) {
  const NodeVector u_n = m.displacement, v_n = m.velocity, a_n = m.acceleration;
  const double c = 1.0 / (beta * dt * dt), half = 0.5 - beta;
  Kokkos::parallel_for(
      "tautband::newmark", Kokkos::RangePolicy<Execution>(0, a.extent(0)), KOKKOS_LAMBDA(const Index n) {
        for (int i = 0; i < 3; ++i) a(n, i) = c * (u(n, i) - u_n(n, i) - dt * v_n(n, i) - half * dt * dt * a_n(n, i));
      });
}

}  // namespace

MechanicsStage::MechanicsStage(MechanicsSystem& system, const spec::Mechanics& spec)
    : system_(system),
      spec_(spec),
      space_(system.space()),
      solver_(space_),
      preconditioner_(system, spec.preconditioner),
      pressure_(system.context().mesh) {
  if (spec.inertia == spec::Inertia::dynamic) {
    const double rho = spec.spectral_radius;
    integrator_.dynamic = true;
    integrator_.alpha_m = (2.0 * rho - 1.0) / (rho + 1.0);
    integrator_.alpha_f = rho / (rho + 1.0);
    const double shift = integrator_.alpha_f - integrator_.alpha_m;
    integrator_.gamma = 0.5 + shift;
    integrator_.beta = 0.25 * (1.0 + shift) * (1.0 + shift);
  }
  for (NodeVector* v :
       {&trial_, &middle_, &acceleration_, &residual_, &right_side_, &direction_, &lift_, &base_, &last_increment_})
    *v = space_.vector("tautband::mechanics");
  smallest_correction_ = 1e-14 * norm(space_, system_.positions());
}

double MechanicsStage::free_norm(const NodeVector& r) const { return masked_norm(space_, r, system_.mask(), true); }
double MechanicsStage::fixed_norm(const NodeVector& r) const { return masked_norm(space_, r, system_.mask(), false); }

void MechanicsStage::start(double t, Tissue& tissue) {
  const MechanicsState& m = tissue.mechanics;
  system_.set_time(t, 0.0, tissue);
  system_.prescribe(m.displacement);
  if (!system_.residual(m.displacement, residual_))
    throw RunError(fmt::format("at t = {:.6g} s the case cannot start: {}", t,
                               describe(system_.trouble(m.displacement, residual_))));
  if (!integrator_.dynamic) return;
  axpby(space_, -1.0, residual_, 0.0, right_side_);
  keep(right_side_, system_.mask(), true);
  const auto mass = [&](const NodeVector& p, const NodeVector& y) {
    fill(y, 0.0);
    system_.add_mass(1.0, p, y);
    keep(y, system_.mask(), true);
  };
  const KrylovReport report =
      conjugate_gradients(space_, mass, Identity(), right_side_, m.acceleration, 1e-12, 10000, solver_.work());
  if (report.end != KrylovEnd::converged)
    throw RunError(fmt::format("no initial acceleration: mass solve stopped at {:.2e}", report.relative_residual));
}

/// a_{n+1} of Newmark's formula for displacement u at the end of the step.
void MechanicsStage::accelerate(const Attempt& attempt, const NodeVector& u) {
  newmark(attempt.tissue.mechanics, u, integrator_.beta, attempt.dt, acceleration_);
}

/// residual_ := unbalanced force of displacement u at the end of the step; false when an element is inverted.
bool MechanicsStage::evaluate(const Attempt& attempt, const NodeVector& u) {
  if (!integrator_.dynamic) return profiled("tautband::residual", [&] { return system_.residual(u, residual_); });
  copy(middle_, u);
  axpby(space_, integrator_.alpha_f, attempt.tissue.mechanics.displacement, 1.0 - integrator_.alpha_f, middle_);
  if (!profiled("tautband::residual", [&] { return system_.residual(middle_, residual_); })) return false;
  accelerate(attempt, u);
  axpby(space_, integrator_.alpha_m, attempt.tissue.mechanics.acceleration, 1.0 - integrator_.alpha_m, acceleration_);
  system_.add_mass(1.0, acceleration_, residual_);
  return true;
}

StepReport MechanicsStage::advance(double now, double dt, Tissue& tissue) {
  const double alpha = integrator_.alpha_f;
  preconditioner_.begin_step();
  system_.set_time(now + dt, 0.0, tissue);
  fill(lift_, 0.0);
  copy(lift_, tissue.mechanics.displacement);
  system_.prescribe(lift_);
  axpby(space_, -1.0, tissue.mechanics.displacement, 1.0, lift_);
  if (integrator_.dynamic)
    system_.set_time(now + (1.0 - alpha) * dt, 1.0 / ((1.0 - alpha) * dt), tissue);
  else
    system_.set_time(now + dt, 1.0 / dt, tissue);

  StepReport report;
  if (last_dt_ > 0.0 && !integrator_.dynamic) report = newton({tissue, dt, 0.0}, true);
  if (!report.converged) {
    const StepReport first = report;
    report = newton({tissue, dt, 0.0}, false);
    report.newton_iterations += first.newton_iterations;
    report.krylov_iterations += first.krylov_iterations;
    report.flexible_solves += first.flexible_solves;
    if (!first.switched.empty()) report.switched = first.switched;
  }
  if (!report.converged) {
    last_dt_ = 0.0;
    return report;
  }
  MechanicsState& m = tissue.mechanics;
  copy(last_increment_, trial_);
  axpby(space_, -1.0, m.displacement, 1.0, last_increment_);
  last_dt_ = dt;
  if (integrator_.dynamic) {
    accelerate({tissue, dt, 0.0}, trial_);
    axpby(space_, dt * (1.0 - integrator_.gamma), m.acceleration, 1.0, m.velocity);
    axpby(space_, dt * integrator_.gamma, acceleration_, 1.0, m.velocity);
    copy(m.acceleration, acceleration_);
  }
  copy(m.displacement, trial_);
  pressure_.accept();
  return report;
}

/// Forcing term of Eisenstat & Walker (1996), second choice, not tighter than what the step's tolerance asks for.
double MechanicsStage::tightness(double now, double before, double scale) const {
  const double ratio = before > 0.0 ? now / before : 1.0;
  const double wanted = std::clamp(0.9 * ratio * ratio, spec_.krylov_tolerance, spec_.krylov_first);
  return std::max(wanted, std::min(spec_.krylov_first, 0.3 * spec_.newton_tolerance * scale / now));
}

StepReport MechanicsStage::newton(Attempt attempt, bool predicted) {
  StepReport report;
  const auto fail = [&](std::string reason) {
    report.reason = std::move(reason);
    return report;
  };
  copy(trial_, attempt.tissue.mechanics.displacement);
  pressure_.restore();
  if (predicted) {  // secant predictor, with prescribed motion exact
    copy(direction_, last_increment_);
    keep(direction_, system_.mask(), true);
    axpby(space_, attempt.dt / last_dt_, direction_, 1.0, trial_);
    axpby(space_, 1.0, lift_, 1.0, trial_);
  }
  if (!evaluate(attempt, trial_)) return fail("an element is inverted at the start of the step");
  double now = free_norm(residual_), before = 0.0;
  const double at_start = now;
  const bool lift_needed = !predicted && fixed_norm(lift_) > 0.0;
  system_.loads(trial_, right_side_);
  attempt.scale =
      std::max({fixed_norm(residual_), free_norm(right_side_), predicted || lift_needed ? 0.0 : now, 1e-300});
  for (int k = 0; k <= spec_.newton_iterations; ++k) {
    report.residual = now / attempt.scale;
    if (!std::isfinite(now)) return fail("the residual is not a number");
    const bool lifted = k == 0 && lift_needed;
    if (!lifted && now <= spec_.newton_tolerance * attempt.scale) {
      report.converged = true;
      return report;
    }
    if (k == spec_.newton_iterations) break;
    if (predicted && k >= patience && now > at_start) return fail("the prediction was bad");
    report.newton_iterations = k + 1;
    linear_solve(attempt, lifted ? 1e-3 * spec_.krylov_first : tightness(now, before, attempt.scale), lifted, report);
    if (!report.reason.empty()) {
      copy(residual_, right_side_);  // with the forces of prescribed motion
      return fail(report.reason);
    }
    double after = 0.0;
    if (!lifted && norm(space_, direction_) <= smallest_correction_) {  // what is left of the residual is rounding
      report.converged = true;
      return report;
    }
    if (!take_step(attempt, lifted, k, now, after))
      return fail(lifted ? "the prescribed motion cannot be followed in one step"
                         : "no step length reduces the residual");
    before = lifted ? 0.0 : now;
    now = after;
    attempt.scale = std::max(attempt.scale, fixed_norm(residual_));
  }
  return fail(fmt::format("Newton's method does not converge in {} iterations", spec_.newton_iterations));
}

/// direction_ := solution of K d = -r, with prescribed motion `lift_` when lifted.
void MechanicsStage::linear_solve(const Attempt& attempt, double tolerance, bool lifted, StepReport& report) {
  double mass = 0.0;
  if (integrator_.dynamic)
    mass = (1.0 - integrator_.alpha_m) / ((1.0 - integrator_.alpha_f) * integrator_.beta * attempt.dt * attempt.dt);
  profiled("tautband::linearise",
           [&] { system_.linearise(integrator_.dynamic ? middle_ : trial_, mass, pressure_.value()); });
  const double share = integrator_.dynamic ? 1.0 / (1.0 - integrator_.alpha_f) : 1.0;
  axpby(space_, -share, residual_, 0.0, right_side_);
  if (lifted) {
    const NodeVector force = solver_.work().y;
    system_.apply(lift_, force);
    axpby(space_, -1.0, force, 1.0, right_side_);
  }
  keep(right_side_, system_.mask(), true);
  const auto part_of_tangent = [this](TangentPart part) {
    return [this, part](const NodeVector& p, const NodeVector& y) {
      system_.apply(p, y, part);
      keep(y, system_.mask(), true);
    };
  };
  const auto whole = part_of_tangent(TangentPart::whole);
  const auto even = part_of_tangent(TangentPart::symmetric);
  const bool symmetric = system_.symmetric();
  SwitchingReport solve;
  const KrylovReport& krylov = solve.krylov;
  do {
    const Stopwatch watch(report.linear_seconds);
    const Preconditioner& B =
        profiled("tautband::preconditioner", [&]() -> const Preconditioner& { return preconditioner_.prepare(); });
    solve = profiled("tautband::krylov", [&] {
      return symmetric ? solver_.solve(even, B, right_side_, direction_, tolerance, spec_.krylov_iterations)
                       : solver_.solve(whole, even, B, right_side_, direction_, tolerance, spec_.krylov_iterations);
    });
    report.krylov_iterations += krylov.iterations;
  } while (preconditioner_.learn(krylov));
  if (solve.negative_curvature) ++report.negative_curvatures;
  if (solve.flexible && ++report.flexible_solves == 1)
    report.switched = symmetric ? "the tangent has negative curvature"
                                : "a pressure follows the surface, the tangent is not symmetric";
  if (krylov.end == KrylovEnd::iterations)
    report.reason = fmt::format("the linear solver does not converge in {} iterations (relative residual {:.1e})",
                                krylov.iterations, krylov.relative_residual);
  if (krylov.end == KrylovEnd::indefinite_preconditioner)
    report.reason = "the blocks of the diagonal are not positive definite";
  if (krylov.end == KrylovEnd::not_a_number) report.reason = "the linear solver met a value that is not a number";
  if (lifted) axpby(space_, 1.0, lift_, 1.0, direction_);
  pressure_.predict(system_, direction_, 1.0 / share);
}

/// trial_ += length x direction_; halves the length until no element is inverted and the residual is acceptable. The
/// first iterations may raise it: a stretch increment e leaves a volumetric residual of kappa e^2, which the next
/// iteration removes.
bool MechanicsStage::take_step(const Attempt& attempt, bool whole, int iteration, double before, double& after) {
  copy(base_, trial_);
  const double growth = iteration < 3 ? 1e3 : 2.0;
  double length = 1.0;
  for (int cut = 0; cut < (whole ? 1 : 8); ++cut, length *= 0.5) {
    copy(trial_, base_);
    axpby(space_, length, direction_, 1.0, trial_);
    if (!evaluate(attempt, trial_)) continue;
    after = free_norm(residual_);
    if (!std::isfinite(after) || (!whole && after > growth * before)) continue;
    pressure_.move(length);
    return true;
  }
  return false;
}

void MechanicsStage::archive(StateArchive& archive) {
  archive.nodes("last_increment", last_increment_);
  archive.number("last_increment_step", last_dt_);
  archive.number("flexible_solves_resting", solver_.resting());
  preconditioner_.archive(archive);
  pressure_.archive(archive);
}

}  // namespace tautband
