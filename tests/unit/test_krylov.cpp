// Flexible GMRES and its kernels on any number of ranks (1, 2 and 4 are run), with dense matrices.
#include "solvers/flexible_gmres.hpp"
#include "support/dense_system.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using namespace testing_support;

struct Identity {
  void apply(const NodeVector& r, const NodeVector& z) const { copy(z, r); }
};
/// Divides by `factor` and by how often it was asked.
struct Changing {
  double factor;
  mutable int calls = 0;
  void apply(const NodeVector& r, const NodeVector& z) const {
    Kokkos::deep_copy(z, r);
    axpby({MPI_COMM_WORLD, Index(r.extent(0)), 0}, 0.0, r, 1.0 / (factor * ++calls), z);
  }
};

struct Solution {
  KrylovReport report;
  std::vector<double> x;
};

template <class Inverse = Identity>
Solution solve(const Row& row, const Dense& A, const std::vector<double>& b, double tolerance, int restart,
               int most = 1000, const Inverse& B = {}) {
  FlexibleWork work(row.space, restart);
  const auto apply = [&](const NodeVector& x, const NodeVector& y) { row.multiply(A, x, y); };
  const NodeVector x = row.space.vector("x");
  const KrylovReport report = flexible_gmres(row.space, apply, B, row.local(b), x, tolerance, most, work);
  return {report, row.whole(x)};
}

// The random part has a norm of about sqrt(n) / 2 = 3.9 (circular law: radius sqrt(n / 12) = 2.2), so that I * 8 + it
// is well-conditioned: solutions differ by a few times the tolerance.
TEST(FlexibleGmres, AgreesWithElimination) {
  const Row row(20);
  const Dense A = random_matrix(row.size(), 8.0, 1);
  const std::vector<double> b = random_vector(row.size(), 99), exact = eliminate(A, b);
  for (const int restart : {5, 20, 63}) {
    const Solution s = solve(row, A, b, 1e-12, restart);
    EXPECT_EQ(s.report.end, KrylovEnd::converged) << restart;
    EXPECT_GT(s.report.iterations, 10);
    for (int i = 0; i < row.size(); ++i) EXPECT_NEAR(s.x[i], exact[i], 1e-12) << restart;
  }
}

TEST(FlexibleGmres, ReportsTheTrueResidual) {
  const Row row(20);
  const Dense A = random_matrix(row.size(), 6.0, 7);
  const std::vector<double> b = random_vector(row.size(), 8);
  for (const double tolerance : {0.5, 1e-3, 1e-9})
    for (const int restart : {4, 30}) {
      const Solution s = solve(row, A, b, tolerance, restart);
      EXPECT_LE(s.report.relative_residual, tolerance);
      EXPECT_NEAR(s.report.relative_residual, residual(A, b, s.x), 1e-14);
      EXPECT_GT(s.report.relative_residual, 0.01 * tolerance) << "more was done than asked for";
    }
  const Solution cut = solve(row, A, b, 1e-9, 4, 6);
  EXPECT_EQ(cut.report.end, KrylovEnd::iterations);
  EXPECT_EQ(cut.report.iterations, 6);
  EXPECT_NEAR(cut.report.relative_residual, residual(A, b, cut.x), 1e-14);
}

// A cyclic shift: every Krylov vector but the last is orthogonal to what is left, so nothing is gained until iteration
// n, which is exact (Nachtigal, Reddy & Trefethen 1992, SIAM J Matrix Anal Appl 13:778). With a restart it never ends.
TEST(FlexibleGmres, IsExactAfterAsManyIterationsAsUnknowns) {
  const Row row(4);
  Dense A(12, std::vector<double>(12, 0.0));
  for (int i = 0; i < 12; ++i) A[i][(i + 1) % 12] = 1.0;
  std::vector<double> b(12, 0.0);
  b[0] = 2.0;
  const Solution whole = solve(row, A, b, 1e-12, 12);
  EXPECT_EQ(whole.report.end, KrylovEnd::converged);
  EXPECT_EQ(whole.report.iterations, 12);
  for (int i = 0; i < 12; ++i) EXPECT_NEAR(whole.x[i], i == 1 ? 2.0 : 0.0, 1e-14);
  const Solution cut = solve(row, A, b, 1e-12, 11);
  EXPECT_EQ(cut.report.end, KrylovEnd::stagnation);
  EXPECT_EQ(cut.report.iterations, 11);
  EXPECT_DOUBLE_EQ(cut.report.relative_residual, 1.0);
  const Dense B = random_matrix(12, 0.0, 5);  // any matrix at all
  EXPECT_EQ(solve(row, B, b, 1e-10, 20).report.end, KrylovEnd::converged);
  EXPECT_LE(solve(row, B, b, 1e-10, 20).report.iterations, 12);
}

