// Checkpoints and their seals, on any number of ranks (1, 2 and 4 are run).
#include "base/copies.hpp"
#include "base/error.hpp"
#include "io/checkpoint_folder.hpp"
#include "io/info.hpp"
#include "io/seal.hpp"
#include "mesh/mesh_hash.hpp"
#include "mesh/partition.hpp"
#include "support/block_mesh.hpp"
#include "support/shared_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace tautband {
namespace {

namespace fs = std::filesystem;
using testing_support::block_mesh;
using testing_support::FileSizeLimit;
using testing_support::rank_of_world;
using testing_support::SharedFolder;

Mesh example() { return block_mesh(ElementKind::hex8, {5, 4, 3}, {5.0, 4.0, 3.0}, 4); }

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// On rank 0, for all ranks to see.
void put(const std::string& path, const std::string& bytes) {
  if (rank_of_world() == 0) std::ofstream(path, std::ios::binary) << bytes;
  MPI_Barrier(MPI_COMM_WORLD);
}

TEST(Seal, IsIntactUntilAnyBitChanges) {
  const SharedFolder folder;
  const std::string path = folder.file("sealed");
  put(path, "all of what a run remembers");  // 27 bytes: not whole words
  seal_file(path, MPI_COMM_WORLD);
  EXPECT_EQ(broken_seal(path, MPI_COMM_WORLD), "");
  const std::string sealed = bytes_of(path);
  MPI_Barrier(MPI_COMM_WORLD);
  ASSERT_EQ(sealed.size(), 27u + 32u);
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    put(path, flipped);
    EXPECT_NE(broken_seal(path, MPI_COMM_WORLD), "") << "bit " << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    put(path, sealed.substr(0, length));
    EXPECT_NE(broken_seal(path, MPI_COMM_WORLD), "") << length << " bytes";
  }
  put(path, sealed + "x");
  EXPECT_NE(broken_seal(path, MPI_COMM_WORLD), "");
}

TEST(Seal, KnowsWordsThatChangedPlaces) {
  const SharedFolder folder;
  const std::string path = folder.file("sealed");
  put(path, "word-one word-two ......");
  seal_file(path, MPI_COMM_WORLD);
  std::string swapped = bytes_of(path);
  MPI_Barrier(MPI_COMM_WORLD);
  for (int i = 0; i < 8; ++i) std::swap(swapped[i], swapped[8 + i]);
  put(path, swapped);
  EXPECT_NE(broken_seal(path, MPI_COMM_WORLD), "");
}

TEST(Seal, SaysThatAFileIsMissing) {
  EXPECT_NE(broken_seal("/nonexistent/file", MPI_COMM_WORLD).find("No such file"), std::string::npos);
}

/// Some of everything that an archive takes. At a node or point, values tell where and which they are.
struct State {
  explicit State(const LocalMesh& mesh)
      : scalar("scalar", mesh.n_nodes),
        vector("vector", mesh.n_nodes),
        field("field", mesh.n_batches, 8, lanes),
        array("array", mesh.n_batches, 8, 3, lanes),
        line("line", 2, 0.25, 1.0, 0.0) {}

  void fill(const LocalMesh& mesh) {
    const auto node = to_host(mesh.global_node);
    const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
    const auto s = Kokkos::create_mirror_view(scalar);
    const auto v = Kokkos::create_mirror_view(vector);
    const auto f = Kokkos::create_mirror_view(field);
    const auto a = Kokkos::create_mirror_view(array);
    for (Index n = 0; n < mesh.n_nodes; ++n) {
      s(n) = std::sqrt(2.0 + static_cast<double>(node[n]));
      for (int c = 0; c < 3; ++c) v(n, c) = std::sin(static_cast<double>(3 * node[n] + c));
    }
    for (Index b = 0; b < mesh.n_batches; ++b)
      for (int l = 0; l < lanes; ++l) {
        const GlobalIndex id = cell(b, l) >= 0 ? cell(b, l) : cell(b, last_lane(cell, b));
        for (int q = 0; q < 8; ++q) {
          f(b, q, l) = std::cos(static_cast<double>(8 * id + q));
          for (int c = 0; c < 3; ++c) a(b, q, c, l) = std::exp(-1e-3 * static_cast<double>(24 * id + 3 * q + c));
        }
      }
    Kokkos::deep_copy(scalar, s);
    Kokkos::deep_copy(vector, v);
    Kokkos::deep_copy(field, f);
    Kokkos::deep_copy(array, a);
    count = 123456789012345;
    flag = true;
    line.store(7, 0, 0.1);
    line.store(7, 1, -0.3);
    line.extend_to(7);
  }
  template <class Cell> static int last_lane(const Cell& cell, Index batch) {
    int lane = lanes - 1;
    while (cell(batch, lane) < 0) --lane;
    return lane;
  }

