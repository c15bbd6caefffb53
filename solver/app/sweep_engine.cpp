#include "app/sweep_engine.hpp"

#include "app/child_process.hpp"
#include "base/error.hpp"
#include "base/stop_signals.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <set>
#include <sstream>
#include <thread>

namespace tautband {
namespace {

using namespace std::chrono_literals;

/// Words of the command line of one worker.
std::vector<std::string> command_of(const EngineOptions& options) {
  std::vector<std::string> words;
  if (options.ranks > 1) {
    std::istringstream launcher(options.launcher);
    for (std::string word; launcher >> word;) words.push_back(word);
    words.push_back(std::to_string(options.ranks));
  }
  words.push_back(own_program());
  words.insert(words.end(), options.arguments.begin(), options.arguments.end());
  return words;
}

/// "signal 11", or nothing for a worker that ended in order.
std::string death_of(int status) {
  const int code = shell_code(status);
  const bool orderly = code <= static_cast<int>(ExitCode::bad_file) || code == static_cast<int>(ExitCode::resume);
  return orderly ? "" : code > 128 ? fmt::format("signal {}", code - 128) : fmt::format("exit code {}", code);
}

class Engine {
 public:
  Engine(const SweepPlan& plan, const SweepTask& task, const EngineOptions& options)
      : plan_(plan),
        task_(task),
        command_(command_of(options)),
        workers_(options.workers),
        stop_signal_(options.ranks > 1 ? SIGUSR2 : SIGTERM) {}

  void run() {
    setenv("OMP_NUM_THREADS", "1", 0);  // kernels on a host are made for one thread
    for (int i = 0; i < workers_ && has_work(); ++i) start_worker();
    while (!children_.empty()) {
      pass_on_signals();
      int status = 0;
      const pid_t ended = waitpid(-1, &status, WNOHANG);
      if (ended > 0 && children_.erase(ended) > 0)
        settle(ended, status);
      else
        std::this_thread::sleep_for(20ms);
    }
    if (!failure_.empty()) throw RunError(failure_);
  }

 private:
  void start_worker() {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    std::vector<std::string> command = command_;
    command.insert(command.end(), {"--worker", fmt::format("{}", task_.longest - passed.count())});
    children_.insert(start_program(command));
  }

  void pass_on_signals() {
    const bool checkpoint = StopSignals::take_checkpoint();
    const bool stop = StopSignals::stop() != 0 && !stopping_;
    stopping_ = stopping_ || stop;
    for (const pid_t child : children_) {
      if (checkpoint) kill(child, SIGUSR1);
      if (stop) kill(child, stop_signal_);
    }
  }

  /// Rows that a new worker could run.
  bool has_work() const {
    for (const std::size_t index : task_.rows) {
      const RowState state = read_row(row_folder(plan_, task_.folder, index)).state;
      if (state == RowState::missing || state == RowState::stopped || (state == RowState::failed && task_.again))
        return true;
    }
    return false;
  }

  /// Grows with every row that is begun or ends.
  std::size_t progress() const {
    std::size_t sum = 0;
    for (const std::size_t index : task_.rows) {
      const RowRecord record = read_row(row_folder(plan_, task_.folder, index));
      sum += record.state == RowState::done || record.state == RowState::failed
                 ? most_attempts + 1
                 : static_cast<std::size_t>(record.attempts);
    }
    return sum;
  }

  void settle(pid_t worker, int status) {
    const std::string death = death_of(status);
    if (death.empty()) {
      if (WEXITSTATUS(status) == static_cast<int>(ExitCode::bad_case) ||
          WEXITSTATUS(status) == static_cast<int>(ExitCode::bad_file))
        failure_ = "a worker could not work; see above";
      return;
    }
    fmt::print("worker {} died: {}\n", worker, death);
    std::fflush(stdout);
    if (stopping_ || !has_work()) return;
    const std::size_t now = progress();
    if (now == progress_) {
      failure_ = "workers die before they begin a row: " + death;
      return;
    }
    progress_ = now;
    start_worker();
  }

  const StopSignals signals_;
  const SweepPlan& plan_;
  const SweepTask& task_;
  std::vector<std::string> command_;
  int workers_;
  int stop_signal_;  ///< after SIGTERM mpirun kills its ranks
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::set<pid_t> children_;
  std::size_t progress_ = 0;
  std::string failure_;
  bool stopping_ = false;
};

}  // namespace

void run_workers(const SweepPlan& plan, const SweepTask& task, const EngineOptions& options) {
  Engine(plan, task, options).run();
}

}  // namespace tautband
