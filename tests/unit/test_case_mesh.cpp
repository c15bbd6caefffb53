// A case held against its mesh: every name that does not exist, every array that does not fit, is reported with its
// place.
#include <filesystem>
#include <fstream>

#include "io/case_mesh.hpp"
#include "io/mesh_file.hpp"
#include "support/block_mesh.hpp"
#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

/// Two hex8 cells along x, the first "muscle", the second "tendon".
Mesh two_cells() {
  Mesh mesh = testing_support::block_mesh(ElementKind::hex8, {2, 1, 1}, {2.0, 1.0, 1.0}, 1);
  mesh.cell_arrays["stiffness"] = {1, "Pa", "", {5e3, -1.0}};
  mesh.cell_arrays["direction"] = {3, "1", "", {0, 0, 1, 0, 0, 2}};
  mesh.cell_arrays["speed"] = {1, "m/s", "", {1, 1}};
  return mesh;
}

/// small_case with the second region, fit for two_cells().
const std::string fitting = small_case + "[[region]]\nname = \"tendon\"\nlaw = \"neo_hookean\"\n";

std::string misfit(const std::string& text, const Mesh& mesh = two_cells()) {
  try {
    check_against_mesh(parse_case(text, "case.toml"), mesh);
  } catch (const CaseError& error) {
    return error.what();
  }
  return "no error";
}

void expect_misfit(int line, const std::string& replacement, const std::string& said) {
  const std::string message = misfit(with_line(fitting, line, replacement));
  EXPECT_TRUE(contains(message, said)) << "expected\n" << said << "\ngot\n" << message;
}

TEST(CaseMesh, AFittingCaseIsAccepted) {
  EXPECT_EQ(misfit(fitting), "no error");
  EXPECT_EQ(misfit(with_line(fitting, 10, "mu = { array = \"stiffness\" }")), "no error");
  EXPECT_EQ(misfit(with_line(fitting, 8, "law = \"tautband\"\nfibre_array = \"direction\"")), "no error");
}

TEST(CaseMesh, NamesTheMeshDoesNotHave) {
  expect_misfit(7, "name = \"mucsle\"",
                "case.toml:7:8: the mesh has no region \"mucsle\"; did you mean \"muscle\"? (it has: muscle, tendon)");
  expect_misfit(7, "name = \"mucsle\"", "the region \"muscle\" of the mesh has no law: add a [[region]]");
  expect_misfit(
      12, "set = \"x3\"",
      "case.toml:12:7: the mesh has no node set \"x3\"; did you mean \"x0\"? (it has: x0, x1, y0, y1, z0, z1)");
  expect_misfit(10, "mu = { array = \"stifness\" }",
                "case.toml:10:6: the mesh has no point or cell array \"stifness\"; did you mean \"stiffness\"?");
  expect_misfit(8, "law = \"neo_hookean\"\nfibre_array = \"fibre2\"",
                "case.toml:9:15: the mesh has no cell array \"fibre2\"");
}

TEST(CaseMesh, ArraysThatDoNotFit) {
  expect_misfit(10, "mu = { array = \"speed\" }", "is in \"m/s\", which cannot be converted to \"kPa\"");
  expect_misfit(10, "mu = { array = \"place\" }", "has 2 components; this needs one");
  expect_misfit(10, "mu = { array = \"stiffness\", scale = -2.0 }",
                "its value at cell 0, -10 kPa, is out of range: 1e-09 .. 1e+12 kPa");
  expect_misfit(17, "law = \"neo_hookean\"\nparameters.mu = { array = \"stiffness\" }", "value at cell 1, -0.001 kPa");
  expect_misfit(17, "law = \"yeoh\"\nfibre_array = \"direction\"",
                "the fibre of cell 1 is not a unit vector: its length is 2");
  expect_misfit(8, "law = \"neo_hookean\"\nfibre_array = \"stiffness\"", "has 1 components, a fibre 3");
}

TEST(CaseMesh, SetsOfTheWrongKindOrEmpty) {
  Mesh mesh = two_cells();
  mesh.node_sets["patch"] = {0};
  mesh.node_sets["nothing"] = {};
  std::string text = with_line(fitting, 14, "pressure = \"1 kPa\"");
  text = with_line(with_line(text, 13, "kind = \"pressure\""), 12, "set = \"patch\"");
  EXPECT_TRUE(contains(misfit(text, mesh), "the mesh has a node set \"patch\", but this needs a face set"))
      << misfit(text, mesh);
  EXPECT_TRUE(contains(misfit(with_line(fitting, 12, "set = \"nothing\""), mesh),
                       "12:7: the node set \"nothing\" of the mesh is empty"));
}

TEST(CaseMesh, APatchNeedsAFaceSet) {
  const std::string press =
      fitting +
      "[[event]]\nkind = \"pressure\"\nstart = \"0 s\"\nduration = \"2 s\"\ncentre = [\"0 m\", \"0 m\", \"0 m\"]\n"
      "radius = \"0.5 m\"\npressure = \"1 kPa\"\nset = ";
  Mesh mesh = two_cells();
  mesh.node_sets["patch"] = {0};
  EXPECT_EQ(misfit(press + "\"x1\"", mesh), "no error");
  EXPECT_TRUE(contains(misfit(press + "\"patch\"", mesh),
                       "case.toml:25:7: the mesh has a node set \"patch\", but this needs a face set"))
      << misfit(press + "\"patch\"", mesh);
}

TEST(CaseMesh, LawsThatNeedFibres) {
  Mesh mesh = two_cells();
  mesh.fibre.clear();
  EXPECT_EQ(misfit(fitting, mesh), "no error");
  EXPECT_TRUE(contains(misfit(with_line(fitting, 8, "law = \"tautband\""), mesh),
                       "case.toml:6:1: the region \"muscle\" needs fibres"));
  EXPECT_TRUE(contains(misfit(with_line(fitting, 8, "law = \"neo_hookean\"\ncontracture_stretch = 0.9"), mesh),
                       "needs fibres"));
  EXPECT_EQ(misfit(with_line(fitting, 8, "law = \"tautband\"\nfibre = [0, 1, 0]"), mesh), "no error");
}

TEST(CaseMesh, TheMeshFileIsReadBesideTheCase) {
  const auto folder = std::filesystem::temp_directory_path() / "tautband_case_mesh";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "case.toml").string();
  std::ofstream(path) << with_line(fitting, 12, "set = \"x3\"");
  std::filesystem::remove(folder / "m.vtkhdf");
  try {
    read_case_mesh(read_case(path, {"mesh.made_by=tautband-mesh make block -o m.vtkhdf"}));
    FAIL();
  } catch (const FileError& error) {
    EXPECT_TRUE(contains(error.what(), "m.vtkhdf does not exist; make it with: tautband-mesh make block -o m.vtkhdf"))
        << error.what();
  }
  write_mesh((folder / "m.vtkhdf").string(), two_cells());
  try {
    read_case_mesh(read_case(path));
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_TRUE(contains(error.what(), path + ":12:7: the mesh has no node set \"x3\""));
    EXPECT_TRUE(contains(error.what(), "  12 | set = \"x3\"\n     |       ^~~~\n")) << error.what();
  }
  EXPECT_EQ(read_case_mesh(read_case(path, {"boundary.0.set=x0"})).n_cells(), 2);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tautband::testing
