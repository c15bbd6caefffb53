// The order of cells: along a curve, those that touch nodes of other ranks first. 1, 2 and 4 ranks are run.
#include "base/copies.hpp"
#include "mesh/partition.hpp"
#include "mesh/space_filling_curve.hpp"
#include "support/block_mesh.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace tautband {
namespace {

/// Small cubes of a coarse grid of 2^levels, in the order of the curve.
std::vector<std::array<int, 3>> walk(int levels) {
  const int n = 1 << levels, fine = curve_levels - levels;
  std::vector<std::array<int, 3>> cubes(n * n * n, {-1, -1, -1});
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k) {
        const std::uint64_t place =
            place_on_curve({std::uint32_t(i) << fine, std::uint32_t(j) << fine, std::uint32_t(k) << fine}) >>
            (3 * fine);
        cubes.at(place) = {i, j, k};
      }
  return cubes;
}

// A Hilbert curve visits every cube once and goes from each to one that shares a face with it.
TEST(SpaceFillingCurve, VisitsEveryCubeAndStepsThroughFaces) {
  for (int levels = 1; levels <= 5; ++levels) {
    const auto cubes = walk(levels);
    for (std::size_t i = 0; i < cubes.size(); ++i) {
      ASSERT_GE(cubes[i][0], 0) << "no cube at place " << i << " of " << levels << " levels";
      if (i == 0) continue;
      int steps = 0;
      for (int a = 0; a < 3; ++a) steps += std::abs(cubes[i][a] - cubes[i - 1][a]);
      ASSERT_EQ(steps, 1) << "place " << i << " of " << levels << " levels";
    }
  }
}

// The finest levels count as well: the eight cubes at a corner are the first or last eight of their parent.
TEST(SpaceFillingCurve, ReachesTheFinestLevel) {
  const std::uint32_t last = (1u << curve_levels) - 1;
  EXPECT_EQ(place_on_curve({0, 0, 0}), 0u);
  std::vector<bool> seen(8, false);
  for (std::uint32_t i = 0; i < 8; ++i) {
    const std::uint64_t place = place_on_curve({last - (i & 1), last - (i >> 1 & 1), last - (i >> 2)});
    EXPECT_LT(place, std::uint64_t{1} << (3 * curve_levels));
    seen[place % 8] = true;
  }
  EXPECT_EQ(seen, std::vector<bool>(8, true));
}

class CellOrder : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, CellOrder, testing::Values(ElementKind::hex8, ElementKind::hex27));

template <class ViewType> auto host_copy(const ViewType& view) {
  return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view);
}

TEST_P(CellOrder, InteriorBatchesTouchNoNodeOfAnotherRank) {
  const LocalMesh local =
      distribute(testing_support::block_mesh(GetParam(), {6, 5, 4}, {6.0, 5.0, 4.0}, 5), MPI_COMM_WORLD);
  std::vector<int> ranks(local.n_global_nodes, 0);
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  for (GlobalIndex id : global) ranks[id] = 1;
  MPI_Allreduce(MPI_IN_PLACE, ranks.data(), int(ranks.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  const auto nodes = host_copy(local.nodes);
  const auto touches_shared = [&](Index slot) {
    for (int i = 0; i < nodes_per_element(local.kind); ++i)
      if (ranks[global[nodes(slot / lanes, i, slot % lanes)]] > 1) return true;
    return false;
  };
  for (const RegionBatches& region : local.regions) {
    const RegionBatches boundary = part_of(region, Part::boundary), interior = part_of(region, Part::interior);
    EXPECT_EQ(boundary.n_elements + interior.n_elements, region.n_elements);
    EXPECT_EQ(boundary.n_batches, (boundary.n_elements + lanes - 1) / lanes);
    EXPECT_EQ(interior.n_batches, (interior.n_elements + lanes - 1) / lanes);
    EXPECT_EQ(interior.first_batch, region.first_batch + boundary.n_batches);
    EXPECT_EQ(part_of(region, Part::all).n_batches, region.n_batches);
    for (Index i = 0; i < interior.n_elements; ++i) EXPECT_FALSE(touches_shared(interior.first_batch * lanes + i));
    for (Index b = 0; b < boundary.n_batches; ++b)  // no more of them than needed
      EXPECT_TRUE(touches_shared((boundary.first_batch + b) * lanes));
  }
}

TEST_P(CellOrder, CellsOfARegionFollowEachOtherInSpace) {
  int ranks;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks > 1) GTEST_SKIP() << "the curve is whole on one rank";
  // 8 x 8 x 8 cells fill the levels of a Hilbert curve, so that each cell shares a face with the next
  const LocalMesh local =
      distribute(testing_support::block_mesh(GetParam(), {8, 8, 8}, {8.0, 8.0, 8.0}, 8), MPI_COMM_WORLD);
  const auto cell = host_copy(local.cell);
  for (Index i = 1; i < local.n_elements; ++i) {
    const int a = int(cell.data()[i - 1]), b = int(cell.data()[i]);
    EXPECT_EQ(std::abs(a % 8 - b % 8) + std::abs(a / 8 % 8 - b / 8 % 8) + std::abs(a / 64 - b / 64), 1) << i;
  }
}

}  // namespace
}  // namespace tautband
