// What a shipped case must show: the file expected.toml beside it.
//   [small]              the small version that is run: options for tautband-mesh and --set of tautband
//   [reading.NAME]       a number read off the results
//     history = column; take = first | last | max | min | at | rises_above | count_rises; time, level, from, until
//     bands = key of bands.json, "last.knot.smallest_stretch"
//     field = point array; point = [x, y, z]: the nearest node; time: the nearest stored step
//   [[check]]            what, value = expression of readings; either expected +- tolerance, or at_least and at_most;
//                        source = where the numbers come from
// Numbers are in the unit of the reading: SI, or that in the name of a key of bands.json. Quantities such as "4 ms" are
// taken everywhere.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace tautband::regression {

enum class Take { first, last, max, min, at, rises_above, count_rises };

struct Reading {
  std::string name;
  std::string history, bands, field;  ///< one of them is given
  Take take = Take::last;
  double time = 0.0;
  double level = 0.0;  ///< of rises_above (time of the first rise, s) and count_rises
  double from = -std::numeric_limits<double>::infinity(), until = std::numeric_limits<double>::infinity();
  std::array<double, 3> point{};
};

struct Check {
  std::string what, value, source;
  double at_least = -std::numeric_limits<double>::infinity(), at_most = std::numeric_limits<double>::infinity();
};

struct Expectations {
  std::vector<std::string> mesh_options, settings;  ///< of the small version
  std::vector<Reading> readings;
  std::vector<Check> checks;

  bool needs_bands() const;
};

/// Throws an Error for a file that cannot be read or has keys that mean nothing.
Expectations read_expectations(const std::string& path);

}  // namespace tautband::regression
