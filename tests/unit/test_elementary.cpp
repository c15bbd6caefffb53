// The functions of packs against long double over the whole range of their arguments, to the units in the last place
// (ulp) that math/elementary.hpp states, and against the C library where the result is special.
#include "math/elementary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband::test {
namespace {

using P = Pack<8>;

/// Size of the last place of the double next to x; denormal numbers share that of the smallest normal one.
double last_place(long double x) {
  const double size = std::fabs(static_cast<double>(x));
  return std::min(std::nextafter(size, HUGE_VAL) - size, 0x1p971);
}

/// Largest error in ulp for arguments place(t), t evenly spaced in 0..1 at 200,000 points.
template <class OfPack, class Exact, class Place> double worst(OfPack pack, Exact exact, Place place) {
  double largest = 0.0;
  const int n = 25000;
  for (int i = 0; i < n; ++i) {
    P x(0.0);
    for (int l = 0; l < 8; ++l) x.set(l, place((8.0 * i + l + 0.5) / (8.0 * n)));
    const P y = pack(x);
    for (int l = 0; l < 8; ++l) {
      const long double wanted = exact(static_cast<long double>(x[l]));
      const double error = static_cast<double>(std::fabs(y[l] - wanted)) / last_place(wanted);
      if (!(error <= largest)) largest = error;  // NaN counts as an error
    }
  }
  return largest;
}

struct Range {
  double low, high;
};

template <class OfPack, class Exact> double evenly(OfPack pack, Exact exact, Range r) {
  return worst(pack, exact, [r](double t) { return r.low + (r.high - r.low) * t; });
}

/// Even in the logarithm: numbers of all sizes between two positive ones.
template <class OfPack, class Exact> double by_size(OfPack pack, Exact exact, Range r) {
  const double low = std::log(r.low), high = std::log(r.high);
  return worst(pack, exact, [=](double t) { return std::exp(low + (high - low) * t); });
}

constexpr double smallest = 0x1p-1022, largest = 0x1.fffffffffffffp1023;

TEST(Elementary, Exponential) {
  const auto f = [](P x) { return exp(x); };
  const auto exact = [](long double x) { return std::exp(x); };
  for (const Range r : {Range{-1.0, 1.0}, {-40.0, 40.0}, {-745.0, 709.78}, {-1e-8, 1e-8}, {-0.36, -0.33}})
    EXPECT_LT(evenly(f, exact, r), 1.1) << r.low << " to " << r.high;
  EXPECT_LT(by_size(f, exact, {1e-300, 700.0}), 1.1);
}

TEST(Elementary, ExponentialLessOne) {
  const auto f = [](P x) { return expm1(x); };
  const auto exact = [](long double x) { return std::expm1(x); };
  for (const Range r : {Range{-1.0, 1.0}, {-40.0, 40.0}, {-745.0, 709.78}, {-1e-8, 1e-8}, {0.33, 0.36}, {-0.36, -0.33}})
    EXPECT_LT(evenly(f, exact, r), 2.1) << r.low << " to " << r.high;
  EXPECT_LT(by_size(f, exact, {1e-300, 700.0}), 2.1);
}

TEST(Elementary, Logarithm) {
  const auto f = [](P x) { return log(x); };
  const auto exact = [](long double x) { return std::log(x); };
  for (const Range r : {Range{0.5, 2.0}, {1.0 - 1e-6, 1.0 + 1e-6}, {1e-9, 1e9}, {0.7, 0.71}, {1.41, 1.42}})
    EXPECT_LT(evenly(f, exact, r), 1.3) << r.low << " to " << r.high;
  EXPECT_LT(by_size(f, exact, {1e-320, 1e308}), 1.3);
}

TEST(Elementary, LogarithmOfOneMore) {
  const auto f = [](P x) { return log1p(x); };
  const auto exact = [](long double x) { return std::log1p(x); };
  for (const Range r : {Range{-0.9999, 3.0}, {-1e-6, 1e-6}, {-1e-13, 1e-13}, {0.0, 1e20}})
    EXPECT_LT(evenly(f, exact, r), 2.0) << r.low << " to " << r.high;
  EXPECT_LT(by_size(f, exact, {1e-320, 1e308}), 2.0);
  EXPECT_LT(by_size([](P x) { return log1p(-x); }, [](long double x) { return std::log1p(-x); }, {1e-300, 0.99}), 2.0);
}

TEST(Elementary, CubeRoot) {
  const auto f = [](P x) { return cbrt(x); };
  const auto exact = [](long double x) { return std::cbrt(x); };
  EXPECT_LT(evenly(f, exact, {0.5, 4.0}), 1.1);
  EXPECT_LT(evenly(f, exact, {-8.0, 8.0}), 1.1);
  EXPECT_LT(by_size(f, exact, {1e-320, 1e308}), 1.1);
}

TEST(Elementary, InverseCubeRoot) {
  const auto f = [](P x) { return inverse_cbrt(x); };
  const auto exact = [](long double x) { return 1.0L / std::cbrt(x); };
  EXPECT_LT(evenly(f, exact, {0.5, 4.0}), 1.1);
  EXPECT_LT(by_size(f, exact, {smallest, largest}), 1.1);
}

TEST(Elementary, AreaCosine) {
  const auto f = [](P x) { return acosh(x); };
  const auto exact = [](long double x) { return std::acosh(x); };
  EXPECT_LT(evenly(f, exact, {1.0, 10.0}), 4.0);
  EXPECT_LT(by_size(f, exact, {1.0, 1e307}), 4.0);
  EXPECT_LT(worst(f, exact, [](double t) { return 1.0 + std::exp2(-50.0 * t); }), 4.0);
}

/// Largest error of x^e in ulp, less |e ln x| / 32.
double worst_power(double e, Range r) {
  double largest_excess = -1.0;
  const double low = std::log(r.low), high = std::log(r.high);
  for (int i = 0; i < 20000; ++i) {
    P x(0.0);
    for (int l = 0; l < 8; ++l) x.set(l, std::exp(low + (high - low) * (8.0 * i + l + 0.5) / 160000.0));
    const P y = pow(x, e);
    for (int l = 0; l < 8; ++l) {
      const long double wanted = std::pow(static_cast<long double>(x[l]), static_cast<long double>(e));
      const double excess = static_cast<double>(std::fabs(y[l] - wanted)) / last_place(wanted) -
                            static_cast<double>(std::fabs(e * std::log(x[l]))) / 32.0;
      if (!(excess <= largest_excess)) largest_excess = excess;
    }
  }
  return largest_excess;
}

TEST(Elementary, Power) {
  for (const double e : {9.1733, -0.5, 1.0 / 3.0, 2.0, 1.3, -7.7, 0.0, 1e-5, 1e8})
    EXPECT_LT(worst_power(e, {std::max(std::exp(-700.0 / std::max(std::fabs(e), 1.0)), 1e-300),
                              std::min(std::exp(700.0 / std::max(std::fabs(e), 1.0)), 1e300)}),
              1.1)
        << e;
}

/// pack(x) in a lane with x, beside lanes with 0.5, is what the C library gives, and the neighbours do not notice.
template <class OfPack, class OfDouble> void expect_special(OfPack pack, OfDouble scalar, double special) {
  P x(0.5);
  const double beside = pack(x)[2];
  x.set(3, special);
  const P y = pack(x);
  const double expected = scalar(special);
  if (std::isnan(expected))
    EXPECT_TRUE(std::isnan(y[3])) << special;
  else
    EXPECT_EQ(y[3], expected) << special;
  EXPECT_TRUE(y[2] == beside || std::isnan(beside)) << special;
}

TEST(Elementary, SpecialArgumentsGiveTheLibrarysValues) {
  const double infinity = std::numeric_limits<double>::infinity(), nan = std::nan("");
  for (double x : {-infinity, -largest, -1e4, -746.0, 0.0, 1e-310, 710.0, 1e4, largest, infinity, nan}) {
    expect_special([](P y) { return exp(y); }, [](double y) { return std::exp(y); }, x);
    expect_special([](P y) { return expm1(y); }, [](double y) { return std::expm1(y); }, x);
  }
  for (double x : {-infinity, -2.0, -1.0, -smallest, 0.0, 1.0, infinity, nan}) {
    expect_special([](P y) { return log(y); }, [](double y) { return std::log(y); }, x);
    expect_special([](P y) { return log1p(y); }, [](double y) { return std::log1p(y); }, x);
  }
  for (double x : {-infinity, 0.0, 1.0, infinity, nan})
    expect_special([](P y) { return cbrt(y); }, [](double y) { return std::cbrt(y); }, x);
  for (double x : {1.0, infinity, nan})
    expect_special([](P y) { return acosh(y); }, [](double y) { return std::acosh(y); }, x);
  for (double e : {-2.0, 0.0, 0.5, 3.0, 1e6, -1e6, infinity, nan})
    for (double x : {-infinity, -2.0, 0.0, 1.0, 4.0, infinity, nan})
      expect_special([e](P y) { return pow(y, e); }, [e](double y) { return std::pow(y, e); }, x);
}

}  // namespace
}  // namespace tautband::test
