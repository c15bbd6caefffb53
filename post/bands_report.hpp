// The knot and band analysis as bands.json and as a table for the terminal.
#pragma once

#include "post/analysis.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tautband::post {

/// JSON text; units are in the key names (mm, mm3, kPa, s, m_per_s). `provenance`: of the result.
std::string bands_json(const BandAnalysis& analysis, const std::string& result_path,
                       const std::vector<std::pair<std::string, std::string>>& provenance);

/// Two columns, the last step and the peak, then the onset times.
std::string bands_table(const BandAnalysis& analysis);

/// Writes through a temporary file in the same folder, so that a reader never sees half of it. Throws RunError.
void write_atomically(const std::filesystem::path& file, const std::string& text);

}  // namespace tautband::post
