// Rules on what a case says about its reflex network, beyond those on single keys.
#pragma once

#include "spec/case.hpp"

#include <string>
#include <vector>

namespace tautband {

struct NetworkFault {
  std::string key;  ///< path, such as "activation.model"
  std::string message;
};

/// What does not fit together. A number without a use is a fault unless it is the default, as in a resolved case.
std::vector<NetworkFault> network_faults(const spec::Case& values);

}  // namespace tautband
