// Quantities as they are typed on the command line.
#pragma once

#include <string>
#include <vector>

namespace tautband::meshing {

/// A length in m that is greater than 0, from "60 mm". Throws CaseError that begins with `option`.
double positive_length(const std::string& option, const std::string& text);

/// Lengths in m from "48,44 mm" or "4.8 cm, 44 mm": a number without unit takes the unit of the last one.
/// Throws CaseError that begins with `option`, also when there are not `count`.
std::vector<double> lengths(const std::string& option, const std::string& text, std::size_t count);

/// Plain numbers from "1,0,0". Throws CaseError that begins with `option`.
std::vector<double> numbers(const std::string& option, const std::string& text, std::size_t count);

}  // namespace tautband::meshing
