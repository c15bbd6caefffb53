// The scaling model against counting and against limits that are known.
#include "performance/scaling_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tautband::performance {
namespace {

constexpr std::array<double, 3> cube{13, 13, 13};

/// Nodes of part (1, 1, 1) of a grid of parts, counted once per part that touches them as well, and those parts.
struct Counted {
  int shared = 0;
  std::set<int> neighbours;
};
Counted count(int nodes, int parts) {
  const int cells = (nodes - 1) / parts, mine = std::min(1, parts - 1);
  const auto touches = [&](int part, int node) { return node >= part * cells && node <= (part + 1) * cells; };
  Counted counted;
  for (int z = 0; z < nodes; ++z)
    for (int y = 0; y < nodes; ++y)
      for (int x = 0; x < nodes; ++x) {
        if (!touches(mine, x) || !touches(mine, y) || !touches(mine, z)) continue;
        for (int part = 0; part < parts * parts * parts; ++part) {
          const int i = part % parts, j = part / parts % parts, k = part / (parts * parts);
          if ((i == mine && j == mine && k == mine) || !touches(i, x) || !touches(j, y) || !touches(k, z)) continue;
          ++counted.shared;
          counted.neighbours.insert(part);
        }
      }
  return counted;
}

TEST(ScalingModel, PartsAreWhatCountingGives) {
  for (int parts : {2, 3}) {
    const Parts model = divide(cube, parts * parts * parts);
    const Counted counted = count(13, parts);
    EXPECT_EQ(model.messages, static_cast<int>(counted.neighbours.size()));
    EXPECT_DOUBLE_EQ(model.shared_nodes, counted.shared);
    EXPECT_DOUBLE_EQ(model.nodes, std::pow(12 / parts + 1, 3));
  }
}

TEST(ScalingModel, CutsALongBoxAcross) {
  const Parts parts = divide({41, 11, 11}, 4);
  EXPECT_EQ(parts.count, (std::array<int, 3>{4, 1, 1}));
  EXPECT_DOUBLE_EQ(parts.shared_nodes, 2 * 11 * 11);
  EXPECT_EQ(divide({41, 11, 11}, 1).shared_nodes, 0.0);
}

constexpr Worker worker{1e9, 2e9, 1e12, 0.0, 1e11, 0.0};
constexpr Network instant{0.0, 0.0, 1e300, 0.0}, network{1e-6, 5e-7, 1e9, 3e-6};

TEST(ScalingModel, OneRankHasNoNetwork) {
  const Cost c = cost({2, 3, 4, 2, 8.0, 0, false}, worker, network, cube, 1, 0.0);
  const double dofs = 3 * 13 * 13 * 13;
  EXPECT_DOUBLE_EQ(c.total(), 2 * dofs / 1e9 + 3 * dofs / 2e9 + 8.0 * dofs / 1e12);
}

TEST(ScalingModel, CountsMessagesBytesAndSums) {
  // two parts of 13 x 13 shared nodes, two operators in double and three products in single precision
  const Cost c = cost({2, 3, 4, 2, 0.0, 0, false}, worker, network, cube, 2, 0.0);
  EXPECT_DOUBLE_EQ(c.halo, 5 * 1e-6 + 3 * 13 * 13 * (2 * 8 + 3 * 4) / 1e9);
  EXPECT_DOUBLE_EQ(c.sums, 2 * 3e-6);
  const Parts eight = divide(cube, 8);  // seven neighbours
  EXPECT_NEAR(cost({1, 0, 4, 0, 0.0, 0, false}, worker, network, cube, 8, 0.0).halo,
              1e-6 + 6 * 5e-7 + 24 * eight.shared_nodes / 1e9, 1e-15);
  EXPECT_DOUBLE_EQ(cost({2, 3, 4, 2, 0.0, 0, false}, worker, network, {129, 129, 129}, 64, 0.0).sums, 2 * 6 * 3e-6);
}

TEST(ScalingModel, HaloHidesBehindWork) {
  const Iteration it{1, 0, 4, 2, 0.0, 0, false};
  const std::array<double, 3> nodes{41, 41, 41};
  const double travel = cost(it, worker, network, nodes, 2, 0.0).halo;
  const double work = cost(it, worker, instant, nodes, 2, 0.0).work;
  EXPECT_NEAR(cost(it, worker, network, nodes, 2, 0.1).halo, travel - 0.1 * work, 1e-12);
  EXPECT_EQ(cost(it, worker, network, nodes, 2, 1.0).halo, 0.0);
}

TEST(ScalingModel, PerfectNetworkScalesPerfectly) {
  const Iteration it{1, 6, 4, 2, 100.0, 0, false};  // 4 x 64 cells on 4 parts: each has the 65 nodes of the one
  const double one = cost(it, worker, instant, {65, 65, 65}, 1, 0.0).total();
  EXPECT_NEAR(cost(it, worker, instant, {257, 257, 257}, 64, 0.0).total() / one, 1.0, 1e-12);
}

TEST(ScalingModel, HaloGrowsAsTheSurface) {
  const Network bytes_only{0.0, 0.0, 1e9, 0.0};
  const Iteration it{1, 0, 4, 2, 0.0, 0, false};
  const Cost small = cost(it, worker, bytes_only, {241, 241, 241}, 27, 0.0),
             large = cost(it, worker, bytes_only, {481, 481, 481}, 27, 0.0);
  const auto neighbours = [](double n) { return 6 * n * n + 12 * n + 8; };  // faces, edges, corners
  EXPECT_NEAR(large.halo / small.halo, neighbours(161) / neighbours(81), 1e-9);
  EXPECT_NEAR(large.work / small.work, std::pow(161.0 / 81.0, 3), 1e-9);
}

TEST(ScalingModel, CoarseLevelsShrinkToADirectSolve) {
  EXPECT_EQ(coarse_levels(8 * 64 * 2000.0), (std::vector<double>{128000.0, 16000.0, 2000.0}));
  EXPECT_EQ(coarse_levels(8 * 100.0).size(), 1u);
}

TEST(ScalingModel, CoarseLatencyDoesNotShrink) {
  const Iteration it{1, 6, 4, 2, 0.0, 0, true};
  const std::array<double, 3> nodes{321, 321, 321};
  const Cost few = cost(it, worker, network, nodes, 8, 0.0), many = cost(it, worker, network, nodes, 512, 0.0);
  EXPECT_LT(many.coarse_work, few.coarse_work / 32);
  EXPECT_GT(many.coarse_network, few.coarse_network / 4);
  Worker apart = worker;
  apart.coarse_transfer = 1e9;
  EXPECT_NEAR(cost(it, apart, network, nodes, 8, 0.0).coarse_work - few.coarse_work,
              2.0 * 8.0 * 3.0 * 321 * 321 * 321 / 8.0 / 8.0 / 1e9, 1e-9);
}

}  // namespace
}  // namespace tautband::performance
