// Bad input through the program: what is said, the exit code, and that nothing is left behind.
#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "support/block_mesh.hpp"
#include "support/program.hpp"
#include "support/pulled_block.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace tautband::testing_support {
namespace {

namespace fs = std::filesystem;

constexpr int done = 0, bad_case = 2, bad_file = 3;

const std::string block_case = pulled_block("end = \"1 s\"\nstep = \"0.1 s\"\n", R"("0 mm", "0 mm", "0.2 mm")", "1 s",
                                            "[output]\ninterval = \"0.1 s\"\n");

/// A folder with a valid case of 27 cells, and what the program makes of it.
class BadInput : public testing::Test {
 protected:
  BadInput() : folder_(fs::temp_directory_path() / ("tautband_bad_input." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "case.toml") << block_case;
    write_mesh(folder_ / "mesh.vtkhdf", mesh_);
  }
  ~BadInput() override { fs::remove_all(folder_); }

  std::string file(const std::string& name) const { return folder_ / name; }

  Outcome run(const std::string& results, const std::string& options = "") const {
    return run_command(TAUTBAND_PROGRAM " run " + quoted(file("case.toml")) + " -o " + quoted(results) + " " + options);
  }

  /// The run ends with this code, says all of this, and makes no folder of results.
  void expect_refusal(int code, const std::vector<std::string>& said, const std::string& options = "") const {
    const Outcome outcome = run(file("results"), options);
    EXPECT_EQ(outcome.code, code) << outcome.said;
    for (const std::string& part : said)
      EXPECT_NE(outcome.said.find(part), std::string::npos) << part << " is not in:\n" << outcome.said;
    EXPECT_FALSE(fs::exists(file("results"))) << outcome.said;
  }

  void write(const Mesh& mesh) const { write_mesh(file("mesh.vtkhdf"), mesh); }

