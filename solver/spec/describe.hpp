// How a section of the case describes its members: one function per struct, `describe(self, visit)`, which parsing,
// checking, explaining and writing back all share. Members are SI; `unit` is what the user sees.
//   visit(key, member, About)                                a value
//   visit.parameters(key, law, member, About)                a table whose keys are the parameters of a law
// The sections of a case are listed the same way by `describe_sections(case, visit)`:
//   visit.section(name, struct, SectionAbout)                [name]
//   visit.list(name, vector of structs, SectionAbout)        [[name]]
//   visit.named(name, map of structs, SectionAbout)          [name.NAME]
#pragma once

#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace tautband::spec {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// What is told about one member.
struct About {
  std::string_view unit = "1";      ///< unit of range and default as printed; "1" = plain number
  std::string_view unit_note = {};  ///< told beside the unit, where it depends on another key
  double lowest = -infinity;        ///< in `unit`, inclusive
  double highest = infinity;
  bool may_be_infinite = false;  ///< "inf" is a value; otherwise numbers are finite
  std::string_view meaning = {};
  std::string_view source = "choice";  ///< "choice" of the user, "numerical", "calibrated[: why]", or the paper
  bool required = false;               ///< a case has to give it
  std::string_view default_text = {};  ///< the default in words, where it is no constant
  bool used = true;                    ///< the other members, as they are, leave a use for it
  std::string_view when = {};          ///< the condition of `used` in words
  bool names_curve = false;            ///< the value is the name of a [curve.NAME]
};

/// What is told about one section.
struct SectionAbout {
  std::string_view meaning = {};
  bool required = false;
  bool used = true;  ///< the rest of the case leaves a use for it; otherwise it is not written back
};

/// One string a case may use for an enum.
template <class Enum> struct EnumEntry {
  std::string_view name;
  Enum value;
};

/// The strings a case may use for an enum: specialised as an array of EnumEntry beside every enum of the spec.
template <class Enum> inline constexpr int enum_table = 0;

/// T is S or const S: lets one `describe` serve reading and writing.
template <class T, class S>
concept Of = std::same_as<std::remove_const_t<T>, S>;

/// Something spatial: a constant, or a named cell/point array of the mesh file, times a time curve.
struct Field {
  double constant = 0.0;  ///< SI; with `array` set: factor applied to the array
  std::string array;      ///< name of a cell or point array of the mesh; empty = constant everywhere
  std::string curve;      ///< name of a [curve.NAME] multiplying it; empty = 1

  bool operator==(const Field&) const = default;
};

/// A quantity whose dimension only another key tells: a number, or a number and a unit, as written.
struct AnyQuantity {
  std::string text;

  bool operator==(const AnyQuantity&) const = default;
};

/// Where something was given: in the case file, or by an option of the command line.
struct Place {
  int line = 0;        ///< from 1; 0 = unknown
  int column = 0;      ///< from 1, in characters
  int width = 1;       ///< characters it spans in its line
  std::string option;  ///< the `--set` option it came from; empty = the file
};

}  // namespace tautband::spec
