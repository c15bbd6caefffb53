#include "post/case_facts.hpp"

#include "post/errors.hpp"

#include <toml++/toml.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace tautband::post {
namespace {

struct Unit {
  std::string_view name;
  double factor;  // to SI
};
// The last three are how the solver writes SI values that no shorter text gives exactly.
constexpr Unit units[] = {{"", 1.0},       {"Pa", 1.0},    {"kPa", 1e3},    {"MPa", 1e6},    {"m", 1.0},
                          {"mm", 1e-3},    {"um", 1e-6},   {"s", 1.0},      {"ms", 1e-3},    {"min", 60.0},
                          {"h", 3600.0},   {"d", 86400.0}, {"kg/m^3", 1.0}, {"g/cm^3", 1e3}, {"m-1.kg.s-2", 1.0},
                          {"m-3.kg", 1.0}, {"1", 1.0}};

/// The value of a key written as a number (SI), a text with unit, or a table with the key `value` or `constant`.
std::optional<double> quantity(toml::node_view<const toml::node> node) {
  if (const auto number = node.value<double>()) return number;
  if (const auto text = node.value<std::string>())
    return text->starts_with("inf") ? std::numeric_limits<double>::infinity() : parse_quantity(*text);
  if (node["value"]) return quantity(node["value"]);
  if (node["constant"]) return quantity(node["constant"]);
  return std::nullopt;
}

void read_muscle(const toml::table& region, CaseFacts& facts) {
  const toml::node_view<const toml::node> view(region);
  facts.ground_shear = quantity(view["parameters"]["mu"]);
  if (!facts.ground_shear) facts.ground_shear = quantity(view["mu"]);
  facts.density = quantity(view["density"]).value_or(facts.density);
}

void read_misfire(const toml::table& misfire, CaseFacts& facts) {
  const toml::node_view<const toml::node> view(misfire);
  if (quantity(view["gain"]).value_or(1.0) == 0.0) return;
  facts.misfires.push_back(
      {quantity(view["start"]).value_or(0.0), quantity(view["end"]).value_or(std::numeric_limits<double>::infinity())});
}

}  // namespace

double parse_quantity(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(number)) throw CommandError("'" + text + "' does not begin with a number");
  std::string unit(end);
  unit.erase(0, unit.find_first_not_of(' '));
  std::string known;
  for (const auto& [name, factor] : units) {
    if (unit == name) return number * factor;
    if (!name.empty()) known += (known.empty() ? "" : ", ") + std::string(name);
  }
  throw CommandError("'" + text + "': unknown unit '" + unit + "'; known are " + known);
}

CaseFacts read_case_facts(const std::string& toml_text, const std::string& muscle_region) {
  CaseFacts facts;
  try {
    const toml::table root = toml::parse(toml_text);
    facts.title = root["case"]["title"].value_or(std::string());
    facts.muscle = root["pain"]["muscle"].value_or(std::string());
    facts.left_side = root["pain"]["side"].value_or(std::string()) == "left";
    facts.prestretch = quantity(root["prestretch"]["stretch"]).value_or(1.0);
    if (const toml::array* regions = root["region"].as_array())
      for (const toml::node& node : *regions)
        if (const toml::table* region = node.as_table(); region && (*region)["name"].value_or("") == muscle_region)
          read_muscle(*region, facts);
    if (const toml::array* misfires = root["misfire"].as_array())
      for (const toml::node& node : *misfires)
        if (const toml::table* misfire = node.as_table()) read_misfire(*misfire, facts);
  } catch (const toml::parse_error& error) {
    throw FileError("resolved case of the result, line " + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()));
  }
  return facts;
}

}  // namespace tautband::post
