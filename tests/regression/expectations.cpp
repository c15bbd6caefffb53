#include "regression/expectations.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/toml_document.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tautband::regression {
namespace {

using Kind = TomlValue::Kind;

[[noreturn]] void refuse(const TomlEntry& entry, const std::string& reason) {
  throw CaseError("line " + std::to_string(entry.place.line) + ": \"" + entry.key + "\" " + reason);
}

/// A plain number, or a quantity in SI.
double number_of(const TomlEntry& entry, const TomlValue& value) {
  if (value.kind == Kind::number || value.kind == Kind::integer) return value.number;
  if (value.kind != Kind::text) refuse(entry, "is no number");
  char* unit = nullptr;
  const double number = std::strtod(value.text.c_str(), &unit);
  while (*unit == ' ') ++unit;
  return to_si(number, unit);
}

double number_of(const TomlEntry& entry) { return number_of(entry, entry.value); }

std::string text_of(const TomlEntry& entry) {
  if (entry.value.kind != Kind::text) refuse(entry, "is no string");
  return entry.value.text;
}

std::vector<std::string> texts_of(const TomlEntry& entry) {
  std::vector<std::string> texts;
  for (const TomlValue& item : entry.value.items) texts.push_back(item.text);
  return texts;
}

Take take_of(const TomlEntry& entry) {
  static const std::pair<const char*, Take> known[] = {{"first", Take::first},
                                                       {"last", Take::last},
                                                       {"max", Take::max},
                                                       {"min", Take::min},
                                                       {"at", Take::at},
                                                       {"rises_above", Take::rises_above},
                                                       {"count_rises", Take::count_rises}};
  for (const auto& [name, take] : known)
    if (text_of(entry) == name) return take;
  refuse(entry, "is unknown: " + text_of(entry));
}

Reading reading_of(const TomlEntry& given) {
  Reading reading;
  reading.name = given.key;
  for (const TomlEntry& entry : given.value.entries) {
    const std::string& key = entry.key;
    if (key == "history")
      reading.history = text_of(entry);
    else if (key == "bands")
      reading.bands = text_of(entry);
    else if (key == "field")
      reading.field = text_of(entry);
    else if (key == "take")
      reading.take = take_of(entry);
    else if (key == "time")
      reading.time = number_of(entry);
    else if (key == "level")
      reading.level = number_of(entry);
    else if (key == "from")
      reading.from = number_of(entry);
    else if (key == "until")
      reading.until = number_of(entry);
    else if (key == "point" && entry.value.items.size() == 3)
      for (int c = 0; c < 3; ++c) reading.point[c] = number_of(entry, entry.value.items[c]);
    else
      refuse(entry, "means nothing in a reading");
  }
  return reading;
}

Check check_of(const TomlValue& given) {
  constexpr double unset = std::numeric_limits<double>::quiet_NaN();
  Check check;
  double expected = unset, tolerance = unset;
  for (const TomlEntry& entry : given.entries) {
    const std::string& key = entry.key;
    if (key == "what")
      check.what = text_of(entry);
    else if (key == "value")
      check.value = text_of(entry);
    else if (key == "source")
      check.source = text_of(entry);
    else if (key == "expected")
      expected = number_of(entry);
    else if (key == "tolerance")
      tolerance = number_of(entry);
    else if (key == "at_least")
      check.at_least = number_of(entry);
    else if (key == "at_most")
      check.at_most = number_of(entry);
    else
      refuse(entry, "means nothing in a check");
  }
  if (!std::isnan(expected)) check.at_least = expected - tolerance, check.at_most = expected + tolerance;
  const bool bounded = std::isfinite(check.at_least) || std::isfinite(check.at_most);
  if (check.what.empty() || check.source.empty() || !bounded || std::isnan(check.at_most))
    throw CaseError("line " + std::to_string(given.place.line) + ": a check needs what, source, and what is expected");
  return check;
}

void read_small(const TomlValue& given, Expectations& all) {
  for (const TomlEntry& entry : given.entries) {
    if (entry.key == "mesh")
      all.mesh_options = texts_of(entry);
    else if (entry.key == "set")
      all.settings = texts_of(entry);
    else
      refuse(entry, "means nothing in [small]");
  }
}

}  // namespace

bool Expectations::needs_bands() const {
  return std::any_of(readings.begin(), readings.end(), [](const Reading& reading) { return !reading.bands.empty(); });
}

Expectations read_expectations(const std::string& path) {
  Expectations all;
  const TomlValue document = parse_toml(read_text_file(path), path);
  for (const TomlEntry& section : document.entries) {
    if (section.key == "small")
      read_small(section.value, all);
    else if (section.key == "reading")
      for (const TomlEntry& entry : section.value.entries) all.readings.push_back(reading_of(entry));
    else if (section.key == "check")
      for (const TomlValue& item : section.value.items) all.checks.push_back(check_of(item));
    else
      refuse(section, "is no section of expected.toml");
  }
  return all;
}

}  // namespace tautband::regression
