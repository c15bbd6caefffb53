#include "app/sweep_submit.hpp"

#include "app/child_process.hpp"
#include "base/error.hpp"
#include "io/replace_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <span>

namespace tautband {
namespace {

namespace fs = std::filesystem;

/// Tasks of the array that have a row to run.
std::vector<std::size_t> tasks_left(const SweepPlan& plan, const SweepTask& task, std::size_t rows_per_task) {
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const RowState state = read_row(row_folder(plan, task.folder, i)).state;
    const bool settled = state == RowState::done || (state == RowState::failed && !task.again);
    if (!settled && (left.empty() || left.back() != i / rows_per_task)) left.push_back(i / rows_per_task);
  }
  return left;
}

}  // namespace

void submit(const SweepPlan& plan, const SweepTask& task, SweepJob job, bool dry_run) {
  job.program = own_program();
  job.sweep = fs::absolute(plan.sweep.path).lexically_normal();
  job.folder = fs::absolute(task.folder).lexically_normal();
  job.name = fs::path(job.folder).filename();
  job.rows = plan.rows.size();
  if (job.rows_per_task == 0) job.rows_per_task = default_rows_per_task(job.rows);
  if (task.again) job.options += " --again";
  if (plan.reach == Reach::anywhere) job.options += " --allow-outside";
  job.tasks = tasks_left(plan, task, job.rows_per_task);
  if (job.tasks.empty()) {
    fmt::print("no rows are left: {}\n", text_of(count_rows(plan, task)));
    return;
  }
  const std::string text = job_script(job);
  if (dry_run) {
    fmt::print("{}", text);
    return;
  }
  std::error_code error;
  fs::create_directories(job.folder + "/jobs", error);
  if (error) throw FileError("cannot make the folder " + job.folder + "/jobs: " + error.message());
  const std::string script = job.folder + "/submit.slurm";
  replace_file(script, std::as_bytes(std::span(text)));
  if (const int code = wait_for(start_program({"sbatch", script})); code != 0)
    throw RunError(fmt::format("sbatch {} ended with exit code {}", script, code));
}

}  // namespace tautband
