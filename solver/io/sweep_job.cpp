#include "io/sweep_job.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tautband {
namespace {

/// One word for the shell.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string directives(const SweepJob& job) {
  std::vector<std::string> options{"--job-name=" + job.name,
                                   "--array=" + range_list(job.tasks),
                                   "--nodes=1",
                                   fmt::format("--ntasks={}", job.ntasks),
                                   "--cpus-per-task=1",
                                   "--time=" + job.time,
                                   "--signal=B:USR1@120",
                                   "--requeue",
                                   "--open-mode=append",
                                   "--chdir=\"" + job.folder + "\"",
                                   "--output=jobs/%A_%a.log"};
  if (!job.partition.empty()) options.push_back("--partition=" + job.partition);
  if (!job.account.empty()) options.push_back("--account=" + job.account);
  options.insert(options.end(), job.sbatch.begin(), job.sbatch.end());
  std::string text;
  for (const std::string& option : options) text += "#SBATCH " + option + "\n";
  return text;
}

/// Runs its rows in the background, so that signals reach the script.
constexpr std::string_view body = R"(
"${run[@]}" --indices "$first-$last" &
program=$!
warned=no
# Slurm's warning, two minutes before the end; and scancel, preemption or the end itself.
trap 'interrupted=yes warned=yes; kill -TERM "$program"' USR1
trap 'interrupted=yes; kill -TERM "$program"' TERM
# A signal ends `wait` early, so it is called until it was the program that ended it.
while
  interrupted=no status=0
  wait "$program" || status=$?
  [[ $interrupted == yes ]]
do :; done
trap - USR1 TERM
if [[ $status == 75 && $warned == yes ]]; then
  scontrol requeue "$SLURM_JOB_ID" || echo "Rows are left; submit the sweep again." >&2
fi
exit "$status"
)";

}  // namespace

std::size_t default_rows_per_task(std::size_t rows) {
  constexpr std::size_t most_tasks = 1000;
  return std::max<std::size_t>((rows + most_tasks - 1) / most_tasks, 1);
}

std::string range_list(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i;
    while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[i]);
    if (end > i) text += "-" + std::to_string(numbers[end]);
    i = end + 1;
  }
  return text;
}

std::string job_script(const SweepJob& job) {
  std::string text = "#!/bin/bash\n# A sweep as a job array; written by tautband sweep submit.\n" + directives(job) +
                     "set -uo pipefail\n";
  for (const std::string& line : job.prologue) text += line + "\n";
  text += fmt::format("first=$((SLURM_ARRAY_TASK_ID * {0})) last=$((SLURM_ARRAY_TASK_ID * {0} + {0} - 1))\n",
                      job.rows_per_task);
  text += fmt::format("((last < {0})) || last={0}\n", job.rows - 1);
  text += fmt::format("run=({} sweep run {} -o {} -j {} --ranks {}{})", quoted(job.program), quoted(job.sweep),
                      quoted(job.folder), std::max(job.ntasks / job.ranks, 1), job.ranks, job.options);
  return text + std::string(body);
}

}  // namespace tautband
