// `tautband info`: what a mesh or result file holds.
#pragma once

#include <string>

namespace tautband {

/// Kind and counts, extent, regions and sets with their sizes, arrays with components, unit and range, steps and times,
/// provenance. `path` is a mesh, a result file, or the folder of a result. Throws FileError for a missing, foreign or
/// damaged file.
std::string describe_file(const std::string& path);

/// Prints describe_file.
void print_info(const std::string& path);

}  // namespace tautband
