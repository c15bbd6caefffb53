#include "app/point.hpp"

#include "app/point_experiment.hpp"
#include "io/case_writer.hpp"
#include "io/directory_lock.hpp"
#include "io/provenance.hpp"
#include "io/replace_file.hpp"
#include "io/result_directory.hpp"
#include "io/run_record.hpp"

#include <fmt/format.h>
#include <optional>
#include <span>

namespace tautband {

namespace {

std::string_view name_of(spec::Protocol protocol) {
  for (const auto& entry : spec::enum_table<spec::Protocol>)
    if (entry.value == protocol) return entry.name;
  return "";
}

RunCounts perform(PointExperiment& experiment, const std::string& folder, const Provenance& provenance,
                  const std::string& resolved, MPI_Comm comm) {
  History history(folder, experiment.columns(), provenance, resolved, comm);
  RunCounts counts;
  experiment.run([&](const std::vector<double>& row) {
    history.append(row);
    counts.time = row.front();
    ++counts.steps;
  });
  return counts;
}

}  // namespace

std::unique_ptr<PointExperiment> make_point_experiment(const spec::Case& values) {
  if (!values.point.active) throw CaseError(values.path + ": the case has no [point]; see tautband explain point");
  switch (values.point.protocol) {
    case spec::Protocol::spindle_ramp_and_hold:
      return make_spindle_experiment(values);
    case spec::Protocol::trigger_point:
      return make_trigger_point_experiment(values);
    default:
      return make_bar_experiment(values);
  }
}

ExitCode run_point(const spec::Case& values, const RunOptions& options) {
  const MPI_Comm comm = options.comm;
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const std::unique_ptr<PointExperiment> experiment = make_point_experiment(values);
  const DirectoryLock lock(options.output, comm);
  make_result_directory(options.output, comm);
  const std::string resolved = write_case(values);
  const Provenance provenance = provenance_of(options.command_line, resolved, comm);
  std::optional<RunRecord> record;
  if (rank == 0) {
    fmt::print("case     {}{}\n", values.path, values.title.empty() ? "" : ": " + values.title);
    fmt::print("point    {}\n", name_of(values.point.protocol));
    replace_file(options.output + "/case.resolved.toml", std::as_bytes(std::span(resolved)));
    record.emplace(options.output + "/run.json", provenance);
  }
  try {
    const RunCounts counts = perform(*experiment, options.output, provenance, resolved, comm);
    if (!record) return ExitCode::done;
    record->update(counts);
    record->finish(RunStatus::done, ExitCode::done, "");
    fmt::print("done     {} rows up to {:g} s in {}\n", counts.steps, counts.time, options.output);
  } catch (const Error& error) {
    if (record) record->finish(RunStatus::failed, error.code, error.what());
    throw;
  }
  return ExitCode::done;
}

}  // namespace tautband
