// Mesh files: what is written is read back; what is broken is named.
#include "base/error.hpp"
#include "io/mesh_file.hpp"
#include "support/mesh_editor.hpp"
#include "support/two_cells.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>

namespace tautband {
namespace {

using testing::Editor;

class MeshFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    write_mesh(path_, testing::two_cells());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// What read_mesh says about the file; "" when it accepts it.
  std::string complaint() const {
    try {
      read_mesh(path_);
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  }
  /// Breaks a fresh file and expects a message with the path and `words`.
  void expect_complaint(const std::function<void(Editor&)>& damage, const std::string& words) {
    write_mesh(path_, testing::two_cells());
    {
      Editor editor(path_);
      damage(editor);
    }
    const std::string message = complaint();
    EXPECT_EQ(message.find(path_), 0u) << "'" << message << "' for: " << words;
    EXPECT_NE(message.find(words), std::string::npos) << "'" << message << "' lacks: " << words;
  }
  std::vector<char> bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write_bytes(const std::vector<char>& content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }

  std::string folder_ = ::testing::TempDir() + "tautband_mesh_file." + std::to_string(getpid());
  std::string path_ = folder_ + "/mesh.vtkhdf";
};

TEST_F(MeshFile, ComesBackAsItWas) {
  const Mesh mesh = testing::two_cells(), read = read_mesh(path_);
  EXPECT_EQ(read.kind, mesh.kind);
  EXPECT_EQ(read.points, mesh.points);
  EXPECT_EQ(read.connectivity, mesh.connectivity);
  EXPECT_EQ(read.region, mesh.region);
  EXPECT_EQ(read.region_names, mesh.region_names);
  EXPECT_EQ(read.fibre, mesh.fibre);
  EXPECT_EQ(read.node_sets, mesh.node_sets);
  ASSERT_EQ(read.face_sets.size(), 2u);
  ASSERT_EQ(read.face_sets.at("z0").size(), 2u);
  EXPECT_EQ(read.face_sets.at("z0")[1].cell, 1);
  EXPECT_EQ(read.face_sets.at("z0")[1].face, 4);
  ASSERT_EQ(read.point_arrays.size(), 1u);
  EXPECT_EQ(read.point_arrays.at("height").values, mesh.point_arrays.at("height").values);
  EXPECT_EQ(read.point_arrays.at("height").unit, "m");
  EXPECT_EQ(read.point_arrays.at("height").long_name, "z of the node");
  ASSERT_EQ(read.cell_arrays.size(), 1u);
  EXPECT_EQ(read.cell_arrays.at("stiffness").components, 2);
  EXPECT_EQ(read.cell_arrays.at("stiffness").values, mesh.cell_arrays.at("stiffness").values);
}

TEST_F(MeshFile, NeedsNoFibresArraysOrSets) {
  Mesh mesh = testing::two_cells();
  mesh.fibre.clear();
  mesh.node_sets.clear();
  mesh.face_sets.clear();
  mesh.point_arrays.clear();
  mesh.cell_arrays.clear();
  write_mesh(path_, mesh);
  {
    Editor editor(path_);
    editor.remove("/sets");
    editor.remove("/VTKHDF/PointData");
  }
  const Mesh read = read_mesh(path_);
  EXPECT_TRUE(read.fibre.empty() && read.node_sets.empty() && read.face_sets.empty() && read.point_arrays.empty());
}

TEST_F(MeshFile, TakesSinglePrecisionAndShortIntegers) {
  {
    Editor editor(path_);
    std::vector<float> points;
    for (double value : testing::two_cells().points) points.push_back(static_cast<float>(value));
    editor.put("/VTKHDF/Points", H5T_NATIVE_FLOAT, {12, 3}, points);
    editor.put("/VTKHDF/CellData/region", H5T_NATIVE_UCHAR, {2}, std::vector<unsigned char>{0, 1});
  }
  EXPECT_EQ(read_mesh(path_).points, testing::two_cells().points);
}

TEST_F(MeshFile, NamesWhatIsMissing) {
  for (const char* name :
       {"/VTKHDF/Points", "/VTKHDF/Connectivity", "/VTKHDF/Offsets", "/VTKHDF/Types", "/VTKHDF/NumberOfPoints",
        "/VTKHDF/NumberOfCells", "/VTKHDF/NumberOfConnectivityIds", "/VTKHDF/CellData/region", "/regions/names"})
    expect_complaint([=](Editor& e) { e.remove(name); }, std::string(name) + ": is missing");
  expect_complaint([](Editor& e) { e.remove("/VTKHDF"); }, "/VTKHDF: is missing");
  expect_complaint([](Editor& e) { e.remove_attribute("/VTKHDF", "Type"); }, "/VTKHDF: attribute Type is ''");
  expect_complaint([](Editor& e) { e.remove_attribute("/VTKHDF", "Version"); }, "/VTKHDF: attribute Version is ()");
  expect_complaint([](Editor& e) { e.version(3, 1); }, "attribute Version is (3, 1); (1, x) and (2, x) are known");
  expect_complaint([](Editor& e) { e.group("/VTKHDF/Steps"); },
                   "/VTKHDF/Steps: is there: this is a time series, not a mesh");
}

TEST_F(MeshFile, NamesWrongShapesAndTypes) {
  expect_complaint([](Editor& e) { e.reals("/VTKHDF/Points", {36}, std::vector<double>(36)); },
                   "/VTKHDF/Points: has shape (36); (12, 3) is expected");
  expect_complaint(
      [](Editor& e) {
        e.reals("/VTKHDF/Points", {11, 3}, std::vector<double>(33));
      },
      "/VTKHDF/Points: has shape (11, 3); (12, 3) is expected");
  expect_complaint([](Editor& e) { e.reals("/VTKHDF/Connectivity", {16}, std::vector<double>(16)); },
                   "/VTKHDF/Connectivity: has values that are not integers");
  expect_complaint(
      [](Editor& e) {
        e.integers("/VTKHDF/NumberOfPoints", {2}, {6, 6});
      },
      "/VTKHDF/NumberOfPoints: has shape (2); a mesh of one part has (1)");
  expect_complaint([](Editor& e) { e.integers("/VTKHDF/NumberOfCells", {1}, {0}); }, "/VTKHDF/NumberOfCells: is 0");
  expect_complaint([](Editor& e) { e.remove("/VTKHDF/Points"), e.group("/VTKHDF/Points"); },
                   "/VTKHDF/Points: is not a dataset");
  expect_complaint(
      [](Editor& e) {
        e.reals("/VTKHDF/CellData/fibre", {2, 2}, {1, 0, 1, 0});
      },
      "/VTKHDF/CellData/fibre: has shape (2, 2); (2, 3) is expected");
  expect_complaint(
      [](Editor& e) {
        e.reals("/VTKHDF/PointData/height", {3}, {0, 0, 0});
      },
      "/VTKHDF/PointData/height: has shape (3); (12) or (12, components) is expected");
  expect_complaint(
      [](Editor& e) {
        e.reals("/VTKHDF/CellData/stiffness", {2, 1, 1}, {0, 0});
      },
      "/VTKHDF/CellData/stiffness: has shape (2, 1, 1)");
  expect_complaint(
      [](Editor& e) {
        e.integers("/sets/nodes/x0", {2, 2}, {0, 3, 6, 9});
      },
      "/sets/nodes/x0: has shape (2, 2)");
  expect_complaint([](Editor& e) { e.integers("/sets/faces/x0", {2}, {0, 0}); }, "/sets/faces/x0: has shape (2)");
  expect_complaint(
      [](Editor& e) {
        e.integers("/regions/names", {2}, {0, 1});
      },
      "/regions/names: is not a list of fixed-length strings");
  expect_complaint([](Editor& e) { e.reals("/VTKHDF/PointData/height", {12}, {}); },
                   "/VTKHDF/PointData/height: has a shape but no values");
}

TEST_F(MeshFile, NamesCellNodeAndValue) {
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Points", 3 * 7 + 1, std::nan("")); },
                   "/VTKHDF/Points: node 7 has the value nan");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Points", 3 * 11 + 2, -INFINITY); },
                   "/VTKHDF/Points: node 11 has the value -inf");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Connectivity", 9, 12); },
                   "/VTKHDF/Connectivity: cell 1 has node 12; nodes are 0 to 11");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Connectivity", 0, -1); },
                   "/VTKHDF/Connectivity: cell 0 has node -1");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Offsets", 1, 7); },
                   "/VTKHDF/Offsets: cell 1 starts at 7; 8 is expected");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Types", 1, 10); },
                   "/VTKHDF/Types: cell 1 has VTK type 10; known are 12 (hex8) and 29 (hex27)");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/Types", 1, 29); },
                   "/VTKHDF/Types: cell 1 has VTK type 29 and cell 0 type 12");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/CellData/region", 1, 2); },
                   "/VTKHDF/CellData/region: cell 1 has region 2, which has no name: /regions/names has 2");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/CellData/fibre", 4, 0.5); },
                   "/VTKHDF/CellData/fibre: cell 1 has the fibre (1, 0.5, 0) of length 1.118");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/CellData/fibre", 0, 0.0); },
                   "/VTKHDF/CellData/fibre: cell 0 has the fibre (0, 0, 0) of length 0");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/CellData/fibre", 5, std::nan("")); },
                   "/VTKHDF/CellData/fibre: cell 1 has the value nan");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/PointData/height", 5, INFINITY); },
                   "/VTKHDF/PointData/height: node 5 has the value inf");
  expect_complaint([](Editor& e) { e.change("/VTKHDF/CellData/stiffness", 3, std::nan("")); },
                   "/VTKHDF/CellData/stiffness: cell 1 has the value nan");
}

