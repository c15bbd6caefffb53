// A run that is killed at any moment leaves results that open up to its last step.
#include "io/hdf5.hpp"
#include "regression/results.hpp"
#include "regression/small_run.hpp"
#include "support/background_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <random>
#include <thread>

namespace tautband::regression {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::lines_of;
using testing_support::wait_until;

/// Every array has the rows that the offsets of every step promise, and all of them are numbers.
int check_result(const std::string& path) {
  const hdf5::InputFile file(path);
  const int steps = file.integer_attribute("/VTKHDF/Steps", "NSteps").at(0);
  EXPECT_GE(file.reals("/VTKHDF/Steps/Values").size(), static_cast<std::size_t>(steps));
  const std::size_t nodes = file.reals("/VTKHDF/Points").size() / 3, cells = file.integers("/VTKHDF/Types").size();
  for (const bool point : {true, false}) {
    const std::string group = point ? "/VTKHDF/PointData" : "/VTKHDF/CellData";
    for (const std::string& name : file.children(group)) {
      const hdf5::Shape shape = file.shape(group + "/" + name);
      const std::size_t width = shape.size() == 2 ? shape[1] : 1;
      const std::vector<double> values = file.reals(group + "/" + name);
      const auto offsets =
          file.integers(std::string("/VTKHDF/Steps/") + (point ? "PointDataOffsets/" : "CellDataOffsets/") + name);
      EXPECT_GE(offsets.size(), static_cast<std::size_t>(steps)) << name;
      for (int step = 0; step < steps && step < static_cast<int>(offsets.size()); ++step) {
        const std::size_t first = offsets[step] * width, last = first + (point ? nodes : cells) * width;
        EXPECT_LE(last, values.size()) << name << ", step " << step;
        if (last > values.size()) break;
        EXPECT_TRUE(
            std::all_of(values.begin() + first, values.begin() + last, [](double v) { return std::isfinite(v); }))
            << name << ", step " << step;
      }
    }
  }
  return steps;
}

class KilledRun : public testing::TestWithParam<int> {};

TEST_P(KilledRun, LeavesWhatItHasComputed) {
  const int ranks = GetParam();
  const SmallRun small("killed");
  const std::string results = small.file("results");
  std::string command = small.command(results) +
                        " --set 'output.interval=5 ms' --set 'time.step=5 ms'"
                        " --set 'time.longest_step=5 ms' --set 'prestretch.steps=1'";
  if (ranks > 1) command = TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " " + command;
  std::mt19937 random(7);
  std::uniform_int_distribution<int> milliseconds(0, 700);
  const int kills = ranks == 1 ? 8 : 3;  // a start on several ranks takes seconds
  int all_steps = 0;
  for (int kill_number = 0; kill_number < kills; ++kill_number) {
    SCOPED_TRACE("kill " + std::to_string(kill_number));
    fs::remove_all(results);
    BackgroundProgram program(command);
    const auto begun = [&] { return lines_of(results + "/history.csv") >= 2 + kill_number % 3; };  // names, units, rows
    ASSERT_TRUE(wait_until(begun));
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random)));
    pid_t victim = program.id();
    if (ranks > 1) {
      const std::vector<pid_t> started = program.children();
      ASSERT_EQ(started.size(), static_cast<std::size_t>(ranks));
      victim = started[kill_number % ranks];
    }
    ASSERT_EQ(kill(victim, SIGKILL), 0);
    EXPECT_NE(program.wait(), 0);

    // The file has its name from its first step on.
    const int steps = fs::exists(results + "/result.vtkhdf") ? check_result(results + "/result.vtkhdf") : 0;
    const Columns history = read_history(results + "/history.csv");
    const hdf5::InputFile scalars(results + "/history.h5");
    EXPECT_FALSE(scalars.children("/history").empty());
    EXPECT_TRUE(steps > 0 || history.empty() || history.at("time").size() == 1);
    if (!history.empty()) {
      EXPECT_GE(static_cast<int>(history.at("time").size()), steps);  // a row is written before the fields of its step
      EXPECT_GE(scalars.reals("/history/time").size(), history.at("time").size());
    }
    EXPECT_TRUE(fs::exists(results + "/run.json"));
    EXPECT_TRUE(fs::exists(results + "/case.resolved.toml"));
    all_steps += steps;
  }
  EXPECT_GT(all_steps, kills);  // some were killed after their first step
}

INSTANTIATE_TEST_SUITE_P(OnRanks, KilledRun, testing::Values(1, 2));

}  // namespace
}  // namespace tautband::regression
