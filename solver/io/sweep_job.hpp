// Sweeps as Slurm job arrays.
#pragma once

#include <string>
#include <vector>

namespace tautband {

struct SweepJob {
  std::string name, program, sweep, folder;  ///< the last three as absolute paths
  std::size_t rows = 0;                      ///< of the whole sweep
  std::size_t rows_per_task = 0;             ///< 0: as default_rows_per_task()
  std::vector<std::size_t> tasks;  ///< numbers of the array's tasks; task t has the rows from t * rows_per_task on
  std::string time = "01:00:00";   ///< as Slurm writes it
  int ntasks = 1;                  ///< cores of a task of the array
  int ranks = 1;                   ///< of each row; ntasks / ranks rows run side by side
  std::string partition, account;
  std::vector<std::string> sbatch;    ///< further options
  std::vector<std::string> prologue;  ///< lines before the run, such as "module load openmpi"
  std::string options;                ///< further words for `sweep run`
};

/// Rows per task so that there are at most 1000 tasks, what a Slurm allows that nobody changed (MaxArraySize).
std::size_t default_rows_per_task(std::size_t rows);

/// Ascending numbers as "0-3,7".
std::string range_list(const std::vector<std::size_t>& numbers);

/// The job script. Two minutes before its time ends it has the rows stopped with checkpoints and queues itself again.
std::string job_script(const SweepJob& job);

}  // namespace tautband
