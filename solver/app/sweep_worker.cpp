#include "app/sweep_worker.hpp"

#include "app/kokkos_guard.hpp"
#include "base/error.hpp"
#include "base/stop_signals.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>

namespace tautband {
namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

/// Between steps of a run on a mesh the run itself looks for signals; everywhere else they are noted here.
class StopBetweenRows {
 public:
  StopBetweenRows() {
    struct sigaction action {};
    action.sa_handler = [](int signal) { asked_to_stop = signal == SIGUSR1 ? asked_to_stop : 1; };
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1, SIGUSR2}) sigaction(signal, &action, nullptr);
  }
};

class Worker {
 public:
  Worker(const SweepPlan& plan, const SweepTask& task, bool together) : plan_(plan), task_(task), begin_(MPI_Wtime()) {
    MPI_Comm_dup(together ? MPI_COMM_WORLD : MPI_COMM_SELF, &options_.comm);
    MPI_Comm_dup(options_.comm, &options_.failures);
    MPI_Comm_rank(options_.comm, &rank_);
    options_.command_line = task.command_line;
    options_.again = task.again;
    options_.kept_mesh = &mesh_;
  }
  ~Worker() {
    MPI_Comm_free(&options_.failures);
    MPI_Comm_free(&options_.comm);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Twice, since what somebody else held may have been left to us.
  void run() {
    for (int pass = 0; pass < 2; ++pass)
      for (const std::size_t index : task_.rows) {
        if (has_to_stop()) return;
        if (!is_settled(index)) run(index);
      }
  }

 private:
  double left() const { return task_.longest - (MPI_Wtime() - begin_); }

  bool has_to_stop() {
    int stop = asked_to_stop != 0 || left() <= 0.0;
    MPI_Allreduce(MPI_IN_PLACE, &stop, 1, MPI_INT, MPI_MAX, options_.comm);
    return stop != 0;
  }

  /// Saves the claim of most rows that need none.
  bool is_settled(std::size_t index) const {
    int settled = 0;
    if (rank_ == 0) {
      const RowState state = read_row(row_folder(plan_, task_.folder, index)).state;
      settled = state == RowState::done || state == RowState::running || (state == RowState::failed && !task_.again);
    }
    MPI_Bcast(&settled, 1, MPI_INT, 0, options_.comm);
    return settled != 0;
  }

  void run(std::size_t index) {
    options_.longest = left();
    try {
      const RowEnd end = run_row(plan_, plan_.rows[index], row_folder(plan_, task_.folder, index), options_);
      if (!end.tried) return;
      if (end.record.state == RowState::stopped && StopSignals::stop() != 0) asked_to_stop = 1;
      tell(index, end.record);
    } catch (const FileError& error) {
      tell(index, {RowState::failed, error.what(), 0, 0.0});
    }
  }

  void tell(std::size_t index, const RowRecord& record) const {
    if (rank_ != 0) return;
    fmt::print("row {} {} in {:.1f} s{}{}\n", index, name_of(record.state), record.seconds,
               record.reason.empty() ? "" : ": ", record.reason);
    std::fflush(stdout);
  }

  const SweepPlan& plan_;
  const SweepTask& task_;
  double begin_;
  KeptMesh mesh_;
  RowOptions options_;
  int rank_ = 0;
};

}  // namespace

RowCounts count_rows(const SweepPlan& plan, const SweepTask& task) {
  RowCounts counts;
  const std::array<std::size_t*, 5> of_state{&counts.missing, &counts.running, &counts.stopped, &counts.done,
                                             &counts.failed};
  for (const std::size_t index : task.rows)
    ++*of_state.at(static_cast<std::size_t>(read_row(row_folder(plan, task.folder, index)).state));
  return counts;
}

std::string text_of(const RowCounts& counts) {
  std::string text = fmt::format("{} done", counts.done);
  const auto add = [&](std::size_t count, std::string_view state) {
    if (count > 0) text += fmt::format(", {} {}", count, state);
  };
  add(counts.failed, "failed");
  add(counts.stopped, "stopped");
  add(counts.running, "running");
  add(counts.missing, "missing");
  return text;
}

ExitCode exit_code(const RowCounts& counts) {
  if (counts.done + counts.failed < counts.all()) return ExitCode::resume;
  return counts.failed > 0 ? ExitCode::failed : ExitCode::done;
}

void work_on(const SweepPlan& plan, const SweepTask& task, bool together) {
  const StopBetweenRows signals;
  std::optional<KokkosGuard> kokkos;
  if (plan.kind != SweepKind::point) kokkos.emplace(std::vector<std::string>{});
  if (plan.kind == SweepKind::run) require_one_thread();
  Worker(plan, task, together).run();
}

}  // namespace tautband