// b lies in an invariant subspace of k dimensions: the k-th iteration has the exact solution and no new vector. Its
// length is then a difference of squares, 1e-8 of them by rounding, and may need another iteration to be told from
// zero.
TEST(FlexibleGmres, EndsInAnInvariantSubspace) {
  const Row row(5);
  Dense A(15, std::vector<double>(15, 0.0));
  for (int i = 0; i < 15; ++i) A[i][i] = 1.0 + i;
  for (const int k : {1, 2, 3}) {
    std::vector<double> b(15, 0.0);
    for (int i = 0; i < k; ++i) b[4 * i] = 1.0;
    const Solution s = solve(row, A, b, 1e-13, 15);
    EXPECT_EQ(s.report.end, KrylovEnd::converged);
    EXPECT_GE(s.report.iterations, k);
    EXPECT_LE(s.report.iterations, k + 1);
    for (int i = 0; i < 15; ++i) EXPECT_NEAR(s.x[i], b[i] / A[i][i], 1e-14);
    EXPECT_LE(solve(row, A, b, 0.0, 15, 40).report.relative_residual, 1e-15) << "no harm when asked for the impossible";
  }
}

TEST(FlexibleGmres, TellsASingularSystem) {
  const Row row(5);
  Dense A(15, std::vector<double>(15, 0.0));
  for (int i = 1; i < 15; ++i) A[i][i] = 1.0 + i;
  std::vector<double> b(15, 1.0);
  const Solution s = solve(row, A, b, 1e-8, 20);
  EXPECT_EQ(s.report.end, KrylovEnd::stagnation);
  EXPECT_NEAR(s.report.relative_residual, std::sqrt(1.0 / 15.0), 1e-12);  // the component that nothing reaches
  A[0][1] = 1.0;
  A[1][1] = 0.0;  // the second row is empty: nilpotent in the first two components
  b.assign(15, 0.0);
  b[1] = 1.0;
  const Solution none = solve(row, A, b, 1e-8, 20);
  EXPECT_EQ(none.report.end, KrylovEnd::stagnation);
  for (const double x : none.x) EXPECT_TRUE(std::isfinite(x));
}

TEST(FlexibleGmres, StopsAtWhatIsNoNumber) {
  const Row row(5);
  const Dense A = random_matrix(15, 8.0, 3);
  std::vector<double> b = random_vector(15, 4);
  FlexibleWork work(row.space, 4);
  const NodeVector x = row.space.vector("x");
  int calls = 0;
  const auto apply = [&](const NodeVector& p, const NodeVector& y) {
    row.multiply(A, p, y);
    if (++calls > 7) fill(y, std::nan(""));
  };
  const KrylovReport report = flexible_gmres(row.space, apply, Identity(), row.local(b), x, 1e-14, 100, work);
  EXPECT_EQ(report.end, KrylovEnd::not_a_number);
  for (const double value : row.whole(x)) EXPECT_TRUE(std::isfinite(value)) << "the last good x is kept";
  EXPECT_NEAR(report.relative_residual, residual(A, b, row.whole(x)), 1e-14);
  b[14] = std::nan("");
  EXPECT_EQ(solve(row, A, b, 1e-8, 10).report.end, KrylovEnd::not_a_number);
}

TEST(FlexibleGmres, LeavesZeroAlone) {
  const Row row(5);
  const Solution s = solve(row, random_matrix(15, 8.0, 3), std::vector<double>(15, 0.0), 1e-8, 10);
  EXPECT_EQ(s.report.end, KrylovEnd::converged);
  EXPECT_EQ(s.report.iterations, 0);
  for (const double x : s.x) EXPECT_EQ(x, 0.0);
}

// Scaling the preconditioner, also anew in each iteration, changes nothing in exact arithmetic.
TEST(FlexibleGmres, AllowsAPreconditionerThatChanges) {
  const Row row(12);
  const Dense A = random_matrix(row.size(), 8.0, 21);
  const std::vector<double> b = random_vector(row.size(), 22);
  const Solution plain = solve(row, A, b, 1e-10, 40), changing = solve(row, A, b, 1e-10, 40, 100, Changing{1e3});
  EXPECT_EQ(changing.report.end, KrylovEnd::converged);
  EXPECT_EQ(changing.report.iterations, plain.report.iterations);
  for (int i = 0; i < row.size(); ++i) EXPECT_NEAR(changing.x[i], plain.x[i], 1e-12);
}

