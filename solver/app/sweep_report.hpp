// What a sweep has come to: counts, reasons, and the table of all rows.
#pragma once

#include "app/sweep_worker.hpp"

namespace tautband {

/// Prints how many rows are done, failed, stopped, running and missing; with `failed` also every failed row and why.
/// Returns as exit_code() says.
ExitCode print_status(const SweepPlan& plan, const SweepTask& task, bool failed);

/// Takes the outputs off every row that is done and writes the table into the folder; first lets tautband-post, the
/// program beside this one, measure the bands of rows that lack bands.json and need it. A row whose files cannot be
/// read counts as failed. Throws CaseError for an output that no row can give, and FileError.
void gather(const SweepPlan& plan, const SweepTask& task);

}  // namespace tautband
