// `tautband map`: the trigger point without space over a plane of two parameters.
#pragma once

#include "app/run.hpp"

namespace tautband {

/// Computes the plane of [map] and the two [[axis]], its points dealt out to the ranks; leaves map.h5, map.csv,
/// case.resolved.toml and run.json in the directory of results. Collective on options.comm, with Kokkos initialised.
/// Throws RunError, CaseError and FileError.
ExitCode run_map(const spec::Case& values, const RunOptions& options);

}  // namespace tautband
