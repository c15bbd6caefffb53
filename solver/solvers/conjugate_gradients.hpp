// Preconditioned conjugate gradients on node vectors (Hestenes & Stiefel 1952), on callables: knows no physics.
#pragma once

#include "solvers/preconditioner.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

enum class KrylovEnd { converged, negative_curvature, indefinite_preconditioner, iterations, stagnation, not_a_number };

struct KrylovReport {
  KrylovEnd end = KrylovEnd::converged;
  int iterations = 0;
  double relative_residual = 0.0;
};

/// Work vectors of the solver; made once, reused by every solve.
template <class Vector> struct KrylovVectors {
  Vector r, z, p, y;
  explicit KrylovVectors(const NodeSpace& space)
      : r("tautband::cg_r", space.n_nodes),
        z("tautband::cg_z", space.n_nodes),
        p("tautband::cg_p", space.n_nodes),
        y("tautband::cg_y", space.n_nodes) {}
};
using KrylovWork = KrylovVectors<NodeVector>;
using ScalarKrylovWork = KrylovVectors<View1<double>>;

/// Solves A x = b from x = 0 until |b - A x| <= tolerance |b|, and the same in the norm of B where B is close enough to
/// the inverse of A for that to be the energy of the error: a good preconditioner first takes away what makes residuals
/// large, and leaves soft modes for later. apply(p, y): y = A p with prescribed components zero in y; B.apply(r, z):
/// z = B r. On negative curvature x is the iterate reached so far (the preconditioned b when none was).
template <class Vector, class Apply, class Inverse>
KrylovReport conjugate_gradients(const NodeSpace& space, const Apply& apply, const Inverse& B, const Vector& b,
                                 const Vector& x, double tolerance, int most_iterations,
                                 const KrylovVectors<Vector>& work) {
  const Vector r = work.r, z = work.z, p = work.p, y = work.y;
  KrylovReport report;
  fill(x, 0.0);
  copy(r, b);
  const double start = norm(space, r);
  report.relative_residual = start > 0.0 ? 1.0 : 0.0;
  if (start == 0.0) return report;
  if (!std::isfinite(start)) return {KrylovEnd::not_a_number, 0, start};
  B.apply(r, z);
  copy(p, z);
  double rz = dot(space, r, z);
  if (rz < 0.0) return {KrylovEnd::indefinite_preconditioner, 0, 1.0};
  const double start_energy = rz;
  for (report.iterations = 1; report.iterations <= most_iterations; ++report.iterations) {
    apply(p, y);
    const double curvature = dot(space, p, y);
    if (!std::isfinite(curvature)) {
      report.end = KrylovEnd::not_a_number;
      return report;
    }
    if (curvature <= 0.0) {
      report.end = KrylovEnd::negative_curvature;
      if (report.iterations == 1) copy(x, p);
      return report;
    }
    double sums[2] = {0.0, advance_solution(space, rz / curvature, p, y, x, r)};
    B.apply(r, z);
    sums[0] = local_dot(space, r, z);
    sum_over_ranks(space, sums);
    report.relative_residual = std::sqrt(sums[1]) / start;
    if (sums[0] < 0.0) {
      report.end = KrylovEnd::indefinite_preconditioner;
      return report;
    }
    if constexpr (requires { B.measures_energy(); })
      if (B.measures_energy())
        report.relative_residual = std::max(report.relative_residual, std::sqrt(sums[0] / start_energy));
    if (report.relative_residual <= tolerance) return report;
    axpby(space, 1.0, z, sums[0] / rz, p);
    rz = sums[0];
  }
  report.iterations = most_iterations;
  report.end = KrylovEnd::iterations;
  return report;
}

}  // namespace tautband
