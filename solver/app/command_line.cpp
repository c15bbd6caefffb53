#include "app/command_line.hpp"

#include "app/file_trial.hpp"
#include "app/kokkos_guard.hpp"
#include "app/map.hpp"
#include "app/point.hpp"
#include "app/reproduce.hpp"
#include "app/run.hpp"
#include "base/build_info.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "io/case_file.hpp"
#include "io/case_mesh.hpp"
#include "io/case_writer.hpp"
#include "io/explain.hpp"
#include "io/info.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace tautband {
namespace {

void declare_case(CLI::App& command, std::string& file, std::vector<std::string>& overrides, bool& allow_outside) {
  command.add_option("case", file, "Case file (TOML)")->required()->type_name("CASE");
  command
      .add_option(
          "--set", overrides,
          "Override a key, such as time.end=\"2 s\", region.muscle.parameters.mu=\"5 kPa\", boundary.0.value=...")
      ->type_name("SECTION.KEY=VALUE")
      ->allow_extra_args(false);
  command.add_flag("--allow-outside", allow_outside, "Let the case name files outside its own folder");
}

/// s.
double wall_time(const std::string& text) {
  try {
    return parse_quantity(text, "s");
  } catch (const CaseError& error) {
    throw CaseError("--max-walltime " + text + ": " + error.what());
  }
}

}  // namespace

CommandLine::CommandLine()
    : app_("Contracture knots and taut bands in skeletal muscle, by finite elements", "tautband") {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", [] { return version_text(); });
  app_.footer(
      "Exit codes: 0 done, 1 run failed, 2 bad command line or case, 3 bad mesh or file, 75 stopped early with a "
      "checkpoint: the same command goes on");
  declare_run();
  declare_point();
  declare_map();
  sweep_.declare(app_);
  declare_reproduce();
  declare_check();
  declare_explain();
  declare_info();
}

void CommandLine::declare_run() {
  run_ = app_.add_subcommand("run", "Run a case");
  declare_case(*run_, case_file_, overrides_, allow_outside_);
  run_->add_option("-o,--output", output_, "Directory of the results (default: results/NAME)")->type_name("DIR");
  run_->add_flag("--dry-run", dry_run_, "Print mesh, unknowns, memory, stages and steps, and compute nothing");
  CLI::Option* const resume =
      run_->add_flag("--resume", resume_, "Go on from the checkpoint in the directory; fail when there is none");
  run_->add_flag("--restart", restart_, "Begin anew, even where an unfinished run could go on")->excludes(resume);
  run_->add_option("--max-walltime", longest_, "Stop with a checkpoint before this time is over, such as 2h or 90min")
      ->type_name("TIME");
  run_->allow_extras();
  run_->footer("Options --kokkos-... go to Kokkos, such as --kokkos-map-device-id-by=mpi_rank");
}

void CommandLine::declare_point() {
  point_ =
      app_.add_subcommand("point", "Run the experiment of a case's [point]: its laws at one point, without a mesh");
  declare_case(*point_, case_file_, overrides_, allow_outside_);
  point_->add_option("-o,--output", output_, "Directory of the results (default: results/NAME)")->type_name("DIR");
}

void CommandLine::declare_map() {
  map_ = app_.add_subcommand("map",
                             "Compute the plane of a case's [map]: what becomes of a trigger point, without a mesh");
  declare_case(*map_, case_file_, overrides_, allow_outside_);
  map_->add_option("-o,--output", output_, "Directory of the results (default: results/NAME)")->type_name("DIR");
  map_->allow_extras();
  map_->footer("Options --kokkos-... go to Kokkos, such as --kokkos-map-device-id-by=mpi_rank");
}

void CommandLine::declare_reproduce() {
  reproduce_ = app_.add_subcommand(
      "reproduce", "Run the case that a result keeps once more, and tell how far the two results are apart");
  reproduce_->add_option("result", file_, "Directory of results of run, point or map, or a file in it")
      ->required()
      ->type_name("RESULT");
  reproduce_->add_option("-o,--output", output_, "Directory of the new results (default: RESULT-reproduced)")
      ->type_name("DIR");
  reproduce_->add_option("--mesh", mesh_, "The mesh, where it is no more at the place that the result names")
      ->type_name("FILE");
  reproduce_->allow_extras();
  reproduce_->footer("Options --kokkos-... go to Kokkos. Exit code 1 when the results differ by more than round-off");
}

void CommandLine::declare_check() {
  check_ = app_.add_subcommand("check", "Report everything wrong with a case, or print it with all defaults");
  declare_case(*check_, case_file_, overrides_, allow_outside_);
}

