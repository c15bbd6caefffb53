#include "io/case_file.hpp"

#include "io/case_rules.hpp"
#include "io/overrides.hpp"
#include "io/sections_reader.hpp"

#include <filesystem>

namespace tautband {

spec::Case parse_case(std::string_view text, const std::string& path, const std::vector<std::string>& overrides,
                      Reach reach) {
  TomlValue root = parse_toml(text, path);
  Problems problems(path, text);
  for (const std::string& override_text : overrides) apply_override(root, override_text, problems);

  spec::Case values;
  values.path = path;
  values.point.active = root.find("point") != nullptr;
  values.map.active = root.find("map") != nullptr;
  CaseReading reading{problems, values.places, {}, {}};
  SectionsReader sections(root, reading);
  describe_sections(values, sections);
  const int without_physiology = sections.found();
  describe_sections(values.physiology, sections);
  values.physiology.active = sections.found() > without_physiology;
  sections.finish();

  const auto folder = std::filesystem::absolute(path).parent_path();
  resolve_path(values.mesh.file, "mesh", "file", folder, reach, reading);
  resolve_path(values.physiology.pain.referral_file, "pain", "referral_file", folder, reach, reading);
  resolve_defaults(values, reading);
  check_rules(values, reading);
  problems.throw_if_any();
  return values;
}

spec::Case read_case(const std::string& path, const std::vector<std::string>& overrides, Reach reach) {
  return parse_case(read_text_file(path), path, overrides, reach);
}

}  // namespace tautband
