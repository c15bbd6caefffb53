// `tautband sweep submit`.
#pragma once

#include "app/sweep_worker.hpp"
#include "io/sweep_job.hpp"

namespace tautband {

/// Completes the job (paths, rows, tasks with rows that are left) and prints it, or writes it as submit.slurm into the
/// sweep's folder and hands it to sbatch. Throws RunError when sbatch cannot be started or refuses.
void submit(const SweepPlan& plan, const SweepTask& task, SweepJob job, bool dry_run);

}  // namespace tautband
