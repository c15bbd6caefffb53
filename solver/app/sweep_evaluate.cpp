#include "app/sweep_evaluate.hpp"

#include "base/text.hpp"
#include "io/dakota_files.hpp"
#include "io/sweep_outputs.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace tautband {
namespace {

using namespace std::chrono_literals;

/// The outputs that are asked for, checked before anything is run.
std::vector<std::size_t> wanted_outputs(const SweepPlan& plan, const DakotaRequest& request, const std::string& file) {
  Names names;
  for (const spec::SweepOutput& output : plan.sweep.outputs) names.push_back(output.name);
  if (names.empty()) throw CaseError(plan.sweep.path + ": has no [[output]] to evaluate");
  std::vector<std::size_t> wanted;
  for (const std::string& name : request.functions.empty() ? names : request.functions) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw CaseError(file + ": the sweep has no output " + in_quotes(name) + did_you_mean(name, names) +
                      " (outputs: " + list_names(names) + ")");
    wanted.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  return wanted;
}

/// Runs the row, or waits while somebody else does.
RowRecord settle(const SweepPlan& plan, const SweepTask& task, const EngineOptions& engine) {
  const std::string folder = row_folder(plan, task.folder, 0);
  for (;;) {
    run_workers(plan, task, engine);
    const RowRecord record = read_row(folder);
    if (record.state != RowState::running) return record;
    std::this_thread::sleep_for(200ms);
  }
}

}  // namespace

SweepRow requested_row(const SweepPlan& plan, const std::string& parameters_file) {
  const DakotaRequest request = read_dakota_parameters(parameters_file);
  Names names;
  std::vector<std::string> texts(plan.columns.size());
  for (const SweepColumn& column : plan.columns) names.push_back(column.name);
  for (const auto& [name, value] : request.variables) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw CaseError(parameters_file + ": the sweep has no parameter " + in_quotes(name) + did_you_mean(name, names) +
                      " (parameters: " + list_names(names) + ")");
    texts[static_cast<std::size_t>(found - names.begin())] = value;
  }
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (texts[i].empty()) throw CaseError(parameters_file + ": gives no " + in_quotes(names[i]));
  return sweep_row(plan, texts);
}

SweepPlan plan_of_row(const SweepPlan& plan, const SweepRow& row, SweepTask& task) {
  SweepPlan one = plan;
  one.rows = {row};
  task.rows = {0};
  task.folder += "/evaluations";
  return one;
}

ExitCode evaluate_row(const SweepPlan& plan, SweepTask task, const EngineOptions& engine,
                      const std::string& parameters_file, const std::string& results_file) {
  const std::vector<std::size_t> wanted =
      wanted_outputs(plan, read_dakota_parameters(parameters_file), parameters_file);
  const SweepPlan one = plan_of_row(plan, requested_row(plan, parameters_file), task);
  keep_base(one, task.folder);
  const RowRecord record = settle(one, task, engine);
  if (record.state == RowState::failed) {
    write_dakota_failure(results_file);
    throw RunError("row " + one.row_name(0) + " failed: " + record.reason);
  }
  if (record.state != RowState::done) return ExitCode::resume;
  const std::vector<double> outputs = RowResults(one, one.rows[0], row_folder(one, task.folder, 0)).outputs();
  std::vector<std::pair<std::string, double>> values;
  for (const std::size_t i : wanted) values.emplace_back(plan.sweep.outputs[i].name, outputs[i]);
  write_dakota_results(results_file, values);
  return ExitCode::done;
}

}  // namespace tautband
