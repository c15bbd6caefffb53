#include "post/heat_map.hpp"

#include "post/axis_ticks.hpp"
#include "post/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

namespace tautband::post {
namespace {

std::vector<double> distinct_values(const SweepParameter& parameter, const std::vector<size_t>& rows) {
  std::vector<double> values;
  for (const size_t row : rows) values.push_back(parameter.values[row]);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::string list(const SweepTable& table, const std::vector<size_t>& parameters) {
  std::string names;
  for (const size_t i : parameters) names += (names.empty() ? "" : ", ") + table.parameters[i].name;
  return names;
}

/// Rows in which the parameter has the value, up to the digits a user types.
std::vector<size_t> rows_at(const SweepTable& table, const std::vector<size_t>& rows, const SweepParameter& parameter,
                            double value) {
  constexpr double typed = 1e-4;
  const std::vector<double> values = distinct_values(parameter, rows);
  const auto nearer = [&](double a, double b) { return std::abs(a - value) < std::abs(b - value); };
  const double nearest = *std::min_element(values.begin(), values.end(), nearer);
  if (std::abs(nearest - value) > typed * std::max(std::abs(nearest), std::abs(value)))
    throw CommandError(fmt::format("{}: no row has {} = {} {}; the nearest value is {}", table.file, parameter.name,
                                   number_text(value), parameter.unit, number_text(nearest)));
  std::vector<size_t> found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
               [&](size_t row) { return parameter.values[row] == nearest; });
  return found;
}

/// x and y as asked for, or the only two parameters that vary.
std::pair<size_t, size_t> choose_axes(const SweepTable& table, const PlaneRequest& request,
                                      const std::vector<size_t>& varying) {
  std::vector<size_t> rest;
  std::optional<size_t> x, y;
  if (!request.x.empty()) x = table.find_parameter(request.x);
  if (!request.y.empty()) y = table.find_parameter(request.y);
  for (const size_t i : varying)
    if (i != x && i != y) rest.push_back(i);
  const size_t asked = x.has_value() + y.has_value();
  if (asked < 2 && asked + rest.size() != 2)
    throw CommandError(fmt::format("{}: a heat map has two parameters, but {} {}; choose with --x NAME and --y NAME",
                                   table.file, list(table, varying), varying.size() == 1 ? "varies alone" : "vary"));
  if (x && y && *x == *y) throw CommandError("--x and --y name the same parameter, " + request.x);
  const size_t first = x.value_or(rest.empty() ? 0 : rest.front());
  return {first, y.value_or(rest.empty() ? 0 : rest.back())};
}

}  // namespace

Plane choose_plane(const SweepTable& table, const PlaneRequest& request) {
  std::vector<size_t> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), size_t{0});
  Plane plane{};
  for (const auto& [name, value] : request.at) {
    const SweepParameter& parameter = table.parameters[table.find_parameter(name)];
    rows = rows_at(table, rows, parameter, value);
    plane.held += fmt::format("{}{} = {}{}{}", plane.held.empty() ? "" : ",  ", name, number_text(value),
                              parameter.unit == "1" ? "" : " ", parameter.unit == "1" ? "" : parameter.unit);
  }
  std::vector<size_t> varying;
  for (size_t i = 0; i < table.parameters.size(); ++i)
    if (distinct_values(table.parameters[i], rows).size() > 1) varying.push_back(i);
  std::tie(plane.x, plane.y) = choose_axes(table, request, varying);
  for (const size_t i : varying)
    if (i != plane.x && i != plane.y) plane.averaged.push_back(i);
  plane.x_values = distinct_values(table.parameters[plane.x], rows);
  plane.y_values = distinct_values(table.parameters[plane.y], rows);
  plane.rows = std::move(rows);
  if (plane.x_values.size() * plane.y_values.size() > plane.rows.size())
    throw CommandError(
        fmt::format("{}: {} and {} have {} and {} values in {} rows, which is no grid; --parallel draws "
                    "such a sweep",
                    table.file, table.parameters[plane.x].name, table.parameters[plane.y].name, plane.x_values.size(),
                    plane.y_values.size(), plane.rows.size()));
  return plane;
}

std::vector<MapCell> heat_map(const SweepTable& table, const Plane& plane, const SweepOutput& output) {
  const auto index = [](const std::vector<double>& values, double value) {
    return static_cast<size_t>(std::lower_bound(values.begin(), values.end(), value) - values.begin());
  };
  std::vector<MapCell> cells(plane.x_values.size() * plane.y_values.size());
  for (const size_t row : plane.rows) {
    MapCell& cell = cells[index(plane.y_values, table.parameters[plane.y].values[row]) * plane.x_values.size() +
                          index(plane.x_values, table.parameters[plane.x].values[row])];
    if (table.has(output, row))
      cell.mean += (output.values[row] - cell.mean) / static_cast<double>(++cell.used);
    else
      ++(table.status[row] == "failed" ? cell.failed : cell.unfinished);
  }
  return cells;
}

}  // namespace tautband::post
