#include "io/expression.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

using Step = ExpressionStep;
using Kind = Step::Kind;
using Values = std::vector<double>;

/// Does the steps; what is computed so far stands on a stack.
class Evaluation {
 public:
  Evaluation(const std::string& text, const Expression::Lookup& lookup) : text_(text), lookup_(lookup) {}

  Quantity run(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      at_ = step.at;
      stack_.push_back(result_of(step));
    }
    return pop();
  }

 private:
  [[noreturn]] void fail(const std::string& reason) const { fail_at(text_, at_, reason); }

  Quantity pop() {
    Quantity top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }

  Quantity result_of(const Step& step) {
    switch (step.kind) {
      case Kind::number:
        return step.number;
      case Kind::name:
        return look_up(step.name);
      case Kind::negate:
        return elementwise(pop(), {{-1.0}, "1"}, [](double a, double b) { return a * b; });
      case Kind::function:
        return call(*step.function, pop());
      default:
        break;
    }
    const Quantity right = pop();
    return combine(step.kind, pop(), right);
  }

  Quantity look_up(const std::string& name) const {
    Quantity found = lookup_(name);
    if (found.unit != "1" && is_dimensionless(found.unit)) {
      for (double& value : found.values) value = to_si(value, found.unit);
      found.unit = "1";
    }
    return found;
  }

  template <class Op> Quantity elementwise(Quantity left, const Quantity& right, Op op) const {
    const std::size_t n = left.values.size(), m = right.values.size();
    if (n != m && n != 1 && m != 1) fail("columns of " + std::to_string(n) + " and " + std::to_string(m) + " rows");
    if (n == 1) left.values.assign(std::max(n, m), left.values.front());
    for (std::size_t i = 0; i < left.values.size(); ++i)
      left.values[i] = op(left.values[i], right.values[m == 1 ? 0 : i]);
    return left;
  }

  Quantity combine(Kind kind, Quantity left, Quantity right) const {
    const std::string a = left.unit, b = right.unit;
    switch (kind) {
      case Kind::multiply:
        left.unit = b == "1" ? a : a == "1" ? b : "(" + a + ").(" + b + ")";
        return elementwise(std::move(left), right, [](double x, double y) { return x * y; });
      case Kind::divide:
        left.unit = b == "1" ? a : a == b ? "1" : "(" + a + ")/(" + b + ")";
        return elementwise(std::move(left), right, [](double x, double y) { return x / y; });
      case Kind::power:
        left.unit = unit_of_power(left, right);
        return elementwise(std::move(left), right, [](double x, double y) { return std::pow(x, y); });
      default:
        break;
    }
    if (a != b) {
      if (!same_dimension(a, b)) fail("a quantity in " + in_quotes(a) + " and one in " + in_quotes(b) + " do not add");
      for (double& value : right.values) value = from_si(to_si(value, b), a);
    }
    const double sign = kind == Kind::add ? 1.0 : -1.0;
    return elementwise(std::move(left), right, [sign](double x, double y) { return x + sign * y; });
  }

  std::string unit_of_power(const Quantity& base, const Quantity& exponent) const {
    if (exponent.unit != "1") fail("the exponent has the unit " + in_quotes(exponent.unit));
    if (base.unit == "1") return "1";
    const double power = exponent.values.front();
    if (exponent.values.size() != 1 || power != std::round(power) || std::abs(power) > 9)
      fail("a quantity in " + in_quotes(base.unit) + " is raised to whole powers up to 9 only");
    return "(" + base.unit + ")^" + std::to_string(static_cast<int>(power));
  }

  Quantity call(const ExpressionFunction& function, Quantity argument) const {
    if (argument.values.empty()) fail("the column is empty");
    if (!function.keeps_unit && argument.unit != "1")
      fail(std::string(function.name) + " takes a pure number, not one in " + in_quotes(argument.unit));
    if (function.of_column) {
      const bool timed = function.needs_times && argument.values.size() > 1;
      argument.values = {function.of_column(argument.values, timed ? look_up("history.time").values : Values())};
    } else {
      for (double& value : argument.values) value = function.of_number(value);
    }
    return argument;
  }

  const std::string& text_;
  const Expression::Lookup& lookup_;
  std::vector<Quantity> stack_;
  std::size_t at_ = 1;
};

}  // namespace

Expression::Expression(const std::string& text) : text_(text), steps_(parse_expression(text)) {}

std::vector<std::string> Expression::names() const {
  std::vector<std::string> names;
  for (const Step& step : steps_)
    if (step.kind == Kind::name) names.push_back(step.name);
  return names;
}

Quantity Expression::value(const Lookup& lookup) const { return Evaluation(text_, lookup).run(steps_); }

double Expression::number(const Lookup& lookup, const std::string& unit) const {
  const Quantity result = value(lookup);
  if (result.values.size() != 1)
    throw CaseError(in_quotes(text_) + " is a whole column; take first, last, min, max or mean of it");
  if (result.unit == "1") return result.values.front();
  if (!same_dimension(result.unit, unit))
    throw CaseError(in_quotes(text_) + " has the unit " + in_quotes(result.unit) + ", which is not converted to " +
                    in_quotes(unit));
  return from_si(to_si(result.values.front(), result.unit), unit);
}

double evaluate(const std::string& expression, const std::map<std::string, double>& values) {
  const auto lookup = [&](const std::string& name) -> Quantity {
    if (const auto found = values.find(name); found != values.end()) return {{found->second}, "1"};
    Names names;
    for (const auto& [known, value] : values) names.push_back(known);
    throw CaseError(in_quotes(expression) + ": nothing is called " + in_quotes(name) + did_you_mean(name, names));
  };
  return Expression(expression).number(lookup, "1");
}

}  // namespace tautband
