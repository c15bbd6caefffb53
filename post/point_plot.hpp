// Time curves of an experiment at a point (tautband point), which has a history and no mesh.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

/// True for a directory with a history.csv and no result.vtkhdf.
bool is_point_result(const std::filesystem::path& result);

/// Draws time_curves.png into `folder` from history.csv in `result`: one chart per quantity. `columns`: only these,
/// those of one unit in one chart; empty = those that its kind of experiment is about and that are not 0 throughout.
/// Time is in hours when the history lasts for more than three. Returns the file. Throws FileError, CommandError for a
/// column that is not there, RunError.
std::filesystem::path plot_point(const std::filesystem::path& result, const std::vector<std::string>& columns,
                                 const std::filesystem::path& folder, int width);

}  // namespace tautband::post
