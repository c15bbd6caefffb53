// Sensitivities as JSON, as a table for the terminal and as bars.
#pragma once

#include "post/sensitivity.hpp"

namespace tautband::post {

std::string sensitivity_json(const Sensitivity& sensitivity, const SweepTable& table, const Bootstrap& bootstrap);

std::string sensitivity_text(const Sensitivity& sensitivity, const SweepTable& table, const Bootstrap& bootstrap);

/// Draws sensitivity.png into `folder`: a panel per output, a group of bars per parameter. Returns the file. Throws
/// RunError; CommandError when the picture would be too tall.
std::filesystem::path plot_sensitivity(const Sensitivity& sensitivity, const SweepTable& table,
                                       const Bootstrap& bootstrap, const std::filesystem::path& folder, int width);

}  // namespace tautband::post
