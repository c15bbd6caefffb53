// Properties of the one-dimensional curves: slopes, signs, peaks, and the values their papers give.
#include "law_points.hpp"
#include "laws/blemker2005.hpp"
#include "laws/heidlauf2016.hpp"
#include "laws/tautband.hpp"
#include "laws/wakeling2020.hpp"

#include <gtest/gtest.h>

namespace tautband::test {
namespace {

/// A curve as a function of V, for double and Dual<1>.
template <class Function> void expect_slope_is_derivative(Function curve, double from, double to) {
  Random random(7);
  for (int n = 0; n < 500; ++n) {
    const double x = uniform(random, from, to);
    const CurvePoint<double> point = curve(x);
    const CurvePoint<Dual<1>> dual = curve(Dual<1>::variable(x, 0));
    ASSERT_NEAR(point.value, dual.value.value, 1e-13) << "at " << x;
    ASSERT_NEAR(point.slope, dual.value.d[0], 1e-11 * (1.0 + std::fabs(point.slope))) << "at " << x;
  }
}

/// On a fine grid: never negative, no jump (allowance: steepest slope times the grid width).
template <class Function> void expect_force(Function curve, double from, double to, double steepest) {
  const int n = 20000;
  const double h = (to - from) / n;
  double before = curve(from).value;
  for (int i = 0; i <= n; ++i) {
    const double x = from + h * i, value = curve(x).value;
    ASSERT_GE(value, 0.0) << "at " << x;
    ASSERT_LE(std::fabs(value - before), steepest * h) << "jump at " << x;
    before = value;
  }
}

template <class Function> double peak(Function curve, double from, double to) {
  double best = from;
  for (int i = 0; i <= 20000; ++i) {
    const double x = from + (to - from) * i / 20000;
    if (curve(x).value > curve(best).value) best = x;
  }
  return best;
}

const auto de_groote_length = [](auto x) { return de_groote_force_length(x); };
const auto de_groote_velocity = [](auto x) { return de_groote_force_velocity(x); };
const auto wakeling_length = [](auto x) { return wakeling_force_length(x); };
const auto wakeling_velocity = [](auto x) { return wakeling_force_velocity(x); };
const auto wakeling_stretched = [](auto x) { return wakeling_passive(x); };
const auto heidlauf_length = [](auto x) { return Heidlauf2016::force_length(x); };
const auto blemker_active = [](auto x) { return Blemker2005::active_curve(x); };
const auto blemker_passive = []<class V>(V x) {
  const std::vector<double> p = default_parameters<Blemker2005>();
  const std::vector<V> values(p.begin(), p.end());
  return Blemker2005::passive_curve(values.data(), x);
};
const auto tautband_passive = []<class V>(V x) {
  const std::vector<double> p = default_parameters<Tautband>();
  const std::vector<V> values(p.begin(), p.end());
  const CurvePoint<V> r = Tautband::passive_stress(values.data(), x);
  return CurvePoint<V>{r.value / V(200e3), r.slope / V(200e3)};
};

TEST(Curves, SlopesAreDerivatives) {
  expect_slope_is_derivative(de_groote_length, 0.05, 3.0);
  expect_slope_is_derivative(de_groote_velocity, -2.0, 3.0);
  expect_slope_is_derivative(wakeling_length, 0.3, 1.9);
  expect_slope_is_derivative(wakeling_velocity, -1.5, 1.0);
  expect_slope_is_derivative(wakeling_stretched, 0.8, 2.0);
  expect_slope_is_derivative(heidlauf_length, 0.4, 1.6);
  expect_slope_is_derivative(blemker_active, 0.2, 1.8);
  expect_slope_is_derivative(blemker_passive, 0.8, 2.0);
  expect_slope_is_derivative(tautband_passive, 0.5, 2.0);
  expect_slope_is_derivative([](auto w) { return Blemker2005::shear_factor(w); }, 1.0, 3.0);
}

TEST(Curves, NoForceIsNegativeAndNoneJumps) {
  expect_force(de_groote_length, 0.0, 10.0, 5.0);
  expect_force(de_groote_velocity, -20.0, 20.0, 5.0);
  expect_force(wakeling_length, 0.0, 3.0, 5.0);
  expect_force(wakeling_velocity, -3.0, 3.0, 12.0);
  expect_force(wakeling_stretched, 0.0, 3.0, 3.1);
  expect_force(heidlauf_length, 0.0, 3.0, 5.1);
  expect_force(blemker_active, 0.0, 3.0, 3.7);
  expect_force(blemker_passive, 0.0, 3.0, 5.0);
  expect_force(tautband_passive, 0.0, 3.0, 5.0);
}

// The peak of De Groote's sum of three bells and that of the sampled sine series (0.977) moved to its nearest knot.
TEST(Curves, ForceLengthPeaksWhereItsPaperSays) {
  EXPECT_NEAR(peak(de_groote_length, 0.5, 1.5), 1.0, 0.02);
  EXPECT_NEAR(de_groote_force_length(peak(de_groote_length, 0.5, 1.5)).value, 1.0, 0.005);
  EXPECT_NEAR(peak(wakeling_length, 0.5, 1.5), 1.0, 1e-4);
  EXPECT_NEAR(peak(heidlauf_length, 0.5, 1.5), 1.0, 1e-4);
  EXPECT_NEAR(peak(blemker_active, 0.5, 1.5), 1.0, 1e-4);
  EXPECT_DOUBLE_EQ(Heidlauf2016::force_length(1.0).value, 1.0);
  EXPECT_DOUBLE_EQ(Blemker2005::active_curve(1.0).value, 1.0);
}

struct Row {
  double x, value;
};

template <class Function> void expect_rows(Function curve, std::initializer_list<Row> rows, double tolerance) {
  for (const Row& row : rows) EXPECT_NEAR(curve(row.x).value, row.value, tolerance) << "at " << row.x;
}

// Independently computed table of docs/model.md 2.2, three printed digits.
TEST(Curves, TabulatedValues) {
  const double digits = 5.01e-4;
  expect_rows(de_groote_length, {{0.5, 0.054}, {0.6, 0.300}, {0.8, 0.835}, {1.0, 0.999}, {1.2, 0.793}, {1.4, 0.378}},
              digits);
  expect_rows(wakeling_length, {{0.5, 0.047}, {0.6, 0.242}, {0.8, 0.860}, {1.0, 0.994}, {1.2, 0.666}, {1.4, 0.302}},
              digits);
  expect_rows(blemker_active, {{0.5, 0.090}, {0.6, 0.360}, {0.8, 0.840}, {1.0, 1.000}, {1.2, 0.840}, {1.4, 0.360}},
              digits);
  expect_rows(wakeling_velocity, {{-0.5, 0.159}, {-0.25, 0.350}, {-0.1, 0.575}, {0.0, 1.0}, {0.1, 1.419}, {0.5, 1.586}},
              digits);
  expect_rows(wakeling_stretched, {{1.1, 0.0235}, {1.2, 0.0942}, {1.3, 0.215}, {1.4, 0.401}, {1.5, 0.656}, {1.65, 1.1}},
              digits);
  expect_rows(blemker_passive, {{1.05, 0.0195}, {1.1, 0.0467}, {1.2, 0.1372}, {1.3, 0.312}, {1.4, 0.651}}, digits);
}

// The printed De Groote column holds the original constants; the curve here is the affine map of it through
// f_V(-1) = 0 and f_V(0) = 1.
TEST(Curves, DeGrooteForceVelocity) {
  const auto renormalised = [](double original) { return 0.3211346128 / 0.318 * (original - 0.886) + 0.8825327733; };
  for (const Row& row : {Row{-0.5, 0.244}, {-0.25, 0.478}, {-0.1, 0.750}, {0.1, 1.207}, {0.5, 1.585}})
    EXPECT_NEAR(de_groote_force_velocity(row.x).value, renormalised(row.value), 5.1e-4) << "at " << row.x;
  EXPECT_NEAR(de_groote_force_velocity(0.0).value, 1.0, 1e-12);
  // At -1 the parabola rounding the corner stands a quarter of its width above zero.
  EXPECT_NEAR(de_groote_force_velocity(-1.0).value, 0.0025, 1e-9);
  EXPECT_DOUBLE_EQ(de_groote_force_velocity(-1.1).value, 0.0);
}

// The series as published by Almonacid et al. 2024; rows: factor, frequency, phase.
TEST(Curves, SampledForceLengthFollowsItsSeries) {
  constexpr double series[7][3] = {{0.642587074375392, 1.290128342448810, 0.629168420414746},
                                   {0.325979591577056, 5.308969899884336, -4.520101562237307},
                                   {0.328204247867325, 6.744187042136006, 1.689155892259429},
                                   {0.015388902741327, 19.823676877725276, -7.386155292116579},
                                   {0.139240359517525, 8.038287396059996, 2.543022326676525},
                                   {0.001801867529599, 32.237736486095052, -6.454098315528945},
                                   {0.012560837549867, 23.117614057963024, -2.643346778503341}};
  for (int i = 0; i <= 1300; ++i) {
    const double x = 0.4 + 0.001 * i;
    double value = 0.0;
    for (const auto& term : series) value += term[0] * std::sin(term[1] * x + term[2]);
    const bool at_knot = i > 0 && i < 1300 && i % 50 == 0;
    EXPECT_NEAR(wakeling_force_length(x).value, value, at_knot ? 1e-10 : 0.0047) << "at " << x;
  }
}

TEST(Curves, TautbandPassiveStressIsTheSmoothedExponential) {
  const auto exact = [](double x) {
    const double y = 0.5 * ((x - 1) + std::sqrt((x - 1) * (x - 1) + 4e-4));
    return 0.05 * std::expm1(6.6 * y);
  };
  for (double x : {0.7, 0.98, 1.0, 1.02, 1.2, 1.3999}) EXPECT_NEAR(tautband_passive(x).value, exact(x), 1e-14);
  const double slope = tautband_passive(1.4).slope;
  for (double x : {1.4, 1.6, 2.5}) EXPECT_NEAR(tautband_passive(x).value, exact(1.4) + slope * (x - 1.4), 1e-13);
  EXPECT_NEAR(slope, (exact(1.4 + 1e-6) - exact(1.4 - 1e-6)) / 2e-6, 1e-7);
}

TEST(Curves, RoundedMaximumIsExactAwayFromItsCorner) {
  EXPECT_DOUBLE_EQ(nonnegative(0.3, 0.1).value, 0.3);
  EXPECT_DOUBLE_EQ(nonnegative(-0.3, 0.1).value, 0.0);
  EXPECT_DOUBLE_EQ(nonnegative(0.0, 0.1).value, 0.025);
  EXPECT_DOUBLE_EQ(nonnegative(0.1, 0.1).slope, 1.0);
  EXPECT_DOUBLE_EQ(nonnegative(-0.1, 0.1).slope, 0.0);
}

TEST(Curves, AreaSinhKeepsItsDigitsOnBothSides) {
  for (double x : {-1e8, -41.0, -1.0, -1e-3, 0.0, 1e-3, 2.0, 1e8})
    EXPECT_NEAR(area_sinh(x).value, std::asinh(x), 1e-15 * (1.0 + std::fabs(std::asinh(x)))) << x;
}

// acosh(w)/sqrt(w^2-1) is 1, slope -1/3, curvature 4/15 at 1; on both sides of the switch at 1.02 series and formula
// agree.
TEST(Curves, BlemkerShearFactorIsSmoothAtOne) {
  EXPECT_DOUBLE_EQ(Blemker2005::shear_factor(1.0).value, 1.0);
  EXPECT_DOUBLE_EQ(Blemker2005::shear_factor(1.0).slope, -1.0 / 3.0);
  EXPECT_NEAR(Blemker2005::shear_factor(1.0 - 1e-9).value, 1.0 + 1e-9 / 3.0, 1e-15);
  for (double w : {1.001, 1.01, 1.019999, 1.020001, 1.1, 2.0}) {
    // Long double: near 1 the formula loses as many digits as w - 1 has leading zeros.
    const long double exact = w, square = exact * exact - 1, beta = std::acosh(exact) / std::sqrt(square);
    EXPECT_NEAR(Blemker2005::shear_factor(w).value, static_cast<double>(beta), 1e-14) << w;
    EXPECT_NEAR(Blemker2005::shear_factor(w).slope, static_cast<double>((1 - beta * exact) / square), 1e-13) << w;
  }
}

}  // namespace
}  // namespace tautband::test
