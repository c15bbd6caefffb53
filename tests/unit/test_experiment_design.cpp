// Experiment designs against their definitions.
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "math/design_layout.hpp"
#include "math/experiment_design.hpp"

#include <cmath>
#include <set>

namespace tautband {
namespace {

using Rows = std::vector<std::vector<double>>;

DesignRequest request_of(DesignKind kind, std::size_t factors, std::size_t samples) {
  DesignRequest request;
  request.kind = kind;
  request.factors = factors;
  request.samples = samples;
  return request;
}

TEST(ExperimentDesign, GridVariesItsLastFactorFastest) {
  DesignRequest request = request_of(DesignKind::grid, 3, 0);
  request.counts = {2, 1, 3};
  const Rows expected{{0, 0, 0}, {0, 0, 0.5}, {0, 0, 1}, {1, 0, 0}, {1, 0, 0.5}, {1, 0, 1}};
  EXPECT_EQ(design(request), expected);
}

TEST(ExperimentDesign, LatinHypercubeHasOnePointPerInterval) {
  constexpr std::size_t n = 37;
  const Rows rows = design(request_of(DesignKind::latin_hypercube, 4, n));
  ASSERT_EQ(rows.size(), n);
  for (std::size_t factor = 0; factor < 4; ++factor) {
    std::set<int> intervals, places;
    for (const auto& row : rows) {
      const double scaled = row[factor] * n;
      intervals.insert(static_cast<int>(scaled));
      places.insert(static_cast<int>(8 * (scaled - std::floor(scaled))));
    }
    EXPECT_EQ(intervals.size(), n);
    EXPECT_EQ(*intervals.rbegin(), static_cast<int>(n) - 1);
    EXPECT_GE(places.size(), 6u);  // not in the middle of their intervals: of 37, 6 of 8 parts are missed by 1 in 10^4
  }
}

TEST(ExperimentDesign, LatinHypercubePairsItsFactorsAtRandom) {
  // Correlation of two independent orders of n has standard deviation 1 / sqrt(n - 1): 0.1 here.
  const Rows rows = design(request_of(DesignKind::latin_hypercube, 3, 101));
  for (const auto& [one, other] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2)}) {
    double sum = 0.0;
    for (const auto& row : rows) sum += (row[one] - 0.5) * (row[other] - 0.5);
    EXPECT_LT(std::abs(sum * 12.0 / 101.0), 0.35) << one << ' ' << other;
  }
}

TEST(ExperimentDesign, SaltelliRowsMixTheirTwoPoints) {
  for (const bool second_order : {false, true}) {
    DesignRequest request = request_of(DesignKind::saltelli, 3, 16);
    request.second_order = second_order;
    const SaltelliLayout layout{3, second_order};
    const Rows rows = design(request);
    ASSERT_EQ(rows.size(), 16u * (second_order ? 8 : 5));
    for (std::size_t s = 0; s < 16; ++s) {
      const auto &a = rows[layout.a(s)], &b = rows[layout.b(s)];
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
          EXPECT_NE(a[i], b[j]);
          EXPECT_EQ(rows[layout.a_b(s, i)][j], i == j ? b[j] : a[j]);
          if (second_order) {
            EXPECT_EQ(rows[layout.b_a(s, i)][j], i == j ? a[j] : b[j]);
          }
        }
    }
    EXPECT_EQ(layout.b(15), rows.size() - 1);
  }
}

TEST(ExperimentDesign, SaltelliPointsAreEvenInAAndInB) {
  constexpr std::size_t n = 64;
  const Rows rows = design(request_of(DesignKind::saltelli, 5, n));
  const SaltelliLayout layout{5, false};
  for (std::size_t factor = 0; factor < 5; ++factor) {
    std::set<int> a, b;
    for (std::size_t s = 0; s < n; ++s) {
      a.insert(static_cast<int>(n * rows[layout.a(s)][factor]));
      b.insert(static_cast<int>(n * rows[layout.b(s)][factor]));
    }
    EXPECT_EQ(a.size(), n);
    EXPECT_EQ(b.size(), n);
  }
}

