// Stiff systems of a few equations at a point, dy/dt = f(y): a linearly implicit method with error control.
//   (1/(g h) - J) k_i = f(y + sum_j a_ij k_j) + sum_j c_ij k_j / h,   J = df/dy,   y_next = y + 2 k_1 + k_3 + k_4
// Order 3 with an embedded method of order 2 whose error is k_4; both are stiffly accurate, the first is L-stable.
// Source: RODAS3 of Sandu et al. 1997, Atmos Environ 31:3459 (g = 1/2).
#pragma once

#include "math/dual.hpp"

#include <limits>

namespace tautband {

/// L and U of an N x N matrix in its own place, with rows exchanged for the largest pivot.
template <int N> struct LuFactors {
  double a[N][N];
  int row[N];  ///< what stands in row i came from row[i] at elimination step i

  /// False when the matrix is singular.
  KOKKOS_INLINE_FUNCTION bool factor() {
    for (int i = 0; i < N; ++i) {
      row[i] = i;
      for (int r = i + 1; r < N; ++r)
        if (abs(a[r][i]) > abs(a[row[i]][i])) row[i] = r;
      if (!(abs(a[row[i]][i]) > 0.0)) return false;
      if (row[i] != i)
        for (int c = 0; c < N; ++c) {
          const double kept = a[i][c];
          a[i][c] = a[row[i]][c];
          a[row[i]][c] = kept;
        }
      const double inverse = 1.0 / a[i][i];
      for (int r = i + 1; r < N; ++r) {
        if (a[r][i] == 0.0) continue;  // point models couple few of their unknowns
        const double factor = a[r][i] * inverse;
        a[r][i] = factor;
        for (int c = i + 1; c < N; ++c) a[r][c] -= factor * a[i][c];
      }
    }
    return true;
  }

  /// x := A^-1 x.
  KOKKOS_INLINE_FUNCTION void solve(double (&x)[N]) const {
    for (int i = 0; i < N; ++i) {
      const double kept = x[i];
      x[i] = x[row[i]];
      x[row[i]] = kept;
    }
    for (int i = 1; i < N; ++i)
      for (int c = 0; c < i; ++c) x[i] -= a[i][c] * x[c];
    for (int i = N - 1; i >= 0; --i) {
      for (int c = i + 1; c < N; ++c) x[i] -= a[i][c] * x[c];
      x[i] /= a[i][i];
    }
  }
};

/// Steps of the method for a `System` of N equations that has
///   rates(y, dy)      dy = f(y), for arrays of N double or Dual<N>
///   size(i, y_i)      what an error of y_i is measured against
template <int N, class System> class Rosenbrock {
 public:
  KOKKOS_INLINE_FUNCTION explicit Rosenbrock(const System& system) : system_(system) {}

  /// Takes f and its Jacobian at y; steps of any length can be tried from there.
  KOKKOS_INLINE_FUNCTION void start(const double (&y)[N]) {
    Dual<N> at[N], slope[N];
    for (int i = 0; i < N; ++i) {
      y_[i] = y[i];
      at[i] = Dual<N>::variable(y[i], i);
    }
    system_.rates(at, slope);
    for (int i = 0; i < N; ++i) {
      f_[i] = slope[i].value;
      for (int j = 0; j < N; ++j) jacobian_[i][j] = slope[i].d[j];
    }
  }

  /// y after h (s); returns the largest estimated error over the size of its unknown, infinite when there is no step.
  /// A negative value counts as an error: every unknown is a concentration or a share.
  KOKKOS_INLINE_FUNCTION double step(double h, double (&next)[N]) const {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double error[N];
    if (!solve(h, next, error)) return infinite;
    double largest = 0.0;
    for (int i = 0; i < N; ++i) {
      const double wrong = max(abs(error[i]), -next[i]) / system_.size(i, y_[i]);
      if (!(wrong <= largest)) largest = wrong == wrong ? wrong : infinite;
      next[i] = max(next[i], 0.0);
    }
    return largest;
  }

 private:
  KOKKOS_INLINE_FUNCTION bool solve(double h, double (&next)[N], double (&error)[N]) const {
    LuFactors<N> matrix;
    for (int i = 0; i < N; ++i)
      for (int j = 0; j < N; ++j) matrix.a[i][j] = (i == j ? 2.0 / h : 0.0) - jacobian_[i][j];
    if (!matrix.factor()) return false;
    double k1[N], k2[N], k3[N];
    for (int i = 0; i < N; ++i) k1[i] = f_[i];
    matrix.solve(k1);
    for (int i = 0; i < N; ++i) k2[i] = f_[i] + 4.0 * k1[i] / h;
    matrix.solve(k2);
    for (int i = 0; i < N; ++i) next[i] = y_[i] + 2.0 * k1[i];
    system_.rates(next, k3);
    for (int i = 0; i < N; ++i) k3[i] += (k1[i] - k2[i]) / h;
    matrix.solve(k3);
    for (int i = 0; i < N; ++i) next[i] += k3[i];
    system_.rates(next, error);
    for (int i = 0; i < N; ++i) error[i] += (k1[i] - k2[i] - 8.0 / 3.0 * k3[i]) / h;
    matrix.solve(error);
    for (int i = 0; i < N; ++i) next[i] += error[i];
    return true;
  }

  const System& system_;
  double y_[N], f_[N], jacobian_[N][N];
};

/// How an advance over some time went.
struct StepReport {
  bool good = true;  ///< false: no step down to 1e-9 s was accurate, and y is where it stopped
  int steps = 0;     ///< accepted
  int refused = 0;
};

/// Brings y over `duration` (s) with steps whose largest error is at most `tolerance`. `step` (s): the first one to try
/// and, on return, the next.
template <int N, class System>
KOKKOS_INLINE_FUNCTION StepReport advance_with_error(const System& system, double duration, double tolerance,
                                                     double longest_step, double (&y)[N], double& step) {
  constexpr double shortest_step = 1e-9, largest_growth = 5.0, smallest_growth = 0.1, safety = 0.9;
  Rosenbrock<N, System> method(system);
  StepReport report;
  for (double left = duration; left > 0.0;) {
    const bool last = step >= left;
    double h = last ? left : step, next[N];
    method.start(y);
    double error = method.step(h, next) / tolerance;
    while (error > 1.0) {
      ++report.refused;
      h *= max(safety / cbrt(error), smallest_growth);
      step = h;
      if (h < shortest_step) {
        report.good = false;
        return report;
      }
      error = method.step(h, next) / tolerance;
    }
    ++report.steps;
    for (int i = 0; i < N; ++i) y[i] = next[i];
    const double grown = h * min(safety / cbrt(max(error, 1e-6)), largest_growth);
    step = min(h < step ? max(step, grown) : grown, longest_step);
    left = last && h == left ? 0.0 : left - h;
  }
  return report;
}

}  // namespace tautband
