#include "meshes/quantities.hpp"

#include "base/error.hpp"
#include "base/units.hpp"

#include <fmt/format.h>
#include <cmath>

namespace tautband::meshing {
namespace {

double quantity(const std::string& option, const std::string& text, std::string_view unit) {
  double value = 0.0;
  try {
    value = parse_quantity(text, unit);
  } catch (const CaseError& error) {
    throw CaseError(fmt::format("{}: {}", option, error.what()));
  }
  if (!std::isfinite(value)) throw CaseError(fmt::format("{}: '{}' is not finite", option, text));
  return value;
}

std::vector<std::string> items(const std::string& option, const std::string& text, std::size_t count) {
  std::vector<std::string> result;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::size_t first = text.find_first_not_of(' ', start);
    const std::string item = first < end ? text.substr(first, end - first) : "";
    result.push_back(item.substr(0, item.find_last_not_of(' ') + 1));
    start = end + 1;
  }
  if (result.size() != count)
    throw CaseError(fmt::format("{}: '{}' has {} entries; {} are expected, with commas between them", option, text,
                                result.size(), count));
  return result;
}

bool has_unit(const std::string& item) {
  std::size_t used = 0;
  try {
    std::stod(item, &used);
  } catch (const std::exception&) {
    return false;
  }
  return item.find_first_not_of(' ', used) != std::string::npos;
}

/// "12 mm" -> " mm"
std::string unit_of(const std::string& item) {
  if (!has_unit(item)) return "";
  std::size_t used = 0;
  std::stod(item, &used);
  return item.substr(used);
}

}  // namespace

double positive_length(const std::string& option, const std::string& text) {
  const double value = quantity(option, text, "mm");
  if (!(value > 0.0)) throw CaseError(fmt::format("{}: '{}' is not greater than 0", option, text));
  return value;
}

std::vector<double> lengths(const std::string& option, const std::string& text, std::size_t count) {
  const std::vector<std::string> list = items(option, text, count);
  const std::string unit = unit_of(list.back());
  std::vector<double> result;
  for (const std::string& item : list) result.push_back(quantity(option, has_unit(item) ? item : item + unit, "mm"));
  return result;
}

std::vector<double> numbers(const std::string& option, const std::string& text, std::size_t count) {
  std::vector<double> result;
  for (const std::string& item : items(option, text, count)) result.push_back(quantity(option, item, "1"));
  return result;
}

}  // namespace tautband::meshing
