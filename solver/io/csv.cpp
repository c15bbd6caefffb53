#include "io/csv.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "io/toml_document.hpp"

#include <algorithm>
#include <sstream>

namespace tautband {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// A quote doubled inside quotes stands for itself.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false, was_quoted = false;
  const auto finish = [&] {
    if (!was_quoted) cells.back() = trimmed(cells.back());
    was_quoted = false;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (c == '"' && (quoted || trimmed(cells.back()).empty())) {
      if (!quoted) cells.back().clear();
      quoted = !quoted;
      was_quoted = true;
    } else if (c == ',' && !quoted) {
      finish();
      cells.emplace_back();
    } else if (quoted || !was_quoted) {
      cells.back() += c;
    }
  }
  finish();
  return cells;
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

CsvTable read_csv(const std::string& path) {
  std::istringstream stream(read_text_file(path));
  CsvTable table;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    line = trimmed(line);
    const auto refuse = [&](const std::string& reason) {
      throw FileError(path + ", line " + std::to_string(number) + ": " + reason);
    };
    if (line.empty()) continue;
    const bool comment = line.front() == '#';
    if (comment && (table.names.empty() || !table.rows.empty() || !table.units.empty())) continue;
    std::vector<std::string> cells = cells_of(comment ? line.substr(1) : line);
    if (table.names.empty()) {
      table.names = std::move(cells);
      for (std::size_t i = 0; i < table.names.size(); ++i)
        if (table.column(table.names[i]) != i) refuse("a second column " + in_quotes(table.names[i]));
      continue;
    }
    if (comment && cells.size() != table.names.size()) continue;
    if (cells.size() != table.names.size())
      refuse(std::to_string(cells.size()) + " cells under " + std::to_string(table.names.size()) + " names");
    if (comment) {
      table.units = std::move(cells);
      continue;
    }
    table.rows.push_back(std::move(cells));
    table.lines.push_back(number);
  }
  if (table.names.empty()) throw FileError(path + ": has no line of names");
  return table;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r#") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c == '\n' || c == '\r' ? ' ' : c);
  return quoted + "\"";
}

}  // namespace tautband
