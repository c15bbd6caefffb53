#include "io/sweep_outputs.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "io/csv.hpp"
#include "io/json_values.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tautband {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The number that is the whole text.
bool read_number(const std::string& text, double& number) {
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc{} && end == text.data() + text.size();
}

std::map<std::string, Quantity> read_history(const std::string& path) {
  const CsvTable table = read_csv(path);
  std::map<std::string, Quantity> columns;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    Quantity& column = columns[table.names[c]];
    if (!table.units.empty() && !table.units[c].empty()) column.unit = table.units[c];
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      if (!read_number(table.rows[r][c], column.values.emplace_back()))
        throw FileError(path + ", line " + std::to_string(table.lines[r]) + ": " + in_quotes(table.rows[r][c]) +
                        " is no number");
  }
  return columns;
}

}  // namespace

RowResults::RowResults(const SweepPlan& plan, const SweepRow& row, std::string folder)
    : plan_(plan), row_(row), folder_(std::move(folder)) {}

std::vector<double> RowResults::outputs() {
  std::vector<double> values;
  for (const spec::SweepOutput& output : plan_.sweep.outputs) try {
      values.push_back(
          Expression(output.quantity).number([this](const std::string& name) { return look_up(name); }, output.unit));
    } catch (const CaseError& error) {
      throw CaseError("output " + output.name + ": " + error.what());
    }
  return values;
}

Quantity RowResults::look_up(const std::string& name) {
  if (name.starts_with("history.")) return column(name.substr(8));
  if (name.starts_with("bands.")) return band(name.substr(6));
  for (std::size_t i = 0; i < plan_.columns.size(); ++i)
    if (plan_.columns[i].name == name) return {{row_.numbers[i]}, "1"};
  throw CaseError("nothing is called " + in_quotes(name));
}

Quantity RowResults::column(const std::string& name) {
  if (history_.empty()) history_ = read_history(folder_ + "/history.csv");
  if (const auto found = history_.find(name); found != history_.end()) return found->second;
  Names names;
  for (const auto& [known, values] : history_) names.push_back(known);
  throw CaseError("the history has no column " + in_quotes(name) + did_you_mean(name, names) +
                  " (columns: " + list_names(names) + ")");
}

Quantity RowResults::band(const std::string& path) {
  if (bands_.empty()) bands_ = read_json(folder_ + "/bands.json");
  const auto found = bands_.find(path);
  if (found == bands_.end()) return {{missing}, "1"};
  if (found->second == "true" || found->second == "false") return {{found->second == "true" ? 1.0 : 0.0}, "1"};
  double number = missing;
  if (!read_number(found->second, number)) throw CaseError("bands." + path + " is no number: " + found->second);
  return {{number}, "1"};
}

bool needs_bands(const SweepPlan& plan) {
  return std::any_of(plan.sweep.outputs.begin(), plan.sweep.outputs.end(), [](const spec::SweepOutput& output) {
    const std::vector<std::string> names = Expression(output.quantity).names();
    return std::any_of(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("bands."); });
  });
}

}  // namespace tautband
