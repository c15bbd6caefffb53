// kill -9 at any moment of a run, of a checkpoint, and of gathering a sweep.
#include "faults/block_run.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <vector>

namespace tautband::faults {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing_support::BackgroundProgram;
using testing_support::lines_of;
using testing_support::Outcome;
using testing_support::quoted;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

constexpr int kills = 25;

long rows_of_history(const std::string& results) { return std::max(0L, lines_of(results + "/history.csv") - 2); }

std::vector<std::string> checkpoints_in(const std::string& results, const std::string& ending) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(results + "/checkpoint", error))
    if (entry.path().string().ends_with(ending)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// Rows that a run would keep that goes on from the newest checkpoint.
long rows_of_checkpoint(const std::string& results) {
  const std::vector<std::string> all = checkpoints_in(results, ".h5");
  EXPECT_LE(all.size(), 3u);  // a third while the oldest is about to be removed
  if (all.empty()) return 0;
  return static_cast<long>(hdf5::InputFile(all.back()).reals("/numbers/history_rows").at(0));
}

class Kills : public testing::Test {
 protected:
  /// Starts or goes on, waits for `moment`, kills. Checks that what is left can be read, and counts the rows lost.
  template <class Moment> void kill_at(const Moment& moment) {
    BackgroundProgram program(block_.command(results_), block_.file("said"));
    moment();
    program.signal(SIGKILL);
    ASSERT_EQ(program.wait(), -SIGKILL) << text_of(block_.file("said"));
    EXPECT_EQ(text_of(block_.file("said")).find("cannot be used"), std::string::npos) << "of the checkpoint before";
    readable_steps(results_);
    const long rows = rows_of_history(results_), kept = rows_of_checkpoint(results_);
    EXPECT_LE(rows - kept, 2) << "rows of a checkpoint after every step, and of the step that was under way";
    most_lost_ = std::max(most_lost_, rows - kept);
    unfinished_ += checkpoints_in(results_, ".tmp").empty() ? 0 : 1;
  }

  void finish_and_compare() {
    const Outcome last = run_command(block_.command(results_));
    ASSERT_EQ(last.code, 0) << last.said;
    expect_whole(results_);
    ASSERT_EQ(run_command(block_.command(block_.file("whole"))).code, 0);
    EXPECT_EQ(text_of(results_ + "/history.csv"), text_of(block_.file("whole") + "/history.csv"));
    std::cout << kills << " kills, " << unfinished_ << " of them while a checkpoint was written; at most " << most_lost_
              << " rows lost\n";
  }

  BlockRun block_;
  std::string results_ = block_.file("results");
  long most_lost_ = 0;
  int unfinished_ = 0;
};

TEST_F(Kills, OfARunLoseNoMoreThanSinceTheLastCheckpoint) {
  std::mt19937 random(11);
  std::uniform_int_distribution<int> microseconds(0, 60000);
  for (int i = 0; i < kills; ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    const long before = rows_of_history(results_);
    kill_at([&] {
      EXPECT_TRUE(wait_until([&] { return rows_of_history(results_) != before; }));
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    });
  }
  finish_and_compare();
}

TEST_F(Kills, InTheMiddleOfACheckpointLeaveTheOneBefore) {
  std::mt19937 random(12);
  std::uniform_int_distribution<int> microseconds(0, 3000);
  for (int i = 0; i < kills; ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    std::error_code error;
    for (const std::string& left : checkpoints_in(results_, ".tmp")) fs::remove(left, error);
    kill_at([&] {
      const auto late = std::chrono::steady_clock::now() + 60s;
      while (checkpoints_in(results_, ".tmp").empty() && std::chrono::steady_clock::now() < late)
        std::this_thread::sleep_for(100us);
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    });
  }
  EXPECT_GT(unfinished_, 0);
  finish_and_compare();
}

/// Rows of a point without a mesh, done once for all kills.
TEST(KillsOfGathering, LeaveAWholeTableOrNone) {
  const fs::path folder = fs::temp_directory_path() / ("tautband_gather." + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "case.toml")
      << "[point]\nprotocol = \"trigger_point\"\nduration = \"2 min\"\nsample_step = \"10 s\"\n";
  std::ofstream(folder / "sweep.toml")
      << "[sweep]\ncase = \"case.toml\"\ndesign = \"grid\"\n[[parameter]]\nkey = \"motor_pool.tonic_drive\"\n"
         "from = 0\nto = \"10 %\"\ncount = 12\n[[output]]\nname = \"pain\"\nquantity = \"last(history.pain)\"\n";
  const std::string sweep = quoted(folder / "sweep.toml") + " -o " + quoted(folder / "out");
  const Outcome run = run_command(TAUTBAND_PROGRAM " sweep run " + sweep + " --all");
  ASSERT_EQ(run.code, 0) << run.said;
  const std::string gather = TAUTBAND_PROGRAM " sweep gather " + sweep, table = folder / "out/table.csv";
  const auto begin = std::chrono::steady_clock::now();
  const Outcome gathered = run_command(gather);
  ASSERT_EQ(gathered.code, 0) << gathered.said;
  const std::chrono::duration<double> whole = std::chrono::steady_clock::now() - begin;
  const std::string expected = text_of(table);
  ASSERT_EQ(lines_of(table), 13);
  std::mt19937 random(13);
  std::uniform_real_distribution<double> share(0.0, 1.2);
  int unfinished = 0;
  for (int i = 0; i < kills; ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    if (i % 2 == 0) fs::remove(table);
    if (i % 2 == 0) fs::remove(folder / "out/table.h5");
    BackgroundProgram program(gather);
    std::this_thread::sleep_for(share(random) * whole);
    program.signal(SIGKILL);
    unfinished += program.wait() == -SIGKILL ? 1 : 0;
    if (fs::exists(table)) {
      EXPECT_EQ(text_of(table), expected);
    }
    if (fs::exists(folder / "out/table.h5")) {
      EXPECT_EQ(hdf5::InputFile(folder / "out/table.h5").shape("/outputs"), (hdf5::Shape{12, 1}));
    }
  }
  EXPECT_GT(unfinished, 0);
  EXPECT_EQ(run_command(gather).code, 0);
  EXPECT_EQ(text_of(table), expected);
  std::cout << unfinished << " of " << kills << " kills came before the end of gathering\n";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace tautband::faults
