// Sums at nodes in a fixed order, whatever the order in which elements and faces are worked on.
#include "fem/sum_order.hpp"
#include "operators/diagonal.hpp"
#include "operators/face_loads.hpp"
#include "operators/mass_op.hpp"
#include "operators/team_sweep.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace tautband {
namespace {

using testing_support::MuscleBlock;

template <class ViewType> auto host_copy(const ViewType& view) {
  return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view);
}

/// Number of values that differ in any bit.
template <class ViewType> int differences(const ViewType& a, const ViewType& b) {
  const auto x = host_copy(a), y = host_copy(b);
  int found = 0;
  for (std::size_t i = 0; i < x.size(); ++i) found += x.data()[i] != y.data()[i];
  return found;
}

/// Largest difference in units of the largest value.
template <class ViewType> double relative_difference(const ViewType& a, const ViewType& b) {
  const auto x = host_copy(a), y = host_copy(b);
  double difference = 0.0, size = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    difference = std::max(difference, std::abs(x.data()[i] - y.data()[i]));
    size = std::max(size, std::abs(y.data()[i]));
  }
  return difference / size;
}

/// Adds part(s) to node node(s) through slot s, for one s after the other in the order given; in their own order those
/// of a node come in ascending s.
void add_one_by_one(const NodeTarget<1>& target, const View1<Index>& node, const View1<double>& part,
                    const std::vector<Index>& order) {
  for (Index s : order)
    Kokkos::parallel_for(
        "tautband::add_one", Kokkos::RangePolicy<Execution>(s, s + 1),
        KOKKOS_LAMBDA(const Index i) { target.add(node(i), i, 0, part(i)); });
}

constexpr Index slots = 200, nodes = 7;

struct Parts {
  std::vector<Index> node, forward, shuffled;
  View1<Index> node_of_slot{"node_of_slot", slots};
  View1<double> part{"part", slots};

  Parts() : node(slots), forward(slots) {
    std::mt19937 random(5);
    const auto host_node = Kokkos::create_mirror_view(node_of_slot);
    const auto host_part = Kokkos::create_mirror_view(part);
    for (Index s = 0; s < slots; ++s) {
      host_node(s) = node[s] = static_cast<Index>(random() % nodes);
      host_part(s) = std::ldexp(double(random()), int(random() % 60));  // 18 decades, so that the order shows
    }
    Kokkos::deep_copy(node_of_slot, host_node);
    Kokkos::deep_copy(part, host_part);
    std::iota(forward.begin(), forward.end(), 0);
    shuffled = forward;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
  }

  View1<double> sum(const OrderedSum& in, const std::vector<Index>& order) const {
    const View1<double> y("y", nodes);
    Kokkos::deep_copy(y, 0.1);
    const NodeTarget<1> target = in.target<1>(y.data());
    add_one_by_one(target, node_of_slot, part, order);
    in.finish(target);
    return y;
  }
};

TEST(OrderedSum, DoesNotDependOnTheOrderOfParts) {
  const Parts p;
  const OrderedSum ordered(p.node);
  const View1<double> at_once = p.sum(OrderedSum(), p.forward);
  EXPECT_GT(differences(p.sum(OrderedSum(), p.shuffled), at_once), 0) << "the parts do not tell one order from another";
  EXPECT_EQ(differences(p.sum(ordered, p.forward), at_once), 0);
  EXPECT_EQ(differences(p.sum(ordered, p.shuffled), at_once), 0);  // and nothing is left from the sum before
}

TEST(OrderedSum, LeavesPartsOutsideTheRangeWaiting) {
  const Parts p;
  const OrderedSum ordered(p.node);
  const std::vector<Index> middle(p.forward.begin() + 60, p.forward.begin() + 90);
  const View1<double> y("y", nodes), expected = p.sum(OrderedSum(), middle);
  Kokkos::deep_copy(y, 0.1);
  const NodeTarget<1> target = ordered.target<1>(y.data());
  add_one_by_one(target, p.node_of_slot, p.part, p.shuffled);
  ordered.finish(target, 60, 30);
  EXPECT_EQ(differences(y, expected), 0);
  const NodeTarget<1> outside = OrderedSum().target<1>(expected.data());
  for (Index first : {Index(0), Index(90)}) {
    const Index end = first == 0 ? 60 : slots;
    add_one_by_one(outside, p.node_of_slot, p.part, {p.forward.begin() + first, p.forward.begin() + end});
    ordered.finish(target, first, end - first);
  }
  EXPECT_EQ(differences(y, expected), 0);
}

/// A block of 5 x 4 x 3 cells of 1 mm with and without a fixed order.
struct Example : MuscleBlock {
  LocalMesh ordered;
  NodeVector x;
  ModeMatrix K;
  explicit Example(ElementKind kind)
      : MuscleBlock(testing_support::block_mesh(kind, {5, 4, 3}, {5e-3, 4e-3, 3e-3}, 5), MPI_COMM_SELF),
        ordered(local),
        x(displacement([](const auto& X, int i) { return std::sin(1.3e3 * X[i] + 700.0 * X[(i + 1) % 3] + i); })),
        K("K", local.n_batches, kind == ElementKind::hex8 ? 1 : 10, lanes) {
    fix_sum_order(ordered);
  }
  NodeVector vector() const { return NodeVector("vector", local.n_nodes); }
  MassOp op() const { return MassOp{WithInertia{geometry.jacobian, 1e6}}; }
};

