#include "stages/tangent_preconditioner.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

constexpr double growth = 1.3;  ///< of iterations, that asks for a new set-up
constexpr int slack = 3;        ///< iterations by which short solves differ for no reason
constexpr double cost_ratio =
    10.0;  ///< of an iteration with multigrid to one with Jacobi, measured: docs/performance.md
constexpr double worth_a_trial = 300;  ///< iterations per decade with Jacobi

double iterations_per_decade(const KrylovReport& report) {
  return report.iterations / std::max(0.3, -std::log10(std::max(report.relative_residual, 1e-16)));
}

}  // namespace

TangentPreconditioner::TangentPreconditioner(const MechanicsSystem& system, spec::Preconditioning choice)
    : system_(system),
      choice_(choice),
      blocks_("tautband::diagonal_blocks", system.space().n_nodes),
      jacobi_(system.space()),
      multigrid_in_use_(choice == spec::Preconditioning::multigrid) {}

const Preconditioner& TangentPreconditioner::prepare() {
  fresh_ = false;
  if (multigrid_in_use_ && !stale_) return *multigrid_;
  system_.diagonal(blocks_);
  if (!multigrid_in_use_) {
    jacobi_.set(blocks_, system_.mask());
    return jacobi_;
  }
  if (!multigrid_) multigrid_.emplace(system_);
  multigrid_->set(blocks_);
  ++setups_;
  stale_ = false;
  fresh_ = true;
  return *multigrid_;
}

bool TangentPreconditioner::learn(const KrylovReport& report) {
  const double rate = iterations_per_decade(report);
  if (report.end == KrylovEnd::converged) {
    if (multigrid_in_use_) {
      if (fresh_) rate_after_setup_ = rate;
      const double decades = report.iterations / std::max(rate, 1e-300);
      stale_ = report.iterations > growth * rate_after_setup_ * decades + slack;
    }
    choose(rate, report.iterations);
    return false;
  }
  const bool blameless = report.end == KrylovEnd::negative_curvature || report.end == KrylovEnd::not_a_number;
  if (!multigrid_in_use_ || blameless) return false;
  if (!fresh_) {  // what failed belongs to an older tangent
    stale_ = true;
    return true;
  }
  if (report.end != KrylovEnd::indefinite_preconditioner) return false;
  multigrid_in_use_ = false;
  stale_ = true;
  rejected_at_ = std::max(rejected_at_, 2.0 * worth_a_trial);
  return true;
}

void TangentPreconditioner::choose(double rate, int iterations) {
  if (choice_ != spec::Preconditioning::automatic) return;
  if (multigrid_in_use_) {
    if (cost_ratio * rate > jacobi_rate_) {
      multigrid_in_use_ = false;
      stale_ = true;
      rejected_at_ = cost_ratio * rate;
    }
    return;
  }
  jacobi_rate_ = rate;
  if (iterations > worth_a_trial && rate > std::max(worth_a_trial, growth * rejected_at_)) multigrid_in_use_ = true;
}

void TangentPreconditioner::archive(StateArchive& archive) {
  archive.number("multigrid_in_use", multigrid_in_use_);
  archive.number("jacobi_rate", jacobi_rate_);
  archive.number("multigrid_rate", rate_after_setup_);
  archive.number("multigrid_rejected_at", rejected_at_);
}

}  // namespace tautband
