#include "io/value_text.hpp"

#include "base/units.hpp"

namespace tautband {

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      const auto code = static_cast<unsigned char>(c);
      result += std::string("\\u00") + digits[code / 16] + digits[code % 16];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string value_text(double value, const spec::About& about) {
  const std::string text = format_quantity(value, about.unit);
  return about.unit == "1" ? text : toml_string(text);
}

std::string value_text(int value, const spec::About&) { return std::to_string(value); }

std::string value_text(std::uint64_t value, const spec::About&) { return std::to_string(value); }

std::string value_text(bool value, const spec::About&) { return value ? "true" : "false"; }

std::string value_text(const std::string& value, const spec::About&) {
  return value.empty() ? std::string() : toml_string(value);
}

std::string value_text(const spec::AnyQuantity& value, const spec::About&) {
  return value.text.empty() ? std::string() : toml_string(value.text);
}

std::string value_text(const spec::Field& value, const spec::About& about) {
  const std::string curve = value.curve.empty() ? "" : ", curve = " + toml_string(value.curve);
  if (!value.array.empty())
    return "{ array = " + toml_string(value.array) + ", scale = " + format_number(value.constant) + curve + " }";
  const std::string constant = value_text(value.constant, about);
  return curve.empty() ? constant : "{ value = " + constant + curve + " }";
}

}  // namespace tautband
