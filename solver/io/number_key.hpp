// The numbers of a physiology by the names they have in a case: "motor_pool.tonic_drive".
#pragma once

#include "spec/physiology.hpp"

#include <string>
#include <string_view>

namespace tautband {

/// A number of a section, with what is told about it.
struct NumberKey {
  std::string name;         ///< "section.key"
  double* value = nullptr;  ///< SI, in the physiology it was found in
  spec::About about;
};

/// Throws CaseError when no section (but not a list such as [[misfire]]) has such a key, or it is not a number.
NumberKey find_number(spec::Physiology& physiology, std::string_view name);

/// The SI value of a text such as "20 pps" for that key. Throws CaseError when it has the wrong unit or leaves the
/// range.
double number_for(const NumberKey& key, std::string_view text);

}  // namespace tautband
