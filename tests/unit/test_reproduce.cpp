// Runs that are done again from what they left: the same numbers, and what is said where something is not the same.
#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "io/number_comparison.hpp"
#include "support/block_mesh.hpp"
#include "support/program.hpp"
#include "support/pulled_block.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

namespace tautband::testing_support {
namespace {

namespace fs = std::filesystem;

const std::string block_case =
    pulled_block("end = \"0.3 s\"\nstep = \"0.1 s\"\n", R"("0 mm", "0 mm", "0.1 mm")", "1 s");

const std::string point_case = R"([[region]]
name = "muscle"
law = "heidlauf2016"
[point]
protocol = "ramp_and_hold"
volume = "incompressible"
sample_step = "0.1 s"
duration = "0.5 s"
stretch_end = 1.2
rate = "1 s^-1"
)";

class Reproduced : public testing::Test {
 protected:
  Reproduced() : folder_(fs::temp_directory_path() / ("tautband_reproduce." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "block.toml") << block_case;
    std::ofstream(folder_ / "point.toml") << point_case;
    write_block(1e-3);
  }
  ~Reproduced() override { fs::remove_all(folder_); }

  void write_block(double length) const {
    write_mesh(folder_ / "mesh.vtkhdf", block_mesh(ElementKind::hex8, {1, 1, 2}, {length, 1e-3, 2e-3}, 1));
  }

  void run(const std::string& command, const std::string& name) const {
    const Outcome outcome = run_command(TAUTBAND_PROGRAM " " + command + " " + quoted(folder_ / (name + ".toml")) +
                                        " -o " + quoted(result()));
    ASSERT_EQ(outcome.code, 0) << outcome.said;
  }
  void reproduces(int code, const std::string& said, const std::string& options = "", int ranks = 1) const {
    const std::string launcher =
        ranks == 1 ? "" : TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " ";
    const Outcome outcome = run_command(launcher + TAUTBAND_PROGRAM " reproduce " + quoted(result()) + " " + options);
    EXPECT_EQ(outcome.code, code) << outcome.said;
    EXPECT_NE(outcome.said.find(said), std::string::npos) << said << " in\n" << outcome.said;
  }

  /// Multiplies what history.h5 has as the last value of a column.
  void change(const std::string& column, double factor) const {
    const hdf5::Handle file(H5Fopen((result() / "history.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    const hdf5::Handle opened(H5Dopen2(file, ("/history/" + column).c_str(), H5P_DEFAULT), H5Dclose);
    const hdf5::Handle space(H5Dget_space(opened), H5Sclose);
    std::vector<double> values(H5Sget_simple_extent_npoints(space));
    ASSERT_GE(H5Dread(opened, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    values.back() *= factor;
    ASSERT_GE(H5Dwrite(opened, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
  }

  fs::path result() const { return folder_ / "result"; }
  fs::path again() const { return folder_ / "result-reproduced"; }

  fs::path folder_;
};

TEST_F(Reproduced, APointIsTheSameToTheLastBit) {
  run("point", "point");
  fs::remove(folder_ / "point.toml");
  reproduces(0, "12 columns, 6 rows: equal to the last bit");
  reproduces(0, "build    the same, on the same machine");
  EXPECT_TRUE(fs::exists(again() / "run.json"));
  reproduces(2, "is the result itself", "-o " + quoted(result()));
}

TEST_F(Reproduced, TellsRoundOffFromADifference) {
  run("point", "point");
  change("tension", 1.0 + 1e-12);
  reproduces(0, "equal to round-off, 1e-12 at most");
  change("tension", 1.0 + 1e-3);
  reproduces(1, "12 columns, 6 rows: different");
  reproduces(1, "tension                        0.000999");  // 1 - 1 / 1.001
}

TEST_F(Reproduced, FindsTheCaseWhereverItIsLeftUnchanged) {
  run("point", "point");
  fs::remove(result() / "run.json");
  fs::remove(result() / "case.resolved.toml");
  reproduces(0, "equal to the last bit");
  std::ofstream(result() / "case.resolved.toml") << point_case << "# by hand\n";
  fs::copy_file(again() / "run.json", result() / "run.json");
  reproduces(0, "case.resolved.toml: the case is not the one that was run: its hash is ");
  fs::remove(result() / "history.h5");
  reproduces(3, "holds no case with its provenance");
  fs::remove_all(result());
  reproduces(3, "no such directory of results");
}

TEST_F(Reproduced, ARunIsTheSameOnItsMeshOnly) {
  run("run", "block");
  reproduces(0, "columns, 4 rows: equal to the last bit");
  reproduces(0, "differs  ranks: 1 then, 2 now", "", 2);
  fs::rename(folder_ / "mesh.vtkhdf", folder_ / "moved.vtkhdf");
  reproduces(3, "mesh.vtkhdf does not exist");
  reproduces(0, "equal to the last bit", "--mesh " + quoted(folder_ / "moved.vtkhdf"));
  write_block(2e-3);
  reproduces(3, "mesh.vtkhdf: not the mesh that was run on: its hash is ");
}

TEST_F(Reproduced, AMapIsTheSameToTheLastBit) {
  const std::string name = TAUTBAND_SOURCE_DIR "/cases/phase_diagram/case.toml";
  const Outcome outcome = run_command(TAUTBAND_PROGRAM " map " + name +
                                      " --set axis.0.count=3 --set axis.1.count=2 -o " + quoted(result()));
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  reproduces(0, "5 columns, 3 rows: equal to the last bit");
}

/// A file with a group of columns.
std::string write_columns(const fs::path& path, const std::map<std::string, std::vector<double>>& columns) {
  hdf5::OutputFile file;
  file.group("/history");
  for (const auto& [name, values] : columns) file.reals("/history/" + name, values, {values.size()});
  const std::vector<std::byte> bytes = file.image();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
  return path;
}

TEST_F(Reproduced, DifferencesAreRelativeToTheLargestValueOfAColumn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string before = write_columns(
      folder_ / "a.h5", {{"a", {0.0, -8.0, 1.0}}, {"b", {nan, 1.0, 2.0}}, {"c", {0.0, 0.0, 0.0}}, {"old", {1.0}}});
  const std::string now =
      write_columns(folder_ / "b.h5", {{"a", {2.0, -8.0}}, {"b", {nan, nan}}, {"c", {0.0, -0.0}}, {"new", {1.0}}});
  const NumberComparison found = compare_numbers(before, now, "/history");
  EXPECT_EQ(found.missing, std::vector<std::string>{"old"});
  EXPECT_EQ(found.additional, std::vector<std::string>{"new"});
  EXPECT_EQ(found.rows_before, 3u);
  EXPECT_EQ(found.rows_now, 2u);
  EXPECT_EQ(found.rows, 2u);
  ASSERT_EQ(found.columns.size(), 3u);
  EXPECT_EQ(found.columns[0].largest, 0.25);
  EXPECT_TRUE(std::isinf(found.columns[1].largest));
  EXPECT_EQ(found.columns[2].largest, 0.0);
  EXPECT_FALSE(found.same_bits);
}

}  // namespace
}  // namespace tautband::testing_support
