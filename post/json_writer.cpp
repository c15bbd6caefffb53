#include "post/json_writer.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tautband::post {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else
      out += c;
  }
  return out + '"';
}

std::string plain(double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : "null"; }

}  // namespace

void JsonWriter::key(const std::string& name) {
  text_ += first_ ? "\n" : ",\n";
  first_ = false;
  text_ += std::string(2 * static_cast<size_t>(depth_), ' ') + quoted(name) + ": ";
}

void JsonWriter::open(const std::string& name) {
  key(name);
  text_ += '{';
  ++depth_;
  first_ = true;
}

void JsonWriter::close() {
  --depth_;
  text_ += '\n' + std::string(2 * static_cast<size_t>(depth_), ' ') + '}';
  first_ = false;
}

void JsonWriter::number(const std::string& name, double value) {
  key(name);
  text_ += plain(value);
}

void JsonWriter::integer(const std::string& name, long long value) {
  key(name);
  text_ += std::to_string(value);
}

void JsonWriter::truth(const std::string& name, bool value) {
  key(name);
  text_ += value ? "true" : "false";
}

void JsonWriter::string(const std::string& name, const std::string& value) {
  key(name);
  text_ += quoted(value);
}

void JsonWriter::numbers(const std::string& name, const std::vector<double>& values) {
  key(name);
  text_ += '[';
  for (size_t i = 0; i < values.size(); ++i) text_ += (i ? ", " : "") + plain(values[i]);
  text_ += ']';
}

std::string JsonWriter::finish() {
  while (depth_ > 0) close();
  return text_ + '\n';
}

}  // namespace tautband::post
