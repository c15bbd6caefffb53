// A small run, fit to be disturbed, in a folder of its own.
#pragma once

#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "support/background_program.hpp"
#include "support/block_mesh.hpp"
#include "support/program.hpp"
#include "support/pulled_block.hpp"

#include <gtest/gtest.h>

namespace tautband::faults {

constexpr int block_steps = 400;

/// 4 x 4 x 4 cells of 1 mm, pulled along the fibres; fields and a checkpoint after every step.
const std::string block_case = testing_support::pulled_block(
    "end = \"4 s\"\nstep = \"10 ms\"\nlongest_step = \"10 ms\"\n", R"("0 mm", "0 mm", "0.4 mm")", "4 s",
    "[output]\ninterval = \"10 ms\"\ncheckpoint_interval = \"0 s\"\n");

class BlockRun {
 public:
  BlockRun() : folder_(std::filesystem::temp_directory_path() / ("tautband_faults." + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "case.toml") << block_case;
    write_mesh(folder_ / "mesh.vtkhdf",
               testing_support::block_mesh(ElementKind::hex8, {4, 4, 4}, {4e-3, 4e-3, 4e-3}, 4));
  }
  ~BlockRun() { std::filesystem::remove_all(folder_); }
  BlockRun(const BlockRun&) = delete;
  BlockRun& operator=(const BlockRun&) = delete;

  std::string file(const std::string& name) const { return folder_ / name; }

  std::string command(const std::string& results, int ranks = 1, const std::string& options = "") const {
    return (ranks == 1 ? "" : TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " ") +
           TAUTBAND_PROGRAM " run " + testing_support::quoted(file("case.toml")) + " -o " +
           testing_support::quoted(results) + " " + options;
  }

 private:
  std::filesystem::path folder_;
};

/// Opens the result and the history; every row and field of the steps they have is there. Returns the number of steps,
/// 0 when no result was written.
inline int readable_steps(const std::string& results) {
  if (!std::filesystem::exists(results + "/result.vtkhdf")) return 0;
  const hdf5::InputFile file(results + "/result.vtkhdf"), history(results + "/history.h5");
  const int steps = file.integer_attribute("/VTKHDF/Steps", "NSteps").at(0);
  const std::size_t nodes = file.shape("/VTKHDF/Points").at(0);
  EXPECT_EQ(file.rows("/VTKHDF/PointData/displacement", 0, nodes * steps).size(), 3 * nodes * steps);
  EXPECT_EQ(file.rows("/VTKHDF/Steps/Values", 0, steps).size(), std::size_t(steps));
  EXPECT_GE(history.reals("/history/time").size() + 1, std::size_t(steps));
  return steps;
}

/// A history of all steps, each once, and fields of as many as they should be.
inline void expect_whole(const std::string& results, int fields = block_steps + 1) {
  EXPECT_EQ(readable_steps(results), fields);
  const std::vector<double> time = hdf5::InputFile(results + "/history.h5").reals("/history/time");
  ASSERT_EQ(time.size(), std::size_t(block_steps + 1));
  for (int step = 0; step <= block_steps; ++step) EXPECT_NEAR(time[step], 0.01 * step, 1e-12);
  EXPECT_EQ(testing_support::lines_of(results + "/history.csv"), block_steps + 3);
}

}  // namespace tautband::faults
