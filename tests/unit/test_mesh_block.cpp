// Blocks: boxes, images between eight corners, distorted grids; and their command line.
#include "base/error.hpp"
#include "io/mesh_file.hpp"
#include "mesh/mesh_check.hpp"
#include "meshes/block.hpp"
#include "meshes/command_line.hpp"
#include "support/mesh_geometry.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace tautband::meshing {
namespace {

constexpr std::array<double, 3> extent{6, 2, 3};  // of box(), m

BlockOptions box(ElementKind kind) {
  BlockOptions o;
  o.kind = kind;
  o.corners = box_corners({6, 2, 3});
  o.cells = {3, 2, 4};
  return o;
}

class Block : public ::testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(, Block, ::testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& info) { return info.param == ElementKind::hex8 ? "hex8" : "hex27"; });

TEST_P(Block, IsABoxWithItsSixFaces) {
  const Mesh mesh = make_block(box(GetParam()));
  const MeshReport report = inspect(mesh);
  EXPECT_TRUE(report.problems().empty());
  EXPECT_NEAR(report.volume, 36.0, 1e-12);
  EXPECT_NEAR(report.worst_jacobian, 1.0, 1e-12);
  EXPECT_EQ(mesh.n_cells(), 24);
  EXPECT_EQ(mesh.n_nodes(), GetParam() == ElementKind::hex8 ? 4 * 3 * 5 : 7 * 5 * 9);
  const std::map<std::string, double> areas{{"x0", 6}, {"x1", 6}, {"y0", 18}, {"y1", 18}, {"z0", 12}, {"z1", 12}};
  for (const auto& [name, area] : areas) {
    EXPECT_NEAR(testing::area(mesh, name), area, 1e-12) << name;
    const int axis = name[0] - 'x';
    const double plane = name[1] == '0' ? 0.0 : extent[axis];
    for (GlobalIndex node : mesh.node_sets.at(name)) EXPECT_NEAR(mesh.points[3 * node + axis], plane, 1e-14) << name;
  }
}

TEST_P(Block, DistortionKeepsTheBox) {
  BlockOptions o = box(GetParam());
  o.distort = 0.25;
  const Mesh mesh = make_block(o);
  const MeshReport report = inspect(mesh);
  EXPECT_NEAR(report.volume, 36.0, 1e-12);
  EXPECT_GT(report.worst_jacobian, 0.1);
  EXPECT_LT(report.worst_jacobian, 0.95);
  for (const char* name : {"x1", "y1", "z1"}) {
    const int axis = name[0] - 'x';
    for (GlobalIndex node : mesh.node_sets.at(name)) EXPECT_NEAR(mesh.points[3 * node + axis], extent[axis], 1e-14);
  }
  EXPECT_EQ(make_block(o).points, mesh.points) << "the same seed gives the same mesh";
  o.seed = 2;
  EXPECT_NE(make_block(o).points, mesh.points);
}

TEST(BlockFibre, ArraysBelongToTheFibreDirection) {
  BlockOptions o = box(ElementKind::hex8);
  o.fibre = {0, 0, 2};
  const Mesh mesh = make_block(o);
  const std::vector<double>& lines = mesh.point_arrays.at("cross_section").values;
  for (GlobalIndex node = 0; node < mesh.n_nodes(); ++node) {
    EXPECT_NEAR(mesh.point_arrays.at("fibre_position").values[node], mesh.points[3 * node + 2] / 3.0, 1e-14);
    EXPECT_NEAR(lines[2 * node], mesh.points[3 * node], 1e-14);
    EXPECT_NEAR(lines[2 * node + 1], mesh.points[3 * node + 1], 1e-14);
  }
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) EXPECT_EQ(mesh.fibre[3 * cell + 2], 1.0);
  o.fibre = {1, 2, -1};
  const Mesh oblique = make_block(o);
  EXPECT_NEAR(oblique.fibre[1], 2.0 / std::sqrt(6.0), 1e-14);
  o.fibre = {0, 0, 0};
  EXPECT_THROW(make_block(o), CaseError);
}

