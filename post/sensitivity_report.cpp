#include "post/sensitivity_report.hpp"

#include "post/axis_ticks.hpp"
#include "post/json_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

const char* method_key(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::sobol_indices:
      return "sobol_indices";
    case SensitivityMethod::elementary_effects:
      return "elementary_effects";
    case SensitivityMethod::rank_regression:
      return "rank_regression";
  }
  return "";
}

const char* method_words(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::sobol_indices:
      return "Sobol' indices: parts of the output's variance";
    case SensitivityMethod::elementary_effects:
      return "Elementary effects (Morris): change of the output per whole range of a parameter";
    case SensitivityMethod::rank_regression:
      return "Standardised rank regression coefficients; not based on variance: they see monotonic influence only";
  }
  return "";
}

void add(JsonWriter& json, const std::string& key, const Estimate& estimate) {
  json.open(key);
  json.number("value", estimate.value);
  json.number("low", estimate.low);
  json.number("high", estimate.high);
  json.close();
}

void add(JsonWriter& json, const OutputSensitivity& output, const SweepTable& table) {
  json.open(table.outputs[output.output].name);
  json.string("unit", table.outputs[output.output].unit);
  json.integer("samples_used", static_cast<long long>(output.used));
  json.integer("samples_dropped", static_cast<long long>(output.dropped));
  json.truth("constant", output.constant);
  json.number("mean", output.mean);
  json.number("standard_deviation", output.deviation);
  if (output.explained) json.number("r_squared", *output.explained);
  for (const Measure& measure : output.measures) {
    json.open(measure.key);
    for (size_t i = 0; i < measure.of.size(); ++i) add(json, table.parameters[i].name, measure.of[i]);
    json.close();
  }
  for (size_t i = 0; i < output.interactions.size(); ++i) {
    const Interaction& each = output.interactions[i];
    if (i == 0) json.open("second_order");
    if (each.other == each.one + 1) json.open(table.parameters[each.one].name);
    add(json, table.parameters[each.other].name, each.estimate);
    if (each.other + 1 == table.parameters.size()) json.close();
    if (i + 1 == output.interactions.size()) json.close();
  }
  json.close();
}

/// What is round-off beside the largest value is 0.
std::string cell(const Estimate& estimate, double largest) {
  const auto text = [&](double value) { return number_text(std::abs(value) < 1e-9 * largest ? 0.0 : value, 3); };
  return fmt::format("{} [{}, {}]", text(estimate.value), text(estimate.low), text(estimate.high));
}

double largest_value(const OutputSensitivity& output) {
  double largest = 0.0;
  for (const Measure& measure : output.measures)
    for (const Estimate& estimate : measure.of) largest = std::max(largest, std::abs(estimate.value));
  return largest;
}

/// Of all names of parameters, and of pairs where there are interactions.
size_t name_width(const OutputSensitivity& output, const SweepTable& table) {
  size_t width = 0;
  for (const SweepParameter& parameter : table.parameters) width = std::max(width, parameter.name.size());
  return output.interactions.empty() ? width : 2 * width + 3;
}

/// A line of a table: a name, then cells.
std::string line(const std::string& name, size_t name_width, const std::vector<std::string>& cells) {
  constexpr size_t column = 32;
  std::string text = fmt::format("  {:{}}", name, name_width);
  for (const std::string& each : cells) text += fmt::format("  {:{}}", each, column);
  return text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
}

std::string measures_text(const OutputSensitivity& output, const SweepTable& table) {
  const size_t names = name_width(output, table);
  const double largest = largest_value(output);
  std::vector<std::string> cells;
  for (const Measure& measure : output.measures) cells.push_back(measure.label);
  std::string text = line("", names, cells);
  for (size_t i = 0; i < table.parameters.size(); ++i) {
    for (size_t m = 0; m < cells.size(); ++m) cells[m] = cell(output.measures[m].of[i], largest);
    text += line(table.parameters[i].name, names, cells);
  }
  if (!output.interactions.empty()) text += line("", names, {"second order"});
  for (const Interaction& each : output.interactions)
    text += line(table.parameters[each.one].name + " x " + table.parameters[each.other].name, names,
                 {cell(each.estimate, largest)});
  return text;
}

}  // namespace

std::string sensitivity_json(const Sensitivity& sensitivity, const SweepTable& table, const Bootstrap& bootstrap) {
  JsonWriter json;
  json.string("table", table.file);
  json.string("design", table.design);
  json.string("method", method_key(sensitivity.method));
  json.string("samples_are", sensitivity.samples);
  json.integer("resamples", static_cast<long long>(bootstrap.resamples));
  json.number("confidence", bootstrap.confidence);
  json.integer("seed", static_cast<long long>(bootstrap.seed));
  json.open("outputs");
  for (const OutputSensitivity& output : sensitivity.outputs) add(json, output, table);
  return json.finish();
}

std::string sensitivity_text(const Sensitivity& sensitivity, const SweepTable& table, const Bootstrap& bootstrap) {
  std::string text = fmt::format("{}\n[{} % intervals from {} resamples]\n", method_words(sensitivity.method),
                                 number_text(100.0 * bootstrap.confidence), bootstrap.resamples);
  for (const OutputSensitivity& output : sensitivity.outputs) {
    const SweepOutput& what = table.outputs[output.output];
    text += fmt::format("\n{}: {} {}", label_with_unit(what.name, what.unit), output.used, sensitivity.samples);
    if (output.dropped > 0) text += fmt::format(", {} dropped for rows without a value", output.dropped);
    if (output.constant) {
      text += fmt::format("\n  constant: {} throughout\n", number_text(output.mean));
      continue;
    }
    text +=
        fmt::format("; mean {}, standard deviation {}", number_text(output.mean, 4), number_text(output.deviation, 4));
    if (output.explained) text += fmt::format("; R^2 of the ranks {}", number_text(*output.explained, 3));
    text += "\n" + measures_text(output, table);
  }
  return text;
}

}  // namespace tautband::post
