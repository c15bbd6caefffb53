// Parameters of a sweep, checked against the base case.
#pragma once

#include "io/section_reader.hpp"
#include "io/sweep_plan.hpp"

#include <optional>

namespace tautband {

/// A number and its unit, "1" where there is none; nothing when the text is something else.
struct NumberAndUnit {
  double number;
  std::string unit;
};
std::optional<NumberAndUnit> split_quantity(std::string_view text);

/// The number in `unit` as the case takes it: "0.5 1/pps".
std::string quantity_text(double number, const std::string& unit);

/// The parameters of the sweep; problems are added to `reading`.
std::vector<SweepColumn> sweep_columns(const SweepPlan& plan, CaseReading& reading);

/// What the base case says against a value of a key; empty when it takes it.
std::string objection(const SweepPlan& plan, const std::string& key, const std::string& text);

/// The number of a value in the column's unit, and its text as the case takes it; a plain number has the unit 1. Throws
/// CaseError when it is no value of that dimension.
std::pair<double, std::string> value_in(const SweepColumn& column, std::string_view text);

}  // namespace tautband
