// Partition, halo sums and file order on any number of ranks (1, 2 and 4 are run).
#include "base/copies.hpp"
#include "base/error.hpp"
#include "fem/halo.hpp"
#include "fem/ordering.hpp"
#include "mesh/partition.hpp"
#include "support/block_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace tautband {
namespace {

using testing_support::block_mesh;

int rank_of_world() {
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}
int size_of_world() {
  int size;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

template <class ViewType> auto host_copy(const ViewType& view) {
  return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view);
}

/// 6 x 5 x 4 cells; the tendon is one layer thick, so that on 4 ranks some have none of it.
Mesh example(ElementKind kind) { return block_mesh(kind, {6, 5, 4}, {6.0, 5.0, 4.0}, 5); }

/// All cells on rank 0, none elsewhere.
LocalMesh all_on_rank_0(const Mesh& mesh) {
  LocalMesh local;
  if (rank_of_world() == 0) local = distribute(mesh, MPI_COMM_SELF);
  local.kind = mesh.kind;
  local.comm = MPI_COMM_WORLD;
  local.n_global_nodes = mesh.n_nodes();
  local.n_global_cells = mesh.n_cells();
  return local;
}

class Parallel : public ::testing::TestWithParam<ElementKind> {};

TEST_P(Parallel, EveryCellLiesOnOneRankAndEveryNodeHasOneOwner) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  std::vector<int> cells(mesh.n_cells(), 0), owners(mesh.n_nodes(), 0);
  const auto cell = host_copy(local.cell);
  for (Index batch = 0; batch < local.n_batches; ++batch)
    for (int lane = 0; lane < lanes; ++lane)
      if (cell(batch, lane) >= 0) ++cells[cell(batch, lane)];
  const std::vector<GlobalIndex> node = to_host(local.global_node);
  for (Index i = 0; i < local.n_owned; ++i) ++owners[node[i]];
  MPI_Allreduce(MPI_IN_PLACE, cells.data(), int(cells.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, owners.data(), int(owners.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(cells, std::vector<int>(mesh.n_cells(), 1));
  EXPECT_EQ(owners, std::vector<int>(mesh.n_nodes(), 1));
  // METIS balances to 3 % by default; a fifth leaves room for a mesh of 120 cells.
  EXPECT_LE(local.n_elements, 1.2 * mesh.n_cells() / size_of_world() + 1);
}

TEST_P(Parallel, LowestRankThatTouchesANodeOwnsIt) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  std::vector<int> lowest(mesh.n_nodes(), size_of_world());
  const std::vector<GlobalIndex> node = to_host(local.global_node);
  for (GlobalIndex id : node) lowest[id] = rank_of_world();
  MPI_Allreduce(MPI_IN_PLACE, lowest.data(), int(lowest.size()), MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  for (Index i = 0; i < local.n_nodes; ++i)
    EXPECT_EQ(i < local.n_owned, lowest[node[i]] == rank_of_world()) << "node " << node[i];
}

TEST_P(Parallel, BatchesHoldOneRegionAndPaddingRepeatsTheLastCell) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const auto cell = host_copy(local.cell);
  const auto nodes = host_copy(local.nodes);
  Index batches = 0, elements = 0;
  for (const RegionBatches& region : local.regions) {
    EXPECT_EQ(region.first_batch, batches);
    EXPECT_EQ(region.n_batches, (region.n_elements + lanes - 1) / lanes);
    EXPECT_GT(region.n_elements, 0);
    for (Index slot = 0; slot < region.n_batches * lanes; ++slot) {
      const Index batch = region.first_batch + slot / lanes, lane = slot % lanes;
      if (slot < region.n_elements) {
        ASSERT_GE(cell(batch, lane), 0);
        EXPECT_EQ(mesh.region[cell(batch, lane)], region.region);
      } else {
        EXPECT_EQ(cell(batch, lane), -1);
        for (int i = 0; i < nodes_per_element(mesh.kind); ++i)
          EXPECT_EQ(nodes(batch, i, lane), nodes(batch, i, lane - 1));
      }
    }
    batches += region.n_batches;
    elements += region.n_elements;
  }
  EXPECT_EQ(batches, local.n_batches);
  EXPECT_EQ(elements, local.n_elements);
}

TEST_P(Parallel, ElementNodesAreLexicographic) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const auto cell = host_copy(local.cell);
  const auto nodes = host_copy(local.nodes);
  const auto X = host_copy(local.X);
  const int line = nodes_per_line(mesh.kind);
  for (Index batch = 0; batch < local.n_batches; ++batch)
    for (int lane = 0; lane < lanes && cell(batch, lane) >= 0; ++lane) {
      const int number = int(cell(batch, lane));  // unit cells, x fastest
      const int corner[3] = {number % 6, number / 6 % 5, number / 30};
      for (int i = 0; i < nodes_per_element(mesh.kind); ++i) {
        const int index[3] = {i % line, i / line % line, i / (line * line)};
        for (int a = 0; a < 3; ++a)
          EXPECT_DOUBLE_EQ(X(nodes(batch, i, lane), a), corner[a] + double(index[a]) / (line - 1));
      }
    }
}

TEST_P(Parallel, NodesAreNumberedByFirstTouch) {
  const LocalMesh local = distribute(example(GetParam()), MPI_COMM_WORLD);
  const auto nodes = host_copy(local.nodes);
  Index next_owned = 0, next_shared = local.n_owned;
  for (Index batch = 0; batch < local.n_batches; ++batch)
    for (int lane = 0; lane < lanes; ++lane)
      for (int i = 0; i < nodes_per_element(local.kind); ++i) {
        Index& next = nodes(batch, i, lane) < local.n_owned ? next_owned : next_shared;
        ASSERT_LE(nodes(batch, i, lane), next);
        if (nodes(batch, i, lane) == next) ++next;
      }
  EXPECT_EQ(next_owned, local.n_owned);
  EXPECT_EQ(next_shared, local.n_nodes);
}

TEST_P(Parallel, SetsAreComplete) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  const std::set<GlobalIndex> here(global.begin(), global.end());
  ASSERT_EQ(local.node_sets.size(), mesh.node_sets.size());
  for (const auto& [name, ids] : mesh.node_sets) {
    std::set<GlobalIndex> expected, found;
    for (GlobalIndex id : ids)
      if (here.count(id)) expected.insert(id);
    for (Index i : to_host(local.node_sets.at(name))) found.insert(global[i]);
    EXPECT_EQ(found, expected) << name;
  }
  const auto cell = host_copy(local.cell);
  for (const auto& [name, faces] : mesh.face_sets) {
    const LocalFaces& set = local.face_sets.at(name);
    const std::vector<Index> batch = to_host(set.batch), lane = to_host(set.lane);
    const std::vector<int> side = to_host(set.face);
    std::vector<int> count(mesh.n_cells() * 6, 0), expected(mesh.n_cells() * 6, 0);
    for (std::size_t i = 0; i < side.size(); ++i) ++count[cell(batch[i], lane[i]) * 6 + side[i]];
    for (const Face& face : faces) ++expected[face.cell * 6 + face.face];
    MPI_Allreduce(MPI_IN_PLACE, count.data(), int(count.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    EXPECT_EQ(count, expected) << name;
  }
}

/// value(cell, node, component) summed over the cells around each node, on this rank and then by the halo.
template <class Value> NodeVector assembled(const LocalMesh& local, const Value& value) {
  NodeVector y("y", local.n_nodes);
  const auto sum = Kokkos::create_mirror_view(y);
  const auto cell = host_copy(local.cell);
  const auto nodes = host_copy(local.nodes);
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  for (Index batch = 0; batch < local.n_batches; ++batch)
    for (int lane = 0; lane < lanes && cell(batch, lane) >= 0; ++lane)
      for (int i = 0; i < nodes_per_element(local.kind); ++i)
        for (int a = 0; a < 3; ++a)
          sum(nodes(batch, i, lane), a) += value(cell(batch, lane), global[nodes(batch, i, lane)], a);
  Kokkos::deep_copy(y, sum);
  Halo(local).add(y);
  return y;
}

TEST_P(Parallel, HaloSumOfIntegersEqualsTheSerialSum) {
  const Mesh mesh = example(GetParam());
  const auto value = [](GlobalIndex cell, GlobalIndex node, int a) { return double(7 * cell - 3 * node + 1000 * a); };
  std::vector<double> serial(3 * mesh.n_nodes(), 0.0);
  const int n = nodes_per_element(mesh.kind);
  for (std::size_t i = 0; i < mesh.connectivity.size(); ++i)
    for (int a = 0; a < 3; ++a) serial[3 * mesh.connectivity[i] + a] += value(i / n, mesh.connectivity[i], a);
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const auto y = host_copy(assembled(local, value));
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  for (Index i = 0; i < local.n_nodes; ++i)  // sums of integers are exact in any order
    for (int a = 0; a < 3; ++a) EXPECT_EQ(y(i, a), serial[3 * global[i] + a]);
}

TEST_P(Parallel, SharersEndWithTheSameBits) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const auto value = [](GlobalIndex cell, GlobalIndex node, int a) {
    return std::sin(1.0 + 37.0 * cell + a) * std::pow(10.0, double((cell + node) % 9));
  };
  const auto y = host_copy(assembled(local, value));
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  std::vector<double> least(3 * mesh.n_nodes(), 1e300), most(3 * mesh.n_nodes(), -1e300);
  for (Index i = 0; i < local.n_nodes; ++i)
    for (int a = 0; a < 3; ++a) least[3 * global[i] + a] = most[3 * global[i] + a] = y(i, a);
  MPI_Allreduce(MPI_IN_PLACE, least.data(), int(least.size()), MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, most.data(), int(most.size()), MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_EQ(least, most);
}

TEST_P(Parallel, HaloSumsScalarsVectorsAndBlocksAlike) {
  const LocalMesh local = distribute(example(GetParam()), MPI_COMM_WORLD);
  const Halo halo(local);
  View1<double> scalar("scalar", local.n_nodes);
  NodeBlocks blocks("blocks", local.n_nodes);
  Kokkos::deep_copy(scalar, 1.0);
  Kokkos::deep_copy(blocks, 2.0);
  halo.add(scalar);
  halo.add(blocks);
  std::vector<int> sharers(local.n_global_nodes, 0);
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  for (GlobalIndex id : global) sharers[id] = 1;
  MPI_Allreduce(MPI_IN_PLACE, sharers.data(), int(sharers.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  const std::vector<double> sum = to_host(scalar);
  const auto block = host_copy(blocks);
  for (Index i = 0; i < local.n_nodes; ++i) {
    EXPECT_EQ(sum[i], sharers[global[i]]);
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b) EXPECT_EQ(block(i, a, b), 2.0 * sharers[global[i]]);
  }
}

TEST_P(Parallel, HaloSumsSinglePrecisionAndInTwoHalves) {
  const LocalMesh local = distribute(example(GetParam()), MPI_COMM_WORLD);
  const Halo halo(local);
  const NodeVector whole("whole", local.n_nodes), halves("halves", local.n_nodes);
  const NodeVectorF single("single", local.n_nodes);
  const auto in = Kokkos::create_mirror(whole);  // never the array itself
  const auto in_single = Kokkos::create_mirror(single);
  for (Index i = 0; i < local.n_nodes; ++i)
    for (int a = 0; a < 3; ++a) in_single(i, a) = in(i, a) = 3 * i + a + 1000 * rank_of_world();  // exact in float
  Kokkos::deep_copy(whole, in);
  Kokkos::deep_copy(halves, in);
  Kokkos::deep_copy(single, in_single);
  halo.add(whole);
  halo.add(single);
  halo.begin(halves);
  std::vector<int> sharers(local.n_global_nodes, 0);
  const std::vector<GlobalIndex> global = to_host(local.global_node);
  for (GlobalIndex id : global) sharers[id] = 1;
  MPI_Allreduce(MPI_IN_PLACE, sharers.data(), int(sharers.size()), MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  for (Index i = 0; i < local.n_nodes; ++i)  // the interior changes while the sums travel
    for (int a = 0; a < 3; ++a)
      if (sharers[global[i]] == 1) in(i, a) += 0.5;
  Kokkos::deep_copy(halves, in);
  halo.finish(halves);
  const auto full = host_copy(whole), late = host_copy(halves);
  const auto full_single = host_copy(single);
  for (Index i = 0; i < local.n_nodes; ++i)
    for (int a = 0; a < 3; ++a) {
      EXPECT_EQ(late(i, a), full(i, a) + (sharers[global[i]] == 1 ? 0.5 : 0.0));
      EXPECT_EQ(double(full_single(i, a)), full(i, a));
    }
}

/// Checks that rows numbered by their place in the file arrive there and come back.
void check_file_order(const Mesh& mesh, const LocalMesh& local) {
  const FileOrder order(local);
  const Slice nodes = order.node_slice(), cells = order.cell_slice();
  GlobalIndex counts[2] = {nodes.count, cells.count}, before[2] = {0, 0};
  MPI_Exscan(counts, before, 2, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(nodes.first, before[0]);
  EXPECT_EQ(cells.first, before[1]);
  MPI_Allreduce(MPI_IN_PLACE, counts, 2, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(counts[0], mesh.n_nodes());
  EXPECT_EQ(counts[1], mesh.n_cells());

  const View2<double> place = localise_point_array(local, mesh.point_arrays.at("place"));
  const std::vector<double> node_rows = order.nodes_to_file(place);
  ASSERT_EQ(GlobalIndex(node_rows.size()), 2 * nodes.count);
  for (GlobalIndex i = 0; i < nodes.count; ++i) {
    EXPECT_EQ(node_rows[2 * i], double(nodes.first + i));
    EXPECT_EQ(node_rows[2 * i + 1], -double(nodes.first + i));
  }
  View2<double> place_again("again", local.n_nodes, 2);
  order.nodes_from_file(node_rows, place_again);
  const auto expected = host_copy(place), again = host_copy(place_again);
  for (Index i = 0; i < local.n_nodes; ++i)
    for (int c = 0; c < 2; ++c) EXPECT_EQ(again(i, c), expected(i, c));

  PointArray points("points", local.n_batches, 2, 3, lanes), points_again("points_again", local.n_batches, 2, 3, lanes);
  const auto value = Kokkos::create_mirror_view(points);
  const auto number = host_copy(localise_cell_array(local, mesh.cell_arrays.at("number")));
  for (Index batch = 0; batch < local.n_batches; ++batch)
    for (int q = 0; q < 2; ++q)
      for (int c = 0; c < 3; ++c)
        for (int lane = 0; lane < lanes; ++lane) value(batch, q, c, lane) = 10 * number(batch, 0, lane) + 3 * q + c;
  Kokkos::deep_copy(points, value);
  const std::vector<double> cell_rows = order.cells_to_file(points);
  ASSERT_EQ(GlobalIndex(cell_rows.size()), 6 * cells.count);
  for (GlobalIndex i = 0; i < cells.count; ++i)
    for (int c = 0; c < 6; ++c) EXPECT_EQ(cell_rows[6 * i + c], 10.0 * (cells.first + i) + c);
  order.cells_from_file(cell_rows, points_again);
  const auto value_again = host_copy(points_again);
  for (std::size_t i = 0; i < value.size(); ++i) EXPECT_EQ(value_again.data()[i], value.data()[i]);
}

TEST_P(Parallel, FileOrderMovesRowsToTheirPlaceAndBack) {
  const Mesh mesh = example(GetParam());
  check_file_order(mesh, distribute(mesh, MPI_COMM_WORLD));
}

TEST_P(Parallel, RanksWithoutCellsTakePart) {
  const Mesh mesh = example(GetParam());
  const LocalMesh local = all_on_rank_0(mesh);
  check_file_order(mesh, local);
  View1<double> y("y", local.n_nodes);
  Kokkos::deep_copy(y, 1.0);
  Halo(local).add(y);
  for (double value : to_host(y)) EXPECT_EQ(value, 1.0);  // nothing is shared
}

TEST_P(Parallel, OneCellPerRank) {
  const int size = size_of_world();
  const Mesh mesh = block_mesh(GetParam(), {size, 1, 1}, {1.0, 1.0, 1.0}, 1);
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  check_file_order(mesh, local);
}

TEST_P(Parallel, FewerCellsThanRanksAreRefused) {
  if (size_of_world() == 1) GTEST_SKIP() << "needs two ranks";
  const Mesh mesh = block_mesh(GetParam(), {1, 1, 1}, {1.0, 1.0, 1.0}, 1);
  try {
    distribute(mesh, MPI_COMM_WORLD);
    FAIL() << "one cell was divided among several ranks";
  } catch (const CaseError& error) {
    EXPECT_NE(std::string(error.what()).find("1 cells, fewer than the"), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Elements, Parallel, ::testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& kind) { return kind.param == ElementKind::hex8 ? "hex8" : "hex27"; });

}  // namespace
}  // namespace tautband
