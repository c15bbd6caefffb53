// Reads every section that is in a TOML document, a case or a sweep, into the structs of the spec that describe them.
#pragma once

#include "io/section_reader.hpp"

#include <algorithm>

namespace tautband {

/// Visitor of `describe_sections`.
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
  using Kind = TomlValue::Kind;

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

}  // namespace tautband
