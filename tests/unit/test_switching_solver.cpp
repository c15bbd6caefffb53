// The choice between conjugate gradients and flexible GMRES, on any number of ranks (1, 2 and 4 are run).
#include "solvers/switching_solver.hpp"
#include "solvers/symmetry_probe.hpp"
#include "support/dense_system.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using namespace testing_support;

struct Identity {
  void apply(const NodeVector& r, const NodeVector& z) const { copy(z, r); }
};

constexpr int nodes = 12, size = 3 * nodes;

struct Outcome {
  SwitchingReport report;
  std::vector<double> x;
  std::size_t bytes;
};

/// As many times as told, with one solver; what the last one did.
Outcome solve(const Dense& A, const std::vector<double>& b, bool symmetric, int times = 1) {
  const Row row(nodes);
  SwitchingSolver solver(row.space);
  Dense S = A;
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) S[i][j] = 0.5 * (A[i][j] + A[j][i]);
  const auto whole = [&](const NodeVector& x, const NodeVector& y) { row.multiply(A, x, y); };
  const auto even = [&](const NodeVector& x, const NodeVector& y) { row.multiply(S, x, y); };
  const NodeVector x = row.space.vector("x"), right_side = row.local(b);
  SwitchingReport report;
  for (int i = 0; i < times; ++i)
    report = symmetric ? solver.solve(even, Identity(), right_side, x, 1e-11, 500)
                       : solver.solve(whole, even, Identity(), right_side, x, 1e-11, 500);
  return {report, row.whole(x), solver.bytes()};
}

/// Q D Q with a reflection Q: eigenvalues D.
Dense with_eigenvalues(const std::vector<double>& values, unsigned seed) {
  const std::vector<double> v = random_vector(size, seed);
  Dense A(size, std::vector<double>(size, 0.0)), Q = A;
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) Q[i][j] = (i == j) - 2.0 * v[i] * v[j] / dot(v, v);
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j)
      for (int k = 0; k < size; ++k) A[i][j] += Q[i][k] * values[k] * Q[j][k];
  return A;
}

/// 1, 1.5, 2, ... 5.5, each several times: as many iterations as different ones are exact.
std::vector<double> positive_values() {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) values.push_back(1.0 + 0.5 * (i % 10));
  return values;
}

void expect_solution(const Outcome& outcome, const Dense& A, const std::vector<double>& b) {
  EXPECT_EQ(outcome.report.krylov.end, KrylovEnd::converged);
  const std::vector<double> exact = eliminate(A, b);
  for (int i = 0; i < size; ++i) EXPECT_NEAR(outcome.x[i], exact[i], 1e-9);
}

TEST(SwitchingSolver, StaysWithConjugateGradientsWhileTheyServe) {
  const Dense A = with_eigenvalues(positive_values(), 1);
  const std::vector<double> b = random_vector(size, 2);
  const Outcome outcome = solve(A, b, true);
  EXPECT_FALSE(outcome.report.flexible || outcome.report.negative_curvature);
  EXPECT_EQ(outcome.bytes, 0u) << "memory is taken when it is needed";
  expect_solution(outcome, A, b);
}

TEST(SwitchingSolver, SwitchesAtNegativeCurvature) {
  std::vector<double> values = positive_values();
  values[3] = -2.0;
  values[8] = -0.7;
  const Dense A = with_eigenvalues(values, 3);
  const std::vector<double> b = random_vector(size, 4);
  const Outcome outcome = solve(A, b, true);
  EXPECT_TRUE(outcome.report.flexible && outcome.report.negative_curvature);
  EXPECT_GT(outcome.bytes, 0u);
  expect_solution(outcome, A, b);
}

/// S + a skew part of random numbers up to `skew`.
Dense with_skew_part(Dense S, double skew) {
  const Dense R = random_matrix(size, 0.0, 5);
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) S[i][j] += skew * (R[i][j] - R[j][i]);
  return S;
}

// The symmetric part has a condition of 1e5, with which GMRES alone would take many cycles; around inner solves it
// takes 11 iterations for 11 digits, each of them some ten of conjugate gradients.
TEST(SwitchingSolver, SolvesWhatIsNotSymmetric) {
  std::vector<double> values = positive_values();
  values[5] = 1e5;
  values[6] = 1e4;
  const Dense A = with_skew_part(with_eigenvalues(values, 5), 0.02);
  const std::vector<double> b = random_vector(size, 6);
  const Outcome outcome = solve(A, b, false);
  EXPECT_TRUE(outcome.report.flexible);
  EXPECT_FALSE(outcome.report.negative_curvature);
  EXPECT_GT(outcome.bytes, 0u);
  expect_solution(outcome, A, b);
}

