// The Sobol' sequence against published points, its net property and what it integrates.
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "math/low_discrepancy.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tautband {
namespace {

using Points = std::vector<std::vector<double>>;

TEST(LowDiscrepancy, FirstPointsAreThePublishedOnes) {
  // The ten points that Joe & Kuo print for their program, in three dimensions.
  const Points expected{{0, 0, 0},
                        {0.5, 0.5, 0.5},
                        {0.75, 0.25, 0.25},
                        {0.25, 0.75, 0.75},
                        {0.375, 0.375, 0.625},
                        {0.875, 0.875, 0.125},
                        {0.625, 0.125, 0.875},
                        {0.125, 0.625, 0.375},
                        {0.1875, 0.3125, 0.9375},
                        {0.6875, 0.8125, 0.4375}};
  EXPECT_EQ(sobol_points(10, 3), expected);
}

/// Boxes 2^-across by 2^-(m - across) that hold exactly one of the 2^m points in the first two dimensions.
std::size_t filled_boxes(const Points& points, int m, int across) {
  std::set<std::pair<int, int>> boxes;
  for (const auto& point : points)
    boxes.insert({static_cast<int>(std::ldexp(point[0], across)), static_cast<int>(std::ldexp(point[1], m - across))});
  return boxes.size();
}

TEST(LowDiscrepancy, FirstTwoDimensionsAreANetBeforeAndAfterScrambling) {
  constexpr int m = 9;
  constexpr std::size_t n = 1 << m;
  for (const Points& points : {sobol_points(n, 2), scrambled_sobol_points(n, 2, 1), scrambled_sobol_points(n, 2, 77)})
    for (int across = 0; across <= m; ++across) EXPECT_EQ(filled_boxes(points, m, across), n) << across;
}

TEST(LowDiscrepancy, OnePointInEachOrthantOfManyDimensions) {
  // Sobol's property A, which Joe & Kuo's direction numbers have in all their dimensions.
  constexpr std::size_t dimensions = 12;
  std::set<std::vector<bool>> orthants;
  for (const auto& point : sobol_points(1 << dimensions, dimensions)) {
    std::vector<bool> orthant(dimensions);
    std::transform(point.begin(), point.end(), orthant.begin(), [](double x) { return x >= 0.5; });
    orthants.insert(orthant);
  }
  EXPECT_EQ(orthants.size(), std::size_t{1} << dimensions);
}

/// Mean of prod (x_i + 1/2) less its integral 1.
double error_of_mean(std::size_t n, std::uint64_t seed) {
  double sum = 0.0;
  for (const auto& point : scrambled_sobol_points(n, 5, seed)) {
    double product = 1.0;
    for (const double x : point) product *= x + 0.5;
    sum += product;
  }
  return sum / static_cast<double>(n) - 1.0;
}

TEST(LowDiscrepancy, ScramblingIsUnbiasedAndItsErrorFallsFasterThanRandom) {
  constexpr int n_seeds = 32;
  double mean = 0.0, coarse = 0.0, fine = 0.0;
  for (int seed = 0; seed < n_seeds; ++seed) {
    const double few = error_of_mean(64, static_cast<std::uint64_t>(seed));
    mean += few / n_seeds;
    coarse += few * few / n_seeds;
    fine += std::pow(error_of_mean(1024, static_cast<std::uint64_t>(seed)), 2) / n_seeds;
  }
  EXPECT_LT(std::abs(mean), 3.0 * std::sqrt(coarse / n_seeds));
  // 16 times the points: theory says 64 times less error, and 4 times for random points
  EXPECT_GT(std::sqrt(coarse / fine), 24.0);
}

TEST(LowDiscrepancy, ScramblingIsNested) {
  // The second bit turns, or does not, for all points with the same first bit; for the two first bits independently,
  // unlike in a shift of all points.
  constexpr std::size_t dimensions = 24;
  const auto bit = [](double x, int place) { return static_cast<int>(std::ldexp(x, place)) % 2; };
  const Points plain = sobol_points(64, dimensions), scrambled = scrambled_sobol_points(64, dimensions, 1);
  int unlike = 0;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::set<int> turns[2];
    for (std::size_t i = 0; i < plain.size(); ++i)
      turns[bit(plain[i][d], 1)].insert(bit(plain[i][d], 2) ^ bit(scrambled[i][d], 2));
    ASSERT_EQ(turns[0].size(), 1u) << d;
    ASSERT_EQ(turns[1].size(), 1u) << d;
    unlike += turns[0] != turns[1];
  }
  EXPECT_NEAR(unlike, 12, 8);  // of 24, standard deviation 2.4
}

TEST(LowDiscrepancy, SeedsGiveOtherPoints) {
  EXPECT_NE(scrambled_sobol_points(4, 3, 1), scrambled_sobol_points(4, 3, 2));
  const Points points = scrambled_sobol_points(4, 3, 1);
  for (const auto& point : points) EXPECT_NE(point[0], point[1]);  // plain points share coordinates
}

TEST(LowDiscrepancy, TooManyDimensionsAreRefused) {
  EXPECT_EQ(sobol_points(2, most_sobol_dimensions).back().size(), most_sobol_dimensions);
  EXPECT_THROW(sobol_points(2, most_sobol_dimensions + 1), CaseError);
  EXPECT_THROW(sobol_points(2, 0), CaseError);
}

}  // namespace
}  // namespace tautband
