// The result as one VTU file per step and a PVD file that lists them, for tools that do not read VTKHDF in time.
#pragma once

#include "post/result_reader.hpp"

#include <filesystem>

namespace tautband::post {

/// Writes `folder`/result.pvd and `folder`/result_NNNN.vtu with the result's own cells, all arrays, SI units.
/// Returns the PVD file. Throws FileError, RunError.
std::filesystem::path export_vtu(const ResultReader& result, const std::filesystem::path& folder);

}  // namespace tautband::post
