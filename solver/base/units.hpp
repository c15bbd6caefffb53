// Quantities with units, by the udunits2 database: "300 kPa" -> 3e5. Coherent SI inside, any unit outside.
#pragma once

#include <string>
#include <string_view>

namespace tautband {

/// The coherent SI value of `text`, a number and a unit such as "300 kPa" or "-2.5e-3 m/s", which must have the
/// dimension of `unit`. A plain number is accepted where `unit` is dimensionless. "inf s" is a quantity, "nan" is not.
/// Throws CaseError that says what is wrong and shows an example in `unit`.
double parse_quantity(std::string_view text, std::string_view unit);

/// `value`, given in `unit`, in coherent SI. Throws CaseError when `unit` is no unit.
double to_si(double value, std::string_view unit);

/// `value`, given in coherent SI, in `unit`. Throws CaseError when `unit` is no unit.
double from_si(double value, std::string_view unit);

/// True for "1", "%", "rad" and the like. Throws CaseError when `unit` is no unit.
bool is_dimensionless(std::string_view unit);

/// True when quantities of the two units can be compared. Throws CaseError when one of them is no unit.
bool same_dimension(std::string_view a, std::string_view b);

/// The coherent SI unit of the dimension of `unit`, spelled in base units: "kPa" -> "m-1.kg.s-2".
std::string si_unit(std::string_view unit);

/// Shortest text of a number that reads back as the same double: "0.1", "5000", "1e-09", "inf".
std::string format_number(double value);

/// A coherent SI value as text that parse_quantity reads back as the same double: in `unit`, or in base units where
/// no number in `unit` does that. Dimensionless "1" gives a plain number.
std::string format_quantity(double value, std::string_view unit);

}  // namespace tautband
