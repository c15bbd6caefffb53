// Where it hurts: referred pain on the outline of a body.
#pragma once

#include <filesystem>
#include <optional>

namespace tautband::post {

/// Draws body.png into `folder` from the columns pain_REGION of history.csv, and the muscle of case.resolved.toml, in
/// the folder `result` of a run, at the row nearest to `time` (s), by default the last one. The colours are those of
/// the largest pain in the whole run, so that pictures of one run can be compared. Returns the file. Throws FileError
/// when the history has no referred pain, and RunError.
std::filesystem::path plot_body(const std::filesystem::path& result, const std::optional<double>& time,
                                const std::filesystem::path& folder, int width);

}  // namespace tautband::post
