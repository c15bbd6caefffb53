#include "post/sweep_commands.hpp"

#include "post/bands_report.hpp"
#include "post/display.hpp"
#include "post/errors.hpp"
#include "post/heat_map.hpp"
#include "post/parallel_coordinates.hpp"
#include "post/sensitivity_report.hpp"
#include "post/sweep_curves.hpp"
#include "post/sweep_table.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cmath>

namespace tautband::post {
namespace {

void add_outputs(CLI::App& command, SweepArguments& arguments) {
  command.add_option("--output", arguments.outputs, "output of the sweep; may be repeated; default: all");
}

/// "NAME=VALUE", the value in the unit of the parameter.
std::pair<std::string, double> parse_at(const std::string& text) {
  const size_t equals = text.find('=');
  const std::string number = equals == std::string::npos ? "" : text.substr(equals + 1);
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (number.empty() || *end != '\0' || !std::isfinite(value))
    throw CommandError("--at " + text + ": expected NAME=VALUE with a number in the unit of the parameter");
  return {text.substr(0, equals), value};
}

PlaneRequest plane_request(const SweepArguments& arguments) {
  PlaneRequest request{arguments.x, arguments.y, {}};
  for (const std::string& each : arguments.at) request.at.push_back(parse_at(each));
  return request;
}

/// Throws FileError for an output without any value.
void require_values(const SweepTable& table, const std::vector<size_t>& outputs) {
  for (const size_t index : outputs) {
    size_t row = 0;
    while (row < table.n_rows() && !table.has(table.outputs[index], row)) ++row;
    if (row == table.n_rows())
      throw FileError(fmt::format("{}: no row has a value of {}", table.file, table.outputs[index].name));
  }
}

}  // namespace

void add_sensitivity_options(CLI::App& command, SweepArguments& arguments) {
  Bootstrap& bootstrap = arguments.bootstrap;
  add_outputs(command, arguments);
  command.add_option("--resamples", bootstrap.resamples, "bootstrap resamples for the intervals")
      ->capture_default_str()
      ->check(CLI::Range(100, 1000000));
  command.add_option("--confidence", bootstrap.confidence, "of the intervals")
      ->capture_default_str()
      ->check(CLI::Range(0.5, 0.999));
  command.add_option("--seed", bootstrap.seed, "of the resamples")->capture_default_str();
  command.add_flag("--no-picture", arguments.no_picture, "only the numbers, which need no display");
}

void add_sweep_plot_options(CLI::App& command, SweepArguments& arguments) {
  add_outputs(command, arguments);
  CLI::Option* const parallel = command.add_flag("--parallel", arguments.parallel,
                                                 "of a sweep: parallel coordinates, coloured by the first --output");
  command.add_option("--x", arguments.x, "of a sweep: parameter along the heat map")->excludes(parallel);
  command.add_option("--y", arguments.y, "of a sweep: parameter up the heat map")->excludes(parallel);
  command.add_option("--at", arguments.at, "of a sweep: NAME=VALUE, only rows with this value; may be repeated")
      ->excludes(parallel);
}

void sensitivity(const std::filesystem::path& result, const SweepArguments& arguments,
                 const std::filesystem::path& folder, int width, char** argv) {
  const SweepTable table = read_sweep_table(result);
  const std::vector<size_t> outputs = table.find_outputs(arguments.outputs);
  if (!arguments.no_picture) require_display(argv);
  const Sensitivity found = analyse_sensitivity(table, outputs, arguments.bootstrap);
  fmt::print("{}\n", sensitivity_text(found, table, arguments.bootstrap));
  write_atomically(folder / "sensitivity.json", sensitivity_json(found, table, arguments.bootstrap));
  fmt::print("wrote {}\n", (folder / "sensitivity.json").string());
  if (arguments.no_picture) return;
  fmt::print("wrote {}\n", plot_sensitivity(found, table, arguments.bootstrap, folder, width).string());
}

void plot_sweep(const std::filesystem::path& result, const SweepArguments& arguments,
                const std::filesystem::path& folder, int width, char** argv) {
  const SweepTable table = read_sweep_table(result);
  const std::vector<size_t> outputs = table.find_outputs(arguments.outputs);
  require_values(table, outputs);
  const bool plane_asked = !(arguments.x.empty() && arguments.y.empty() && arguments.at.empty());
  const bool scattered = table.design != "grid" && table.design != "csv";
  if (const auto alone = only_varying_parameter(table); alone && !arguments.parallel && !plane_asked) {
    require_display(argv);
    fmt::print("wrote {}\n", plot_sweep_curves(table, *alone, outputs, folder, width).string());
    return;
  }
  if (arguments.parallel || (scattered && !plane_asked)) {
    require_display(argv);
    fmt::print("wrote {}\n", plot_parallel_coordinates(table, outputs, folder, width).string());
    return;
  }
  const Plane plane = choose_plane(table, plane_request(arguments));
  require_display(argv);
  for (const size_t output : outputs)
    fmt::print("wrote {}\n", plot_heat_map(table, plane, table.outputs[output], folder, width).string());
}

}  // namespace tautband::post