TEST(ExperimentDesign, MorrisMovesOneFactorAtATime) {
  constexpr std::size_t factors = 6, levels = 6, trajectories = 50;
  DesignRequest request = request_of(DesignKind::morris, factors, trajectories);
  request.levels = levels;
  const Rows rows = design(request);
  ASSERT_EQ(rows.size(), trajectories * (factors + 1));
  const double delta = 0.6;  // 6 / (2 * 5)
  std::set<std::vector<std::size_t>> orders;
  std::set<int> starts;
  int up = 0;
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<std::size_t> order;
    for (std::size_t step = 0; step < factors; ++step) {
      const auto &from = rows[t * (factors + 1) + step], &to = rows[t * (factors + 1) + step + 1];
      for (std::size_t i = 0; i < factors; ++i) {
        EXPECT_NEAR(5.0 * from[i], std::round(5.0 * from[i]), 1e-12);
        starts.insert(static_cast<int>(std::lround(5.0 * from[i])));
        if (from[i] == to[i]) continue;
        EXPECT_NEAR(std::abs(to[i] - from[i]), delta, 1e-12);
        up += to[i] > from[i];
        order.push_back(i);
      }
    }
    EXPECT_EQ(std::set(order.begin(), order.end()).size(), factors);
    EXPECT_EQ(order.size(), factors);
    orders.insert(order);
  }
  EXPECT_EQ(starts, (std::set<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_GT(orders.size(), 40u);  // of 720
  EXPECT_NEAR(up, 150, 45);       // of 300, standard deviation 9
}

TEST(ExperimentDesign, SeedsGiveOtherRowsAndTheSameRowsAgain) {
  for (const DesignKind kind :
       {DesignKind::latin_hypercube, DesignKind::sobol, DesignKind::saltelli, DesignKind::morris}) {
    DesignRequest request = request_of(kind, 3, 8);
    const Rows first = design(request);
    EXPECT_EQ(design(request), first);
    request.seed = 2;
    EXPECT_NE(design(request), first);
  }
}

TEST(ExperimentDesign, RowsLieInTheUnitCube) {
  for (const DesignKind kind :
       {DesignKind::latin_hypercube, DesignKind::sobol, DesignKind::saltelli, DesignKind::morris})
    for (const auto& row : design(request_of(kind, 7, 100)))
      for (const double x : row) EXPECT_TRUE(x >= 0.0 && x <= 1.0) << x;
}

std::string refusal(const DesignRequest& request) {
  try {
    design(request);
  } catch (const CaseError& error) {
    return error.what();
  }
  return "";
}

TEST(ExperimentDesign, BadRequestsAreRefused) {
  EXPECT_NE(refusal(request_of(DesignKind::sobol, 0, 8)), "");
  EXPECT_NE(refusal(request_of(DesignKind::sobol, 2, 0)), "");
  EXPECT_NE(refusal(request_of(DesignKind::saltelli, 1834, 8)).find("3667"), std::string::npos);
  EXPECT_NE(refusal(request_of(DesignKind::latin_hypercube, 2, most_design_rows + 1)), "");
  EXPECT_NE(refusal(request_of(DesignKind::morris, 9, most_design_rows / 9)), "");
  DesignRequest morris = request_of(DesignKind::morris, 2, 8);
  morris.levels = 5;
  EXPECT_NE(refusal(morris).find("not 5"), std::string::npos);
  DesignRequest grid = request_of(DesignKind::grid, 3, 0);
  grid.counts = {10, 10};
  EXPECT_NE(refusal(grid), "");
  grid.counts = {10, 10, 0};
  EXPECT_NE(refusal(grid), "");
  grid.counts = {100000, 100000, 1000000000};
  EXPECT_NE(refusal(grid), "");
}

}  // namespace
}  // namespace tautband