  void archive(StateArchive& to) {
    to.number("count", count);
    to.number("flag", flag);
    to.nodes("scalar", scalar);
    to.nodes("vector", vector);
    to.points("field", field);
    to.points("array", array);
    to.line("line", line);
    to.numbers("nothing", {});
  }

  View1<double> scalar;
  NodeVector vector;
  PointField field;
  PointArray array;
  DelayLine line;
  std::int64_t count = 0;
  bool flag = false;
};

template <class View> bool same(const View& a, const View& b) {
  const auto one = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  const auto other = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), b);
  return one.size() == other.size() && std::equal(one.data(), one.data() + one.size(), other.data());
}

void expect_same(const State& found, const State& expected) {
  EXPECT_TRUE(same(found.scalar, expected.scalar));
  EXPECT_TRUE(same(found.vector, expected.vector));
  EXPECT_TRUE(same(found.field, expected.field));
  EXPECT_TRUE(same(found.array, expected.array));
  EXPECT_TRUE(same(found.line.values(), expected.line.values()));
  EXPECT_EQ(found.line.newest(), 7);
  EXPECT_EQ(found.count, 123456789012345);
  EXPECT_TRUE(found.flag);
}

void write_example(const CheckpointFolder& folder, long step, const LocalMesh& mesh) {
  State state(mesh);
  state.fill(mesh);
  folder.write(step, mesh, {"[case]\ntitle = \"a\"\n", "0123"}, [&](StateArchive& to) { state.archive(to); });
}

TEST(Checkpoint, ComesBackToTheLastBitOnOtherNumbersOfRanks) {
  const SharedFolder folder;
  const Mesh mesh = example();
  const LocalMesh written_on = distribute(mesh, MPI_COMM_WORLD);
  write_example(CheckpointFolder(folder.path(), MPI_COMM_WORLD), 3, written_on);
  const std::string path = folder.file("checkpoint/step-00000003.h5");
  EXPECT_EQ(broken_seal(path, MPI_COMM_WORLD), "");
  MPI_Comm half;  // of the ranks, and one by itself
  MPI_Comm_split(MPI_COMM_WORLD, rank_of_world() % 2, 0, &half);
  for (const MPI_Comm comm : {MPI_COMM_WORLD, half, MPI_COMM_SELF}) {
    const LocalMesh local = distribute(mesh, comm);
    State found(local), expected(local);
    CheckpointReader reader(path, local);
    found.archive(reader);
    expected.fill(local);
    expect_same(found, expected);
  }
  MPI_Comm_free(&half);
  const CheckpointOwner owner = owner_of_checkpoint(path);
  EXPECT_EQ(owner.resolved_case, "[case]\ntitle = \"a\"\n");
  EXPECT_EQ(owner.mesh, "0123");
}

TEST(Checkpoint, IsDescribed) {
  const SharedFolder folder;
  write_example(CheckpointFolder(folder.path(), MPI_COMM_WORLD), 3, distribute(example(), MPI_COMM_WORLD));
  const std::string path = folder.file("checkpoint/step-00000003.h5"), text = describe_file(path);
  EXPECT_NE(text.find("seal    intact"), std::string::npos) << text;
  EXPECT_NE(text.find("vector (120, 3)"), std::string::npos) << text;  // 6 x 5 x 4 nodes
  EXPECT_NE(text.find("scalar (120, 1) "), std::string::npos) << text;
  EXPECT_NE(text.find(fmt::format("{:.6g} to {:.6g}", std::sqrt(2.0), std::sqrt(121.0))), std::string::npos) << text;
  EXPECT_NE(text.find("array (60, 24)"), std::string::npos) << text;  // 5 x 4 x 3 cells, 8 points
  const std::string bytes = bytes_of(path);
  MPI_Barrier(MPI_COMM_WORLD);
  put(path, bytes.substr(0, bytes.size() - 1));
  EXPECT_NE(describe_file(path).find("cut off"), std::string::npos);
}

