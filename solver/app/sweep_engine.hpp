// Several worker processes on one machine.
#pragma once

#include "app/sweep_worker.hpp"

namespace tautband {

struct EngineOptions {
  int workers = 1;
  int ranks = 1;                       ///< of each worker; more than one are started by `launcher`
  std::string launcher;                ///< such as "mpirun --bind-to none -n"; the number of ranks follows
  std::vector<std::string> arguments;  ///< of the program; --worker makes it one
};

/// Starts workers of this same program and waits for them; one that dies is replaced as long as rows are left and it
/// got anywhere. Signals are passed on. Without MPI: to be called before it is initialised. Throws RunError when
/// workers cannot be started or end without having begun a row.
void run_workers(const SweepPlan& plan, const SweepTask& task, const EngineOptions& options);

}  // namespace tautband
