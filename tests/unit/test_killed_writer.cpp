// A writer that is killed at any moment leaves a file that opens with all steps it says it has.
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
  pid_t start(int ranks) const {
    const pid_t child = fork();
    if (child != 0) return child;
    const std::string log = folder_ / "log", count = std::to_string(ranks), folder = folder_;
    if (!std::freopen(log.c_str(), "w", stdout) || !std::freopen(log.c_str(), "a", stderr)) _exit(1);
    if (ranks == 1)
      execl(TAUTBAND_RESULT_WRITER, TAUTBAND_RESULT_WRITER, folder.c_str(), nullptr);
    else
      execlp(TAUTBAND_MPIEXEC, TAUTBAND_MPIEXEC, "--oversubscribe", "-n", count.c_str(), TAUTBAND_RESULT_WRITER,
             folder.c_str(), nullptr);
    _exit(1);
  }

  /// Waits until the first step is there.
  bool wait_for_file() const {
    for (int i = 0; i < 30000 && !fs::exists(result()); ++i) std::this_thread::sleep_for(1ms);
    return fs::exists(result());
  }

  pid_t process_of(int rank) const {
    pid_t id = -1;
    std::ifstream(folder_ / std::to_string(rank)) >> id;
    return id;
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
    const pid_t started = start(ranks);
    ASSERT_TRUE(wait_for_file());
    std::this_thread::sleep_for(delay);
    const pid_t victim = process_of(rank);
    ASSERT_GT(victim, 1);
    kill(victim, SIGKILL);
    int status = 0;
    waitpid(started, &status, 0);
    const int found = check_steps(result(), ElementKind::hex27, false);
    ASSERT_FALSE(HasFailure());
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

INSTANTIATE_TEST_SUITE_P(Ranks, KilledWriter, testing::Values(1, 2));

}  // namespace
}  // namespace tautband::testing_support
