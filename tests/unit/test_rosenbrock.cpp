// The stiff integrator at a point: order, error control, and a stiff problem with a published solution.
#include "math/rosenbrock.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

/// y' = -y^3 + z, z' = -2 z + w, w' = 0: nonlinear and coupled; from y = 1, z = w = 0 the exact y is 1/sqrt(1 + 2 t).
struct Decay {
  template <class V> void rates(const V (&y)[3], V (&dy)[3]) const {
    dy[0] = y[1] - y[0] * y[0] * y[0];
    dy[1] = y[2] - V(2.0) * y[1];
    dy[2] = V(0.0);
  }
  double size(int, double) const { return 1.0; }
};

/// Robertson's chemical reactions: rates from 0.04 to 3e7.
struct Robertson {
  template <class V> void rates(const V (&y)[3], V (&dy)[3]) const {
    dy[0] = V(1e4) * y[1] * y[2] - V(0.04) * y[0];
    dy[2] = V(3e7) * y[1] * y[1];
    dy[1] = -dy[0] - dy[2];
  }
  double size(int i, double value) const { return std::abs(value) + (i == 1 ? 1e-5 : 1.0); }
};

/// y' = -1/y: reaches 0, where no step is good, in a finite time.
struct Pole {
  template <class V> void rates(const V (&y)[1], V (&dy)[1]) const { dy[0] = V(-1.0) / y[0]; }
  double size(int, double) const { return 1.0; }
};

TEST(LuFactors, SolveWithExchangedRows) {
  LuFactors<3> matrix{{{0.0, 2.0, 1.0}, {1.0, 0.0, 3.0}, {4.0, 1.0, 0.0}}, {}};
  ASSERT_TRUE(matrix.factor());
  double x[3] = {0.0 * 1 + 2.0 * 2 + 1.0 * 3, 1.0 + 3.0 * 3, 4.0 + 2.0};
  matrix.solve(x);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(x[i], i + 1.0, 1e-14);
  LuFactors<2> singular{{{1.0, 2.0}, {2.0, 4.0}}, {}};
  EXPECT_FALSE(singular.factor());
}

double error_after(double h) {
  const Decay system;
  Rosenbrock<3, Decay> method(system);
  double y[3] = {1.0, 0.0, 0.0}, next[3] = {};
  for (double t = 0.0; t < 2.0 - 0.5 * h; t += h) {
    method.start(y);
    method.step(h, next);
    for (int i = 0; i < 3; ++i) y[i] = next[i];
  }
  return std::abs(y[0] - 1.0 / std::sqrt(5.0));
}

TEST(Rosenbrock, IsOfThirdOrder) {
  const double coarse = error_after(0.05), fine = error_after(0.025);
  EXPECT_NEAR(std::log2(coarse / fine), 3.0, 0.15);
}

TEST(Rosenbrock, ItsEstimateIsOfThirdOrderPerStep) {
  const Decay system;
  Rosenbrock<3, Decay> method(system);
  const double y[3] = {1.0, 0.3, 0.1};
  double next[3] = {};
  method.start(y);
  const double coarse = method.step(0.02, next), fine = method.step(0.01, next);
  EXPECT_NEAR(std::log2(coarse / fine), 3.0, 0.1);
}

TEST(AdvanceWithError, KeepsTheErrorNearTheTolerance) {
  for (double tolerance : {1e-3, 1e-5, 1e-7}) {
    double y[3] = {1.0, 0.0, 0.0}, step = 1e-3;
    const StepReport report = advance_with_error<3>(Decay{}, 10.0, tolerance, 100.0, y, step);
    EXPECT_TRUE(report.good);
    EXPECT_NEAR(y[0], 1.0 / std::sqrt(21.0), 10.0 * tolerance);
  }
}

TEST(AdvanceWithError, SolvesRobertsonsReactions) {
  // Hairer & Wanner, Solving Ordinary Differential Equations II; t = 40.
  double y[3] = {1.0, 0.0, 0.0}, step = 1e-6;
  const StepReport report = advance_with_error<3>(Robertson{}, 40.0, 1e-6, 100.0, y, step);
  EXPECT_TRUE(report.good);
  EXPECT_LT(report.steps, 300);  // an explicit method needs 1e5
  EXPECT_NEAR(y[0], 0.7158271, 1e-5);
  EXPECT_NEAR(y[1], 9.1855e-6, 1e-9);
  EXPECT_NEAR(y[2], 0.2841637, 1e-5);
}

TEST(AdvanceWithError, EndsAtTheTimeAndKeepsItsStep) {
  double in_one[3] = {1.0, 0.3, 0.1}, in_parts[3] = {1.0, 0.3, 0.1}, step = 1e-3, other = 1e-3;
  advance_with_error<3>(Decay{}, 3.0, 1e-6, 100.0, in_one, step);
  for (int i = 0; i < 30; ++i) advance_with_error<3>(Decay{}, 0.1, 1e-6, 100.0, in_parts, other);
  EXPECT_NEAR(in_one[0], in_parts[0], 1e-5);
  EXPECT_GT(other, 0.05);  // parts do not start from a small step again
  const double before = other;
  advance_with_error<3>(Decay{}, 1e-6, 1e-6, 100.0, in_parts, other);
  EXPECT_GE(other, before);  // and a short part does not make the next step short
}

TEST(AdvanceWithError, NeverLengthensBeyondTheLongest) {
  double y[3] = {1.0, 0.0, 0.0}, step = 1e-3;
  const StepReport report = advance_with_error<3>(Decay{}, 1e4, 1e-2, 10.0, y, step);
  EXPECT_LE(step, 10.0);
  EXPECT_GE(report.steps, 1000);
}

TEST(AdvanceWithError, SaysWhereItCannotGoOn) {
  // y = sqrt(1 - 2 t) ends at t = 1/2.
  double y[1] = {1.0}, step = 1e-3;
  const StepReport report = advance_with_error<1>(Pole{}, 1.0, 1e-6, 1.0, y, step);
  EXPECT_FALSE(report.good);
  EXPECT_GT(report.refused, 0);
}

}  // namespace
}  // namespace tautband
