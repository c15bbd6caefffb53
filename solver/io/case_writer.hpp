// The resolved case: what a run was, with every default filled in.
#pragma once

#include "spec/case.hpp"

#include <string>

namespace tautband {

/// The case as TOML that read_case reads back to an equal case, to the last bit.
std::string write_case(const spec::Case& values);

}  // namespace tautband
