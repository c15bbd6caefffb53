// `tautband sweep evaluate`: one row that another program asks for.
#pragma once

#include "app/sweep_engine.hpp"

namespace tautband {

/// The row that a parameters file asks for: each parameter of the sweep by its name, as a number in the unit of `from`.
/// Throws CaseError for a name that is missing or unknown.
SweepRow requested_row(const SweepPlan& plan, const std::string& parameters_file);

/// Runs the row (in FOLDER/evaluations, where it is found again when it is asked for again) and writes the results
/// file: the outputs that are asked for, or FAIL. Returns failed for a row that failed, resume for one that was
/// stopped, with nothing written.
ExitCode evaluate_row(const SweepPlan& plan, SweepTask task, const EngineOptions& engine,
                      const std::string& parameters_file, const std::string& results_file);

/// The plan of that row alone, and its task.
SweepPlan plan_of_row(const SweepPlan& plan, const SweepRow& row, SweepTask& task);

}  // namespace tautband
