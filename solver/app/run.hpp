// `tautband run`: a case from mesh to results.
#pragma once

#include "app/kept_mesh.hpp"
#include "base/error.hpp"
#include "spec/case.hpp"

#include <mpi.h>

#include <limits>
#include <string>

namespace tautband {

/// Whether to go on from a checkpoint in the directory: where an unfinished run of the same case is there, or else
/// fail, or begin anew whatever is there.
enum class Resume { automatic, required, never };

struct RunOptions {
  std::string output;        ///< directory of the results; made when it is not there
  std::string command_line;  ///< as typed, for the records
  bool dry_run = false;      ///< print mesh, unknowns, memory, stages and steps, and compute nothing
  Resume resume = Resume::automatic;
  double longest = std::numeric_limits<double>::infinity();  ///< s of wall time, then it stops with a checkpoint
  MPI_Comm comm = MPI_COMM_WORLD;                            ///< of the ranks that share the run
  KeptMesh* kept_mesh = nullptr;                             ///< of runs of one process, one after the other
};

/// Runs the case on all ranks of options.comm, with Kokkos initialised. Returns ExitCode::done, or ExitCode::resume
/// when it stopped early with a checkpoint; throws RunError, CaseError and FileError.
ExitCode run_case(const spec::Case& values, const RunOptions& options);

}  // namespace tautband
