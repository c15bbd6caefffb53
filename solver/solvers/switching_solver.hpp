// Conjugate gradients where they serve, flexible GMRES where they do not: for a tangent that may lose its symmetry or
// its positive definiteness.
#pragma once

#include "solvers/flexible_gmres.hpp"

#include <memory>

namespace tautband {

struct SwitchingReport {
  KrylovReport krylov;              ///< iterations of both methods
  bool flexible = false;            ///< x is that of flexible GMRES
  bool negative_curvature = false;  ///< met by conjugate gradients
};

class SwitchingSolver {
 public:
  explicit SwitchingSolver(const NodeSpace& space) : space_(space), work_(space) {}

  /// Work vectors, free between two solves.
  const KrylovWork& work() const { return work_; }

  /// Solves A x = b as conjugate_gradients() does; when A is not symmetric, or when they meet negative curvature, with
  /// flexible_gmres() and the same B. Should that not help against negative curvature in a few cycles, x is the last
  /// iterate of conjugate gradients, and the end is `negative_curvature`. Memory for flexible GMRES is taken the first
  /// time it is needed.
  template <class Apply, class Inverse>
  SwitchingReport solve(const Apply& apply, const Inverse& B, const NodeVector& b, const NodeVector& x,
                        double tolerance, int most_iterations, bool symmetric) {
    SwitchingReport report;
    if (symmetric) {
      report.krylov = conjugate_gradients(space_, apply, B, b, x, tolerance, most_iterations, work_);
      report.negative_curvature = report.krylov.end == KrylovEnd::negative_curvature;
      if (!report.negative_curvature) return report;
    }
    if (!flexible_) flexible_ = std::make_unique<FlexibleWork>(space_, restart);
    const int most = symmetric ? std::min(most_iterations, patience * restart) : most_iterations;
    const NodeVector reached = work_.p;
    copy(reached, x);
    KrylovReport flexible = flexible_gmres(space_, apply, B, b, x, tolerance, most, *flexible_);
    flexible.iterations += report.krylov.iterations;
    report.flexible = !symmetric || flexible.end == KrylovEnd::converged;
    if (report.flexible) {
      report.krylov = flexible;
    } else {
      report.krylov.iterations = flexible.iterations;
      copy(x, reached);
    }
    return report;
  }

  std::size_t bytes() const { return flexible_ ? flexible_->bytes() : 0; }

 private:
  static constexpr int restart = 30;  ///< 61 vectors
  static constexpr int patience = 5;  ///< cycles spent on negative curvature
  NodeSpace space_;
  KrylovWork work_;
  std::unique_ptr<FlexibleWork> flexible_;
};

}  // namespace tautband
