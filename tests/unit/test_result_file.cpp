// The layout of result files, their contents on any number of ranks, full disks and bad use. 1, 2 and 4 ranks are run.
#include "base/error.hpp"
#include "support/result_reading.hpp"
#include "support/shared_folder.hpp"

#include <sys/stat.h>

#include <filesystem>

namespace tautband {
namespace {

using namespace testing_support;
using hdf5::Handle;
using hdf5::InputFile;
using hdf5::Shape;

struct Variant {
  ElementKind kind;
  bool linearise;
};

class Results : public testing::TestWithParam<Variant> {
 protected:
  static constexpr int n_steps = 4;

  void write(int steps = n_steps) const {
    const Mesh mesh = example_mesh(GetParam().kind);
    const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
    const ExampleFields fields(local);
    spec::Output output;
    output.linearise = GetParam().linearise;
    ResultFile file(folder_.file("result.vtkhdf"), mesh, local, example_fields(), output, example_provenance(),
                    example_case);
    write_example_statics(file, fields);
    for (int step = 0; step < steps; ++step) write_example_step(file, fields, step);
    file.close();
  }

  Mesh mesh() const { return example_mesh(GetParam().kind); }
  std::int64_t pieces() const { return GetParam().linearise ? 8 : 1; }
  std::int64_t nodes_per_cell() const { return GetParam().linearise ? 8 : nodes_per_element(GetParam().kind); }

