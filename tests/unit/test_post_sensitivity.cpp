// Sensitivity measures against functions for which they are known.
#include <gtest/gtest.h>

#include "post/errors.hpp"
#include "post/sensitivity.hpp"
#include "sweep_table_file.hpp"
#include "temporary_result.hpp"

#include <cmath>
#include <numbers>

namespace tautband::post {
namespace {

using fixture::fail_row;
using fixture::make_table;
using fixture::Model;
using fixture::parameter;
using fixture::Point;

constexpr double pi = std::numbers::pi;

DesignRequest request_of(DesignKind kind, size_t factors, size_t samples) {
  DesignRequest request;
  request.kind = kind;
  request.factors = factors;
  request.samples = samples;
  return request;
}

OutputSensitivity analyse_first(const SweepTable& table, const Bootstrap& bootstrap = {200, 0.95, 1}) {
  return analyse_sensitivity(table, {0}, bootstrap).outputs.front();
}

/// Ishigami & Homma 1990: sin x1 + a sin^2 x2 + b x3^4 sin x1 for x uniform in -pi ... pi.
struct Ishigami {
  static constexpr double a = 7.0, b = 0.1;
  static double value(const Point& x) {
    return std::sin(x[0]) + a * std::pow(std::sin(x[1]), 2) + b * std::pow(x[2], 4) * std::sin(x[0]);
  }
  // With E sin^2 = 1/2, E sin^4 = 3/8, E x^4 = pi^4 / 5 and E x^8 = pi^8 / 9: the mean over x2 and x3 is
  // sin x1 (1 + b pi^4 / 5) + a / 2, that over x1 and x3 is a sin^2 x2; x3 acts with x1 only.
  static double v1() { return 0.5 * std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2); }
  static double v2() { return a * a / 8.0; }
  static double v13() { return 0.5 * b * b * std::pow(pi, 8) * (1.0 / 9.0 - 1.0 / 25.0); }
  static double variance() { return v1() + v2() + v13(); }
  static std::vector<double> first() { return {v1() / variance(), v2() / variance(), 0.0}; }
  static std::vector<double> total() { return {(v1() + v13()) / variance(), v2() / variance(), v13() / variance()}; }
};

SweepTable ishigami_table(size_t samples, bool second_order, std::uint64_t seed) {
  DesignRequest request = request_of(DesignKind::saltelli, 3, samples);
  request.second_order = second_order;
  request.seed = seed;
  return make_table(request,
                    {parameter("x1", "1", -pi, pi), parameter("x2", "1", -pi, pi), parameter("x3", "1", -pi, pi)},
                    {{"y", Ishigami::value}});
}

TEST(Bootstrap, IntervalOfAMeanIsThatOfTheNormalDistribution) {
  SampleTerms terms;
  for (int i = 0; i < 400; ++i) terms.push_back({i % 2 == 0 ? 2.0 : 4.0});
  const auto mean = [](const std::vector<double>& means) { return means; };
  const double deviation = 1.0 / std::sqrt(400.0);
  for (const auto& [confidence, deviations] : {std::pair(0.95, 1.960), std::pair(0.8, 1.282)}) {
    const Estimate found = estimate(terms, mean, {4000, confidence, 1}).front();
    EXPECT_EQ(found.value, 3.0);
    EXPECT_NEAR(found.low, 3.0 - deviations * deviation, 0.1 * deviation);  // ends of 4000 resamples: 0.03 to 0.04
    EXPECT_NEAR(found.high, 3.0 + deviations * deviation, 0.1 * deviation);
  }
}

TEST(SobolIndices, ClosedFormIsThePublishedOne) {
  const double published[6] = {0.3139, 0.4424, 0.0, 0.5576, 0.4424, 0.2437};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(Ishigami::first()[i], published[i], 5e-5);
    EXPECT_NEAR(Ishigami::total()[i], published[3 + i], 5e-5);
  }
}

TEST(SobolIndices, OfIshigamisFunction) {
  for (const bool second_order : {false, true}) {
    const OutputSensitivity found = analyse_first(ishigami_table(4096, second_order, 1), {20, 0.95, 1});
    ASSERT_EQ(found.measures.size(), 2u);
    for (size_t i = 0; i < 3; ++i) {
      // Random points err by about 1 / sqrt(4096) = 0.016, these by less.
      EXPECT_NEAR(found.measures[0].of[i].value, Ishigami::first()[i], 0.01) << i;
      EXPECT_NEAR(found.measures[1].of[i].value, Ishigami::total()[i], 0.01) << i;
    }
    EXPECT_NEAR(found.mean, Ishigami::a / 2.0, 0.05);
    EXPECT_NEAR(found.deviation, std::sqrt(Ishigami::variance()), 0.05);
  }
}