class MeshCommand : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void run(const std::string& arguments) {
    CommandLine command_line;
    ::testing::internal::CaptureStdout();
    try {
      command_line.app().parse(arguments);
    } catch (...) {
      printed_ = ::testing::internal::GetCapturedStdout();
      throw;
    }
    printed_ = ::testing::internal::GetCapturedStdout();
  }
  /// The message of the CaseError that the arguments give.
  std::string refusal(const std::string& arguments) {
    try {
      run(arguments + " -o " + mesh_file_);
    } catch (const CaseError& error) {
      EXPECT_FALSE(std::filesystem::exists(mesh_file_));
      return error.what();
    }
    ADD_FAILURE() << arguments << " was accepted";
    return "";
  }

  std::string folder_ = ::testing::TempDir() + "tautband_mesh_command." + std::to_string(getpid());
  std::string mesh_file_ = folder_ + "/mesh.vtkhdf";
  std::string printed_;
};

TEST_F(MeshCommand, MakesCooksMembrane) {
  run("make block --corners '0,0,0,48,44,0,48,60,0,0,44,0,0,0,1,48,44,1,48,60,1,0,44,1 mm' --cells 4,4,1 -o " +
      mesh_file_);
  const Mesh mesh = read_mesh(mesh_file_);
  EXPECT_EQ(mesh.n_cells(), 16);
  EXPECT_NEAR(inspect(mesh).volume, 1440e-9, 1e-18);  // (44 + 16) / 2 * 48 mm^2 times 1 mm
  EXPECT_NEAR(testing::area(mesh, "x1"), 16e-6, 1e-15);
  run("check " + mesh_file_);
  EXPECT_NE(printed_.find("16 hex27"), std::string::npos) << printed_;
}

TEST_F(MeshCommand, ReadsOptionsFromAFile) {
  std::ofstream(folder_ + "/mesh.toml")
      << "[make.bundle]\nlength = \"20 mm\"\ndiameter = \"6 mm\"  # across\nedge = \"2 mm\"\n"
      << "element = \"hex8\"\nquarter = true\n";
  run("make bundle --config " + folder_ + "/mesh.toml -o " + mesh_file_);
  const Mesh mesh = read_mesh(mesh_file_);
  EXPECT_EQ(mesh.kind, ElementKind::hex8);
  EXPECT_TRUE(mesh.face_sets.contains("x0"));
}

TEST_F(MeshCommand, RefusesBadQuantitiesAndLists) {
  const std::string bundle = "make bundle --diameter '6 mm' --edge '1 mm' ";
  EXPECT_NE(refusal(bundle + "--length 60").find("--length"), std::string::npos);
  EXPECT_NE(refusal(bundle + "--length '60 s'").find("--length"), std::string::npos);
  EXPECT_NE(refusal(bundle + "--length '-6 mm'").find("greater than 0"), std::string::npos);
  EXPECT_NE(refusal(bundle + "--length '6 mm' --element hex20").find("hex20"), std::string::npos);
  EXPECT_NE(refusal("make block --size '1,1 mm' --cells 1,1,1").find("2 entries; 3 are expected"), std::string::npos);
  EXPECT_NE(refusal("make block --size '1,1,0 mm' --cells 1,1,1").find("greater than 0"), std::string::npos);
  EXPECT_NE(refusal("make block --size '1,1,1 mm' --cells 1,1.5,1").find("--cells"), std::string::npos);
  EXPECT_NE(refusal("make block --size '1,1,1 mm'").find("--cells or --edge"), std::string::npos);
  EXPECT_NE(refusal("make block --cells 1,1,1").find("--size or --corners"), std::string::npos);
  // Bottom and top exchanged: every cell is inside out.
  EXPECT_NE(refusal("make block --cells 1,1,1 --corners '0,0,1,1,0,1,1,1,1,0,1,1,0,0,0,1,0,0,1,1,0,0,1,0 mm'")
                .find("inverted"),
            std::string::npos);
}

TEST_F(MeshCommand, RefusesUnknownOptions) {
  EXPECT_THROW(run("make block --size '1,1,1 mm' --cells 1,1,1 --lenght 3 -o " + mesh_file_), CLI::ParseError);
  std::ofstream(folder_ + "/mesh.toml") << "[make.block]\nsise = \"1,1,1 mm\"\n";
  EXPECT_THROW(run("make block --config " + folder_ + "/mesh.toml --cells 1,1,1 -o " + mesh_file_), CLI::ConfigError);
}

}  // namespace
}  // namespace tautband::meshing
