// JSON as report.awk reads it.
#pragma once

#include <fmt/format.h>

#include <string>

namespace tautband::performance {

/// Members of one object in the order given, one per line.
class Json {
 public:
  void add(const std::string& key, const std::string& value) {
    text_ += fmt::format("{}  \"{}\": {}", text_.empty() ? "" : ",\n", key, value);
  }
  void add(const std::string& key, double value) { add(key, fmt::format("{:.6g}", value)); }
  std::string text() const { return "{\n" + text_ + "\n}\n"; }

 private:
  std::string text_;
};

}  // namespace tautband::performance