TEST(SobolIndices, SecondOrderOfIshigamisFunction) {
  const OutputSensitivity found = analyse_first(ishigami_table(4096, true, 1), {20, 0.95, 1});
  ASSERT_EQ(found.interactions.size(), 3u);
  for (const Interaction& each : found.interactions) {
    const bool outer = each.one == 0 && each.other == 2;
    EXPECT_NEAR(each.estimate.value, outer ? Ishigami::v13() / Ishigami::variance() : 0.0, 0.015)
        << each.one << ' ' << each.other;
  }
  EXPECT_TRUE(analyse_first(ishigami_table(64, false, 1)).interactions.empty());
}

TEST(SobolIndices, IntervalsCoverTheTruth) {
  int covered = 0, tried = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const OutputSensitivity found = analyse_first(ishigami_table(256, true, seed), {200, 0.95, seed});
    const std::vector<double> truth[2] = {Ishigami::first(), Ishigami::total()};
    for (size_t m = 0; m < 2; ++m)
      for (size_t i = 0; i < 3; ++i, ++tried) {
        const Estimate& estimate = found.measures[m].of[i];
        EXPECT_LT(estimate.low, estimate.high);
        covered += estimate.low <= truth[m][i] && truth[m][i] <= estimate.high;
      }
  }
  // 95 % of random points'; even points err less than their intervals say
  EXPECT_GE(covered, static_cast<int>(0.93 * tried)) << "of " << tried;
}

TEST(SobolIndices, IntervalsShrinkWithTheRootOfTheSamples) {
  const OutputSensitivity few = analyse_first(ishigami_table(256, false, 1), {400, 0.95, 1});
  const OutputSensitivity many = analyse_first(ishigami_table(4096, false, 1), {400, 0.95, 1});
  for (size_t m = 0; m < 2; ++m)
    for (size_t i = 0; i < 3; ++i) {
      const Estimate &wide = few.measures[m].of[i], &narrow = many.measures[m].of[i];
      // sqrt(16); a width from 400 resamples is known to some 6 %, one of 256 samples to about as much
      EXPECT_NEAR((wide.high - wide.low) / (narrow.high - narrow.low), 4.0, 1.0) << m << ' ' << i;
    }
}

TEST(SobolIndices, MoreConfidenceGivesWiderIntervals) {
  const SweepTable table = ishigami_table(256, false, 1);
  const Estimate wide = analyse_first(table, {400, 0.99, 1}).measures[0].of[0];
  const Estimate narrow = analyse_first(table, {400, 0.8, 1}).measures[0].of[0];
  // of a normal distribution 2.576 / 1.282 = 2.01
  EXPECT_NEAR((wide.high - wide.low) / (narrow.high - narrow.low), 2.01, 0.4);
  EXPECT_EQ(wide.value, narrow.value);
}

TEST(SobolIndices, OfSobolsProduct) {
  // prod (|4 x - 2| + a) / (1 + a): V_i = 1 / (3 (1 + a)^2), V = prod (1 + V_i) - 1. Saltelli & Sobol' 1995.
  const std::vector<double> a{0.0, 1.0, 4.5, 9.0, 99.0};
  const auto product = [&](const Point& x) {
    double y = 1.0;
    for (size_t i = 0; i < a.size(); ++i) y *= (std::abs(4.0 * x[i] - 2.0) + a[i]) / (1.0 + a[i]);
    return y;
  };
  std::vector<SweepParameter> parameters;
  for (size_t i = 0; i < a.size(); ++i) parameters.push_back(parameter("x" + std::to_string(i), "1", 0.0, 1.0));
  const OutputSensitivity found =
      analyse_first(make_table(request_of(DesignKind::saltelli, 5, 4096), parameters, {{"g", product}}), {20, 0.95, 1});
  double with_all = 1.0;
  for (const double each : a) with_all *= 1.0 + 1.0 / (3.0 * std::pow(1.0 + each, 2));
  for (size_t i = 0; i < a.size(); ++i) {
    const double own = 1.0 / (3.0 * std::pow(1.0 + a[i], 2));
    EXPECT_NEAR(found.measures[0].of[i].value, own / (with_all - 1.0), 0.01) << i;
    EXPECT_NEAR(found.measures[1].of[i].value, own * with_all / (1.0 + own) / (with_all - 1.0), 0.01) << i;
  }
}

