#include "io/expression_parser.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

namespace tautband {
namespace {

using Step = ExpressionStep;
using Kind = Step::Kind;
using Values = std::vector<double>;

double mean_over_time(const Values& values, const Values& times) {
  double sum = 0.0;
  for (std::size_t i = 1; i < values.size(); ++i)
    sum += 0.5 * (values[i] + values[i - 1]) * (times.at(i) - times.at(i - 1));
  return values.size() < 2 ? values.front() : sum / (times.back() - times.front());
}

constexpr std::array<ExpressionFunction, 11> functions{{
    {"sin", [](double x) { return std::sin(x); }, nullptr, false},
    {"cos", [](double x) { return std::cos(x); }, nullptr, false},
    {"exp", [](double x) { return std::exp(x); }, nullptr, false},
    {"log", [](double x) { return std::log(x); }, nullptr, false},
    {"sqrt", [](double x) { return std::sqrt(x); }, nullptr, false},
    {"abs", [](double x) { return std::abs(x); }, nullptr, true},
    {"first", nullptr, [](const Values& v, const Values&) { return v.front(); }, true},
    {"last", nullptr, [](const Values& v, const Values&) { return v.back(); }, true},
    {"min", nullptr, [](const Values& v, const Values&) { return *std::min_element(v.begin(), v.end()); }, true},
    {"max", nullptr, [](const Values& v, const Values&) { return *std::max_element(v.begin(), v.end()); }, true},
    {"mean", nullptr, mean_over_time, true, true},
}};

Names function_names() {
  Names names;
  for (const ExpressionFunction& function : functions) names.emplace_back(function.name);
  return names;
}

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  std::vector<Step> all() {
    sum();
    if (next() != '\0') fail("not understood");
    return std::move(steps_);
  }

 private:
  static constexpr int deepest = 200;  ///< parentheses and signs inside each other, so that the stack holds them

  [[noreturn]] void fail(const std::string& reason) const { fail_at(text_, at_ + 1, reason); }

  char next() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char wanted) {
    if (next() != wanted) return false;
    ++at_;
    return true;
  }
  void put(Kind kind, std::size_t at) { steps_.emplace_back(Step{kind, at, {}, {}, nullptr}); }

  void sum() {
    if (++depth_ > deepest) fail("too many parentheses or signs inside each other");
    product();
    for (next();; next()) {
      const std::size_t at = at_ + 1;
      const bool adds = take('+');
      if (!adds && !take('-')) break;
      product();
      put(adds ? Kind::add : Kind::subtract, at);
    }
    --depth_;
  }

  void product() {
    signed_factor();
    for (next();; next()) {
      const std::size_t at = at_ + 1;
      const bool multiplies = take('*');
      if (!multiplies && !take('/')) break;
      signed_factor();
      put(multiplies ? Kind::multiply : Kind::divide, at);
    }
  }

  /// -a^b is -(a^b), and a^-b is a^(-b).
  void signed_factor() {
    if (++depth_ > deepest) fail("too many parentheses or signs inside each other");
    const std::size_t at = at_ + 1;
    if (take('-')) {
      signed_factor();
      put(Kind::negate, at);
    } else {
      operand();
      next();
      const std::size_t power = at_ + 1;
      if (take('^')) {
        signed_factor();
        put(Kind::power, power);
      }
    }
    --depth_;
  }

  void operand() {
    const char c = next();
    if (take('(')) {
      sum();
      if (!take(')')) fail("a parenthesis is not closed");
    } else if (std::isdigit(static_cast<unsigned char>(c)) || c == '.') {
      number();
    } else {
      named();
    }
  }

  void number() {
    put(Kind::number, at_ + 1);
    double value = 0.0;
    const char* begin = text_.data() + at_;
    const auto [end, status] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (status != std::errc{}) fail("not a number");
    at_ += static_cast<std::size_t>(end - begin);
    steps_.back().number.values = {value};
    if (!take('[')) return;
    const std::size_t close = text_.find(']', at_);
    if (close == std::string::npos) fail("a bracket is not closed");
    const std::string unit = text_.substr(at_, close - at_);
    try {
      steps_.back().number = {{is_dimensionless(unit) ? to_si(value, unit) : value},
                              is_dimensionless(unit) ? "1" : unit};
    } catch (const CaseError& error) {
      fail(error.what());
    }
    at_ = close + 1;
  }

  void named() {
    const std::size_t at = at_ + 1;
    const std::string name = take('\'') ? quoted() : word();
    if (name.empty()) fail("a number or a name is missing");
    if (take('(')) {
      call(name, at);
    } else if (name == "pi") {
      put(Kind::number, at);
      steps_.back().number.values = {std::numbers::pi};
    } else {
      put(Kind::name, at);
      steps_.back().name = name;
    }
  }

  void call(const std::string& name, std::size_t at) {
    const auto found = std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.name == name; });
    if (found == functions.end())
      fail_at(text_, at,
              "no function is called " + in_quotes(name) + did_you_mean(name, function_names()) +
                  " (functions: " + list_names(function_names()) + ")");
    sum();
    if (!take(')')) fail("a parenthesis is not closed");
    put(Kind::function, at);
    steps_.back().function = &*found;
  }

  std::string word() {
    const std::size_t begin = at_;
    const auto belongs = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string quoted() {
    const std::size_t close = text_.find('\'', at_);
    if (close == std::string::npos) fail("a quote is not closed");
    const std::string name = text_.substr(at_, close - at_);
    at_ = close + 1;
    return name;
  }

  const std::string& text_;
  std::vector<Step> steps_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::vector<ExpressionStep> parse_expression(const std::string& text) { return Parser(text).all(); }

void fail_at(const std::string& text, std::size_t at, const std::string& reason) {
  throw CaseError(in_quotes(text) + ", character " + std::to_string(at) + ": " + reason);
}

}  // namespace tautband
