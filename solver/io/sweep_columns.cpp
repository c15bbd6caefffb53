#include "io/sweep_columns.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/case_file.hpp"
#include "io/case_rules.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace tautband {
namespace {

bool is_unit(const std::string& text) {
  try {
    is_dimensionless(text);
    return true;
  } catch (const CaseError&) {
    return false;
  }
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Checks one parameter and makes its column.
class ColumnMaker {
 public:
  ColumnMaker(const SweepPlan& plan, std::size_t index, CaseReading& reading)
      : plan_(plan),
        parameter_(plan.sweep.parameters[index]),
        path_("parameter." + std::to_string(index)),
        design_(plan.sweep.sweep.design),
        reading_(reading) {}

  SweepColumn make() {
    column_.key = parameter_.key;
    column_.name = parameter_.name.empty() ? parameter_.key.substr(parameter_.key.rfind('.') + 1) : parameter_.name;
    column_.scale = parameter_.scale;
    if (design_ != spec::Design::grid) {
      forbid("values", "design = grid");
      forbid("count", "design = grid");
    }
    if (design_ == spec::Design::csv) {
      for (const char* key : {"from", "to", "scale"}) forbid(key, "another design than csv");
    } else if (parameter_.values.empty()) {
      take_range();
    } else {
      for (const char* key : {"from", "to", "scale"}) forbid(key, "there are no values");
      take_values();
    }
    return column_;
  }

 private:
  bool given(const std::string& key) const { return reading_.places.count(path_ + "." + key) > 0; }
  bool failed(const std::string& key) const { return reading_.failed.count(path_ + "." + key) > 0; }
  void problem(const std::string& key, const std::string& message) {
    reading_.problems.add(find_place(reading_.places, path_ + "." + key), message);
  }
  void forbid(const std::string& key, const std::string& use) {
    if (given(key)) problem(key, in_quotes(key) + " has no use here: only if " + use);
  }

  /// The value as the case takes it; a problem otherwise.
  void must_fit(const std::string& key, const std::string& text) {
    if (failed("key") || parameter_.key.empty()) return;
    const std::string reason = objection(plan_, parameter_.key, text);
    if (reason.empty() || reason == said_) return;
    said_ = reason;  // an unknown key is told once, not at both ends
    problem(key, parameter_.key + " = " + text + ": " + reason);
  }

  void take_range() {
    for (const char* key : {"from", "to"})
      if (!given(key)) return problem(key, "[[parameter]] lacks the required key " + in_quotes(key));
    const auto from = split_quantity(parameter_.from.text), to = split_quantity(parameter_.to.text);
    if (!from || !to)
      return problem(from ? "to" : "from", in_quotes(from ? parameter_.to.text : parameter_.from.text) +
                                               " is not a number with or without "
                                               "a unit");
    column_.unit = from->unit;
    column_.from = from->number;
    if (!same_dimension(from->unit, to->unit))
      return problem("to", "\"to\" is in " + in_quotes(to->unit) + " and \"from\" in " + in_quotes(from->unit));
    column_.to = value_in(column_, parameter_.to.text).first;
    if (!(column_.to > column_.from)) return problem("to", "\"to\" is not above \"from\"");
    if (column_.scale == spec::Scale::log && column_.from <= 0.0)
      return problem("from", "scale = \"log\" needs both ends above 0");
    if (design_ == spec::Design::grid && !failed("count")) {
      if (!parameter_.count) return problem("count", "a grid needs either count or values");
      column_.count = static_cast<std::size_t>(*parameter_.count);
    }
    must_fit("from", quantity_text(column_.from, column_.unit));
    must_fit("to", quantity_text(column_.to, column_.unit));
  }

  void take_values() {
    column_.count = parameter_.values.size();
    const auto first = split_quantity(parameter_.values.front().text);
    if (first) column_.unit = first->unit;
    for (const spec::AnyQuantity& value : parameter_.values) try {
        if (first)
          column_.values.push_back(value_in(column_, value.text).first);
        else
          column_.words.push_back(value.text);
        must_fit("values", first ? quantity_text(column_.values.back(), column_.unit) : value.text);
      } catch (const CaseError& error) {
        return problem("values", error.what());
      }
    column_.to = static_cast<double>(column_.words.size()) - 1.0;
    if (!first) return;
    const auto [least, most] = std::minmax_element(column_.values.begin(), column_.values.end());
    column_.from = *least;
    column_.to = *most;
  }

  const SweepPlan& plan_;
  const spec::SweepParameter& parameter_;
  std::string path_;
  spec::Design design_;
  CaseReading& reading_;
  SweepColumn column_;
  std::string said_;
};

}  // namespace

std::string objection(const SweepPlan& plan, const std::string& key, const std::string& text) {
  const std::string option = key + "=" + text;
  try {
    parse_case(plan.base_text, plan.sweep.sweep.case_file, {option}, plan.reach);
    return {};
  } catch (const CaseError& error) {
    std::istringstream lines(error.what());
    std::string said, last;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("  ")) continue;  // the case's own line, shown
      if (!last.empty()) said += (said.empty() ? "" : "; ") + last;
      const std::string prefix = "--set " + option + ": ";
      last = line.starts_with(prefix) ? line.substr(prefix.size()) : line;
    }
    return said;  // without the count of problems at the end
  }
}

std::optional<NumberAndUnit> split_quantity(std::string_view text) {
  const std::string whole = trimmed(text);
  std::string_view rest = whole;
  if (rest.starts_with('+')) rest.remove_prefix(1);
  double number = 0.0;
  const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (status != std::errc{} || !std::isfinite(number)) return std::nullopt;
  std::string unit = trimmed(rest.substr(static_cast<std::size_t>(end - rest.data())));
  if (unit.empty()) return NumberAndUnit{number, "1"};
  if (!is_unit(unit)) return std::nullopt;
  return NumberAndUnit{number, std::move(unit)};
}

std::string quantity_text(double number, const std::string& unit) {
  return format_number(number) + (unit == "1" ? "" : " " + unit);
}

std::pair<double, std::string> value_in(const SweepColumn& column, std::string_view text) {
  if (!column.words.empty()) {
    const auto found = std::find(column.words.begin(), column.words.end(), text);
    if (found == column.words.end())
      throw CaseError(in_quotes(text) + " is not one of the values of " + column.name + ": " +
                      list_names(column.words));
    return {static_cast<double>(found - column.words.begin()), *found};
  }
  const auto parts = split_quantity(text);
  if (!parts) throw CaseError(in_quotes(text) + " is not a number in " + in_quotes(column.unit));
  double number = parts->number;
  if (parts->unit != column.unit) {
    if (!same_dimension(parts->unit, column.unit))
      throw CaseError(in_quotes(text) + " is not in a unit like " + in_quotes(column.unit));
    number = from_si(to_si(number, parts->unit), column.unit);
  }
  return {number, quantity_text(number, column.unit)};
}

std::vector<SweepColumn> sweep_columns(const SweepPlan& plan, CaseReading& reading) {
  std::vector<SweepColumn> columns;
  for (std::size_t i = 0; i < plan.sweep.parameters.size(); ++i)
    columns.push_back(ColumnMaker(plan, i, reading).make());
  return columns;
}

}  // namespace tautband
