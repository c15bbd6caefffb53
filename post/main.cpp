// tautband-post: measures and draws what a run has written.
#include "post/bands_report.hpp"
#include "post/body_plot.hpp"
#include "post/case_facts.hpp"
#include "post/display.hpp"
#include "post/errors.hpp"
#include "post/export_vtu.hpp"
#include "post/history.hpp"
#include "post/phase_diagram.hpp"
#include "post/plot.hpp"
#include "post/point_plot.hpp"
#include "post/render.hpp"
#include "post/sweep_commands.hpp"
#include "post/sweep_table.hpp"
#include "post/watched.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>

namespace tautband::post {
namespace {

struct Arguments {
  std::string result, out, time, format = "vtu";
  std::string smallest_excess = "1 kPa", far_distance, ground_shear, density;
  std::vector<std::string> fields, columns;
  Method method;
  int width = 1600;
  bool body = false;
  SweepArguments sweep;
};

void add_result(CLI::App& command, Arguments& arguments) {
  command.add_option("RESULT", arguments.result, "directory of a run, or its result.vtkhdf")->required();
  command.add_option("-o,--out", arguments.out, "folder to write to; default: beside the result");
}

void add_method(CLI::App& command, Arguments& arguments) {
  Method& method = arguments.method;
  command.add_option("--knot-threshold", method.knot_threshold, "fibre stretch below which tissue is knot")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 10.0));
  command.add_option("--band-factor", method.band_factor, "tension over the far field's mean above which it is band")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 1000.0));
  command.add_option("--smallest-excess", arguments.smallest_excess, "tension over the far field's mean a band needs")
      ->capture_default_str();
  command.add_option("--far-distance", arguments.far_distance,
                     "from the knot's axis to the far field, e.g. '2 mm'; default: twice the knot's radius");
  command.add_option("--end-margin", method.end_margin, "part of the length at each end left out of the far field")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 0.45));
  command.add_option("--region", method.muscle_region, "region of the mesh that is muscle")->capture_default_str();
  command.add_option("--ground-shear", arguments.ground_shear,
                     "shear modulus of the ground, e.g. '5 kPa'; default: mu of the region's law, else 5 kPa");
  command.add_option("--density", arguments.density, "e.g. '1060 kg/m^3'; default: the case's");
}

void add_width(CLI::App& command, Arguments& arguments) {
  command.add_option("--width", arguments.width, "of the picture in pixels")
      ->capture_default_str()
      ->check(CLI::Range(400, 8000));
}

Method method_of(const Arguments& arguments) {
  Method method = arguments.method;
  method.smallest_excess = parse_quantity(arguments.smallest_excess);
  if (!arguments.far_distance.empty()) method.far_distance = parse_quantity(arguments.far_distance);
  if (!arguments.ground_shear.empty()) method.ground_shear = parse_quantity(arguments.ground_shear);
  if (!arguments.density.empty()) method.density = parse_quantity(arguments.density);
  return method;
}

void show_progress(size_t done, size_t of) {
  if (isatty(STDERR_FILENO)) fmt::print(stderr, "\rreading {:3d} %{}", 100 * done / of, done == of ? "\n" : "");
}

std::filesystem::path folder_of(const Arguments& arguments, const std::filesystem::path& otherwise) {
  const std::filesystem::path folder = arguments.out.empty() ? otherwise : std::filesystem::path(arguments.out);
  std::error_code problem;
  if (!folder.empty()) std::filesystem::create_directories(folder, problem);
  if (problem) throw RunError(folder.string() + ": cannot be made: " + problem.message());
  return folder;
}

void bands(const Arguments& arguments) {
  const ResultReader result(arguments.result);
  const LinearMesh mesh = make_linear_mesh(result, arguments.method.muscle_region);
  const BandAnalysis analysis = analyse(result, mesh, method_of(arguments), show_progress);
  const auto file = folder_of(arguments, result.directory()) / "bands.json";
  write_atomically(file, bands_json(analysis, result.path(), result.provenance()));
  fmt::print("{}wrote {}\n", bands_table(analysis), file.string());
}

void draw(const Arguments& arguments, char** argv) {
  const ResultReader result(arguments.result);  // a bad file is told before a display is asked for
  require_display(argv);
  RenderOptions options;
  if (!arguments.time.empty()) options.time = parse_quantity(arguments.time);
  options.fields = arguments.fields;
  options.width = arguments.width;
  options.folder = folder_of(arguments, result.directory());
  const LinearMesh mesh = make_linear_mesh(result, arguments.method.muscle_region);
  const BandAnalysis analysis = analyse(result, mesh, method_of(arguments), show_progress);
  for (const auto& file : render(result, mesh, analysis, options)) fmt::print("wrote {}\n", file.string());
}

void curves(const Arguments& arguments, char** argv) {
  const ResultReader result(arguments.result);
  require_display(argv);
  const LinearMesh mesh = make_linear_mesh(result, arguments.method.muscle_region);
  const BandAnalysis analysis = analyse(result, mesh, method_of(arguments), show_progress);
  const auto file = plot(result, analysis, folder_of(arguments, result.directory()), arguments.width);
  fmt::print("wrote {}\n", file.string());
}