TEST(SobolIndices, OnALogScaleAreThoseOfTheLogarithm) {
  const auto logarithm = [](const Point& x) { return std::log10(x[0]) + 2.0 * x[1]; };
  const OutputSensitivity found = analyse_first(
      make_table(request_of(DesignKind::saltelli, 2, 512),
                 {parameter("rate", "1/s", 1e-4, 1e-2, true), parameter("gain", "1", 0.0, 2.0)}, {{"y", logarithm}}));
  EXPECT_NEAR(found.measures[0].of[0].value, 4.0 / 20.0, 0.01);  // variances 2^2 / 12 and 4^2 / 12
  EXPECT_NEAR(found.measures[1].of[1].value, 16.0 / 20.0, 0.01);
}

TEST(SobolIndices, SamplesWithAFailedRowAreLeftOutWhole) {
  SweepTable whole = ishigami_table(64, false, 1), without = whole;
  fail_row(whole, 5 * 3 + 2);                 // sample 3
  whole.outputs[0].values[5 * 10 + 4] = NAN;  // sample 10
  whole.status[5 * 63] = "stopped";           // sample 63, though it left a value
  for (const size_t sample : {63, 10, 3}) {
    const auto cut = [&](auto& column) {
      column.erase(column.begin() + static_cast<long>(5 * sample), column.begin() + static_cast<long>(5 * sample + 5));
    };
    for (SweepParameter& each : without.parameters) cut(each.values);
    cut(without.outputs[0].values);
    cut(without.status);
  }
  without.samples = 61;
  const OutputSensitivity found = analyse_first(whole), expected = analyse_first(without);
  EXPECT_EQ(found.used, 61u);
  EXPECT_EQ(found.dropped, 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(found.measures[1].of[i].value, expected.measures[1].of[i].value);
    EXPECT_EQ(found.measures[1].of[i].high, expected.measures[1].of[i].high);
  }
}

TEST(Sensitivity, TooFewCompleteSamplesAreAnError) {
  SweepTable table = ishigami_table(8, false, 1);
  EXPECT_NO_THROW(analyse_first(table));
  fail_row(table, 11);
  EXPECT_THROW(analyse_first(table), FileError);
}

TEST(Sensitivity, AConstantOutputIsSaidToBeConstant) {
  for (const DesignKind kind : {DesignKind::saltelli, DesignKind::morris, DesignKind::sobol}) {
    const OutputSensitivity found = analyse_first(
        make_table(request_of(kind, 2, 16), {parameter("a", "1", 0.0, 1.0), parameter("b", "1", 0.0, 1.0)},
                   {{"y", [](const Point& x) { return 3.0 + 1e-16 * x[0]; }}}));
    EXPECT_TRUE(found.constant);
    EXPECT_TRUE(found.measures.empty());
    EXPECT_EQ(found.mean, 3.0);
  }
}

SweepTable linear_table(DesignKind kind, size_t samples) {
  return make_table(
      request_of(kind, 3, samples),
      {parameter("a", "mm", 1.0, 3.0), parameter("b", "1", 0.0, 1.0), parameter("c", "1/s", 1e-3, 1e1, true)},
      {{"y", [](const Point& x) { return 5.0 * x[0] - 2.0 * x[1] + std::log10(x[2]); }}});
}

TEST(ElementaryEffects, OfALinearFunctionAreItsCoefficients) {
  const OutputSensitivity found = analyse_first(linear_table(DesignKind::morris, 10));
  const double per_range[3] = {10.0, -2.0, 4.0};
  ASSERT_EQ(found.measures.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found.measures[0].of[i].value, std::abs(per_range[i]), 1e-12);
    EXPECT_NEAR(found.measures[1].of[i].value, 0.0, 1e-12);
    EXPECT_NEAR(found.measures[2].of[i].value, per_range[i], 1e-12);
    EXPECT_NEAR(found.measures[2].of[i].low, per_range[i], 1e-12);
  }
}

