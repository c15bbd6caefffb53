// A sweep as parallel coordinates: an axis per parameter and output, a line per row.
#pragma once

#include "post/sweep_table.hpp"

namespace tautband::post {

/// Draws parallel_coordinates.png into `folder`: all parameters that vary, then `outputs`, lines coloured by the first
/// of them; rows without a value of it dashed and grey, up to the last parameter. Returns the file. Throws RunError.
std::filesystem::path plot_parallel_coordinates(const SweepTable& table, const std::vector<size_t>& outputs,
                                                const std::filesystem::path& folder, int width);

}  // namespace tautband::post
