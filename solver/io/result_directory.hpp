// The folder of a run's results.
#pragma once

#include <mpi.h>

#include <string>

namespace tautband {

/// Makes the folder and those above it, tries that files can be written there, and removes what an earlier run wrote
/// (result.vtkhdf, history.h5, history.csv, map.h5, map.csv, case.resolved.toml, run.json), so that two runs never mix.
/// Collective; throws FileError on all ranks, and then has made nothing.
void make_result_directory(const std::string& path, MPI_Comm comm);

}  // namespace tautband