TEST(ElementaryEffects, OfAProductFollowItsOtherFactor) {
  // y = (2 a - 1) b on the levels 0, 1/3, 2/3, 1: the effect of a is 2 b, that of b is 2 a - 1, and a and b are uniform
  // on the levels with mean 1/2 and variance 5/36. The mean of 2000 of them is known to 0.017.
  const OutputSensitivity found = analyse_first(make_table(
      request_of(DesignKind::morris, 2, 2000), {parameter("a", "1", 0.0, 1.0), parameter("b", "1", 0.0, 1.0)},
      {{"y", [](const Point& x) { return (2.0 * x[0] - 1.0) * x[1]; }}}));
  const double deviation = std::sqrt(5.0) / 6.0;
  EXPECT_NEAR(found.measures[2].of[0].value, 1.0, 0.05);  // 2 b
  EXPECT_NEAR(found.measures[1].of[0].value, 2.0 * deviation, 0.04);
  EXPECT_NEAR(found.measures[2].of[1].value, 0.0, 0.05);  // 2 a - 1: -1, -1/3, 1/3, 1
  EXPECT_NEAR(found.measures[0].of[1].value, 2.0 / 3.0, 0.03);
  EXPECT_LT(found.measures[0].of[1].low, 2.0 / 3.0);
  EXPECT_GT(found.measures[0].of[1].high, 2.0 / 3.0);
}

TEST(ElementaryEffects, RowsThatAreNoTrajectoryAreRefused) {
  SweepTable two_at_once = linear_table(DesignKind::morris, 10);  // from row 4 to 5, and none from 5 to 6
  for (SweepParameter& each : two_at_once.parameters) each.values[5] = each.values[6];
  EXPECT_THROW(analyse_first(two_at_once), FileError);
  SweepTable one_twice = linear_table(DesignKind::morris, 10);  // the one that moves to row 6 moves on to the last, 7
  for (SweepParameter& each : one_twice.parameters)
    each.values[7] = each.values[5] == each.values[6] ? each.values[6] : 0.5 * (each.values[5] + each.values[6]);
  EXPECT_THROW(analyse_first(one_twice), FileError);
}

TEST(RankRegression, OfOneMonotonicParameterIsOne) {
  const auto falling = [](const Point& x) { return -std::exp(5.0 * x[0]); };
  const OutputSensitivity found = analyse_first(
      make_table(request_of(DesignKind::latin_hypercube, 1, 40), {parameter("a", "1", 0.0, 1.0)}, {{"y", falling}}));
  ASSERT_EQ(found.measures.size(), 1u);
  EXPECT_NEAR(found.measures[0].of[0].value, -1.0, 1e-12);
  EXPECT_NEAR(found.explained.value(), 1.0, 1e-12);
}

TEST(RankRegression, OfLexicographicOrderOnAGridIsKnown) {
  // Rows of a 4 x 6 grid ordered by a first: rank = 6 rank(a) + rank(b), and rank(a) has variance (4^2 - 1) / 12.
  DesignRequest request = request_of(DesignKind::grid, 3, 0);
  request.counts = {4, 6, 1};
  const OutputSensitivity found = analyse_first(
      make_table(request, {parameter("a", "1", 0.0, 1.0), parameter("b", "1", 0.0, 1.0), parameter("c", "1", 2.0, 3.0)},
                 {{"y", [](const Point& x) { return 100.0 * x[0] + x[1] * x[1]; }}}));
  const double of_a = 6.0 * std::sqrt(15.0 / 12.0), of_b = std::sqrt(35.0 / 12.0), all = std::hypot(of_a, of_b);
  EXPECT_NEAR(found.measures[0].of[0].value, of_a / all, 1e-12);
  EXPECT_NEAR(found.measures[0].of[1].value, of_b / all, 1e-12);
  EXPECT_EQ(found.measures[0].of[2].value, 0.0);  // does not vary
  EXPECT_NEAR(found.explained.value(), 1.0, 1e-12);
}

TEST(RankRegression, EqualValuesShareTheirRank) {
  // y = 0, 1, 2, 2 for a = 1, 2, 3, 4, twelve times: ranks -3, -1, 2, 2 against -3, -1, 1, 3.
  DesignRequest request = request_of(DesignKind::grid, 2, 0);
  request.counts = {4, 12};
  const OutputSensitivity found =
      analyse_first(make_table(request, {parameter("a", "1", 1.0, 4.0), parameter("b", "1", 0.0, 1.0)},
                               {{"y", [](const Point& x) { return std::min(x[0], 3.0); }}}));
  const double correlation = 18.0 / std::sqrt(20.0 * 18.0);
  EXPECT_NEAR(found.measures[0].of[0].value, correlation, 1e-12);
  EXPECT_NEAR(found.measures[0].of[1].value, 0.0, 1e-12);
  EXPECT_NEAR(found.explained.value(), correlation * correlation, 1e-12);
}

TEST(RankRegression, ParametersThatGoTogetherAreRefused) {
  SweepTable table = linear_table(DesignKind::latin_hypercube, 40);
  table.parameters[2].values = table.parameters[0].values;
  EXPECT_THROW(analyse_first(table), FileError);
}

}  // namespace
}  // namespace tautband::post
