// A process, or a group of ranks, that runs rows of a sweep one after the other.
#pragma once

#include "app/sweep_row.hpp"
#include "base/error.hpp"

namespace tautband {

struct SweepTask {
  std::string folder;             ///< of the sweep
  std::vector<std::size_t> rows;  ///< which rows to run
  std::string command_line;
  bool again = false;                                        ///< run rows that failed once more
  double longest = std::numeric_limits<double>::infinity();  ///< s of wall time for all of them
};

/// What became of some rows.
struct RowCounts {
  std::size_t done = 0, failed = 0, stopped = 0, running = 0, missing = 0;
  std::size_t all() const { return done + failed + stopped + running + missing; }
};
RowCounts count_rows(const SweepPlan& plan, const SweepTask& task);

/// "12 done, 1 failed, 3 missing"
std::string text_of(const RowCounts& counts);

/// done when all are done; failed when some failed; resume when some are left.
ExitCode exit_code(const RowCounts& counts);

/// Runs the rows nobody else has run or runs, with MPI initialised; starts Kokkos where the case needs it. With
/// `together` all ranks share each row, otherwise each rank takes rows of its own. Stops between rows, and at the next
/// step of a run on a mesh, when SIGTERM or SIGINT comes or the time is up. Prints a line per row.
void work_on(const SweepPlan& plan, const SweepTask& task, bool together);

}  // namespace tautband
