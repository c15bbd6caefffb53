// Numbers read off the files of a run.
#pragma once

#include "regression/expectations.hpp"

#include <map>

namespace tautband::regression {

/// history.csv by column.
using Columns = std::map<std::string, std::vector<double>>;

Columns read_history(const std::string& path);

/// The numbers of a JSON file by their path, "last.knot.length_mm"; true is 1, false 0; arrays and strings are left
/// out.
std::map<std::string, double> read_json_numbers(const std::string& path);

/// `reading` from the results in a directory. Throws std::out_of_range that names what is not there.
double read_off(const Reading& reading, const std::string& directory);

}  // namespace tautband::regression