/// As team_sweep(), one batch after the other from the last to the first.
template <class E> void backwards(const LocalMesh& mesh, const Example& e, const NodeVector& y) {
  const RegionBatches& range = mesh.regions[0];
  using Body = TeamSweep<E, MassOp>;
  const auto target = mesh.sum.target<3>(y.data());
  for (Index b = range.n_batches - 1; b >= 0; --b) {
    const Body body{mesh.nodes, e.x, target, e.op(), e.K, range.n_elements - b * lanes, range.first_batch + b};
    Kokkos::parallel_for("tautband::backwards", Body::policy(1), body);
  }
  mesh.sum.finish(target);
}

template <class E> void expect_sweep_in_order(const Example& e) {
  const NodeVector at_once = e.vector(), ordered = e.vector(), reversed = e.vector(), reversed_at_once = e.vector();
  const RegionBatches& range = e.local.regions[0];
  team_sweep<E>("tautband::at_once", e.local, range, e.op(), e.K, e.x, at_once);
  team_sweep<E>("tautband::ordered", e.ordered, range, e.op(), e.K, e.x, ordered);
  backwards<E>(e.local, e, reversed_at_once);
  backwards<E>(e.ordered, e, reversed);
  EXPECT_LT(relative_difference(ordered, at_once), 1e-14);  // sums of at most 8 parts
  EXPECT_EQ(differences(reversed, ordered), 0);
  if (host_execution) {  // threads of a device have no order to compare with
    EXPECT_GT(differences(reversed_at_once, at_once), 0) << "the block does not tell one order from another";
  }
}

TEST(OrderedSum, SweepDoesNotDependOnTheOrderOfBatches) {
  expect_sweep_in_order<Hex8>(Example(ElementKind::hex8));
  expect_sweep_in_order<Hex27>(Example(ElementKind::hex27));
}

TEST(OrderedSum, HoldsTheDiagonal) {
  const Example e(ElementKind::hex27);
  const PointArray data("data", e.local.n_batches, Hex27::points, int(reduced_form::size), lanes);
  const auto host = Kokkos::create_mirror_view(data);
  for (std::size_t i = 0; i < host.size(); ++i) host.data()[i] = 1.0 + 0.5 * std::sin(double(i));
  Kokkos::deep_copy(data, host);
  const ReducedTangentOp<Hex27, WithInertia> op{{data.data(), 0}, e.op()};
  const NodeBlocks at_once("at_once", e.local.n_nodes), ordered("ordered", e.local.n_nodes);
  const RegionBatches& range = e.local.regions[0];
  add_diagonal_by_teams<Hex27>(e.local, range, op, e.K, at_once);
  add_diagonal_by_teams<Hex27>(e.ordered, range, op, e.K, ordered);
  EXPECT_LT(relative_difference(ordered, at_once), 1e-14);
}

TEST(OrderedSum, HoldsLoadsOnFacesAndAveragesAtNodes) {
  const Example e(ElementKind::hex27);
  const auto& faces = e.local.face_sets.at("x1");
  const auto& in_order = e.ordered.face_sets.at("x1");
  for (int twice = 0; twice < 2; ++twice) {  // nothing is left in the slots
    const NodeVector at_once = e.vector(), ordered = e.vector();
    add_spring(e.local, faces, {{1e6, 2e6, 3e6}, {}}, e.x, at_once);
    add_spring(e.ordered, in_order, {{1e6, 2e6, 3e6}, {}}, e.x, ordered);
    EXPECT_LT(relative_difference(ordered, at_once), 1e-14);
    const NodeVector u = e.displacement([](const auto& X, int i) { return 0.1 * X[(i + 1) % 3]; });
    add_pressure_tangent(e.local, faces, 1e3, u, e.x, at_once);
    add_pressure_tangent(e.ordered, in_order, 1e3, u, e.x, ordered);
    EXPECT_LT(relative_difference(ordered, at_once), 1e-14);
  }
  const NodeBlocks blocks("blocks", e.local.n_nodes), blocks_in_order("in_order", e.local.n_nodes);
  add_spring_diagonal(e.local, faces, {1e6, 2e6, 3e6}, blocks);
  add_spring_diagonal(e.ordered, in_order, {1e6, 2e6, 3e6}, blocks_in_order);
  EXPECT_LT(relative_difference(blocks_in_order, blocks), 1e-14);

  const View2<double> sums("sums", e.local.n_nodes, 2), sums_in_order("in_order", e.local.n_nodes, 2);
  add_points_to_nodes(e.local, e.geometry, e.geometry.jacobian, 0, sums);
  add_points_to_nodes(e.ordered, e.geometry, e.geometry.jacobian, 0, sums_in_order);
  EXPECT_LT(relative_difference(sums_in_order, sums), 1e-14);
}

}  // namespace
}  // namespace tautband
