// What [map] and its two [[axis]] have to satisfy.
#pragma once

#include "spec/case.hpp"

#include <string>
#include <vector>

namespace tautband {

/// A broken rule.
struct Fault {
  std::vector<std::string> keys;  ///< the first is where it is reported; a fault of keys that could not be read is none
  std::string message;
};

std::vector<Fault> map_faults(const spec::Case& values);

}  // namespace tautband
