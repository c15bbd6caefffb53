// A pack computes in every lane what double computes.
#include "math/pack.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband::test {
namespace {

template <class Lanes> class PackOf : public testing::Test {};
using Widths =
    testing::Types<std::integral_constant<int, 2>, std::integral_constant<int, 4>, std::integral_constant<int, 8>>;
TYPED_TEST_SUITE(PackOf, Widths, );

template <int N> Pack<N> ramp(double first, double step) {
  Pack<N> x(0.0);
  for (int i = 0; i < N; ++i) x.set(i, first + step * i);
  return x;
}

template <int N, class OfPack, class OfDouble>
void expect_lanes(OfPack pack, OfDouble scalar, double first, double step, const char* what) {
  const Pack<N> x = ramp<N>(first, step), result = pack(x);
  for (int i = 0; i < N; ++i) {
    const double expected = scalar(x[i]);
    EXPECT_NEAR(result[i], expected, 1e-15 * std::fabs(expected)) << what << ", lane " << i;
  }
}

TYPED_TEST(PackOf, Arithmetic) {
  constexpr int N = TypeParam::value;
  const Pack<N> x = ramp<N>(0.5, 0.25), y = ramp<N>(-3.0, 0.7);
  Pack<N> sum = x, product = x;
  sum += y;
  sum -= Pack<N>(1.0);
  product *= y;
  product /= Pack<N>(4.0);
  for (int i = 0; i < N; ++i) {
    EXPECT_EQ((x + y)[i], x[i] + y[i]);
    EXPECT_EQ((x - y)[i], x[i] - y[i]);
    EXPECT_EQ((x * y)[i], x[i] * y[i]);
    EXPECT_EQ((x / y)[i], x[i] / y[i]);
    EXPECT_EQ((-x)[i], -x[i]);
    EXPECT_EQ(sum[i], x[i] + y[i] - 1.0);
    EXPECT_EQ(product[i], x[i] * y[i] / 4.0);
  }
}

TYPED_TEST(PackOf, Functions) {
  constexpr int N = TypeParam::value;
  expect_lanes<N>([](auto x) { return sqrt(x); }, [](double x) { return std::sqrt(x); }, 0.1, 0.9, "sqrt");
  expect_lanes<N>([](auto x) { return exp(x); }, [](double x) { return std::exp(x); }, -3.0, 0.9, "exp");
  expect_lanes<N>([](auto x) { return log(x); }, [](double x) { return std::log(x); }, 0.1, 0.7, "log");
  expect_lanes<N>([](auto x) { return log1p(x); }, [](double x) { return std::log1p(x); }, -0.5, 0.3, "log1p");
  expect_lanes<N>([](auto x) { return expm1(x); }, [](double x) { return std::expm1(x); }, -0.01, 0.3, "expm1");
  expect_lanes<N>([](auto x) { return cbrt(x); }, [](double x) { return std::cbrt(x); }, -2.0, 0.6, "cbrt");
  expect_lanes<N>([](auto x) { return acosh(x); }, [](double x) { return std::acosh(x); }, 1.0, 0.3, "acosh");
  expect_lanes<N>([](auto x) { return tanh(x); }, [](double x) { return std::tanh(x); }, -2.0, 0.6, "tanh");
  expect_lanes<N>([](auto x) { return pow(x, 1.3); }, [](double x) { return std::pow(x, 1.3); }, 0.2, 0.6, "pow");
  expect_lanes<N>([](auto x) { return abs(x); }, [](double x) { return std::fabs(x); }, -1.0, 0.4, "abs");
}

TYPED_TEST(PackOf, ComparisonsAndSelectWorkLaneByLane) {
  constexpr int N = TypeParam::value;
  const Pack<N> x = ramp<N>(0.0, 1.0), edge(1.0), yes(5.0), no(-5.0);
  EXPECT_TRUE(all(x >= Pack<N>(0.0)));
  EXPECT_FALSE(all(x > Pack<N>(0.0)));
  EXPECT_FALSE(all(x < Pack<N>(N - 1.0)));
  for (int i = 0; i < N; ++i) {
    EXPECT_EQ(select(x < edge, yes, no)[i], i < 1 ? 5.0 : -5.0);
    EXPECT_EQ(select(x <= edge, yes, no)[i], i <= 1 ? 5.0 : -5.0);
    EXPECT_EQ(select(x > edge, yes, no)[i], i > 1 ? 5.0 : -5.0);
    EXPECT_EQ(select(x >= edge, yes, no)[i], i >= 1 ? 5.0 : -5.0);
    EXPECT_EQ(select(x >= edge && x <= edge, yes, no)[i], i == 1 ? 5.0 : -5.0);
    EXPECT_EQ(select(x < edge || x > edge, yes, no)[i], i != 1 ? 5.0 : -5.0);
    EXPECT_EQ(max(x, edge)[i], std::max<double>(i, 1.0));
    EXPECT_EQ(min(x, edge)[i], std::min<double>(i, 1.0));
  }
}

TYPED_TEST(PackOf, LoadAndStoreKeepTheOrderOfLanes) {
  constexpr int N = TypeParam::value;
  double from[N + 1], to[N];
  for (int i = 0; i <= N; ++i) from[i] = i;
  // From an address that is not aligned to the pack.
  Pack<N>::load(from + 1).store(to);
  for (int i = 0; i < N; ++i) EXPECT_EQ(to[i], i + 1.0);
  EXPECT_EQ(sizeof(Pack<N>), N * sizeof(double));
}

// A masked lane may divide by zero without touching the others.
TYPED_TEST(PackOf, SelectDropsTheValueNotChosen) {
  constexpr int N = TypeParam::value;
  const Pack<N> x = ramp<N>(0.0, 1.0);
  const Pack<N> inverse = select(x > Pack<N>(0.0), Pack<N>(1.0) / x, Pack<N>(7.0));
  for (int i = 0; i < N; ++i) EXPECT_EQ(inverse[i], i == 0 ? 7.0 : 1.0 / i);
}

}  // namespace
}  // namespace tautband::test