  fs::path folder_;
  Mesh mesh_ = block_mesh(ElementKind::hex8, {3, 3, 3}, {3e-3, 3e-3, 3e-3}, 3);
};

TEST_F(BadInput, ASoundCaseRuns) {
  const Outcome outcome = run(file("results"));
  EXPECT_EQ(outcome.code, done) << outcome.said;
  EXPECT_TRUE(fs::exists(file("results/result.vtkhdf")));
}

TEST_F(BadInput, AnInvertedElement) {
  Mesh mesh = mesh_;
  for (int n = 0; n < 4; ++n) std::swap(mesh.connectivity[8 * 13 + n], mesh.connectivity[8 * 13 + 4 + n]);
  write(mesh);
  expect_refusal(bad_file, {"cell 13"});
}

TEST_F(BadInput, AFibreThatIsNoUnitVector) {
  Mesh mesh = mesh_;
  mesh.fibre[3 * 7 + 2] = 1.1;
  write(mesh);
  expect_refusal(bad_file, {"mesh.vtkhdf", "cell 7", "1.1"});
}

TEST_F(BadInput, APointThatIsNoNumber) {
  Mesh mesh = mesh_;
  mesh.points[3 * 5 + 1] = NAN;
  write(mesh);
  expect_refusal(bad_file, {"mesh.vtkhdf", "node 5"});
}

TEST_F(BadInput, SetsThatAreEmptyOrUnknown) {
  expect_refusal(bad_case, {"has no node set \"top\"", "z1"}, "--set boundary.z1.set=top");
  Mesh mesh = mesh_;
  mesh.node_sets["z1"].clear();
  write(mesh);
  expect_refusal(bad_file, {"mesh.vtkhdf", "z1", "empty"});
}

TEST_F(BadInput, ValuesOfTheWrongUnitOrRange) {
  expect_refusal(bad_case, {"time.step", "kPa"}, "--set 'time.step=5 kPa'");
  expect_refusal(bad_case, {"time.step", "-5"}, "--set 'time.step=-5 ms'");
  expect_refusal(bad_case, {"stpe", "did you mean \"step\""}, "--set 'time.stpe=5 ms'");
}

TEST_F(BadInput, AMeshOutsideTheFolderOfTheCase) {
  fs::create_directory(file("elsewhere"));
  fs::rename(file("mesh.vtkhdf"), file("elsewhere/mesh.vtkhdf"));
  fs::create_directory(file("inner"));
  fs::rename(file("case.toml"), file("inner/case.toml"));
  fs::create_directory_symlink("../elsewhere", file("inner/link"));
  const std::string command = TAUTBAND_PROGRAM " check --set time.step='0.1 s' " + quoted(file("inner/case.toml"));
  const std::string line = " --set mesh.file=link/mesh.vtkhdf";
  EXPECT_EQ(run_command(command + line).code, done);  // typed by the user
  std::string text = block_case;
  text.replace(text.find("mesh.vtkhdf"), 11, "link/mesh.vtkhdf");
  std::ofstream(file("inner/case.toml")) << text;
  const Outcome refused = run_command(command);
  EXPECT_EQ(refused.code, bad_case);
  EXPECT_NE(refused.said.find("elsewhere/mesh.vtkhdf, outside the folder"), std::string::npos) << refused.said;
  EXPECT_EQ(run_command(command + " --allow-outside").code, done);
}

TEST_F(BadInput, FilesThatCannotBeRead) {
  expect_refusal(bad_file, {"is not a file"}, "--set mesh.file=.");
  fs::resize_file(file("mesh.vtkhdf"), fs::file_size(file("mesh.vtkhdf")) / 2);
  expect_refusal(bad_file, {"mesh.vtkhdf"});
  std::ofstream(file("mesh.vtkhdf")) << "no HDF5";
  expect_refusal(bad_file, {"mesh.vtkhdf"});
}

TEST_F(BadInput, AFolderThatCannotBeMade) {
  for (const std::string folder : {"/dev/null/results", "/proc/results"}) {
    const Outcome outcome = run(folder);
    EXPECT_EQ(outcome.code, bad_file) << outcome.said;
    EXPECT_NE(outcome.said.find("cannot make the folder " + folder), std::string::npos) << outcome.said;
  }
}

// In a mount namespace of its own the program meets a disk that is full after some steps.
TEST_F(BadInput, ADiskThatFillsUp) {
  if (run_command("unshare -m mount -t tmpfs none /mnt").code != 0) GTEST_SKIP() << "no right to mount a disk";
  const Mesh mesh = block_mesh(ElementKind::hex27, {3, 3, 3}, {3e-3, 3e-3, 3e-3}, 3);
  write(mesh);
  const auto on_disk_of = [&](int kilobytes) {
    fs::create_directory(file("disk"));
    const std::string inside =
        "mount -t tmpfs -o size=" + std::to_string(kilobytes) + "k none " + file("disk") + " && " +
        TAUTBAND_PROGRAM " run " + file("case.toml") + " -o " + file("disk") +
        "/results --set 'time.step=1 ms' --set 'output.interval=1 ms' --set output.compression=0; code=$?; cp -r " +
        file("disk") + "/results " + file("copy") + "; exit $code";
    return run_command("unshare -m sh -c " + quoted(inside));
  };
  const Outcome outcome = on_disk_of(9000);
  EXPECT_EQ(outcome.code, bad_file) << outcome.said;
  EXPECT_NE(outcome.said.find("error: cannot write "), std::string::npos) << outcome.said;
  const hdf5::InputFile left(file("copy/result.vtkhdf"));
  const int steps = left.integer_attribute("/VTKHDF/Steps", "NSteps").at(0);
  EXPECT_GT(steps, 1);
  EXPECT_GE(left.reals("/VTKHDF/PointData/displacement").size(), steps * mesh.points.size());
  fs::remove_all(file("copy"));

  const Outcome at_once = on_disk_of(40);
  EXPECT_EQ(at_once.code, bad_file) << at_once.said;
  EXPECT_FALSE(fs::exists(file("copy/result.vtkhdf")));
}

}  // namespace
}  // namespace tautband::testing_support
