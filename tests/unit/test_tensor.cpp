// Small tensors against plain index loops.
#include "law_points.hpp"
#include "laws/isochoric.hpp"

namespace tautband::test {
namespace {

Mat3<double> random_matrix(Random& random) {
  Mat3<double> A;
  for (double& each : A.m) each = uniform(random, -1, 1);
  return A;
}

Sym3<double> random_symmetric(Random& random) {
  Sym3<double> A;
  for (double& each : A.s) each = uniform(random, -1, 1);
  return A;
}

/// c : d as a symmetric tensor, with engineering shears of d.
Sym3<double> apply(const Sym6<double>& c, const Sym3<double>& d) {
  Sym3<double> r{};
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) r.s[i] += c(i, j) * (j < 3 ? 1.0 : 2.0) * d.s[j];
  return r;
}

void expect_equal(const Sym3<double>& a, const Sym3<double>& b) {
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(a.s[i], b.s[i], 1e-14);
}

TEST(Tensor, SymmetricStorageIsVtkOrder) {
  const Sym3<double> A{{0, 1, 2, 3, 4, 5}};
  EXPECT_EQ(A(0, 0), 0);
  EXPECT_EQ(A(1, 1), 1);
  EXPECT_EQ(A(2, 2), 2);
  EXPECT_EQ(A(0, 1), 3);
  EXPECT_EQ(A(1, 2), 4);
  EXPECT_EQ(A(2, 0), 5);
  EXPECT_EQ(A(0, 2), 5);
}

TEST(Tensor, SixBySixStorageIsAPermutation) {
  bool seen[21] = {};
  for (int i = 0; i < 6; ++i)
    for (int j = i; j < 6; ++j) {
      ASSERT_EQ(Sym6<double>::at(i, j), Sym6<double>::at(j, i));
      ASSERT_FALSE(seen[Sym6<double>::at(i, j)]);
      seen[Sym6<double>::at(i, j)] = true;
    }
}

TEST(Tensor, InverseAndDeterminant) {
  Random random(21);
  for (int n = 0; n < 20; ++n) {
    const Mat3<double> A = random_matrix(random), B = random_matrix(random);
    EXPECT_NEAR(determinant(A * B), determinant(A) * determinant(B), 1e-14);
    const Mat3<double> one = A * inverse(A, determinant(A));
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) EXPECT_NEAR(one(i, j), i == j, 1e-12 / std::fabs(determinant(A)));
  }
}

TEST(Tensor, CauchyGreenTensors) {
  Random random(22);
  const Mat3<double> F = random_matrix(random);
  const Sym3<double> b = left_cauchy_green(F), C = right_cauchy_green(F);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      double left = 0, right = 0;
      for (int k = 0; k < 3; ++k) {
        left += F(i, k) * F(j, k);
        right += F(k, i) * F(k, j);
      }
      EXPECT_NEAR(b(i, j), left, 1e-15);
      EXPECT_NEAR(C(i, j), right, 1e-15);
    }
}

TEST(Tensor, ProductsOfSymmetricTensors) {
  Random random(23);
  const Sym3<double> A = random_symmetric(random), B = random_symmetric(random);
  const Vec3<double> u = random_direction(random), v = random_direction(random);
  double sum = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      sum += A(i, j) * B(i, j);
      EXPECT_NEAR(squared(A)(i, j), A(i, 0) * A(0, j) + A(i, 1) * A(1, j) + A(i, 2) * A(2, j), 1e-15);
      EXPECT_NEAR(symmetric_dyad(u, v)(i, j), u(i) * v(j) + v(i) * u(j), 1e-15);
      EXPECT_NEAR(dyad(u)(i, j), u(i) * u(j), 1e-15);
    }
  EXPECT_NEAR(contract(A, B), sum, 1e-15);
  EXPECT_NEAR(trace(deviator(A)), 0.0, 1e-15);
  expect_equal(deviator(A) + (trace(A) / 3) * Sym3<double>{{1, 1, 1, 0, 0, 0}}, A);
  const Vec3<double> Au = A * u;
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(Au(i), A(i, 0) * u(0) + A(i, 1) * u(1) + A(i, 2) * u(2), 1e-15);
}

TEST(Tensor, FourthOrderProductsActAsDefined) {
  Random random(24);
  const Sym3<double> A = random_symmetric(random), B = random_symmetric(random), d = random_symmetric(random);
  Sym6<double> c;
  set_zero(c);
  add_dyad(2.0, A, c);
  expect_equal(apply(c, d), (2.0 * contract(A, d)) * A);
  set_zero(c);
  add_dyads(3.0, A, B, c);
  expect_equal(apply(c, d), (3.0 * contract(B, d)) * A + (3.0 * contract(A, d)) * B);
  set_zero(c);
  add_sandwich(0.5, A, B, c);
  Sym3<double> expected{};
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) expected(i, j) += 0.5 * (A(i, k) * d(k, l) * B(l, j) + B(i, k) * d(k, l) * A(l, j));
  expect_equal(apply(c, d), expected);
}

}  // namespace
}  // namespace tautband::test
