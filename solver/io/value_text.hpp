// Members of the spec as the text of a TOML value, for the resolved case and for `tautband explain`.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tautband {

/// A TOML basic string with its quotes.
std::string toml_string(std::string_view text);

// Each gives the text of a value right of `=`, or nothing where the value is that of an absent key.
std::string value_text(double value, const spec::About& about);
std::string value_text(int value, const spec::About& about);
std::string value_text(std::uint64_t value, const spec::About& about);
std::string value_text(bool value, const spec::About& about);
std::string value_text(const std::string& value, const spec::About& about);
std::string value_text(const spec::Field& value, const spec::About& about);
std::string value_text(const spec::AnyQuantity& value, const spec::About& about);

template <class Enum>
requires std::is_enum_v<Enum> std::string value_text(Enum value, const spec::About&) {
  for (const auto& entry : spec::enum_table<Enum>)
    if (entry.value == value) return toml_string(entry.name);
  return {};
}

template <class T, std::size_t n> std::string value_text(const std::array<T, n>& values, const spec::About& about) {
  std::string text;
  for (const T& value : values) text += (text.empty() ? "" : ", ") + value_text(value, about);
  return "[" + text + "]";
}

template <class T> std::string value_text(const std::vector<T>& values, const spec::About& about) {
  if (values.empty()) return {};
  std::string text;
  for (const T& value : values) text += (text.empty() ? "" : ", ") + value_text(value, about);
  return "[" + text + "]";
}

template <class T> std::string value_text(const std::optional<T>& value, const spec::About& about) {
  return value ? value_text(*value, about) : std::string();
}

}  // namespace tautband
