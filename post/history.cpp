#include "post/history.hpp"

#include "post/errors.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace tautband::post {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) {
    const size_t first = field.find_first_not_of(" \t\r"), last = field.find_last_not_of(" \t\r");
    fields.push_back(first == std::string::npos ? "" : field.substr(first, last - first + 1));
  }
  return fields;
}

/// False where a field is no number.
bool parse_numbers(const std::vector<std::string>& fields, std::vector<double>& numbers) {
  numbers.clear();
  for (const std::string& field : fields) {
    char* end = nullptr;
    numbers.push_back(std::strtod(field.c_str(), &end));
    if (end == field.c_str() || *end) return false;
  }
  return true;
}

}  // namespace

History::History(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw FileError(file.string() + ": no such file, or unreadable");
  std::string line;
  std::getline(stream, line);
  for (const std::string& name : split(line)) columns_.push_back({name, "", {}});
  if (columns_.empty() || columns_[0].name != "time")
    throw FileError(file.string() + ": its first column is not 'time'");
  std::vector<double> numbers;
  for (int number = 2; std::getline(stream, line); ++number) {
    if (!line.empty() && line[0] == '#') {
      const std::vector<std::string> units = split(line.substr(1));
      for (size_t i = 0; i < units.size() && i < columns_.size(); ++i) columns_[i].unit = units[i];
      continue;
    }
    if (stream.eof()) break;  // no line end: still being written
    if (!parse_numbers(split(line), numbers) || numbers.size() != columns_.size())
      throw FileError(file.string() + ", line " + std::to_string(number) + ": expected " +
                      std::to_string(columns_.size()) + " numbers");
    for (size_t i = 0; i < numbers.size(); ++i) columns_[i].values.push_back(numbers[i]);
  }
  if (time().empty()) throw FileError(file.string() + ": holds no lines yet");
}

const HistoryColumn* History::find(const std::string& name) const {
  for (const HistoryColumn& column : columns_)
    if (column.name == name) return &column;
  return nullptr;
}

}  // namespace tautband::post
