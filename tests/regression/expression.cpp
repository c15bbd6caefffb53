#include "regression/expression.hpp"

#include <cctype>
#include <cstdlib>
#include <stdexcept>

namespace tautband::regression {
namespace {

class Parser {
 public:
  Parser(const std::string& text, const std::map<std::string, double>& values) : text_(text), values_(values) {}

  double all() {
    const double value = sum();
    if (next() != '\0') fail("not understood");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& reason) const {
    throw std::invalid_argument("\"" + text_ + "\", character " + std::to_string(at_ + 1) + ": " + reason);
  }

  char next() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(char wanted) {
    if (next() != wanted) return false;
    ++at_;
    return true;
  }

  double sum() {
    double value = product();
    for (;;) {
      if (take('+'))
        value += product();
      else if (take('-'))
        value -= product();
      else
        return value;
    }
  }

  double product() {
    double value = factor();
    for (;;) {
      if (take('*'))
        value *= factor();
      else if (take('/'))
        value /= factor();
      else
        return value;
    }
  }

  double factor() {
    if (take('-')) return -factor();
    if (take('(')) {
      const double value = sum();
      if (!take(')')) fail("a parenthesis is not closed");
      return value;
    }
    return std::isdigit(static_cast<unsigned char>(next())) ? number() : named();
  }

  double number() {
    char* end = nullptr;
    const double value = std::strtod(text_.c_str() + at_, &end);
    at_ = end - text_.c_str();
    return value;
  }

  double named() {
    std::string name;
    for (; at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'); ++at_)
      name += text_[at_];
    const auto found = values_.find(name);
    if (found == values_.end()) fail("there is no reading \"" + name + "\"");
    return found->second;
  }

  const std::string& text_;
  const std::map<std::string, double>& values_;
  std::size_t at_ = 0;
};

}  // namespace

double evaluate(const std::string& expression, const std::map<std::string, double>& values) {
  return Parser(expression, values).all();
}

}  // namespace tautband::regression