TEST_F(MeshFile, DoesNotBelieveAShapeTheFileCannotHold) {
  expect_complaint(
      [](Editor& e) {
        e.integers("/VTKHDF/NumberOfPoints", {1}, {1'000'000'000'000});
        e.claim("/VTKHDF/Points", {1'000'000'000'000, 3});
      },
      "/VTKHDF/Points: claims 2.4e+13 bytes and has");
}

TEST_F(MeshFile, NamesBadSetsAndRegions) {
  expect_complaint([](Editor& e) { e.integers("/sets/nodes/nobody", {0}, {}); }, "/sets/nodes/nobody: is an empty set");
  expect_complaint(
      [](Editor& e) {
        e.integers("/sets/faces/nowhere", {0, 2}, {});
      },
      "/sets/faces/nowhere: is an empty set");
  expect_complaint([](Editor& e) { e.change("/sets/nodes/x0", 2, 12); },
                   "/sets/nodes/x0: has node 12; nodes are 0 to 11");
  expect_complaint([](Editor& e) { e.change("/sets/nodes/x0", 2, 3); }, "/sets/nodes/x0: has node 3 twice");
  expect_complaint([](Editor& e) { e.change("/sets/faces/z0", 2, 2); }, "/sets/faces/z0: has cell 2; cells are 0 to 1");
  expect_complaint([](Editor& e) { e.change("/sets/faces/z0", 3, 6); },
                   "/sets/faces/z0: has face 6 of cell 1; faces are 0 to 5");
  expect_complaint([](Editor& e) { e.change("/sets/faces/z0", 2, 0); }, "/sets/faces/z0: has face 4 of cell 0 twice");
  Mesh same_name = testing::two_cells();
  same_name.region_names = {"muscle", "muscle"};
  write_mesh(path_, same_name);
  EXPECT_NE(complaint().find("/regions/names: has the name 'muscle' twice"), std::string::npos) << complaint();
}

