#include "io/section_reader.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "laws/registry.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

using spec::About;
using Kind = TomlValue::Kind;

std::string range_text(const About& about) {
  const std::string unit = about.unit == "1" ? "" : " " + std::string(about.unit);
  const bool below = std::isfinite(about.lowest), above = std::isfinite(about.highest);
  if (below && above) return format_number(about.lowest) + " .. " + format_number(about.highest) + unit;
  if (below) return "at least " + format_number(about.lowest) + unit;
  if (above) return "at most " + format_number(about.highest) + unit;
  return {};
}

SectionReader::SectionReader(const TomlValue& table, std::string path, std::string label, CaseReading& reading)
    : table_(table), path_(std::move(path)), label_(std::move(label)), reading_(reading) {
  reading_.places[path_] = table_.place;
}

const TomlValue* SectionReader::take(std::string_view key, const About& about) {
  keys_.emplace_back(key);
  const bool unjudged = kind_unknown_ && !about.when.empty();
  const TomlEntry* entry = table_.find(key);
  if (!entry) {
    if (about.required && about.used && !unjudged) {
      problem(table_, label_ + " lacks the required key " + in_quotes(key));
      fail(key);
    }
    return nullptr;
  }
  reading_.places[path_ + "." + std::string(key)] = entry->value.place;
  if (unjudged) return nullptr;
  if (!about.used) {
    reading_.problems.add(entry->place, in_quotes(key) + " has no use here: only if " + std::string(about.when));
    return nullptr;
  }
  return &entry->value;
}

void SectionReader::finish() {
  for (const TomlEntry& entry : table_.entries)
    if (std::find(keys_.begin(), keys_.end(), entry.key) == keys_.end())
      reading_.problems.add(entry.place,
                            "unknown key " + in_quotes(entry.key) + " in " + label_ + did_you_mean(entry.key, keys_));
}

bool SectionReader::problem(const TomlValue& value, const std::string& message) {
  reading_.problems.add(value.place, message);
  return false;
}

bool SectionReader::wrong_kind(const TomlValue& value, std::string_view key, std::string_view wanted) {
  return problem(
      value, in_quotes(key) + " is " + std::string(kind_name(value.kind)) + " but has to be " + std::string(wanted));
}

bool SectionReader::read(const TomlValue& value, std::string_view key, double& member, const About& about) {
  const bool plain = value.kind == Kind::number || value.kind == Kind::integer;
  double si = value.number;
  if (value.kind == Kind::text) {
    try {
      si = parse_quantity(value.text, about.unit);
    } catch (const CaseError& error) {
      return problem(value, in_quotes(key) + ": " + error.what());
    }
  } else if (!plain) {
    const bool pure = about.unit == "1";
    return wrong_kind(value, key,
                      pure ? "a number" : "a string with a unit, such as \"1 " + std::string(about.unit) + "\"");
  } else if (!is_dimensionless(about.unit)) {
    return problem(value, in_quotes(key) + " lacks its unit; write \"" + format_number(si) + " " +
                              std::string(about.unit) + "\" or the like");
  }
  if (std::isnan(si) || (std::isinf(si) && !about.may_be_infinite))
    return problem(value, in_quotes(key) + " has to be a finite number");
  if (si < to_si(about.lowest, about.unit) || si > to_si(about.highest, about.unit))
    return problem(value,
                   in_quotes(key) + " = " + format_quantity(si, about.unit) + " is out of range: " + range_text(about));
  member = si;
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, int& member, const About& about) {
  if (value.kind != Kind::integer) return wrong_kind(value, key, "a whole number");
  const auto number = static_cast<double>(value.integer);
  if (number < about.lowest || number > about.highest)
    return problem(value,
                   in_quotes(key) + " = " + std::to_string(value.integer) + " is out of range: " + range_text(about));
  member = static_cast<int>(value.integer);
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, std::uint64_t& member, const About&) {
  if (value.kind != Kind::integer) return wrong_kind(value, key, "a whole number");
  if (value.integer < 0) return problem(value, in_quotes(key) + " must not be negative");
  member = static_cast<std::uint64_t>(value.integer);
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, bool& member, const About&) {
  if (value.kind != Kind::boolean) return wrong_kind(value, key, "true or false");
  member = value.boolean;
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, std::string& member, const About& about) {
  if (value.kind != Kind::text) return wrong_kind(value, key, "a string");
  if (about.required && value.text.empty()) return problem(value, in_quotes(key) + " must not be empty");
  if (about.names_curve && !value.text.empty()) reading_.curves_named.emplace(value.text, value.place);
  member = value.text;
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, spec::AnyQuantity& member, const About&) {
  const bool plain = value.kind == Kind::number || value.kind == Kind::integer;
  if (!plain && value.kind != Kind::text) return wrong_kind(value, key, "a number or a string with a unit");
  member.text = plain ? format_number(value.number) : value.text;
  return true;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, std::array<double, 3>& member,
                         const About& about) {
  if (value.kind != Kind::array) return wrong_kind(value, key, "an array of 3 values");
  if (value.items.size() != member.size())
    return problem(value, in_quotes(key) + " has " + std::to_string(value.items.size()) + " values but needs 3");
  bool good = true;
  for (std::size_t i = 0; i < member.size(); ++i) good = read(value.items[i], key, member[i], about) && good;
  return good;
}

