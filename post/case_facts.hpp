// What post-processing needs to know of the case that made a result.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tautband::post {

/// A number with a unit as users write it: "5 kPa", "1060 kg/m^3", "0.5 mm"; a bare number is SI. Returns SI.
/// Throws CommandError for an unknown unit or text that is no number.
double parse_quantity(const std::string& text);

/// Time during which spindles misfire, s.
struct Misfire {
  double start, end;
};

struct CaseFacts {
  std::string title;
  std::optional<double> ground_shear;  ///< mu of the muscle region's law, Pa
  double density = 1060.0;             ///< kg/m^3 of the muscle region
  double prestretch = 1.0;             ///< fibre stretch at rest in situ
  std::vector<Misfire> misfires;
  std::string muscle;      ///< whose pain is referred; empty = none is
  bool left_side = false;  ///< of the body
};

/// Reads the TOML text of a resolved case; text that is empty or holds none of these keys gives the defaults.
/// Throws FileError when the text is not TOML.
CaseFacts read_case_facts(const std::string& toml_text, const std::string& muscle_region);

}  // namespace tautband::post
