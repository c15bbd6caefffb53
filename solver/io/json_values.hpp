// What a JSON file says, by path.
#pragma once

#include <map>
#include <string>

namespace tautband {

/// Every text, number and truth value by its path, "last.knot.length_mm" or "regions.0.name": texts without quotes,
/// numbers so that they read back as the same double, "true", "false". What is null is left out. Throws FileError when
/// the file cannot be read or is no JSON.
std::map<std::string, std::string> read_json(const std::string& path);

}  // namespace tautband