void CommandLine::declare_explain() {
  explain_ = app_.add_subcommand("explain", "Every key of a case: default, unit, range, meaning, source");
  explain_->add_option("topic", topic_, "A section, a section.key, a law, or laws (default: everything)")
      ->type_name("TOPIC");
}

void CommandLine::declare_info() {
  info_ = app_.add_subcommand("info", "What a mesh, a result or a checkpoint holds");
  info_->add_option("file", file_, "Mesh, result or checkpoint file")->required()->type_name("FILE");
}

spec::Case CommandLine::given_case() const {
  return read_case(case_file_, overrides_, allow_outside_ ? Reach::anywhere : Reach::folder_or_options);
}

ExitCode CommandLine::run() const {
  const KokkosGuard kokkos(run_->remaining());
  require_one_thread();
  const spec::Case values = given_case();
  if (values.mesh.file.empty())
    throw CaseError(case_file_ + ": the case has no [mesh]; run it with tautband " +
                    (values.map.active ? "map" : "point"));
  RunOptions options = options_of_run();
  options.dry_run = dry_run_;
  if (resume_) options.resume = Resume::required;
  if (restart_) options.resume = Resume::never;
  if (!longest_.empty()) options.longest = wall_time(longest_);
  return run_case(values, options);
}

ExitCode CommandLine::point() const { return run_point(given_case(), options_of_run()); }

ExitCode CommandLine::map() const {
  const KokkosGuard kokkos(map_->remaining());
  return run_map(given_case(), options_of_run());
}

ExitCode CommandLine::reproduce() const {
  const KokkosGuard kokkos(reproduce_->remaining());
  require_one_thread();
  RunOptions run;
  run.output = output_;
  run.command_line = words_;
  return tautband::reproduce({file_, mesh_}, run);
}

RunOptions CommandLine::options_of_run() const {
  RunOptions options;
  options.output = output_.empty() ? default_output(case_file_) : output_;
  options.command_line = words_;
  return options;
}

void CommandLine::check() const {
  const spec::Case values = given_case();
  if (!values.mesh.file.empty()) {
    try_file(values.mesh.file, FileTrial::mesh);
    read_case_mesh(values);
  }
  std::cout << write_case(values);
}

void CommandLine::require_known_command(const std::string& word) const {
  Names commands;
  for (const CLI::App* command : app_.get_subcommands({})) commands.push_back(command->get_name());
  if (word.starts_with('-') || std::find(commands.begin(), commands.end(), word) != commands.end()) return;
  throw CaseError("unknown command " + in_quotes(word) + did_you_mean(word, commands) +
                  " (commands: " + list_names(commands) + ")");
}

ExitCode CommandLine::execute(int argc, char** argv, int rank) {
  if (argc > 1) require_known_command(argv[1]);
  for (int i = 0; i < argc; ++i) words_.append(i == 0 ? "" : " ").append(argv[i]);
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw CaseError(std::string(error.what()) + "; see tautband --help");
    if (rank == 0) app_.exit(error);
    return ExitCode::done;
  }
  if (run_->parsed()) return run();
  if (point_->parsed()) return point();
  if (map_->parsed()) return map();
  if (reproduce_->parsed()) return reproduce();
  if (sweep_.parsed()) return sweep_.execute({argv + 1, argv + argc}, words_);
  if (check_->parsed()) check();
  if (explain_->parsed()) std::cout << explain(topic_);
  if (info_->parsed()) {
    try_file(file_, FileTrial::any);
    print_info(file_);
  }
  return ExitCode::done;
}

bool CommandLine::is_parallel(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  return command == "run" || command == "point" || command == "map" || command == "reproduce" ||
         SweepCommand::is_parallel(argc, argv);
}

std::string default_output(const std::string& case_file) {
  const std::filesystem::path path = std::filesystem::absolute(case_file);
  const bool in_folder = path.stem() == "case" && path.parent_path().has_filename();
  return (std::filesystem::path("results") / (in_folder ? path.parent_path().filename() : path.stem())).string();
}

std::string version_text() {
  const auto line = [](std::string_view name, std::string_view value) {
    return std::string(name) + " " + std::string(value) + "\n";
  };
  return line("tautband", build_info::version) + line("  commit  ", build_info::git_hash) +
         line("  compiler", build_info::compiler) + line("  Kokkos  ", build_info::kokkos) +
         line("  device  ", Kokkos::DefaultExecutionSpace::name()) + line("  MPI     ", build_info::mpi) +
         line("  HDF5    ", build_info::hdf5);
}

}  // namespace tautband
