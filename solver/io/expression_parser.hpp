// The grammar of expressions (io/expression.hpp): text to steps.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tautband {

/// One number or a column of them; "1" is the unit of a pure number.
struct Quantity {
  std::vector<double> values;
  std::string unit = "1";
};

/// Of one argument: either element by element on pure numbers, or a whole column to one number.
struct ExpressionFunction {
  std::string_view name;
  double (*of_number)(double);
  double (*of_column)(const std::vector<double>& values, const std::vector<double>& times);
  bool keeps_unit;
  bool needs_times = false;
};

/// One of the things an expression does, on the results of those before it.
struct ExpressionStep {
  enum class Kind { number, name, add, subtract, multiply, divide, power, negate, function };
  Kind kind = Kind::number;
  std::size_t at = 0;  ///< character of the text, from 1
  Quantity number;
  std::string name;
  const ExpressionFunction* function = nullptr;
};

/// In the order in which they are done. Throws CaseError that shows the place of a mistake.
std::vector<ExpressionStep> parse_expression(const std::string& text);

/// Throws CaseError with the text, the character and the reason.
[[noreturn]] void fail_at(const std::string& text, std::size_t at, const std::string& reason);

}  // namespace tautband
