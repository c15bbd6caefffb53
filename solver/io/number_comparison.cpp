#include "io/number_comparison.hpp"

#include "io/hdf5.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>

namespace tautband {
namespace {

using hdf5::InputFile;

double largest_difference(const std::vector<double>& before, const std::vector<double>& now, std::size_t count) {
  double scale = 0.0, largest = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    if (std::isfinite(before[i])) scale = std::max(scale, std::abs(before[i]));
    if (std::isfinite(now[i])) scale = std::max(scale, std::abs(now[i]));
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (before[i] == now[i] || (std::isnan(before[i]) && std::isnan(now[i]))) continue;
    const double difference = std::abs(before[i] - now[i]) / scale;
    largest = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(largest, difference);
  }
  return largest;
}

std::size_t values_per_row(const hdf5::Shape& shape) {
  std::size_t count = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) count *= shape[i];
  return count;
}

}  // namespace

double NumberComparison::largest() const {
  double largest = 0.0;
  for (const ColumnDifference& column : columns) largest = std::max(largest, column.largest);
  return largest;
}

NumberComparison compare_numbers(const std::string& before, const std::string& now, const std::string& group,
                                 const std::vector<std::string>& texts) {
  const InputFile first(before), second(now);
  const std::vector<std::string> names = first.children(group), others = second.children(group);
  NumberComparison found;
  std::set_difference(names.begin(), names.end(), others.begin(), others.end(), std::back_inserter(found.missing));
  std::set_difference(others.begin(), others.end(), names.begin(), names.end(), std::back_inserter(found.additional));
  for (const std::string& name : names) {
    const std::string dataset = group + "/" + name;
    if (!second.exists(dataset) || std::find(texts.begin(), texts.end(), name) != texts.end()) continue;
    const std::vector<double> a = first.reals(dataset), b = second.reals(dataset);
    const std::size_t count = std::min(a.size(), b.size());
    if (found.columns.empty()) {
      found.rows_before = first.shape(dataset).at(0);
      found.rows_now = second.shape(dataset).at(0);
      found.rows = count / std::max<std::size_t>(values_per_row(first.shape(dataset)), 1);
    }
    found.columns.push_back({name, largest_difference(a, b, count)});
    found.same_bits = found.same_bits && (count == 0 || std::memcmp(a.data(), b.data(), count * sizeof(double)) == 0);
  }
  return found;
}

}  // namespace tautband
