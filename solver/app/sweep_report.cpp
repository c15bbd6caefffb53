#include "app/sweep_report.hpp"

#include "app/child_process.hpp"
#include "base/error.hpp"
#include "io/sweep_outputs.hpp"
#include "io/sweep_table.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace tautband {
namespace {

namespace fs = std::filesystem;

/// Has the bands of a row measured, unless they are.
void measure_bands(const std::string& folder) {
  if (fs::exists(folder + "/bands.json")) return;
  const std::string program = fs::path(own_program()).parent_path() / "tautband-post";
  if (!fs::exists(program))
    throw FileError("outputs need bands.json, and " + program + ", which makes it, does not exist");
  const std::string log = folder + "/bands.log";
  if (wait_for(start_program({program, "bands", folder}, log)) != 0)
    throw FileError("tautband-post bands " + folder + " failed; see " + log);
}

}  // namespace

ExitCode print_status(const SweepPlan& plan, const SweepTask& task, bool failed) {
  const RowCounts counts = count_rows(plan, task);
  fmt::print("{} rows: {}\n", counts.all(), text_of(counts));
  for (const std::size_t index : task.rows) {
    if (!failed) break;
    const RowRecord record = read_row(row_folder(plan, task.folder, index));
    if (record.state == RowState::failed) fmt::print("row {} failed: {}\n", plan.row_name(index), record.reason);
  }
  return exit_code(counts);
}

void gather(const SweepPlan& plan, const SweepTask& task) {
  SweepTable table;
  const bool bands = needs_bands(plan);
  const std::vector<double> none(plan.sweep.outputs.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const std::string folder = row_folder(plan, task.folder, i);
    table.states.push_back(read_row(folder).state);
    table.outputs.push_back(none);
    if (table.states.back() != RowState::done) continue;
    try {
      if (bands) measure_bands(folder);
      table.outputs.back() = RowResults(plan, plan.rows[i], folder).outputs();
    } catch (const FileError& error) {
      fmt::print(stderr, "row {}: {}\n", plan.row_name(i), error.what());
      table.states.back() = RowState::failed;
    } catch (const CaseError& error) {
      throw CaseError("row " + plan.row_name(i) + ": " + error.what());
    }
  }
  write_table(plan, table, task.folder);
  fmt::print("{} rows: {}; table.csv and table.h5 in {}\n", plan.rows.size(), text_of(count_rows(plan, task)),
             task.folder);
}

}  // namespace tautband
