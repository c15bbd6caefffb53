// Reads one table of a case into one struct of the spec through the struct's `describe`: a visitor that takes every
// member from its key, checks type, unit and range, and in the end refuses the keys nobody asked for.
#pragma once

#include "base/text.hpp"
#include "io/problems.hpp"
#include "io/toml_document.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>

namespace tautband {

/// What the sections of one case gather while they are read.
struct CaseReading {
  Problems& problems;
  std::map<std::string, spec::Place>& places;  ///< key path -> where its value stands
  std::set<std::string> failed;                ///< key paths whose value is missing or wrong
  std::multimap<std::string, spec::Place> curves_named;
};

/// The strings of an enum.
template <class Enum> Names enum_names() {
  Names names;
  for (const auto& entry : spec::enum_table<Enum>) names.emplace_back(entry.name);
  return names;
}

/// "0 .. 1 kPa", "at least 0 mm", or empty when every number is allowed.
std::string range_text(const spec::About& about);

class SectionReader {
 public:
  /// `path` is the key path of the table, such as "region.0"; `label` names it in messages, such as "[[region]]".
  SectionReader(const TomlValue& table, std::string path, std::string label, CaseReading& reading);

  template <class T> void operator()(std::string_view key, T& member, const spec::About& about) {
    const TomlValue* value = take(key, about);
    if (value && !read(*value, key, member, about)) fail(key);
  }

  /// Fills `member` with all parameters of the law, the given and the default ones.
  void parameters(std::string_view key, const std::string& law, std::map<std::string, spec::Field>& member,
                  const spec::About& about);

  /// Refuses the keys that were not taken.
  void finish();

 private:
  const TomlValue* take(std::string_view key, const spec::About& about);
  void fail(std::string_view key) { reading_.failed.insert(path_ + "." + std::string(key)); }
  /// Always false, so that a reader can end with it.
  bool problem(const TomlValue& value, const std::string& message);
  bool wrong_kind(const TomlValue& value, std::string_view key, std::string_view wanted);

  bool read(const TomlValue& value, std::string_view key, double& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, int& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, std::uint64_t& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, bool& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, std::string& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, spec::AnyQuantity& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, std::array<double, 3>& member, const spec::About& about);
  bool read(const TomlValue& value, std::string_view key, spec::Field& member, const spec::About& about);
  bool read_field_table(const TomlValue& value, std::string_view key, spec::Field& member, const spec::About& about);

  template <class T>
  bool read(const TomlValue& value, std::string_view key, std::optional<T>& member, const spec::About& about) {
    return read(value, key, member.emplace(), about);
  }

  template <class T>
  bool read(const TomlValue& value, std::string_view key, std::vector<T>& member, const spec::About& about) {
    if (value.kind != TomlValue::Kind::array) return wrong_kind(value, key, "an array");
    member.assign(value.items.size(), T{});
    bool good = true;
    for (std::size_t i = 0; i < member.size(); ++i) good = read(value.items[i], key, member[i], about) && good;
    return good;
  }

  template <class Enum>
  requires std::is_enum_v<Enum>
  bool read(const TomlValue& value, std::string_view key, Enum& member, const spec::About&) {
    std::string name;
    if (!read_choice(value, key, enum_names<Enum>(), name)) return false;
    for (const auto& entry : spec::enum_table<Enum>)
      if (entry.name == name) member = entry.value;
    return true;
  }
  bool read_choice(const TomlValue& value, std::string_view key, const Names& allowed, std::string& name);

  const TomlValue& table_;
  std::string path_, label_;
  CaseReading& reading_;
  Names keys_;
  bool kind_unknown_ = false;  ///< a choice failed: what depends on it is not judged
};

}  // namespace tautband