// Columns that all point along one direction but for 1e-7: a single pass of classical Gram-Schmidt leaves products of
// about 1e-16 * 1e7^2 between them.
TEST(FlexibleGmres, KeepsItsBasisOrthonormal) {
  const Row row(20);
  Dense A = random_matrix(row.size(), 0.0, 31);
  for (auto& r : A)
    for (double& a : r) a = 1.0 + 1e-7 * a;
  const std::vector<double> b = random_vector(row.size(), 32);
  FlexibleWork work(row.space, 12);
  const auto apply = [&](const NodeVector& x, const NodeVector& y) { row.multiply(A, x, y); };
  const NodeVector x = row.space.vector("x"), r = row.local(b);
  detail::FlexibleCycle cycle(row.space, apply, Identity(), work);
  copy(work.basis[0], r);
  ASSERT_TRUE(cycle.run(0.0, 12));
  ASSERT_EQ(cycle.iterations(), 12);
  for (int i = 0; i < 12; ++i)
    for (int j = 0; j <= i; ++j)
      EXPECT_NEAR(tautband::dot(row.space, work.basis[i], work.basis[j]), i == j, 1e-14) << i << " " << j;
}

template <class Vector> class VectorKernels : public testing::Test {};
using Kinds = testing::Types<NodeVector, View1<double>>;
TYPED_TEST_SUITE(VectorKernels, Kinds);

/// A list of vectors with known values: f(i, e) in entry e of vector i.
template <class Vector> VectorList<Vector> filled(const NodeSpace& space, int count, unsigned seed) {
  VectorList<Vector> list("list", space, count);
  for (int i = 0; i < count; ++i) {
    const std::vector<double> values = random_vector(int(list.stride()), seed + i);
    const Kokkos::View<const double*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> host(values.data(), values.size());
    Kokkos::deep_copy(View1<double>(list[i].data(), values.size()), host);
  }
  return list;
}
template <class Vector> std::vector<double> on_host(const Vector& x) {
  std::vector<double> values(x.size());
  const Kokkos::View<double*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> host(values.data(), values.size());
  Kokkos::deep_copy(host, View1<double>(x.data(), x.size()));
  return values;
}

// 700 nodes are more than a chunk and no multiple of a pack of numbers.
TYPED_TEST(VectorKernels, AgreeWithPlainLoops) {
  const NodeSpace space{MPI_COMM_SELF, 703, 701};
  const VectorList<TypeParam> list = filled<TypeParam>(space, 5, 40), pair = filled<TypeParam>(space, 2, 60);
  const auto owned = components_of<TypeParam> * 701;
  double sums[9];
  local_dots(space, list, 4, pair[0], pair[1], sums);
  std::vector<double> u = on_host(pair[0]), w = on_host(pair[1]);
  for (int i = 0; i < 4; ++i) {
    const std::vector<double> x = on_host(list[i]);
    EXPECT_NEAR(sums[2 * i], std::inner_product(x.begin(), x.begin() + owned, u.begin(), 0.0), 1e-12);
    EXPECT_NEAR(sums[2 * i + 1], std::inner_product(x.begin(), x.begin() + owned, w.begin(), 0.0), 1e-12);
  }
  EXPECT_NEAR(sums[8], std::inner_product(w.begin(), w.begin() + owned, w.begin(), 0.0), 1e-11);

  Orthogonalisation step{3, {0.1, -2.0, 3.0}, {5.0, 0.7, -1.1}, 0.3, 11.0, 1.7};
  orthogonalise(list, step, pair[0], pair[1]);
  const double factors[5] = {1.0, -0.5, 2.0, 4.0, -3.0};
  add_combination(list, factors, 5, list[4]);
  const std::vector<double> new_u = on_host(pair[0]), new_w = on_host(pair[1]), sum = on_host(list[4]);
  const VectorList<TypeParam> before = filled<TypeParam>(space, 5, 40);
  for (std::size_t e = 0; e < u.size(); ++e) {
    double a = u[e], b = w[e], c = on_host(before[4])[e];
    for (int i = 0; i < 5; ++i) {
      const double x = before[i].data()[e];
      if (i < 3) a -= step.of_u[i] * x, b -= step.of_w[i] * x;
      c += factors[i] * x;
    }
    EXPECT_NEAR(new_u[e], 0.3 * a, 1e-14);
    EXPECT_NEAR(new_w[e], 1.7 * (b - 11.0 * 0.3 * a), 1e-13);
    EXPECT_NEAR(sum[e], c, 1e-14);
  }
}

}  // namespace
}  // namespace tautband
