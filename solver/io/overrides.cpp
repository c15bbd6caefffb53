#include "io/overrides.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tautband {
namespace {

using Kind = TomlValue::Kind;

void set_place(TomlValue& value, const spec::Place& place) {
  value.place = place;
  for (TomlEntry& entry : value.entries) {
    entry.place = place;
    set_place(entry.value, place);
  }
  for (TomlValue& item : value.items) set_place(item, place);
}

Names split(std::string_view path) {
  Names parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// What an entry of an array of tables is called: its name, or the set a boundary is on.
std::string name_of(const TomlValue& item) {
  for (const auto key : {"name", "set"})
    if (const TomlEntry* entry = item.find(key)) return entry->value.text;
  return {};
}

TomlValue& child(TomlValue& table, const std::string& key, const spec::Place& place) {
  for (TomlEntry& entry : table.entries)
    if (entry.key == key) return entry.value;
  TomlValue created;
  created.place = place;
  return table.entries.emplace_back(TomlEntry{key, place, std::move(created)}).value;
}

/// The entry of an array by number or name; null when there is none, or several of that name.
TomlValue* element(TomlValue& array, const std::string& part) {
  std::size_t index = 0;
  const auto [end, status] = std::from_chars(part.data(), part.data() + part.size(), index);
  if (status == std::errc{} && end == part.data() + part.size())
    return index < array.items.size() ? &array.items[index] : nullptr;
  TomlValue* found = nullptr;
  for (TomlValue& item : array.items) {
    if (name_of(item) != part) continue;
    if (found) return nullptr;
    found = &item;
  }
  return found;
}

std::string no_element(const TomlValue& array, const std::string& part, const std::string& path) {
  Names names;
  for (const TomlValue& item : array.items) names.push_back(name_of(item));
  const bool several = std::count(names.begin(), names.end(), part) > 1;
  const std::string where = in_quotes(path) + " has " + std::to_string(array.items.size()) + " entries";
  if (several) return where + ", several of them called " + in_quotes(part) + "; use the number, from 0";
  return where + " and none is " + in_quotes(part) + did_you_mean(part, names) + " (names: " + list_names(names) + ")";
}

/// One step down the path; null with a problem reported when there is no such step.
TomlValue* step_down(TomlValue& value, const std::string& part, const std::string& path, const spec::Place& place,
                     Problems& problems) {
  if (value.kind == Kind::table) return &child(value, part, place);
  if (value.kind == Kind::array) {
    TomlValue* found = element(value, part);
    if (!found) problems.add(place, no_element(value, part, path));
    return found;
  }
  problems.add(place, in_quotes(path) + " is " + std::string(kind_name(value.kind)) + " and has no " + in_quotes(part));
  return nullptr;
}

}  // namespace

void apply_override(TomlValue& root, const std::string& text, Problems& problems) {
  spec::Place place;
  place.option = "--set " + text;
  const std::size_t equals = text.find('=');
  const Names parts = split(std::string_view(text).substr(0, std::min(equals, text.size())));
  const bool empty_part = std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
  if (equals == std::string::npos || parts.size() < 2 || empty_part) {
    problems.add(place, "an override is written section.key=value");
    return;
  }
  TomlValue* target = &root;
  std::string path;
  for (const std::string& part : parts) {
    target = step_down(*target, part, path, place, problems);
    if (!target) return;
    path += (path.empty() ? "" : ".") + part;
  }
  const std::string value = text.substr(equals + 1);
  TomlValue parsed;
  if (!parse_toml_value(value, parsed)) {
    parsed = {};
    parsed.kind = Kind::text;
    parsed.text = value;
  }
  set_place(parsed, place);
  *target = std::move(parsed);
}

}  // namespace tautband
