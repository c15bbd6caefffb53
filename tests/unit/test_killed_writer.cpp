// A writer that is killed at any moment leaves files that open with all steps they say they have; so does one that goes
// on with such files.
#include "support/result_reading.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace tautband::testing_support {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class KilledWriter : public testing::TestWithParam<int> {
 protected:
  KilledWriter() : folder_(fs::temp_directory_path() / ("tautband_killed_" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~KilledWriter() override { fs::remove_all(folder_); }

  std::string result() const { return folder_ / "result.vtkhdf"; }

  /// Starts the writer on a number of ranks and returns the id of the program that was started.
  pid_t start(int ranks, int keep) const {
    const pid_t child = fork();
    if (child != 0) return child;
    const std::string log = folder_ / "log", count = std::to_string(ranks), folder = folder_,
                      kept = std::to_string(keep);
    if (!std::freopen(log.c_str(), "w", stdout) || !std::freopen(log.c_str(), "a", stderr)) _exit(1);
    if (ranks == 1)
      execl(TAUTBAND_RESULT_WRITER, TAUTBAND_RESULT_WRITER, folder.c_str(), kept.c_str(), nullptr);
    else
      execlp(TAUTBAND_MPIEXEC, TAUTBAND_MPIEXEC, "--oversubscribe", "-n", count.c_str(), TAUTBAND_RESULT_WRITER,
             folder.c_str(), kept.c_str(), nullptr);
    _exit(1);
  }

  static bool wait_for(const fs::path& file) {
    for (int i = 0; i < 30000 && !fs::exists(file); ++i) std::this_thread::sleep_for(1ms);
    return fs::exists(file);
  }

  pid_t process_of(int rank) const {
    pid_t id = -1;
    for (int i = 0; i < 1000 && !(std::ifstream(folder_ / std::to_string(rank)) >> id); ++i)
      std::this_thread::sleep_for(1ms);  // the file is there before its text
    return id;
  }

  void kill_rank(int rank, pid_t started) const {
    const pid_t victim = process_of(rank);
    ASSERT_GT(victim, 1);
    kill(victim, SIGKILL);
    int status = 0;
    waitpid(started, &status, 0);
  }

  /// Every row of the history that has to be there: one for each step.
  void check_history(int n_steps) const {
    const hdf5::InputFile file(folder_ / "history.h5");
    std::ifstream text(folder_ / "history.csv");
    std::string line;
    std::getline(text, line);
    std::getline(text, line);
    for (const char* name : {"/history/time", "/history/force", "/history/rate"})
      ASSERT_GE(file.shape(name).at(0), hsize_t(n_steps)) << name;
    const std::vector<double> rate = file.reals("/history/rate");
    for (int step = 0; step < n_steps; ++step) {
      ASSERT_EQ(rate[step], example_row(step)[2]) << step;
      double time = 0.0, force = 0.0;
      ASSERT_TRUE(std::getline(text, line)) << step;
      ASSERT_EQ(std::sscanf(line.c_str(), "%lf,%lf", &time, &force), 2) << line;
      ASSERT_EQ(time, example_row(step)[0]);
      ASSERT_EQ(force, example_row(step)[1]);
    }
  }

  fs::path folder_;
};

TEST_P(KilledWriter, LeavesItsCompleteSteps) {
  const int ranks = GetParam();
  const int n_kills = ranks == 1 ? 25 : 10;  // starting several ranks takes a second or more
  std::mt19937 random(1234);
  std::uniform_int_distribution<int> microseconds(0, 300000);
  int most = 0;
  const auto kill_after = [&](std::chrono::microseconds delay, int rank) {
    fs::remove(result());
    const pid_t started = start(ranks, 0);
    ASSERT_TRUE(wait_for(result()));
    std::this_thread::sleep_for(delay);
    ASSERT_NO_FATAL_FAILURE(kill_rank(rank, started));
    const int found = check_steps(result(), ElementKind::hex27, false);
    ASSERT_FALSE(HasFailure());
    ASSERT_NO_FATAL_FAILURE(check_history(found));
    ASSERT_GE(found, 1);
    most = std::max(most, found);
  };
  for (int kill_number = 0; kill_number < n_kills; ++kill_number) {
    SCOPED_TRACE("kill " + std::to_string(kill_number));
    ASSERT_NO_FATAL_FAILURE(kill_after(std::chrono::microseconds(microseconds(random)), kill_number % ranks));
  }
  for (int delay = 1; most < 2 && delay <= 16; delay *= 2)  // a busy machine gets no further than one step at first
    ASSERT_NO_FATAL_FAILURE(kill_after(std::chrono::seconds(delay), 0));
  EXPECT_GT(most, 1);
}

TEST_P(KilledWriter, GoesOnWithWhatItLeft) {
  const int ranks = GetParam();
  const int n_kills = ranks == 1 ? 25 : 8;
  std::mt19937 random(4321);
  std::uniform_int_distribution<int> microseconds(0, 200000), dropped(0, 2);
  int keep = 0, found = 0, most = 0;
  for (int kill_number = 0; kill_number < n_kills; ++kill_number) {
    SCOPED_TRACE("kill " + std::to_string(kill_number) + ", " + std::to_string(keep) + " steps kept");
    for (int rank = 0; rank < ranks; ++rank) fs::remove(folder_ / std::to_string(rank));
    const int started_on = kill_number % 2 == 0 ? ranks : 1;
    const pid_t started = start(started_on, keep);
    ASSERT_TRUE(wait_for(keep == 0 ? fs::path(result()) : folder_ / "0"));
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    ASSERT_NO_FATAL_FAILURE(kill_rank(0, started));
    found = check_steps(result(), ElementKind::hex27, false);
    ASSERT_FALSE(HasFailure());
    ASSERT_GE(found, keep);
    ASSERT_NO_FATAL_FAILURE(check_history(found));
    most = std::max(most, found);
    keep = std::max(1, found - dropped(random));
  }
  EXPECT_GT(most, 3);
}

TEST_P(KilledWriter, KeepsASecondOneOut) {
  const pid_t first = start(GetParam(), 0);
  ASSERT_TRUE(wait_for(result()));
  const pid_t holder = process_of(0);
  for (const int ranks : {1, GetParam()}) {
    const pid_t second = start(ranks, 0);
    int status = 0;
    waitpid(second, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3) << status;
    std::string log, line;
    for (std::ifstream file(folder_ / "log"); std::getline(file, line);) log += line + "\n";
    const std::string message = folder_.string() + " is in use: process " + std::to_string(holder) + " on host ";
    EXPECT_NE(log.find(message), std::string::npos) << log;
    EXPECT_EQ(process_of(0), holder);
  }
  ASSERT_NO_FATAL_FAILURE(kill_rank(0, first));
  EXPECT_GE(check_steps(result(), ElementKind::hex27, false), 1);
  const pid_t third = start(1, 1);  // the lock went with the process
  for (int i = 0; i < 30000 && process_of(0) == holder; ++i) std::this_thread::sleep_for(1ms);
  ASSERT_NO_FATAL_FAILURE(kill_rank(0, third));
  EXPECT_GE(check_steps(result(), ElementKind::hex27, false), 1);
}

INSTANTIATE_TEST_SUITE_P(Ranks, KilledWriter, testing::Values(1, 2));

}  // namespace
}  // namespace tautband::testing_support
