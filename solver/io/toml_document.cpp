#include "io/toml_document.hpp"

#include "base/error.hpp"
#include "io/problems.hpp"

// toml++ is compiled here and not taken from its library, because it asserts where a document is merely wrong ("[=]")
// and libraries are built with asserts; without them the same place is reported as an error.
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#undef NDEBUG  // with it toml++ turns asserts into promises to the compiler
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <tuple>

namespace tautband {
namespace {

spec::Place place_of(const toml::source_region& source) {
  spec::Place place;
  place.line = static_cast<int>(source.begin.line);
  place.column = static_cast<int>(source.begin.column);
  if (source.end.line == source.begin.line && source.end.column > source.begin.column)
    place.width = static_cast<int>(source.end.column - source.begin.column);
  return place;
}

TomlValue convert(const toml::node& node);

void convert_table(const toml::table& table, TomlValue& value) {
  value.kind = TomlValue::Kind::table;
  for (const auto& [key, child] : table)
    value.entries.push_back({std::string(key.str()), place_of(key.source()), convert(child)});
  std::stable_sort(value.entries.begin(), value.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
}

TomlValue convert(const toml::node& node) {
  TomlValue value;
  value.place = place_of(node.source());
  if (const auto* table = node.as_table()) {
    convert_table(*table, value);
  } else if (const auto* array = node.as_array()) {
    value.kind = TomlValue::Kind::array;
    for (const toml::node& item : *array) value.items.push_back(convert(item));
  } else if (const auto* text = node.as_string()) {
    value.kind = TomlValue::Kind::text;
    value.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = TomlValue::Kind::integer;
    value.integer = integer->get();
    value.number = static_cast<double>(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    value.kind = TomlValue::Kind::number;
    value.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = TomlValue::Kind::boolean;
    value.boolean = boolean->get();
  } else {
    value.kind = TomlValue::Kind::date;
  }
  return value;
}

}  // namespace

const TomlEntry* TomlValue::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string_view kind_name(TomlValue::Kind kind) {
  switch (kind) {
    case TomlValue::Kind::table:
      return "a table";
    case TomlValue::Kind::array:
      return "an array";
    case TomlValue::Kind::text:
      return "a string";
    case TomlValue::Kind::number:
      return "a number";
    case TomlValue::Kind::integer:
      return "an integer";
    case TomlValue::Kind::boolean:
      return "true or false";
    case TomlValue::Kind::date:
      break;
  }
  return "a date or time";
}

TomlValue parse_toml(std::string_view text, const std::string& path) {
  try {
    return convert(toml::parse(text, path));
  } catch (const toml::parse_error& error) {
    Problems problems(path, text);
    problems.add(place_of(error.source()), "not valid TOML: " + std::string(error.description()));
    problems.throw_if_any();
    throw;
  }
}

bool parse_toml_value(std::string_view text, TomlValue& value) {
  try {
    const TomlValue document = convert(toml::parse("value = " + std::string(text) + "\n"));
    if (document.entries.size() != 1) return false;
    value = document.entries.front().value;
    return true;
  } catch (const toml::parse_error&) {
    return false;
  }
}

std::string read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file.is_open() && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file.is_open() || file.bad() || text.bad())
    throw FileError(path + ": cannot be read: " + std::generic_category().message(errno));
  return text.str();
}

}  // namespace tautband
