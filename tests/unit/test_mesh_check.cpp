// The mesh check finds what it is there to find, in meshes whose faults are known.
#include "base/error.hpp"
#include "mesh/mesh_check.hpp"
#include "mesh/mesh_report.hpp"
#include "support/two_cells.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

using testing::two_cells;

TEST(MeshCheck, MeasuresASoundMesh) {
  const Mesh mesh = two_cells();
  const MeshReport report = inspect(mesh);
  EXPECT_TRUE(report.problems().empty());
  EXPECT_EQ(report.n_nodes, 12);
  EXPECT_EQ(report.n_cells, 2);
  ASSERT_EQ(report.regions.size(), 2u);
  EXPECT_NEAR(report.regions[0].volume, 1.0, 1e-15);
  EXPECT_NEAR(report.regions[1].volume, 2.0, 1e-15);
  EXPECT_NO_THROW(require_sound(mesh, "mesh"));
}

TEST(MeshCheck, ScaledJacobianIsTheSineOfAShear) {
  Mesh mesh = two_cells();
  for (int node = 0; node < 12; ++node)
    mesh.points[3 * node] += 0.75 * mesh.points[3 * node + 2];  // shear along x by z
  const MeshReport report = inspect(mesh);
  EXPECT_NEAR(report.worst_jacobian, 1.0 / std::hypot(1.0, 0.75), 1e-14);  // 0.8
  EXPECT_NEAR(report.volume, 3.0, 1e-14);
}

TEST(MeshCheck, SeesACornerThatIsFlatBetweenSoundGaussPoints) {
  Mesh mesh = two_cells();
  // Node 0 moves over the diagonal of its face: J is 0.45^2 - 0.55^2 < 0 there and positive at the Gauss points.
  mesh.points[0] = 0.55, mesh.points[1] = 0.55;
  const MeshReport report = inspect(mesh);
  EXPECT_EQ(report.worst_cell, 0);
  EXPECT_NEAR(report.worst_jacobian, -0.1 / (0.45 * 0.45 + 0.55 * 0.55) / std::hypot(0.55, 0.55, 1.0), 1e-14);
  EXPECT_EQ(report.inverted_cells, 1);
  try {
    require_sound(mesh, "some.vtkhdf");
    FAIL();
  } catch (const FileError& error) {
    EXPECT_EQ(error.code, ExitCode::bad_file);
    EXPECT_NE(std::string(error.what()).find("some.vtkhdf: 1 of 2 cells are inverted or flat; worst is cell 0"),
              std::string::npos)
        << error.what();
  }
}

TEST(MeshCheck, ACollapsedCellIsFlatNotNan) {
  Mesh mesh = two_cells();
  std::fill(mesh.points.begin(), mesh.points.end(), 1.0);
  const MeshReport report = inspect(mesh);
  EXPECT_EQ(report.worst_jacobian, 0.0);
  EXPECT_EQ(report.inverted_cells, 2);
}

TEST(MeshCheck, CountsFibresSetsAndIsolatedNodes) {
  Mesh mesh = two_cells();
  mesh.fibre[3] = 1.01;
  mesh.node_sets["nobody"] = {};
  mesh.face_sets["nowhere"] = {};
  mesh.points.insert(mesh.points.end(), {9, 9, 9});
  const MeshReport report = inspect(mesh);
  EXPECT_EQ(report.bad_fibres, 1);
  EXPECT_EQ(report.worst_fibre_cell, 1);
  EXPECT_NEAR(report.worst_fibre_error, 0.01, 1e-15);
  EXPECT_EQ(report.empty_sets, (std::vector<std::string>{"node set nobody", "face set nowhere"}));
  EXPECT_EQ(report.isolated_nodes, (std::vector<GlobalIndex>{12}));
  EXPECT_EQ(report.problems().size(), 4u);
  const std::string text = to_text(mesh, report);
  EXPECT_NE(text.find("problem: node set nobody is empty"), std::string::npos) << text;
  EXPECT_NE(text.find("problem: 1 nodes belong to no cell; the first is node 12"), std::string::npos) << text;
}

TEST(MeshCheck, NanFibreIsBad) {
  Mesh mesh = two_cells();
  mesh.fibre[0] = std::nan("");
  EXPECT_EQ(inspect(mesh).bad_fibres, 1);
}

}  // namespace
}  // namespace tautband
