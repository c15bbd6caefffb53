#include "io/json_values.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace tautband {
namespace {

using Json = nlohmann::json;

void collect(const Json& value, const std::string& path, std::map<std::string, std::string>& found) {
  const std::string prefix = path.empty() ? "" : path + ".";
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) collect(member, prefix + key, found);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], prefix + std::to_string(i), found);
  } else if (!value.is_null()) {
    found[path] = value.is_string() ? value.get<std::string>() : value.dump();
  }
}

}  // namespace

std::map<std::string, std::string> read_json(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw FileError(path + ": cannot be read: " + std::strerror(errno));
  const Json whole = Json::parse(file, nullptr, false);
  if (whole.is_discarded()) throw FileError(path + ": is no JSON, or is damaged");
  std::map<std::string, std::string> found;
  collect(whole, "", found);
  return found;
}

}  // namespace tautband
