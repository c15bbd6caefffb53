// Case files: strict TOML, described to the reader and to `tautband explain` by the same tables (spec/).
#pragma once

#include "io/reach.hpp"
#include "spec/case.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tautband {

/// Reads a case. `overrides` are texts such as "region.muscle.parameters.mu=5 kPa" or "boundary.0.value=...", put in
/// place before the case is read. Throws FileError when the file cannot be read, and CaseError with all problems, each
/// with file, line, column and the line itself: no TOML; unknown, missing, unused or doubled keys and names; wrong
/// types, units, dimensions and ranges; names of curves and laws that do not exist; files out of `reach`.
spec::Case read_case(const std::string& path, const std::vector<std::string>& overrides = {},
                     Reach reach = Reach::folder);

/// The same from a text that stands for the file at `path`.
spec::Case parse_case(std::string_view text, const std::string& path, const std::vector<std::string>& overrides = {},
                      Reach reach = Reach::folder);

}  // namespace tautband
