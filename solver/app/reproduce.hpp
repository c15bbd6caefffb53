// `tautband reproduce`: an earlier run once more, from the case that it left, and whether the same comes out.
#pragma once

#include "app/run.hpp"
#include "base/error.hpp"

namespace tautband {

struct ReproduceOptions {
  std::string result;  ///< directory of results, or a file in it
  std::string mesh;    ///< file of the mesh where it is not at its place any more; empty: it is
};

/// Prints in what build and machine differ, runs the stored case again and prints how far its numbers are from those
/// before. `run` says where to and how; without an output it is the directory with "-reproduced" behind its name.
/// ExitCode::failed when they differ by more than round-off, otherwise what the run returns. Collective on
/// MPI_COMM_WORLD, with Kokkos initialised. Throws FileError for a result without its case or one that was changed, and
/// for a mesh that was changed; CaseError, RunError.
ExitCode reproduce(const ReproduceOptions& options, RunOptions run);

}  // namespace tautband
