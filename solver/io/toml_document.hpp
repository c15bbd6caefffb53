// A TOML file as a plain tree that remembers where every key and value stands. toml++ stays inside the .cpp.
#pragma once

#include "spec/describe.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tautband {

struct TomlEntry;

/// One value of a TOML document.
struct TomlValue {
  enum class Kind { table, array, text, number, integer, boolean, date };
  Kind kind = Kind::table;
  spec::Place place;
  std::vector<TomlEntry> entries;  ///< of a table, in the order of the file
  std::vector<TomlValue> items;    ///< of an array
  std::string text;
  double number = 0.0;  ///< of a number or integer
  std::int64_t integer = 0;
  bool boolean = false;

  const TomlEntry* find(std::string_view key) const;  ///< of a table; null when it has no such key
};

struct TomlEntry {
  std::string key;
  spec::Place place;  ///< of the key
  TomlValue value;
};

/// "a table", "a string", ... for messages.
std::string_view kind_name(TomlValue::Kind kind);

/// Parses a document. Throws CaseError with place and line when it is no TOML; `path` is only for the message.
TomlValue parse_toml(std::string_view text, const std::string& path);

/// Parses what stands right of a `=`; false when it is no TOML value.
bool parse_toml_value(std::string_view text, TomlValue& value);

/// The text of a file. Throws FileError when it cannot be read.
std::string read_text_file(const std::string& path);

}  // namespace tautband
