// `tautband point`: the laws and stages of a case at one point, without a mesh.
#pragma once

#include "app/run.hpp"

namespace tautband {

/// Runs the experiment of [point]; leaves history.csv, history.h5, case.resolved.toml and run.json in the directory of
/// results. Collective on options.comm; every rank computes the same. Throws RunError, CaseError and FileError.
ExitCode run_point(const spec::Case& values, const RunOptions& options);

}  // namespace tautband
