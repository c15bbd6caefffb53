#include "regression/results.hpp"

#include "io/hdf5.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tautband::regression {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::stringstream stream(line);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

struct Series {
  std::vector<double> time, value;
};

Series windowed(const Columns& history, const Reading& reading) {
  const auto column = history.find(reading.history);
  if (column == history.end()) throw std::out_of_range("the history has no column " + reading.history);
  Series series;
  const std::vector<double>& time = history.at("time");
  for (std::size_t i = 0; i < time.size(); ++i)
    if (time[i] >= reading.from - 1e-9 && time[i] <= reading.until + 1e-9) {
      series.time.push_back(time[i]);
      series.value.push_back(column->second.at(i));
    }
  if (series.time.empty()) throw std::out_of_range("no row of the history lies in the window of " + reading.name);
  return series;
}

/// Linear between rows.
double value_at(const Series& s, double time) {
  const std::size_t after = std::lower_bound(s.time.begin(), s.time.end(), time - 1e-9) - s.time.begin();
  if (after == s.time.size()) throw std::out_of_range("the history ends before " + std::to_string(time) + " s");
  if (after == 0) return s.value[0];
  const double share = (time - s.time[after - 1]) / (s.time[after] - s.time[after - 1]);
  return s.value[after - 1] + share * (s.value[after] - s.value[after - 1]);
}

/// Times at which the series rises through a level, linear between rows.
std::vector<double> rises(const Series& s, double level) {
  std::vector<double> times;
  for (std::size_t i = 1; i < s.value.size(); ++i)
    if (s.value[i - 1] <= level && s.value[i] > level)
      times.push_back(s.time[i - 1] +
                      (level - s.value[i - 1]) / (s.value[i] - s.value[i - 1]) * (s.time[i] - s.time[i - 1]));
  return times;
}

double of_history(const Reading& reading, const std::string& directory) {
  const Series s = windowed(read_history(directory + "/history.csv"), reading);
  switch (reading.take) {
    case Take::first:
      return s.value.front();
    case Take::last:
      return s.value.back();
    case Take::max:
      return *std::max_element(s.value.begin(), s.value.end());
    case Take::min:
      return *std::min_element(s.value.begin(), s.value.end());
    case Take::at:
      return value_at(s, reading.time);
    case Take::count_rises:
      return static_cast<double>(rises(s, reading.level).size());
    case Take::rises_above:
      break;
  }
  const std::vector<double> times = rises(s, reading.level);
  if (times.empty()) throw std::out_of_range(reading.history + " never rises above " + std::to_string(reading.level));
  return times.front();
}

double of_bands(const Reading& reading, const std::string& directory) {
  const std::map<std::string, double> numbers = read_json_numbers(directory + "/bands.json");
  const auto found = numbers.find(reading.bands);
  if (found == numbers.end()) throw std::out_of_range("bands.json has no number " + reading.bands);
  return found->second;
}

double of_field(const Reading& reading, const std::string& directory) {
  const hdf5::InputFile file(directory + "/result.vtkhdf");
  const std::vector<double> points = file.reals("/VTKHDF/Points"), times = file.reals("/VTKHDF/Steps/Values");
  std::size_t node = 0, step = 0;
  const auto distance = [&](std::size_t n) {
    return std::hypot(points[3 * n] - reading.point[0], points[3 * n + 1] - reading.point[1],
                      points[3 * n + 2] - reading.point[2]);
  };
  for (std::size_t n = 1; n < points.size() / 3; ++n)
    if (distance(n) < distance(node)) node = n;
  for (std::size_t s = 1; s < times.size(); ++s)
    if (std::abs(times[s] - reading.time) < std::abs(times[step] - reading.time)) step = s;
  const auto offsets = file.integers("/VTKHDF/Steps/PointDataOffsets/" + reading.field);
  return file.reals("/VTKHDF/PointData/" + reading.field).at(offsets.at(step) + node);
}

}  // namespace

Columns read_history(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::out_of_range(path + " is empty or missing");
  const std::vector<std::string> names = split(line);
  Columns columns;
  std::getline(file, line);  // units
  while (std::getline(file, line)) {
    const std::vector<std::string> row = split(line);
    if (row.size() != names.size()) throw std::out_of_range(path + " has a row of the wrong length: " + line);
    for (std::size_t i = 0; i < names.size(); ++i) columns[names[i]].push_back(std::stod(row[i]));
  }
  return columns;
}

std::map<std::string, double> read_json_numbers(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::out_of_range(path + " cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::map<std::string, double> numbers;
  std::vector<std::string> open;  // keys of the objects around
  std::string key, word;
  int arrays = 0;
  const auto finish = [&] {
    if (!word.empty() && arrays == 0 && word != "null") {
      std::string name;
      for (const std::string& part : open)
        if (!part.empty()) name += part + ".";
      numbers[name + key] = word == "true" ? 1.0 : (word == "false" ? 0.0 : std::stod(word));
    }
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      std::string string;
      for (++i; i < text.size() && text[i] != '"'; ++i) string += text[i] == '\\' ? text[++i] : text[i];
      if (text.find_first_not_of(" \n", i + 1) == text.find(':', i + 1)) key = string;
    } else if (c == '{') {
      open.push_back(key), key.clear();
    } else if (c == '[') {
      ++arrays;
    } else if (c == ',' || c == '}' || c == ']') {
      finish();
      if (c == ']') --arrays;
      if (c == '}') open.pop_back();
    } else if (c != ':' && !std::isspace(static_cast<unsigned char>(c))) {
      word += c;
    }
  }
  return numbers;
}

double read_off(const Reading& reading, const std::string& directory) {
  if (!reading.history.empty()) return of_history(reading, directory);
  return reading.bands.empty() ? of_field(reading, directory) : of_bands(reading, directory);
}

}  // namespace tautband::regression
