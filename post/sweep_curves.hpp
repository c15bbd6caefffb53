// A sweep of one parameter: its outputs as curves.
#pragma once

#include "post/sweep_table.hpp"

#include <optional>

namespace tautband::post {

/// The parameter that varies, when it is the only one.
std::optional<size_t> only_varying_parameter(const SweepTable& table);

/// Draws sweep_curves.png into `folder`: a chart per output over the parameter, a dot per row; rows without a value as
/// dashed lines. Returns the file. Throws RunError; CommandError when the picture would be too tall.
std::filesystem::path plot_sweep_curves(const SweepTable& table, size_t parameter, const std::vector<size_t>& outputs,
                                        const std::filesystem::path& folder, int width);

}  // namespace tautband::post
