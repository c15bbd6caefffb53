// Flexible GMRES with restart (Saad 1993, SIAM J Sci Comput 14:461), on callables: for systems that are not symmetric
// or not definite, and for preconditioners that change from one iteration to the next.
// Gram-Schmidt runs twice over each vector, the second time together with the first over the next vector (delayed
// re-orthogonalisation: Bielich et al. 2022, Parallel Comput 112:102940). So an iteration has one kernel of dot
// products, one sum over ranks and one kernel of updates. The preconditioner is given a vector after its first pass;
// a flexible method does not mind.
#pragma once

#include "solvers/conjugate_gradients.hpp"
#include "solvers/hessenberg_system.hpp"
#include "solvers/vector_list.hpp"

namespace tautband {

/// Work of the solver; made once, reused by every solve: 2 restart + 1 vectors.
template <class Vector> struct FlexibleVectors {
  VectorList<Vector> basis;       ///< restart + 1, orthonormal
  VectorList<Vector> directions;  ///< restart: preconditioned vectors
  HessenbergSystem system;
  std::vector<double> sums, column, factors;

  /// restart: most iterations between two restarts, < most_listed.
  FlexibleVectors(const NodeSpace& space, int restart)
      : basis("tautband::gmres_basis", space, restart + 1),
        directions("tautband::gmres_directions", space, restart),
        system(restart),
        sums(2 * restart + 1),
        column(restart + 1),
        factors(restart) {}
  int restart() const { return directions.size(); }
  std::size_t bytes() const { return basis.bytes() + directions.bytes(); }
};
using FlexibleWork = FlexibleVectors<NodeVector>;

namespace detail {

/// The iterations between two restarts. basis[0] holds the residual; basis[j + 1] becomes A z_j after its first pass of
/// Gram-Schmidt, divided by the length this should leave, and then after its second.
template <class Vector, class Apply, class Inverse> class FlexibleCycle {
 public:
  FlexibleCycle(const NodeSpace& space, const Apply& apply, const Inverse& B, FlexibleVectors<Vector>& work)
      : space_(space), apply_(apply), B_(B), work_(work) {}

  /// At most `most` iterations, until the residual norm is `target`; false when a sum is not a number.
  bool run(double target, int most) {
    for (int j = 0; j < most; ++j) {
      const Vector u = work_.basis[j], w = work_.basis[j + 1];
      B_.apply(u, work_.directions[j]);
      apply_(work_.directions[j], w);
      ++iterations_;
      take_dots(j, u, w);
      if (!std::isfinite(work_.sums[2 * j]) || !std::isfinite(work_.sums[2 * j + 2])) return false;
      if (!second_pass(j)) return true;
      first_pass(j);
      if (j + 1 == most || length_ == 0.0 || work_.system.residual_with(work_.column.data(), j) <= target) {
        add_column(j);
        return true;
      }
      orthogonalise(work_.basis, step_, u, w);
    }
    return true;
  }
  int iterations() const { return iterations_; }
  /// x += the best combination of the directions.
  void improve(const Vector& x) {
    work_.system.solve(columns_, work_.factors.data());
    add_combination(work_.directions, work_.factors.data(), columns_, x);
  }

 private:
  void take_dots(int j, const Vector& u, const Vector& w) {
    local_dots(space_, work_.basis, j + 1, u, w, work_.sums.data());
    MPI_Allreduce(MPI_IN_PLACE, work_.sums.data(), 2 * j + 3, MPI_DOUBLE, MPI_SUM, space_.comm);
  }

  /// What is left of u = basis[j] after its second pass, and with it column j - 1. False when the cycle ends there: a
  /// second pass that takes nine tenths of u takes rounding errors away (Kahan's "twice is enough"), so nothing new is
  /// in it.
  bool second_pass(int j) {
    const double whole = work_.sums[2 * j];
    double left = whole;
    for (int i = 0; i < j; ++i) {
      step_.of_u[i] = work_.sums[2 * i];
      left -= step_.of_u[i] * step_.of_u[i];
    }
    const bool is_new = left > 0.01 * whole;
    const double length = is_new ? std::sqrt(left) : 0.0;
    step_.count = j;
    step_.scale_u = 1.0 / length;
    if (j == 0) {
      work_.system.start(length);
      return is_new;
    }
    for (int i = 0; i < j; ++i) work_.column[i] += length_ * step_.of_u[i];
    work_.column[j] = length_ * length;
    return add_column(j - 1) && is_new;
  }

  /// Column j as the first pass over w = A z_j finds it.
  void first_pass(int j) {
    double along = work_.sums[2 * j + 1], left = work_.sums[2 * j + 2];
    for (int i = 0; i < j; ++i) {
      const double h = work_.sums[2 * i + 1];
      step_.of_w[i] = work_.column[i] = h;
      along -= step_.of_u[i] * h;
      left -= h * h;
    }
    along *= step_.scale_u;
    left -= along * along;
    length_ = left > 0.0 ? std::sqrt(left) : 0.0;
    step_.along = work_.column[j] = along;
    work_.column[j + 1] = length_;
    step_.scale_w = 1.0 / length_;
  }

  bool add_column(int j) {
    const bool added = work_.system.add(work_.column.data(), j);
    if (added) columns_ = j + 1;
    return added;
  }

  const NodeSpace& space_;
  const Apply& apply_;
  const Inverse& B_;
  FlexibleVectors<Vector>& work_;
  Orthogonalisation step_;
  double length_ = 1.0;  ///< of the latest vector after its first pass
  int iterations_ = 0, columns_ = 0;
};

}  // namespace detail

/// Solves A x = b from x = 0 until |b - A x| <= tolerance |b|, with apply and B as in conjugate_gradients(); neither
/// needs to be symmetric, and B may change. The residual reported is computed from x. Ends with `stagnation` when a
/// whole cycle brings nothing: the system is singular, or rounding allows no more.
template <class Vector, class Apply, class Inverse>
KrylovReport flexible_gmres(const NodeSpace& space, const Apply& apply, const Inverse& B, const Vector& b,
                            const Vector& x, double tolerance, int most_iterations, FlexibleVectors<Vector>& work) {
  const Vector r = work.basis[0];
  KrylovReport report;
  fill(x, 0.0);
  copy(r, b);
  const double start = norm(space, r);
  report.relative_residual = start > 0.0 ? 1.0 : 0.0;
  if (start == 0.0) return report;
  if (!std::isfinite(start)) return {KrylovEnd::not_a_number, 0, start};
  while (report.iterations < most_iterations) {
    detail::FlexibleCycle cycle(space, apply, B, work);
    const bool finite = cycle.run(tolerance * start, std::min(work.restart(), most_iterations - report.iterations));
    report.iterations += cycle.iterations();
    report.end = KrylovEnd::not_a_number;
    if (!finite) return report;
    cycle.improve(x);
    apply(x, r);
    axpby(space, 1.0, b, -1.0, r);
    const double before = report.relative_residual;
    report.relative_residual = norm(space, r) / start;
    if (!std::isfinite(report.relative_residual)) return report;
    report.end = KrylovEnd::converged;
    if (report.relative_residual <= tolerance) return report;
    report.end = KrylovEnd::stagnation;
    if (report.relative_residual > (1.0 - 1e-9) * before) return report;
  }
  report.end = KrylovEnd::iterations;
  return report;
}

}  // namespace tautband