TEST_F(MeshFile, NamesForeignAndUnreadableFiles) {
  write_bytes({'h', 'e', 'l', 'l', 'o'});
  EXPECT_EQ(complaint(), path_ + ": is not an HDF5 file, or is damaged");
  write_bytes({});
  EXPECT_EQ(complaint(), path_ + ": is not an HDF5 file, or is damaged");
  std::filesystem::remove(path_);
  EXPECT_EQ(complaint(), path_ + ": no such file");
  std::filesystem::create_directory(path_);
  EXPECT_EQ(complaint(), path_ + ": is not a file");
}

TEST_F(MeshFile, CutOffAnywhereIsAnError) {
  const std::vector<char> whole = bytes();
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    write_bytes({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_NE(complaint(), "") << size << " of " << whole.size() << " bytes";
  }
}

TEST_F(MeshFile, FlippedBytesNeverCrash) {
  const std::vector<char> whole = bytes();
  std::mt19937 random(20240501);
  int refused = 0;
  constexpr int rounds = 600;
  for (int round = 0; round < rounds; ++round) {
    std::vector<char> damaged = whole;
    for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
      damaged[random() % damaged.size()] ^= static_cast<char>(1u << random() % 8);
    write_bytes(damaged);
    if (!complaint().empty()) ++refused;  // other exceptions and signals fail the test
  }
  EXPECT_GT(refused, rounds / 10) << "so few refusals mean that the damage did not reach the reader";
}

TEST_F(MeshFile, IsNotReplacedWhenWritingFails) {
  const std::vector<char> before = bytes();
  EXPECT_THROW(write_mesh(folder_ + "/none/mesh.vtkhdf", testing::two_cells()), FileError);
  EXPECT_THROW(write_mesh("/dev/full", testing::two_cells()), FileError);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
  EXPECT_THROW(write_mesh(folder_, testing::two_cells()), FileError);
  EXPECT_EQ(bytes(), before);
}

/// Files of this process cannot grow beyond `bytes` while this lives: writing fails as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(MeshFile, AFullDiskLeavesNothingHalfWritten) {
  const std::vector<char> before = bytes();
  {
    const SmallDisk disk(1000);
    EXPECT_THROW(write_mesh(path_, testing::two_cells()), FileError);
  }
  EXPECT_EQ(bytes(), before);
  int entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++entries;
  EXPECT_EQ(entries, 1) << "only the mesh is left";
}

}  // namespace
}  // namespace tautband
