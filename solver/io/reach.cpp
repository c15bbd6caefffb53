#include "io/reach.hpp"

#include "io/case_rules.hpp"
#include "io/section_reader.hpp"

#include <algorithm>
#include <system_error>

namespace tautband {
namespace {

namespace fs = std::filesystem;

/// Where a path leads with all symbolic links followed, as far as it exists; empty when that cannot be told.
fs::path target_of(const fs::path& path) {
  std::error_code error;
  const fs::path target = fs::weakly_canonical(path, error);
  return error ? fs::path() : target;
}

bool is_inside(const fs::path& target, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), target.begin(), target.end()).first == folder.end();
}

}  // namespace

void resolve_path(std::string& path, const std::string& section, const std::string& key, const fs::path& folder,
                  Reach reach, CaseReading& reading) {
  if (path.empty()) return;
  const std::string written = path, name = section + "." + key;
  path = (folder / path).lexically_normal().string();
  const spec::Place place = find_place(reading.places, name);
  if (reach == Reach::anywhere || (reach == Reach::folder_or_options && !place.option.empty())) return;
  const fs::path target = target_of(path), allowed = target_of(folder);
  if (!target.empty() && is_inside(target, allowed)) return;
  reading.failed.insert(name);
  reading.problems.add(place, in_quotes(key) + " = " + in_quotes(written) + " leads to " +
                                  (target.empty() ? path : target.string()) + ", outside the folder of the file, " +
                                  allowed.string() + "; --allow-outside allows that");
}

}  // namespace tautband
