#include "app/sweep_command.hpp"

#include "app/sweep_engine.hpp"
#include "app/sweep_evaluate.hpp"
#include "app/sweep_report.hpp"
#include "app/sweep_submit.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <set>

namespace tautband {
namespace {

/// Started by mpirun or srun: this process is one of several, each of which runs rows.
bool is_launched() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") || std::getenv("PMI_SIZE") || std::getenv("PMIX_RANK");
}

/// A whole number at the front of `text`, which it is taken off.
bool take_index(std::string_view& text, std::size_t& index) {
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (status != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// Every rank takes rows; rank 0 counts in the end.
ExitCode run_on_ranks(const SweepPlan& plan, const SweepTask& task) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  work_on(plan, task, false);
  MPI_Barrier(MPI_COMM_WORLD);
  int code = 0;
  if (rank == 0) code = static_cast<int>(print_status(plan, task, false));
  MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return static_cast<ExitCode>(code);
}

/// Writes the plan on one rank.
void write_plan_once(const SweepPlan& plan, const std::string& folder, bool launched) {
  int rank = 0;
  if (launched) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (rank == 0) write_plan(plan, folder);
  if (launched) MPI_Barrier(MPI_COMM_WORLD);
}

}  // namespace

CLI::App* SweepCommand::declare_part(const std::string& name, const std::string& meaning) {
  CLI::App* part = sweep_->add_subcommand(name, meaning);
  part->add_option("sweep", file_, "Sweep file (TOML); see tautband explain sweep")->required()->type_name("SWEEP");
  part->add_option("-o,--output", output_, "Folder of the sweep (default: results/NAME)")->type_name("DIR");
  part->add_flag("--allow-outside", allow_outside_, "Let sweep and case name files outside their own folders");
  return part;
}

void SweepCommand::declare(CLI::App& app) {
  sweep_ = app.add_subcommand("sweep", "Run a case with many values of its keys");
  sweep_->require_subcommand(1);
  plan_ = declare_part("plan", "Write the rows of a sweep into its folder");
  declare_run();
  status_ = declare_part("status", "Count the rows that are done, failed, stopped, running and missing");
  status_->add_flag("--failed", failed_, "List the rows that failed, and why");
  gather_ = declare_part("gather", "Write the outputs of all rows into table.csv and table.h5");
  declare_submit();
  declare_evaluate();
}

void SweepCommand::add_engine(CLI::App& part) {
  part.add_option("--ranks", ranks_, "MPI ranks of each row")->check(CLI::Range(1, 65536));
  part.add_option("--launcher", launcher_, "What starts a row of several ranks; their number follows")
      ->type_name("WORDS")
      ->capture_default_str();
  part.add_flag("--again", again_, "Run rows that failed once more");
  part.add_option("--worker", left_)->group("");
}

void SweepCommand::declare_evaluate() {
  evaluate_ = declare_part("evaluate", "Run the row that a parameters file of Dakota asks for");
  evaluate_->add_option("--params-in", parameters_in_, "Parameters file, with lines \"VALUE NAME\"")
      ->required()
      ->type_name("FILE");
  evaluate_->add_option("--results-out", results_out_, "Results file: lines \"VALUE NAME\" of the outputs, or FAIL")
      ->required()
      ->type_name("FILE");
  add_engine(*evaluate_);
}

void SweepCommand::declare_submit() {
  submit_ = declare_part("submit", "Write a Slurm job array that runs the rows that are left, and submit it");
  submit_->add_flag("--dry-run", dry_run_, "Print the job script and submit nothing");
  submit_
      ->add_option("--rows-per-task", job_.rows_per_task,
                   "Rows of each task of the array (default: as few as keep it "
                   "to 1000 tasks)")
      ->check(CLI::Range(1, 1000000));
  submit_->add_option("--time", job_.time, "Time limit of each task")->type_name("HH:MM:SS")->capture_default_str();
  submit_->add_option("--ntasks", job_.ntasks, "Cores of each task, on one node")->check(CLI::Range(1, 65536));
  submit_->add_option("--ranks", job_.ranks, "MPI ranks of each row; ntasks / ranks rows run side by side")
      ->check(CLI::Range(1, 65536));
  submit_->add_option("--partition", job_.partition, "Slurm partition")->type_name("NAME");
  submit_->add_option("--account", job_.account, "Slurm account")->type_name("NAME");
  submit_->add_option("--sbatch", job_.sbatch, "Further option of sbatch, such as \"--mem=4G\"; again for more")
      ->type_name("OPTION")
      ->allow_extra_args(false);
  submit_->add_option("--prologue", job_.prologue, "Line of shell before the run, such as \"module load openmpi\"")
      ->type_name("LINE")
      ->allow_extra_args(false);
  submit_->add_flag("--again", again_, "Rows that failed too");
}

void SweepCommand::declare_run() {
  run_ = declare_part("run", "Run rows that are not done; go on with those that were interrupted");
  CLI::Option_group* which = run_->add_option_group("rows");
  which->add_option("--index,--indices", indices_, "Numbers of rows, from 0, such as 17 or 0-49,77")->type_name("ROWS");
  which->add_flag("--all", all_, "All rows");
  which->require_option(1);
  run_->add_option("-j,--jobs", jobs_, "Workers that run rows side by side")->check(CLI::Range(1, 1024));
  add_engine(*run_);
  run_->add_option("--max-walltime", longest_, "Stop before this time is over, such as 2h or 90min")->type_name("TIME");
  run_->footer(
      "A row that fails does not stop the others. Exit codes: 0 all rows are done, 1 some failed, 75 some are left: "
      "the same command goes on. Under mpirun or srun every rank runs rows of its own.");
}

bool SweepCommand::is_parallel(int argc, char** argv) {
  const std::vector<std::string_view> words(argv, argv + argc);
  if (words.size() < 3 || words[1] != "sweep") return false;
  if (std::find(words.begin(), words.end(), "--worker") != words.end()) return true;
  return words[2] == "run" && is_launched();
}

ExitCode SweepCommand::execute(const std::vector<std::string>& arguments, const std::string& command_line) const {
  const SweepPlan plan = plan_sweep(file_, allow_outside_ ? Reach::anywhere : Reach::folder);
  SweepTask task;
  task.folder = output_.empty() ? default_sweep_folder(file_) : output_;
  task.command_line = command_line;
  task.again = again_;
  task.rows.resize(plan.rows.size());
  std::iota(task.rows.begin(), task.rows.end(), std::size_t{0});
  if (run_->parsed()) return run(plan, std::move(task), arguments);
  if (evaluate_->parsed()) return evaluate(plan, task, arguments);
  write_plan(plan, task.folder);
  if (status_->parsed()) return print_status(plan, task, failed_);
  if (gather_->parsed()) gather(plan, task);
  if (submit_->parsed()) submit(plan, task, job_, dry_run_);
  if (plan_->parsed())
    fmt::print("{} rows of {} parameters in {}\n", plan.rows.size(), plan.columns.size(), task.folder);
  return ExitCode::done;
}

ExitCode SweepCommand::run(const SweepPlan& plan, SweepTask task, const std::vector<std::string>& arguments) const {
  if (!all_) task.rows = parse_indices(indices_, plan.rows.size());
  if (!longest_.empty()) task.longest = parse_quantity(longest_, "s");
  if (left_) {
    task.longest = *left_;
    work_on(plan, task, true);
    return ExitCode::done;
  }
  const bool launched = is_launched();
  write_plan_once(plan, task.folder, launched);
  if (launched) return run_on_ranks(plan, task);
  run_workers(plan, task, {jobs_, ranks_, launcher_, arguments});
  return print_status(plan, task, false);
}

ExitCode SweepCommand::evaluate(const SweepPlan& plan, const SweepTask& task,
                                const std::vector<std::string>& arguments) const {
  if (!left_) return evaluate_row(plan, task, {1, ranks_, launcher_, arguments}, parameters_in_, results_out_);
  SweepTask one = task;
  const SweepPlan row = plan_of_row(plan, requested_row(plan, parameters_in_), one);
  work_on(row, one, true);
  return ExitCode::done;
}

std::string default_sweep_folder(const std::string& file) {
  const std::filesystem::path path = std::filesystem::absolute(file);
  const bool in_folder = path.stem() == "sweep" && path.parent_path().has_filename();
  return (std::filesystem::path("results") / (in_folder ? path.parent_path().filename() : path.stem())).string();
}

std::vector<std::size_t> parse_indices(const std::string& text, std::size_t rows) {
  std::set<std::size_t> chosen;
  std::string_view rest = text;
  do {
    std::size_t first = 0, last = 0;
    bool good = take_index(rest, first);
    last = first;
    if (good && rest.starts_with('-')) {
      rest.remove_prefix(1);
      good = take_index(rest, last);
    }
    if (!good || last < first || (!rest.empty() && rest.front() != ','))
      throw CaseError(in_quotes(text) + " names no rows; write numbers and ranges, such as 17 or 0-49,77");
    if (last >= rows) throw CaseError(fmt::format("there is no row {}: the sweep has {}, from 0", last, rows));
    for (std::size_t i = first; i <= last; ++i) chosen.insert(i);
    if (!rest.empty())
      rest.remove_prefix(1);
    else
      break;
  } while (true);
  return {chosen.begin(), chosen.end()};
}

}  // namespace tautband
