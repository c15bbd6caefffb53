// Conjugate gradients where they serve, flexible GMRES where they do not: for a tangent that may lose its symmetry or
// its positive definiteness.
#pragma once

#include "solvers/flexible_gmres.hpp"

#include <memory>

namespace tautband {

struct SwitchingReport {
  KrylovReport krylov;              ///< iterations of both methods, without those around inner solves
  bool flexible = false;            ///< x is that of flexible GMRES
  bool negative_curvature = false;  ///< met by conjugate gradients for the system or its symmetric part
};

/// Both methods below fall back on conjugate gradients where flexible GMRES does not converge soon, and then leave it
/// alone for some solves: it costs no more than a part of what it may gain. Its memory is taken the first time it is
/// needed.
class SwitchingSolver {
 public:
  explicit SwitchingSolver(const NodeSpace& space) : space_(space), work_(space) {}

  /// Work vectors, free between two solves.
  const KrylovWork& work() const { return work_; }

  /// Solves S x = b for symmetric S as conjugate_gradients() does; when they meet negative curvature, one cycle of
  /// flexible GMRES follows with the same B. Should it not converge, x is what they had reached, and the end is
  /// `negative_curvature`.
  template <class Apply, class Inverse>
  SwitchingReport solve(const Apply& S, const Inverse& B, const NodeVector& b, const NodeVector& x, double tolerance,
                        int most_iterations) {
    SwitchingReport report;
    report.krylov = conjugate_gradients(space_, S, B, b, x, tolerance, most_iterations, work_);
    report.negative_curvature = report.krylov.end == KrylovEnd::negative_curvature;
    if (!report.negative_curvature || !trusted()) return report;
    const NodeVector reached = work_.p;
    copy(reached, x);
    KrylovReport flexible =
        flexible_gmres(space_, S, B, b, x, tolerance, std::min(most_iterations, restart), flexible_work());
    flexible.iterations += report.krylov.iterations;
    report.flexible = judge(flexible);
    if (report.flexible) {
      report.krylov = flexible;
    } else {
      report.krylov.iterations = flexible.iterations;
      copy(x, reached);
    }
    return report;
  }

  /// Solves A x = b with flexible GMRES, preconditioned by conjugate gradients for the symmetric part S of A to a
  /// tenth, themselves with B: where what is not symmetric is the smaller part, few iterations remain, whatever the
  /// condition of S. Should it not converge in `patience` of them, S x = b is solved instead.
  template <class Apply, class SymmetricPart, class Inverse>
  SwitchingReport solve(const Apply& A, const SymmetricPart& S, const Inverse& B, const NodeVector& b,
                        const NodeVector& x, double tolerance, int most_iterations) {
    int spent = 0;
    if (trusted()) {
      const InnerSolve<SymmetricPart, Inverse> inner{space_, S, B, work_, most_iterations};
      SwitchingReport report;
      report.krylov = flexible_gmres(space_, A, inner, b, x, tolerance, patience, flexible_work());
      report.krylov.iterations = spent = inner.iterations;
      report.flexible = judge(report.krylov);
      if (report.flexible) return report;
    }
    SwitchingReport report = solve(S, B, b, x, tolerance, most_iterations);
    report.krylov.iterations += spent;
    return report;
  }

  /// Solves left without flexible GMRES: all that is remembered from one solve to the next.
  int& resting() { return resting_; }

  std::size_t bytes() const { return flexible_ ? flexible_->bytes() : 0; }

 private:
  static constexpr int restart = 30;   ///< 61 vectors
  static constexpr int patience = 12;  ///< iterations around inner solves
  static constexpr int rest = 10;      ///< solves without flexible GMRES after it failed

  template <class SymmetricPart, class Inverse> struct InnerSolve {
    const NodeSpace& space;
    const SymmetricPart& S;
    const Inverse& B;
    const KrylovWork& work;
    int most;
    mutable int iterations = 0;
    void apply(const NodeVector& r, const NodeVector& z) const {
      if (iterations < most)
        iterations += conjugate_gradients(space, S, B, r, z, 0.1, most - iterations, work).iterations;
      else
        B.apply(r, z);
    }
  };

  bool trusted() {
    if (resting_ == 0) return true;
    --resting_;
    return false;
  }
  bool judge(const KrylovReport& flexible) {
    const bool converged = flexible.end == KrylovEnd::converged;
    if (!converged) resting_ = rest;
    return converged;
  }
  FlexibleWork& flexible_work() {
    if (!flexible_) flexible_ = std::make_unique<FlexibleWork>(space_, restart);
    return *flexible_;
  }

  NodeSpace space_;
  KrylovWork work_;
  std::unique_ptr<FlexibleWork> flexible_;
  int resting_ = 0;  ///< solves left without flexible GMRES
};

}  // namespace tautband
