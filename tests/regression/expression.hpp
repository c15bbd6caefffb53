// Arithmetic on named numbers: "(near - far) / (peak - far)".
#pragma once

#include <map>
#include <string>

namespace tautband::regression {

/// The value of an expression of names, numbers, + - * / and parentheses. Throws std::invalid_argument that shows the
/// place of a mistake or the unknown name.
double evaluate(const std::string& expression, const std::map<std::string, double>& values);

}  // namespace tautband::regression
