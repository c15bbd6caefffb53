#include "io/case_file.hpp"

#include "io/case_rules.hpp"
#include "io/overrides.hpp"

#include <algorithm>
#include <filesystem>

namespace tautband {
namespace {

using Kind = TomlValue::Kind;

/// Visitor of `describe_sections`: reads every section that is in the document.
class SectionsReader {
 public:
  SectionsReader(const TomlValue& root, CaseReading& reading) : root_(root), reading_(reading) {}

  template <class T> void section(std::string_view name, T& member, const spec::SectionAbout& about) {
    const TomlEntry* entry = take(name, about, "[" + std::string(name) + "]");
    if (entry && is_kind(*entry, Kind::table, "[" + std::string(name) + "]"))
      read(entry->value, std::string(name), "[" + std::string(name) + "]", member);
  }

  template <class T> void list(std::string_view name, std::vector<T>& member, const spec::SectionAbout& about) {
    const std::string label = "[[" + std::string(name) + "]]";
    const TomlEntry* entry = take(name, about, label);
    if (!entry || !is_kind(*entry, Kind::array, label)) return;
    for (const TomlValue& item : entry->value.items) {
      if (item.kind != Kind::table) {
        reading_.problems.add(item.place, in_quotes(name) + " is written as tables " + label);
        continue;
      }
      const std::string path = std::string(name) + "." + std::to_string(member.size());
      read(item, path, label, member.emplace_back());
    }
  }

  template <class T>
  void named(std::string_view name, std::map<std::string, T>& member, const spec::SectionAbout& about) {
    const std::string label = "[" + std::string(name) + ".NAME]";
    const TomlEntry* entry = take(name, about, label);
    if (!entry || !is_kind(*entry, Kind::table, label)) return;
    for (const TomlEntry& item : entry->value.entries)
      if (is_kind(item, Kind::table, label))
        read(item.value, std::string(name) + "." + item.key, "[" + std::string(name) + "." + item.key + "]",
             member[item.key]);
  }

  /// Sections found so far.
  int found() const { return found_; }

  /// Refuses the sections nobody asked for.
  void finish() {
    for (const TomlEntry& entry : root_.entries)
      if (std::find(names_.begin(), names_.end(), entry.key) == names_.end())
        reading_.problems.add(entry.place, "unknown section " + in_quotes(entry.key) + did_you_mean(entry.key, names_) +
                                               " (sections: " + list_names(names_) + ")");
  }

 private:
  const TomlEntry* take(std::string_view name, const spec::SectionAbout& about, const std::string& label) {
    names_.emplace_back(name);
    const TomlEntry* entry = root_.find(name);
    if (entry) ++found_;
    if (!entry && about.required) {
      reading_.problems.add({}, "the required section " + label + " is missing");
      reading_.failed.insert(std::string(name));
    }
    return entry;
  }

  bool is_kind(const TomlEntry& entry, Kind kind, const std::string& label) {
    if (entry.value.kind == kind) return true;
    reading_.problems.add(entry.place, in_quotes(entry.key) + " is " + std::string(kind_name(entry.value.kind)) +
                                           " but is written " + label);
    return false;
  }

  template <class T> void read(const TomlValue& table, const std::string& path, const std::string& label, T& member) {
    SectionReader reader(table, path, label, reading_);
    describe(member, reader);
    reader.finish();
  }

  const TomlValue& root_;
  CaseReading& reading_;
  Names names_;
  int found_ = 0;
};

}  // namespace

spec::Case parse_case(std::string_view text, const std::string& path, const std::vector<std::string>& overrides) {
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
  if (std::string& file = values.physiology.pain.referral_file; !file.empty())
    file = (folder / file).lexically_normal().string();
  resolve_defaults(values, reading);
  check_rules(values, reading);
  problems.throw_if_any();
  if (!values.mesh.file.empty()) values.mesh.file = (folder / values.mesh.file).lexically_normal().string();
  return values;
}

spec::Case read_case(const std::string& path, const std::vector<std::string>& overrides) {
  return parse_case(read_text_file(path), path, overrides);
}

}  // namespace tautband
