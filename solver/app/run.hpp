// `tautband run`: a case from mesh to results.
#pragma once

#include "base/error.hpp"
#include "spec/case.hpp"

#include <string>

namespace tautband {

struct RunOptions {
  std::string output;        ///< directory of the results; made when it is not there
  std::string command_line;  ///< as typed, for the records
  bool dry_run = false;      ///< print mesh, unknowns, memory, stages and steps, and compute nothing
};

/// Runs the case on all ranks of MPI_COMM_WORLD, with Kokkos initialised. Returns ExitCode::done, or ExitCode::resume
/// when it stopped early with a checkpoint; throws RunError, CaseError and FileError.
ExitCode run_case(const spec::Case& values, const RunOptions& options);

}  // namespace tautband