bool SectionReader::read(const TomlValue& value, std::string_view key, spec::Field& member, const About& about) {
  member.array.clear();
  member.curve.clear();
  if (value.kind == Kind::table) return read_field_table(value, key, member, about);
  return read(value, key, member.constant, about);
}

bool SectionReader::read_field_table(const TomlValue& value, std::string_view key, spec::Field& member,
                                     const About& about) {
  About constant = about;
  constant.required = false;
  constant.when = {};
  const bool has_array = value.find("array") != nullptr;
  const bool has_value = value.find("value") != nullptr;
  if (has_array == has_value)
    return problem(value,
                   in_quotes(key) + " needs either value = ... or array = ..." + (has_array ? ", not both" : ""));
  SectionReader inner(value, path_ + "." + std::string(key), in_quotes(key), reading_);
  if (has_array) member.constant = 1.0;
  inner("value", member.constant, constant);
  inner("array", member.array, {.required = has_array});
  inner("scale", member.constant, {.used = has_array, .when = "array is given"});
  inner("curve", member.curve, {.names_curve = true});
  inner.finish();
  return true;
}

bool SectionReader::read_choice(const TomlValue& value, std::string_view key, const Names& allowed, std::string& name) {
  if (value.kind == Kind::text && std::find(allowed.begin(), allowed.end(), value.text) != allowed.end()) {
    name = value.text;
    return true;
  }
  kind_unknown_ = true;
  if (value.kind != Kind::text) return wrong_kind(value, key, "one of " + list_names(allowed));
  return problem(value, in_quotes(key) + " = " + in_quotes(value.text) + " is not one of " + list_names(allowed) +
                            did_you_mean(value.text, allowed));
}

void SectionReader::parameters(std::string_view key, const std::string& law, std::map<std::string, spec::Field>& member,
                               const About& about) {
  const TomlValue* given = take(key, about);
  const LawInfo* info = find_law(law);
  if (!info) {
    Names names;
    for (const LawInfo& known : law_table) names.emplace_back(known.name);
    const TomlEntry* entry = table_.find("law");
    if (entry && entry->value.kind == Kind::text && !law.empty())
      problem(entry->value,
              "unknown law " + in_quotes(law) + did_you_mean(law, names) + " (laws: " + list_names(names) + ")");
    fail("law");
    return;
  }
  TomlValue none;
  none.place = table_.place;
  if (given && given->kind != Kind::table) {
    wrong_kind(*given, key, "a table");
    given = nullptr;
  }
  SectionReader inner(given ? *given : none, path_ + "." + std::string(key), "the parameters of " + law, reading_);
  for (const ParameterInfo& row : info->parameters) {
    spec::Field& field = member[std::string(row.name)];
    field = {to_si(row.default_value, row.unit), "", ""};
    inner(row.name, field, {.unit = row.unit, .lowest = row.lowest, .highest = row.highest, .required = row.required});
  }
  inner.finish();
}

}  // namespace tautband