  SharedFolder folder_;
};

using Integers = std::vector<std::int64_t>;

TEST_P(Results, GridIsOnePartWrittenOnce) {
  write();
  const InputFile file(folder_.file("result.vtkhdf"));
  const std::int64_t n_nodes = mesh().n_nodes(), n_cells = mesh().n_cells() * pieces();
  EXPECT_EQ(file.integers("/VTKHDF/NumberOfPoints"), Integers{n_nodes});
  EXPECT_EQ(file.integers("/VTKHDF/NumberOfCells"), Integers{n_cells});
  EXPECT_EQ(file.integers("/VTKHDF/NumberOfConnectivityIds"), Integers{n_cells * nodes_per_cell()});
  EXPECT_EQ(file.reals("/VTKHDF/Points"), mesh().points);
  EXPECT_EQ(file.shape("/VTKHDF/Points"), (Shape{hsize_t(n_nodes), 3}));
  Integers offsets;
  for (std::int64_t cell = 0; cell <= n_cells; ++cell) offsets.push_back(cell * nodes_per_cell());
  EXPECT_EQ(file.integers("/VTKHDF/Offsets"), offsets);
  const int type = GetParam().kind == ElementKind::hex27 && !GetParam().linearise ? 29 : 12;
  EXPECT_EQ(file.integers("/VTKHDF/Types"), Integers(n_cells, type));
  if (!GetParam().linearise) {
    EXPECT_EQ(file.integers("/VTKHDF/Connectivity"), mesh().connectivity);
  }
  Integers region;
  for (std::int64_t cell = 0; cell < n_cells; ++cell) region.push_back(mesh().region[cell / pieces()]);
  EXPECT_EQ(file.integers("/VTKHDF/CellData/region"), region);
  EXPECT_EQ(file.strings("/regions/names"), mesh().region_names);
  EXPECT_EQ(file.reals("/VTKHDF/PointData/fibre_position"), mesh().point_arrays.at("fibre_position").values);
  EXPECT_EQ(file.strings("/case"), std::vector<std::string>{example_case});
  EXPECT_EQ(file.text_attribute("/provenance", "version", ""), "1.2.3");
  EXPECT_EQ(file.text_attribute("/provenance", "command_line", ""), "tautband run example.toml");
}

TEST_P(Results, PiecesOfACellFillItAndItsFaces) {
  write(0);
  const InputFile file(folder_.file("result.vtkhdf"));
  const std::vector<double> points = file.reals("/VTKHDF/Points");
  const Integers ids = file.integers("/VTKHDF/Connectivity");
  const std::int64_t per_cell = nodes_per_cell();
  // Boxes of the block, corners in VTK's order: 0 and 6 are opposite, 1, 3 and 4 follow x, y and z.
  double volume = 0.0;
  for (std::size_t i = 0; i < ids.size(); i += per_cell) {
    const auto edge = [&](int corner, int a) { return points[3 * ids[i + corner] + a] - points[3 * ids[i] + a]; };
    EXPECT_GT(std::min({edge(1, 0), edge(3, 1), edge(4, 2)}), 0.0);
    volume += edge(1, 0) * edge(3, 1) * edge(4, 2);
    for (int a = 0; a < 3; ++a) EXPECT_DOUBLE_EQ(edge(6, a), edge(a == 0 ? 1 : (a == 1 ? 3 : 4), a));
  }
  EXPECT_NEAR(volume, 60e-9, 1e-20);
  const Integers faces = file.integers("/sets/faces/y1");
  const std::size_t expected = mesh().face_sets.at("y1").size() * (GetParam().linearise ? 4 : 1);
  ASSERT_EQ(faces.size(), 2 * expected);
  for (std::size_t i = 0; i < faces.size(); i += 2) {
    EXPECT_EQ(faces[i + 1], 3);
    EXPECT_NEAR(points[3 * ids[faces[i] * per_cell + 3] + 1], 4e-3, 1e-12);  // corner 3 lies on y+
  }
  EXPECT_EQ(file.integers("/sets/nodes/z0"), mesh().node_sets.at("z0"));
}

TEST_P(Results, EveryOffsetOfEveryStep) {
  write();
  const InputFile file(folder_.file("result.vtkhdf"));
  const std::string steps = "/VTKHDF/Steps/";
  EXPECT_EQ(file.integer_attribute("/VTKHDF/Steps", "NSteps"), std::vector<int>{n_steps});
  EXPECT_EQ(file.reals(steps + "Values"), (std::vector<double>{-1.0, -0.75, -0.5, -0.25}));
  EXPECT_EQ(file.integers(steps + "NumberOfParts"), Integers(n_steps, 1));
  for (const char* name : {"PartOffsets", "PointOffsets"}) {
    EXPECT_EQ(file.integers(steps + name), Integers(n_steps, 0));
    EXPECT_EQ(file.shape(steps + name), Shape{n_steps});
  }
  for (const char* name : {"CellOffsets", "ConnectivityIdOffsets"}) {
    EXPECT_EQ(file.integers(steps + name), Integers(n_steps, 0));
    EXPECT_EQ(file.shape(steps + name), (Shape{n_steps, 1}));
  }
  for (const std::string centre : {"Point", "Cell"}) {
    const std::int64_t rows = centre == "Point" ? mesh().n_nodes() : mesh().n_cells() * pieces();
    const std::vector<std::string> arrays = file.children("/VTKHDF/" + centre + "Data");
    EXPECT_EQ(file.children(steps + centre + "DataOffsets"), arrays);
    EXPECT_EQ(arrays.size(), centre == "Point" ? 5u : 3u);
    for (const std::string& name : arrays) {
      const bool changes = name != "territory" && name != "end_plate" && name != "fibre_position" && name != "region";
      Integers offsets;
      for (int step = 0; step < n_steps; ++step) offsets.push_back(changes ? step * rows : 0);
      EXPECT_EQ(file.integers(steps + centre + "DataOffsets/" + name), offsets) << name;
      EXPECT_EQ(file.shape("/VTKHDF/" + centre + "Data/" + name)[0], hsize_t(changes ? n_steps * rows : rows)) << name;
    }
  }
}

TEST_P(Results, ValuesAreTheSameOnAnyNumberOfRanks) {
  write();
  EXPECT_EQ(check_steps(folder_.file("result.vtkhdf"), GetParam().kind, GetParam().linearise), n_steps);
  const std::vector<double> territory = InputFile(folder_.file("result.vtkhdf")).reals("/VTKHDF/PointData/territory");
  ASSERT_EQ(territory.size(), std::size_t(mesh().n_nodes()));
  for (std::size_t node = 0; node < territory.size(); ++node) EXPECT_EQ(territory[node], example_territory(node));
}

TEST_P(Results, AttributesAndStorageAreWhatReadersTake) {
  write();
  const Handle file(H5Fopen(folder_.file("result.vtkhdf").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  ASSERT_TRUE(file.valid());
  const Handle root(H5Gopen2(file, "/VTKHDF", H5P_DEFAULT), H5Gclose);
  const Handle type(H5Aopen(root, "Type", H5P_DEFAULT), H5Aclose), stored(H5Aget_type(type), H5Tclose);
  EXPECT_EQ(H5Tget_size(stored), 16u);
  EXPECT_EQ(H5Tget_strpad(stored), H5T_STR_NULLPAD);
  EXPECT_EQ(H5Tget_cset(stored), H5T_CSET_ASCII);
  char text[16];
  EXPECT_GE(H5Aread(type, stored, text), 0);
  EXPECT_EQ(std::string(text, 16), "UnstructuredGrid");
  const Handle version(H5Aopen(root, "Version", H5P_DEFAULT), H5Aclose);
  int numbers[2] = {0, 0};
  EXPECT_GE(H5Aread(version, H5T_NATIVE_INT, numbers), 0);
  EXPECT_EQ(numbers[0], 2);
  EXPECT_EQ(numbers[1], 0);

  const Handle creation(H5Fget_create_plist(file), H5Pclose);
  unsigned superblock = 9;
  EXPECT_GE(H5Pget_version(creation, &superblock, nullptr, nullptr, nullptr), 0);
  EXPECT_LE(superblock, 1u);  // 2 and 3 belong to the newer formats

  const Handle types(H5Dopen2(file, "/VTKHDF/Types", H5P_DEFAULT), H5Dclose), byte(H5Dget_type(types), H5Tclose);
  EXPECT_GT(H5Tequal(byte, H5T_STD_U8LE), 0);
  const Handle stress(H5Dopen2(file, "/VTKHDF/CellData/stress", H5P_DEFAULT), H5Dclose);
  const Handle layout(H5Dget_create_plist(stress), H5Pclose);
  hsize_t chunk[2] = {0, 0};
  ASSERT_EQ(H5Pget_chunk(layout, 2, chunk), 2);
  EXPECT_EQ(chunk[0], hsize_t(mesh().n_cells() * pieces()));  // one step of one array
  EXPECT_EQ(chunk[1], 6u);
  ASSERT_EQ(H5Pget_nfilters(layout), 2);
  const auto filter = [&](unsigned place) {
    unsigned flags = 0;
    size_t n_values = 0;
    return H5Pget_filter2(layout, place, &flags, &n_values, nullptr, 0, nullptr, nullptr);
  };
  EXPECT_EQ(filter(0), H5Z_FILTER_SHUFFLE);
  EXPECT_EQ(filter(1), H5Z_FILTER_DEFLATE);
  const InputFile again(folder_.file("result.vtkhdf"));
  EXPECT_EQ(again.text_attribute("/VTKHDF/CellData/stress", "units", ""), "Pa");
  EXPECT_EQ(again.text_attribute("/VTKHDF/CellData/stress", "long_name", ""), "Cauchy stress");
  EXPECT_EQ(again.text_attribute("/VTKHDF/Points", "units", ""), "m");
  EXPECT_EQ(again.text_attribute("/VTKHDF/Steps/Values", "units", ""), "s");
}

TEST_P(Results, FullDiskLeavesTheCompleteSteps) {
  const LocalMesh local = distribute(mesh(), MPI_COMM_WORLD);
  const ExampleFields fields(local);
  spec::Output output;
  output.linearise = GetParam().linearise;
  try {
    ResultFile file(folder_.file("result.vtkhdf"), mesh(), local, example_fields(), output, example_provenance(),
                    example_case);
    write_example_statics(file, fields);
    for (int step = 0; step < 3; ++step) write_example_step(file, fields, step);
    struct stat status {};
    ASSERT_EQ(stat(folder_.file("result.vtkhdf").c_str(), &status), 0);
    MPI_Barrier(MPI_COMM_WORLD);
    const FileSizeLimit limit(status.st_size + 1000);
    write_example_step(file, fields, 3);
    FAIL() << "a step was written beyond the limit";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("File too large"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("result.vtkhdf"), std::string::npos) << error.what();
  }
  EXPECT_EQ(check_steps(folder_.file("result.vtkhdf"), GetParam().kind, GetParam().linearise), 3);
}

TEST_P(Results, FullDiskAtTheStartLeavesNothing) {
  const LocalMesh local = distribute(mesh(), MPI_COMM_WORLD);
  {
    const FileSizeLimit limit(20000);
    EXPECT_THROW(ResultFile(folder_.file("result.vtkhdf"), mesh(), local, example_fields(), {}, example_provenance(),
                            example_case),
                 FileError);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_P(Results, MissingFolderIsAFileError) {
  const LocalMesh local = distribute(mesh(), MPI_COMM_WORLD);
  try {
    ResultFile(folder_.path() + "/none/result.vtkhdf", mesh(), local, {}, {}, example_provenance(), example_case);
    FAIL() << "a file was made in a folder that does not exist";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("No such file or directory"), std::string::npos) << error.what();
  }
}

TEST_P(Results, UseInTheWrongOrderIsRefused) {
  const LocalMesh local = distribute(mesh(), MPI_COMM_WORLD);
  const ExampleFields fields(local);
  ResultFile file(folder_.file("result.vtkhdf"), mesh(), local, example_fields(), {}, example_provenance(),
                  example_case);
  EXPECT_THROW(file.begin_step(0.0), RunError);  // static fields first
  EXPECT_THROW(file.write("displacement", fields.vector(0)), RunError);
  write_example_statics(file, fields);
  EXPECT_THROW(file.write("unknown", fields.vector(0)), RunError);
  EXPECT_THROW(file.write("tension", fields.vector(0)), RunError);  // three components instead of one
  write_example_step(file, fields, 0);
  EXPECT_THROW(file.begin_step(example_time(0)), RunError);  // time stands still
  file.begin_step(example_time(1));
  EXPECT_THROW(file.end_step(), RunError);  // nothing written
}

INSTANTIATE_TEST_SUITE_P(Meshes, Results,
                         testing::Values(Variant{ElementKind::hex8, false}, Variant{ElementKind::hex27, false},
                                         Variant{ElementKind::hex27, true}),
                         [](const auto& test) {
                           return std::string(test.param.kind == ElementKind::hex8 ? "hex8" : "hex27") +
                                  (test.param.linearise ? "_linearised" : "");
                         });

}  // namespace
}  // namespace tautband
