#include "app/sweep_row.hpp"

#include "app/crash_mark.hpp"
#include "app/map.hpp"
#include "app/point.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/provenance.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <thread>

namespace tautband {
namespace {

/// What is printed, progress and errors too, goes to the end of a file while this lives.
class OutputTo {
 public:
  explicit OutputTo(const std::string& path) {
    flush();
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0) return;  // the row matters more than what it says
    for (std::size_t i = 0; i < streams.size(); ++i) {
      before_[i] = fcntl(streams[i], F_DUPFD_CLOEXEC, 0);
      dup2(file, streams[i]);
    }
    close(file);
  }
  ~OutputTo() {
    flush();
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (before_[i] < 0) continue;
      dup2(before_[i], streams[i]);
      close(before_[i]);
    }
  }
  OutputTo(const OutputTo&) = delete;
  OutputTo& operator=(const OutputTo&) = delete;

 private:
  static constexpr std::array streams{STDOUT_FILENO, STDERR_FILENO};
  static void flush() {
    std::fflush(stdout);
    std::cout.flush();
  }
  std::array<int, 2> before_{-1, -1};
};

int rank_of(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

ExitCode compute(const SweepPlan& plan, const SweepRow& row, const std::string& folder, const RowOptions& options) {
  const spec::Case values = plan.case_of(row);
  RunOptions run;
  run.output = folder;
  run.command_line = options.command_line;
  run.longest = options.longest;
  run.comm = options.comm;
  run.kept_mesh = options.kept_mesh;
  switch (plan.kind) {
    case SweepKind::point:
      return run_point(values, run);
    case SweepKind::map:
      return run_map(values, run);
    default:
      return run_case(values, run);
  }
}

/// Waits for the other ranks to come here; a rank that failed does not wait for ever.
bool all_came(MPI_Comm comm, bool failed) {
  using namespace std::chrono_literals;
  MPI_Request everyone = MPI_REQUEST_NULL;
  MPI_Ibarrier(comm, &everyone);
  const auto patience = std::chrono::steady_clock::now() + 10s;
  int arrived = 0;
  while (!arrived) {
    MPI_Test(&everyone, &arrived, MPI_STATUS_IGNORE);
    if (!arrived && failed && std::chrono::steady_clock::now() > patience) return false;
    if (!arrived) std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// Whether this rank may run the row: claims it on rank 0.
bool begin(const std::string& folder, const RowOptions& options, std::optional<RowClaim>& claim, RowRecord& record) {
  int go = 0;
  std::string failure;
  if (rank_of(options.comm) == 0) try {
      claim = RowClaim::take(folder);
      record = read_row(folder, claim.has_value());
      go = claim && record.state != RowState::done && (record.state != RowState::failed || options.again);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, options.comm);
  MPI_Bcast(&go, 1, MPI_INT, 0, options.comm);
  return go != 0;
}

/// Runs the row; what failed on this rank, or nothing.
std::string attempt(const SweepPlan& plan, const SweepRow& row, const std::string& folder, const RowOptions& options,
                    int number, ExitCode& code) {
  std::optional<OutputTo> log;
  if (rank_of(options.comm) == 0) {
    log.emplace(folder + "/row.log");
    fmt::print("attempt  {} at {}\n", number, time_stamp());
    std::fflush(stdout);
  }
  try {
    code = compute(plan, row, folder, options);
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

RowEnd run_row(const SweepPlan& plan, const SweepRow& row, const std::string& folder, const RowOptions& options) {
  RowEnd end;
  std::optional<RowClaim> claim;
  if (!begin(folder, options, claim, end.record)) return end;
  end.tried = true;
  RowRecord& record = end.record;
  const auto write = [&] { write_row(folder, record, plan.overrides(row.texts)); };
  const bool first = rank_of(options.comm) == 0;
  record.attempts = record.state == RowState::failed ? 1 : record.attempts + 1;
  record.state = RowState::running;
  record.reason.clear();
  if (first) {
    std::filesystem::remove(crash_file(folder));
    write();
  }
  const CrashMark mark(crash_file(folder));
  const double start = MPI_Wtime();
  ExitCode code = ExitCode::done;
  std::string failure = attempt(plan, row, folder, options, record.attempts, code);
  record.seconds = MPI_Wtime() - start;
  const auto give_up = [&] {
    record.state = RowState::failed;
    record.reason = failure;
  };
  if (!all_came(options.failures, !failure.empty())) {
    give_up();
    write();
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(ExitCode::failed));
  }
  try {
    fail_together(failure, options.failures);
    record.state = code == ExitCode::resume ? RowState::stopped : RowState::done;
    record.attempts = 0;
  } catch (const FileError& error) {
    failure = error.what();
    give_up();
  }
  if (first) write();
  return end;
}

}  // namespace tautband
