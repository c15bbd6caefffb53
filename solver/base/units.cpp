#include "base/units.hpp"

#include "base/error.hpp"

#include <udunits2.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <system_error>

namespace tautband {
namespace {

struct FreeUnit {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using UnitPointer = std::unique_ptr<ut_unit, FreeUnit>;

/// si = (value + origin) * factor, or / factor where the divisor is the rounder number: 40 ms is 40 / 1000 s to the
/// last bit, which 40 * 0.001 is not.
struct Unit {
  double factor = 1.0, origin = 0.0;
  bool divide = false;
  UnitPointer base;  ///< coherent SI unit of the same dimension

  double to_si(double value) const { return divide ? (value + origin) / factor : (value + origin) * factor; }
  double from_si(double si) const { return (divide ? si * factor : si / factor) - origin; }
  bool dimensionless() const { return ut_is_dimensionless(base.get()) != 0; }
};

ut_system* unit_system() {
  static ut_system* const system = [] {
    ut_set_error_message_handler(ut_ignore);  // udunits prints to stderr by default; our errors carry the message
    ut_system* made = ut_read_xml(nullptr);
    if (!made)
      throw FileError("cannot read the udunits2 unit database: install libudunits2-data or set UDUNITS2_XML_PATH");
    const UnitPointer rate(ut_parse(made, "1/s", UT_UTF8));
    ut_map_name_to_unit("pps", UT_UTF8, rate.get());  // pulses per second, the field's unit of firing
    const UnitPointer degree(ut_parse(made, "arc_degree", UT_UTF8));
    ut_map_name_to_unit("deg", UT_UTF8, degree.get());
    return made;
  }();
  return system;
}

/// Takes scale and origin off a unit; udunits keeps every linear unit as scale and origin on a product of base units.
ut_status keep_base(const ut_unit* unit, void* out) {
  static_cast<Unit*>(out)->base.reset(ut_clone(unit));
  return UT_SUCCESS;
}
ut_status keep_product(const ut_unit* unit, int, const ut_unit* const*, const int*, void* out) {
  return keep_base(unit, out);
}
ut_status keep_scaled(const ut_unit*, double scale, const ut_unit* underlying, double origin, void* out) {
  auto* unit = static_cast<Unit*>(out);
  const double inverse = std::round(1.0 / scale);
  unit->divide = scale < 1.0 && std::abs(inverse * scale - 1.0) < 1e-14;
  unit->factor = unit->divide ? inverse : scale;
  unit->origin = origin;
  return keep_base(underlying, out);
}
ut_status refuse_timestamp(const ut_unit*, const ut_unit*, double, void*) { return UT_MEANINGLESS; }
ut_status refuse_logarithmic(const ut_unit*, double, const ut_unit*, void*) { return UT_MEANINGLESS; }

/// True for products of unit names and powers. udunits also knows shifts ("K @ 273") and numbers between names
/// ("mm 5"); in a case those are slips. Digits stand after a name or a sign of power, or in a leading "1".
bool looks_like_unit(std::string_view text) {
  constexpr std::size_t longest = 64;
  if (text.empty() || text.size() > longest) return false;
  if (text == "1") return true;
  for (std::size_t i = text.starts_with("1/") ? 2 : 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto before = static_cast<unsigned char>(i == 0 ? ' ' : text[i - 1]);
    const bool name = std::isalpha(c) || c >= 0x80 || c == '_' || c == '%' || c == '\'';
    const bool power = std::isdigit(c) && (std::isalnum(before) || before >= 0x80 || before == '^' || before == '-');
    if (!name && !power && std::string_view(" */.^-()").find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

/// Null when `text` names no unit.
const Unit* find_unit(std::string_view text) {
  static std::map<std::string, std::unique_ptr<Unit>, std::less<>> known;
  if (const auto found = known.find(text); found != known.end()) return found->second.get();
  if (!looks_like_unit(text)) return nullptr;
  const UnitPointer parsed(ut_parse(unit_system(), std::string(text).c_str(), UT_UTF8));
  if (!parsed) return nullptr;
  const ut_visitor visitor{keep_base, keep_product, keep_scaled, refuse_timestamp, refuse_logarithmic};
  auto unit = std::make_unique<Unit>();
  if (ut_accept_visitor(parsed.get(), &visitor, unit.get()) != UT_SUCCESS) return nullptr;
  return known.emplace(std::string(text), std::move(unit)).first->second.get();
}

const Unit& require_unit(std::string_view text) {
  if (const Unit* unit = find_unit(text)) return *unit;
  throw CaseError("\"" + std::string(text) + "\" is not a unit that udunits2 knows");
}

/// udunits also converts seconds to hertz (as reciprocals); a case must not.
bool same_dimension(const Unit& a, const Unit& b) {
  const UnitPointer ratio(ut_divide(a.base.get(), b.base.get()));
  return ratio && ut_is_dimensionless(ratio.get()) != 0;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string example(std::string_view unit) {
  return unit == "1" ? "a plain number such as 0.5" : "a number and a unit such as \"1 " + std::string(unit) + "\"";
}

/// Reads the number at the front of `text` and takes it off.
double take_number(std::string_view& text, std::string_view unit) {
  const std::string whole(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc::result_out_of_range)
    throw CaseError("\"" + whole + "\" is too large or too small for a number");
  if (status != std::errc{} || std::isnan(value))
    throw CaseError("\"" + whole + "\" does not begin with a number; write " + example(unit));
  text = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  return value;
}

}  // namespace

double parse_quantity(std::string_view text, std::string_view unit) {
  const Unit& wanted = require_unit(unit);
  std::string_view rest = trim(text);
  const double value = take_number(rest, unit);
  if (rest.empty()) {
    if (wanted.dimensionless()) return value;
    throw CaseError("\"" + std::string(text) + "\" has no unit; write " + example(unit));
  }
  const Unit* given = find_unit(rest);
  if (!given)
    throw CaseError("\"" + std::string(rest) + "\" in \"" + std::string(text) + "\" is not a unit; write " +
                    example(unit));
  if (!same_dimension(*given, wanted))
    throw CaseError("\"" + std::string(text) + "\" has the wrong dimension: \"" + std::string(rest) +
                    "\" cannot be converted to \"" + std::string(unit) + "\"");
  return given->to_si(value);
}

double to_si(double value, std::string_view unit) { return require_unit(unit).to_si(value); }

double from_si(double value, std::string_view unit) { return require_unit(unit).from_si(value); }

bool same_dimension(std::string_view a, std::string_view b) { return same_dimension(require_unit(a), require_unit(b)); }

bool is_dimensionless(std::string_view unit) { return require_unit(unit).dimensionless(); }

std::string si_unit(std::string_view unit) {
  constexpr std::size_t longest = 256;
  char text[longest];
  const int length = ut_format(require_unit(unit).base.get(), text, longest, UT_ASCII);
  return length < 0 ? std::string(unit) : std::string(text, static_cast<std::size_t>(length));
}

std::string format_number(double value) {
  constexpr std::size_t longest = 32;
  char text[longest];
  return {text, std::to_chars(text, text + longest, value).ptr};
}

std::string format_quantity(double value, std::string_view unit) {
  if (unit == "1") return format_number(value);
  const Unit& wanted = require_unit(unit);
  constexpr int most_digits = 17;
  constexpr std::size_t longest = 40;
  for (int digits = 6; digits <= most_digits; ++digits) {
    char text[longest];
    const auto end = std::to_chars(text, text + longest, wanted.from_si(value), std::chars_format::general, digits).ptr;
    double read = 0.0;
    std::from_chars(text, end, read);
    if (wanted.to_si(read) == value) return std::string(text, end) + " " + std::string(unit);
  }
  return format_number(value) + " " + si_unit(unit);
}

}  // namespace tautband
