// Dual numbers: every function's derivative against its textbook form, at points away from special values.
#include "math/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband::test {
namespace {

using D = Dual<2>;

void expect_dual(const D& x, double value, double by_x, double by_y) {
  EXPECT_NEAR(x.value, value, 1e-15 * (1.0 + std::fabs(value)));
  EXPECT_NEAR(x.d[0], by_x, 1e-14 * (1.0 + std::fabs(by_x)));
  EXPECT_NEAR(x.d[1], by_y, 1e-14 * (1.0 + std::fabs(by_y)));
}

constexpr double a = 1.7, b = -0.6;
D x() { return D::variable(a, 0); }
D y() { return D::variable(b, 1); }

TEST(Dual, Arithmetic) {
  expect_dual(x() + y(), a + b, 1, 1);
  expect_dual(x() - y(), a - b, 1, -1);
  expect_dual(x() * y(), a * b, b, a);
  expect_dual(x() / y(), a / b, 1 / b, -a / (b * b));
  expect_dual(-x(), -a, -1, 0);
  expect_dual(2.0 * x() * x() + D(3.0) - y() / 2.0, 2 * a * a + 3 - b / 2, 4 * a, -0.5);
}

TEST(Dual, CompoundAssignment) {
  D z = x();
  z += y();
  z *= x();
  z -= y();
  z /= x();
  // z = x + y - y/x
  expect_dual(z, a + b - b / a, 1 + b / (a * a), 1 - 1 / a);
}

TEST(Dual, Functions) {
  expect_dual(sqrt(x()), std::sqrt(a), 0.5 / std::sqrt(a), 0);
  expect_dual(exp(x()), std::exp(a), std::exp(a), 0);
  expect_dual(log(x()), std::log(a), 1 / a, 0);
  expect_dual(log1p(x()), std::log1p(a), 1 / (1 + a), 0);
  expect_dual(expm1(x()), std::expm1(a), std::exp(a), 0);
  expect_dual(cbrt(x()), std::cbrt(a), std::cbrt(a) / (3 * a), 0);
  expect_dual(inverse_cbrt(x()), 1 / std::cbrt(a), -1 / (3 * a * std::cbrt(a)), 0);
  expect_dual(acosh(x()), std::acosh(a), 1 / std::sqrt(a * a - 1), 0);
  expect_dual(tanh(x()), std::tanh(a), 1 / (std::cosh(a) * std::cosh(a)), 0);
  expect_dual(pow(x(), 2.5), std::pow(a, 2.5), 2.5 * std::pow(a, 1.5), 0);
  expect_dual(pow(x(), y()), std::pow(a, b), b * std::pow(a, b - 1), std::log(a) * std::pow(a, b));
}

TEST(Dual, ChainRule) {
  // exp(x y) / x
  expect_dual(exp(x() * y()) / x(), std::exp(a * b) / a, (a * b - 1) * std::exp(a * b) / (a * a), std::exp(a * b));
}

TEST(Dual, ChoicesCarryTheDerivativeOfTheChosen) {
  expect_dual(abs(y()), -b, 0, -1);
  expect_dual(abs(x()), a, 1, 0);
  expect_dual(max(x(), y()), a, 1, 0);
  expect_dual(min(x(), y()), b, 0, 1);
  expect_dual(select(x() < y(), x(), y()), b, 0, 1);
  expect_dual(select(x() >= y(), x(), y()), a, 1, 0);
  EXPECT_TRUE(x() > y() && y() <= x());
}

TEST(Dual, ConstantsHaveNoDerivative) { expect_dual(D(4.0), 4.0, 0, 0); }

}  // namespace
}  // namespace tautband::test
