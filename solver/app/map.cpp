#include "app/map.hpp"

#include "app/map_plane.hpp"
#include "base/units.hpp"
#include "io/agreement.hpp"
#include "io/case_writer.hpp"
#include "io/directory_lock.hpp"
#include "io/replace_file.hpp"
#include "io/result_directory.hpp"
#include "io/run_record.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <span>

namespace tautband {
namespace {

/// Points on the device at once: enough to fill it, few enough to stay in the cache of a host.
constexpr Index largest_batch = host_execution ? 1024 : 131072;

/// On rank 0 the whole map, elsewhere zero where other ranks compute.
struct Computed {
  MapTable table;
  std::int64_t steps = 0;
};

std::string name_of(spec::Condition condition) {
  for (const auto& entry : spec::enum_table<spec::Condition>)
    if (entry.value == condition) return std::string(entry.name);
  return {};
}

/// What becomes of the points first, first + stride, ...
void take(const std::vector<PhaseOutcome>& outcomes, std::size_t batch, std::size_t first, std::size_t stride,
          const MapPlane& plane, Computed& all) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::size_t point = first + stride * (i % batch), at = i / batch * plane.points() + point;
    if (outcomes[i].failed != 0) throw RunError("the trigger point has no accurate step at " + plane.name(point));
    all.table.condition[at] = static_cast<std::int64_t>(outcomes[i].condition);
    all.table.nociception[at] = outcomes[i].nociception;
    all.table.memory[at] = outcomes[i].memory;
    all.steps += outcomes[i].steps;
  }
}

/// Point p belongs to rank p modulo the ranks: neighbours cost about the same.
void compute(const spec::Case& values, std::size_t rank, std::size_t ranks, MapPlane& plane, Computed& all) {
  std::vector<TriggerPoint::Condition> starts;
  for (const spec::Condition start : values.map.starts) starts.push_back(static_cast<TriggerPoint::Condition>(start));
  PhaseMap map(starts, values.map.duration, values.physiology.trigger_point.tolerance, largest_batch);
  std::vector<PhasePoint> batch;
  for (std::size_t first = rank; first < plane.points(); first += largest_batch * ranks) {
    batch.clear();
    for (std::size_t point = first; point < plane.points() && batch.size() < largest_batch; point += ranks)
      batch.push_back(plane.at(point));
    take(map.compute(batch), batch.size(), first, ranks, plane, all);
  }
}

void add_up(void* data, std::size_t count, MPI_Datatype type, int rank, MPI_Comm comm) {
  MPI_Reduce(rank == 0 ? MPI_IN_PLACE : data, data, static_cast<int>(count), type, MPI_SUM, 0, comm);
}

Computed compute_on_all(const spec::Case& values, int rank, MPI_Comm comm) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  MapPlane plane(values);
  Computed all;
  MapTable& table = all.table;
  const std::size_t trajectories = plane.points() * values.map.starts.size();
  table.condition.resize(trajectories);
  table.nociception.resize(trajectories);
  table.memory.resize(trajectories);
  compute(values, static_cast<std::size_t>(rank), static_cast<std::size_t>(ranks), plane, all);
  add_up(table.condition.data(), trajectories, MPI_INT64_T, rank, comm);
  add_up(table.nociception.data(), trajectories, MPI_DOUBLE, rank, comm);
  add_up(table.memory.data(), trajectories, MPI_DOUBLE, rank, comm);
  add_up(&all.steps, 1, MPI_INT64_T, rank, comm);
  table.x = plane.axis(0);
  table.y = plane.axis(1);
  table.duration = format_quantity(values.map.duration, "h");
  for (const spec::Condition start : values.map.starts) table.starts.push_back(name_of(start));
  return all;
}

void print_plane(const spec::Case& values) {
  fmt::print("case     {}{}\n", values.path, values.title.empty() ? "" : ": " + values.title);
  for (const spec::MapAxis& axis : values.axes)
    fmt::print("axis     {} from {} to {} in {} values\n", axis.key, axis.from.text, axis.to.text, axis.count);
}

/// Computes and writes; returns on rank 0 what was done.
RunCounts perform(const spec::Case& values, const std::string& folder, const Provenance& provenance,
                  const std::string& resolved, int rank, MPI_Comm comm) {
  const auto start = std::chrono::steady_clock::now();
  const Computed all = compute_on_all(values, rank, comm);
  std::string failure;
  if (rank == 0) try {
      write_map(folder, all.table, provenance, resolved);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (rank == 0)
    fmt::print("done     {} trajectories of {} and {} steps in {:.1f} s, in {}\n", all.table.condition.size(),
               all.table.duration, all.steps, seconds, folder);
  RunCounts counts;
  counts.time = values.map.duration;
  counts.steps = all.steps;
  return counts;
}

}  // namespace

ExitCode run_map(const spec::Case& values, const RunOptions& options) {
  if (!values.map.active) throw CaseError(values.path + ": the case has no [map]; see tautband explain map");
  const MPI_Comm comm = options.comm;
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const std::string resolved = write_case(values);
  MapPlane{values};  // refuses a plane without effect before anything is written
  const DirectoryLock lock(options.output, comm);
  make_result_directory(options.output, comm);
  const Provenance provenance = provenance_of(options.command_line, resolved, comm);
  std::optional<RunRecord> record;
  if (rank == 0) {
    print_plane(values);
    replace_file(options.output + "/case.resolved.toml", std::as_bytes(std::span(resolved)));
    record.emplace(options.output + "/run.json", provenance);
  }
  try {
    const RunCounts counts = perform(values, options.output, provenance, resolved, rank, comm);
    if (record) {
      record->update(counts);
      record->finish(RunStatus::done, ExitCode::done, "");
    }
  } catch (const Error& error) {
    if (record) record->finish(RunStatus::failed, error.code, error.what());
    throw;
  }
  return ExitCode::done;
}

}  // namespace tautband