/// The folder of a run, from it or a file in it.
std::filesystem::path run_folder(const Arguments& arguments) {
  const std::filesystem::path result = arguments.result;
  return std::filesystem::is_directory(result) ? result : result.parent_path();
}

void body(const Arguments& arguments, char** argv) {
  std::optional<double> time;
  if (!arguments.time.empty()) time = parse_quantity(arguments.time);
  const std::filesystem::path folder = run_folder(arguments);
  const History readable(folder / "history.csv");
  require_display(argv);
  fmt::print("wrote {}\n", plot_body(folder, time, folder_of(arguments, folder), arguments.width).string());
}

void chosen_curves(const Arguments& arguments, char** argv) {
  require_display(argv);
  const std::filesystem::path result = run_folder(arguments);
  const auto file = plot_point(result, arguments.columns, folder_of(arguments, result), arguments.width);
  fmt::print("wrote {}\n", file.string());
}

void phase_diagram(const Arguments& arguments, char** argv) {
  const PhaseMap map = read_map(arguments.result);
  require_display(argv);
  fmt::print("wrote {}\n", plot_map(map, folder_of(arguments, run_folder(arguments)), arguments.width).string());
}

/// `plot` draws what the result is.
void plot_result(const Arguments& arguments, char** argv) {
  const std::filesystem::path& result = arguments.result;
  if (arguments.sweep.any_plot_option() || is_sweep_result(result))
    plot_sweep(result, arguments.sweep, folder_of(arguments, run_folder(arguments)), arguments.width, argv);
  else if (is_map_result(result))
    phase_diagram(arguments, argv);
  else if (arguments.body)
    body(arguments, argv);
  else if (is_point_result(result) || !arguments.columns.empty())
    chosen_curves(arguments, argv);
  else
    curves(arguments, argv);
}

void convert(const Arguments& arguments) {
  const ResultReader result(arguments.result);
  const auto file = export_vtu(result, folder_of(arguments, result.directory() / arguments.format));
  fmt::print("wrote {} ({} steps)\n", file.string(), result.n_steps());
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Measures and draws the results of tautband.", "tautband-post");
  app.set_version_flag("--version", TAUTBAND_VERSION);
  app.require_subcommand(1);
  CLI::App* const bands_command = app.add_subcommand("bands", "find knot and taut band: bands.json and a table");
  CLI::App* const render_command =
      app.add_subcommand("render", "pictures: fibre_stretch.png, tension.png, cross_section.png");
  CLI::App* const plot_command = app.add_subcommand(
      "plot",
      "time curves: time_curves.png; with --body, where it hurts: body.png; of a map: phase_diagram.png; "
      "of a sweep: heat_map_OUTPUT.png, parallel_coordinates.png or sweep_curves.png");
  CLI::App* const export_command = app.add_subcommand("export", "PVD and VTU files for tools without VTKHDF");
  CLI::App* const sensitivity_command = app.add_subcommand(
      "sensitivity", "how much each parameter of a sweep matters: sensitivity.json, sensitivity.png and a table");
  for (CLI::App* command : {bands_command, render_command, plot_command, export_command, sensitivity_command})
    add_result(*command, arguments);
  for (CLI::App* command : {bands_command, render_command, plot_command}) add_method(*command, arguments);
  for (CLI::App* command : {render_command, plot_command, sensitivity_command}) add_width(*command, arguments);
  add_sensitivity_options(*sensitivity_command, arguments.sweep);
  add_sweep_plot_options(*plot_command, arguments.sweep);
  render_command->add_option("--time", arguments.time, "s; default: when the band is strongest, without one the end");
  render_command->add_option("--field", arguments.fields, "point array to draw in the cut bundle; may be repeated");
  CLI::Option* const on_body = plot_command->add_flag("--body", arguments.body, "draw referred pain on a body");
  plot_command->add_option("--time", arguments.time, "of the body, s; default: the end")->needs(on_body);
  plot_command
      ->add_option("--column", arguments.columns,
                   "column of the history to draw instead of the usual ones; may be repeated")
      ->excludes(on_body);
  export_command->add_option("--format", arguments.format)->capture_default_str()->check(CLI::IsMember({"vtu"}));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::bad_command);
  }
  if (*bands_command) bands(arguments);
  if (*export_command) convert(arguments);
  if (*render_command) draw(arguments, argv);
  if (*plot_command) plot_result(arguments, argv);
  if (*sensitivity_command)
    sensitivity(arguments.result, arguments.sweep, folder_of(arguments, run_folder(arguments)), arguments.width, argv);
  return static_cast<int>(ExitCode::done);
}

}  // namespace
}  // namespace tautband::post

int main(int argc, char** argv) {
  if (const auto code = tautband::post::watch_child()) return *code;
  try {
    return tautband::post::run(argc, argv);
  } catch (const tautband::post::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return static_cast<int>(error.code);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return static_cast<int>(tautband::post::ExitCode::failed);
  }
}
