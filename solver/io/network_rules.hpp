// Rules on what a case says about its reflex network, beyond those on single keys.
#pragma once

#include "spec/case.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tautband {

struct NetworkFault {
  std::string key;  ///< path, such as "activation.model"
  std::string message;
};

/// What does not fit together; `given` tells whether the case has a key.
std::vector<NetworkFault> network_faults(const spec::Case& values,
                                         const std::function<bool(const std::string&)>& given);

}  // namespace tautband
