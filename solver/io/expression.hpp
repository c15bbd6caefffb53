// Arithmetic on named quantities: "max(history.tension) - first(history.tension)".
//   + - * / ^ and parentheses, numbers, numbers with a unit such as 5 [kPa], pi, sin cos exp log sqrt abs
//   first last min max mean of a column; mean is over time: trapezoids between the values of history.time
//   names of letters, digits, _ and dots; any other name in single quotes
#pragma once

#include "io/expression_parser.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tautband {

class Expression {
 public:
  using Lookup = std::function<Quantity(const std::string& name)>;

  /// Throws CaseError that shows the place of a mistake.
  explicit Expression(const std::string& text);

  /// All names in it, in order.
  std::vector<std::string> names() const;

  /// Throws CaseError, with the place, for units that do not fit; and what `lookup` throws.
  Quantity value(const Lookup& lookup) const;
  /// The same where one number in `unit` is wanted; a pure number is taken as it is.
  double number(const Lookup& lookup, const std::string& unit) const;

 private:
  std::string text_;
  std::vector<ExpressionStep> steps_;
};

/// The value of an expression of pure numbers. Throws CaseError that shows the place of a mistake or the unknown name.
double evaluate(const std::string& expression, const std::map<std::string, double>& values);

}  // namespace tautband
