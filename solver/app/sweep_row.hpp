// One row of a sweep: claimed, run in its own directory, and what became of it written there.
#pragma once

#include "app/kept_mesh.hpp"
#include "io/sweep_folder.hpp"

#include <mpi.h>

#include <limits>

namespace tautband {

struct RowOptions {
  std::string command_line;                                  ///< as typed, for the records
  bool again = false;                                        ///< run rows that failed once more
  double longest = std::numeric_limits<double>::infinity();  ///< s of wall time, then it stops with a checkpoint
  KeptMesh* kept_mesh = nullptr;                             ///< for the rows of one worker
  MPI_Comm comm = MPI_COMM_WORLD;                            ///< of the ranks that share the row
  MPI_Comm failures = MPI_COMM_WORLD;                        ///< of the same ranks, for nothing but failures
};

struct RowEnd {
  bool tried = false;  ///< false: it was done, had failed, or somebody else runs it
  RowRecord record;
};

/// Runs a row in its directory, with MPI and, unless its case is a point, Kokkos initialised; what the run prints goes
/// to row.log there. A row that fails is recorded, not thrown; a rank that fails while the others wait for it ends them
/// all. Collective on options.comm; FileError only when the directory itself cannot be used.
RowEnd run_row(const SweepPlan& plan, const SweepRow& row, const std::string& folder, const RowOptions& options);

}  // namespace tautband