TEST(Checkpoint, OfAnotherShapeIsRefused) {
  const SharedFolder folder;
  write_example(CheckpointFolder(folder.path(), MPI_COMM_WORLD), 3, distribute(example(), MPI_COMM_WORLD));
  const Mesh other = block_mesh(ElementKind::hex8, {5, 4, 2}, {5.0, 4.0, 2.0}, 4);
  const LocalMesh local = distribute(other, MPI_COMM_WORLD);
  CheckpointReader reader(folder.file("checkpoint/step-00000003.h5"), local);
  State state(local);
  EXPECT_THROW(state.archive(reader), FileError);
  std::vector<double> too_few(3);
  EXPECT_THROW(reader.numbers("line", too_few), FileError);
  EXPECT_THROW(reader.numbers("unknown", too_few), FileError);
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  MPI_Barrier(MPI_COMM_WORLD);
  return names;
}

TEST(CheckpointFolder, KeepsTheLastTwo) {
  const SharedFolder shared;
  const LocalMesh local = distribute(example(), MPI_COMM_WORLD);
  const CheckpointFolder folder(shared.path(), MPI_COMM_WORLD);
  for (long step : {8, 9, 10}) write_example(folder, step, local);
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(files_in(shared.file("checkpoint")), (std::vector<std::string>{"step-00000009.h5", "step-00000010.h5"}));
  std::vector<std::string> complaints;
  EXPECT_EQ(folder.newest_intact(complaints), shared.file("checkpoint/step-00000010.h5"));
  EXPECT_TRUE(complaints.empty());
}

TEST(CheckpointFolder, UsesTheOneBeforeADamagedOneAndSaysSo) {
  const SharedFolder shared;
  const LocalMesh local = distribute(example(), MPI_COMM_WORLD);
  const CheckpointFolder folder(shared.path(), MPI_COMM_WORLD);
  write_example(folder, 5, local);
  write_example(folder, 6, local);
  const std::string newest = shared.file("checkpoint/step-00000006.h5");
  std::string bytes = bytes_of(newest);
  MPI_Barrier(MPI_COMM_WORLD);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  put(newest, bytes);
  std::vector<std::string> complaints;
  EXPECT_EQ(folder.newest_intact(complaints), shared.file("checkpoint/step-00000005.h5"));
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_NE(complaints[0].find("step-00000006.h5"), std::string::npos) << complaints[0];
  EXPECT_NE(complaints[0].find("checksum"), std::string::npos) << complaints[0];

  write_example(folder, 6, local);  // the run came by again
  MPI_Barrier(MPI_COMM_WORLD);
  complaints.clear();
  EXPECT_EQ(folder.newest_intact(complaints), newest);
  put(shared.file("checkpoint/step-00000009.h5"), "nothing");  // damaged, and later than what comes now
  write_example(folder, 7, local);
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(files_in(shared.file("checkpoint")), (std::vector<std::string>{"step-00000006.h5", "step-00000007.h5"}));
}

TEST(CheckpointFolder, AFullDiskLeavesTheOthers) {
  const SharedFolder shared;
  const LocalMesh local = distribute(example(), MPI_COMM_WORLD);
  const CheckpointFolder folder(shared.path(), MPI_COMM_WORLD);
  write_example(folder, 5, local);
  {
    const FileSizeLimit limit(20000);
    EXPECT_THROW(write_example(folder, 6, local), FileError);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(files_in(shared.file("checkpoint")), std::vector<std::string>{"step-00000005.h5"});
  std::vector<std::string> complaints;
  EXPECT_EQ(folder.newest_intact(complaints), shared.file("checkpoint/step-00000005.h5"));
}

TEST(MeshHash, ChangesWithEveryPart) {
  const Mesh mesh = example();
  const std::string hash = mesh_hash(mesh);
  EXPECT_EQ(hash.size(), 16u);
  EXPECT_EQ(mesh_hash(example()), hash);
  const auto changed = [&](const auto& change) {
    Mesh other = mesh;
    change(other);
    return mesh_hash(other);
  };
  EXPECT_NE(changed([](Mesh& m) { m.points[4] += 1e-15; }), hash);
  EXPECT_NE(changed([](Mesh& m) { std::swap(m.connectivity[0], m.connectivity[1]); }), hash);
  EXPECT_NE(changed([](Mesh& m) { m.region[2] = 1 - m.region[2]; }), hash);
  EXPECT_NE(changed([](Mesh& m) { m.region_names[0] += "s"; }), hash);
  EXPECT_NE(changed([](Mesh& m) { m.node_sets["more"] = {1}; }), hash);
  EXPECT_NE(changed([](Mesh& m) { m.face_sets["more"] = {{0, 1}}; }), hash);
  EXPECT_NE(changed([](Mesh& m) { m.point_arrays["more"].values = {1.0}; }), hash);
}

}  // namespace
}  // namespace tautband
