// Time curves of a run: stacked charts with one time axis.
#pragma once

#include "post/analysis.hpp"

#include <filesystem>

namespace tautband::post {

/// Draws time_curves.png into `folder`: drive, afferent rate, end force, knot stretch (from history.csv beside the
/// result) and band tension (from the analysis). A chart whose columns the history lacks is left out.
/// Returns the file. Throws FileError, RunError.
std::filesystem::path plot(const ResultReader& result, const BandAnalysis& analysis,
                           const std::filesystem::path& folder, int width);

}  // namespace tautband::post
