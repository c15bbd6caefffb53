// Which cell is named when a step fails, on any number of ranks (1, 2 and 4 are run).
#include "mesh/partition.hpp"
#include "operators/law_ops.hpp"
#include "operators/troubled_cell.hpp"
#include "support/block_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

/// 6 x 5 x 4 cells of 1 mm, with forces and volume ratios set by node and cell of the mesh file.
struct Block {
  Mesh mesh;
  LocalMesh local;
  NodeVector force, mask;
  PointArray report;

  explicit Block(ElementKind kind)
      : mesh(testing_support::block_mesh(kind, {6, 5, 4}, {6e-3, 5e-3, 4e-3}, 3)),
        local(distribute(mesh, MPI_COMM_WORLD)),
        force("force", local.n_nodes),
        mask("mask", local.n_nodes),
        report("report", local.n_batches, nodes_per_element(kind), int(report::size), lanes) {
    Kokkos::deep_copy(mask, 1.0);
    Kokkos::deep_copy(report, 0.9);
  }
  void set(const NodeVector& v, GlobalIndex node, int component, double value) const {
    const auto h = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), v);
    const auto number = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.global_node);
    for (Index n = 0; n < local.n_nodes; ++n)
      if (number(n) == node) h(n, component) = value;
    Kokkos::deep_copy(v, h);
  }
  void set_ratio(GlobalIndex wanted, int point, double value) const {
    const auto h = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), report);
    const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.cell);
    for (Index b = 0; b < local.n_batches; ++b)
      for (int lane = 0; lane < lanes; ++lane)
        if (cell(b, lane) == wanted) h(b, point, int(report::volume_ratio), lane) = value;
    Kokkos::deep_copy(report, h);
  }
  /// A corner of cell (i, j, k) that lies at its low end, as a node of the mesh file.
  GlobalIndex corner(int i, int j, int k) const {
    const int order = mesh.kind == ElementKind::hex8 ? 1 : 2;
    return order * (i + (6 * order + 1) * (GlobalIndex(j) + (5 * order + 1) * k));
  }
  TroubledCell find() const { return find_troubled_cell(local, force, mask, report); }
};

class NamedCell : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, NamedCell, testing::Values(ElementKind::hex8, ElementKind::hex27));

TEST_P(NamedCell, TouchesTheNodeWithTheLargestForce) {
  const Block block(GetParam());
  block.set(block.force, block.corner(1, 1, 1), 0, 2.0);
  block.set(block.force, block.corner(3, 2, 1), 1, -3.0);  // of 8 cells, (2, 1, 0) is the first
  block.set(block.force, block.corner(3, 2, 1), 2, 4.0);
  block.set(block.force, block.corner(5, 5, 4), 2, 100.0);
  block.set(block.mask, block.corner(5, 5, 4), 2, 0.0);  // a reaction, not an unbalanced force
  block.set_ratio(2 + 6 * 1, 3, 0.25);
  block.set_ratio(0, 0, 0.1);  // smaller, but elsewhere
  const TroubledCell found = block.find();
  EXPECT_EQ(found.cell, 2 + 6 * 1);
  EXPECT_DOUBLE_EQ(found.force, 5.0);
  EXPECT_DOUBLE_EQ(found.smallest_volume_ratio, 0.25);
  const double centre[3] = {2.5e-3, 1.5e-3, 0.5e-3};
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(found.centre[c], centre[c], 1e-15);
  EXPECT_EQ(describe(found),
            "the largest unbalanced force, 5 N, is in cell 8, around (2.5, 1.5, 0.5) mm, whose smallest det F is 0.25");
}

TEST_P(NamedCell, IsTheMostInvertedOne) {
  const Block block(GetParam());
  block.set(block.force, block.corner(1, 1, 1), 0, 2.0);
  block.set_ratio(17, 1, -0.2);
  block.set_ratio(71, 2, -0.5);
  const TroubledCell found = block.find();
  EXPECT_EQ(found.cell, 71);
  EXPECT_DOUBLE_EQ(found.smallest_volume_ratio, -0.5);
  EXPECT_EQ(describe(found), "cell 71, around (5.5, 1.5, 2.5) mm, is inverted: its smallest det F is -0.5");
  block.set_ratio(90, 0, std::nan(""));
  EXPECT_EQ(block.find().cell, 90);
  EXPECT_EQ(describe(block.find()), "the deformation of cell 90, around (0.5, 0.5, 3.5) mm, is not a number");
}

TEST_P(NamedCell, HoldsAForceThatIsNoNumber) {
  const Block block(GetParam());
  block.set(block.force, block.corner(1, 1, 1), 0, 1e100);
  for (const double bad : {std::nan(""), double(INFINITY)}) {
    block.set(block.force, block.corner(4, 0, 3), 1, bad);
    const TroubledCell found = block.find();
    EXPECT_EQ(found.cell, 3 + 30 * 2);
    EXPECT_EQ(describe(found),
              "the force in cell 63, around (3.5, 0.5, 2.5) mm, is not a number; its smallest det F is 0.9");
  }
}

// Forces that differ by rounding are equal, so that the answer does not depend on the number of ranks.
TEST_P(NamedCell, IsTheFirstOfEquals) {
  const Block block(GetParam());
  block.set(block.force, block.corner(2, 2, 2), 0, 1.0 + 1e-12);
  block.set(block.force, block.corner(4, 4, 0), 0, 1.0);
  EXPECT_EQ(block.find().cell, 3 + 6 * 3);
  block.set_ratio(100, 0, -0.5 - 1e-12);
  block.set_ratio(40, 0, -0.5);
  EXPECT_EQ(block.find().cell, 40);
  EXPECT_EQ(Block(GetParam()).find().cell, 0) << "no force at all";
}

}  // namespace
}  // namespace tautband