// With a skew part much larger than the symmetric one nothing converges in 12 iterations.
TEST(SwitchingSolver, SolvesTheSymmetricPartWhereTheSkewOnePrevails) {
  const Dense S = with_eigenvalues(positive_values(), 5), A = with_skew_part(S, 30.0);
  const std::vector<double> b = random_vector(size, 6);
  const Outcome first = solve(A, b, false);
  EXPECT_FALSE(first.report.flexible);
  expect_solution(first, S, b);
  const Outcome second = solve(A, b, false, 2);
  EXPECT_EQ(second.x, first.x);
  EXPECT_LT(second.report.krylov.iterations, first.report.krylov.iterations) << "the second time it is not tried";
  EXPECT_EQ(solve(A, b, false, 12).report.krylov.iterations, first.report.krylov.iterations) << "the twelfth it is";
}

// An eigenvalue of zero along which b points: there is no solution, and what conjugate gradients had reached is kept.
TEST(SwitchingSolver, KeepsWhatConjugateGradientsReached) {
  std::vector<double> values = positive_values();
  values[3] = -2.0;
  values[8] = 0.0;
  const Dense A = with_eigenvalues(values, 7);
  const std::vector<double> b = random_vector(size, 8);
  const Outcome outcome = solve(A, b, true);
  EXPECT_FALSE(outcome.report.flexible);
  EXPECT_EQ(outcome.report.krylov.end, KrylovEnd::negative_curvature);
  const Row row(nodes);
  const auto apply = [&](const NodeVector& x, const NodeVector& y) { row.multiply(A, x, y); };
  const NodeVector x = row.space.vector("x");
  const KrylovReport alone =
      conjugate_gradients(row.space, apply, Identity(), row.local(b), x, 1e-11, 500, KrylovWork(row.space));
  EXPECT_GT(outcome.report.krylov.iterations, alone.iterations);
  for (int i = 0; i < size; ++i) EXPECT_NEAR(outcome.x[i], row.whole(x)[i], 1e-12);
}

struct Probe {
  Row row{nodes};
  NodeVector mask = row.space.vector("mask");
  View1<GlobalIndex> number{"number", std::size_t(row.space.n_nodes)};
  Probe() {
    Kokkos::deep_copy(mask, 1.0);
    const auto h = Kokkos::create_mirror_view(number);
    for (Index n = 0; n < row.space.n_nodes; ++n) h(n) = row.first + n;
    Kokkos::deep_copy(number, h);
  }
  bool symmetric(const Dense& A) const {
    return SymmetryProbe(row.space, number, mask).symmetric([&](const NodeVector& x, const NodeVector& y) {
      row.multiply(A, x, y);
    });
  }
};

TEST(SymmetryProbe, TellsASingleSkewEntry) {
  Probe probe;
  Dense A = with_eigenvalues(positive_values(), 11);
  EXPECT_TRUE(probe.symmetric(A));
  A[4][30] += 1e-6;
  EXPECT_FALSE(probe.symmetric(A));
  A[30][4] += 1e-6;
  EXPECT_TRUE(probe.symmetric(A));
  EXPECT_TRUE(probe.symmetric(Dense(size, std::vector<double>(size, 0.0))));
}

TEST(SymmetryProbe, LeavesOutWhatIsPrescribed) {
  Probe probe;
  Dense A = with_eigenvalues(positive_values(), 12);
  A[3 * 5 + 1][8] += 1.0;
  EXPECT_FALSE(probe.symmetric(A));
  const auto h = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), probe.mask);
  for (Index n = 0; n < probe.row.space.n_nodes; ++n)
    if (probe.row.first + n == 5) h(n, 1) = 0.0;
  Kokkos::deep_copy(probe.mask, h);
  EXPECT_TRUE(probe.symmetric(A));
}

// Uniform in -1..1: mean 0 and mean square 1/3, within five standard errors of 10000 numbers.
TEST(ScatteredNumbers, AreUniform) {
  double sum = 0.0, squares = 0.0;
  for (int i = 0; i < 10000; ++i) {
    const double x = scattered_number(i);
    ASSERT_LE(std::abs(x), 1.0);
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 10000, 0.0, 0.029);
  EXPECT_NEAR(squares / 10000, 1.0 / 3.0, 0.015);
}

}  // namespace
}  // namespace tautband
