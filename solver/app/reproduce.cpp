#include "app/reproduce.hpp"

#include "app/kept_mesh.hpp"
#include "app/map.hpp"
#include "app/point.hpp"
#include "io/agreement.hpp"
#include "io/case_file.hpp"
#include "io/case_writer.hpp"
#include "io/number_comparison.hpp"
#include "io/provenance.hpp"
#include "io/stored_run.hpp"
#include "mesh/mesh_hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>

namespace tautband {
namespace {

namespace fs = std::filesystem;

constexpr double round_off = 1e-9;  // of the largest value of a column

enum class Kind { run, point, map };

struct KindEntry {
  Kind kind;
  const char* command;
  const char* numbers;  ///< the file and
  const char* group;    ///< the group that are compared
  ExitCode (*perform)(const spec::Case&, const RunOptions&);
};

constexpr std::array kinds = {KindEntry{Kind::run, "run", "history.h5", "/history", run_case},
                              KindEntry{Kind::point, "point", "history.h5", "/history", run_point},
                              KindEntry{Kind::map, "map", "map.h5", "/map", run_map}};

int rank_of(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

/// Does something on rank 0; its FileError is thrown on all ranks.
void on_first_rank(MPI_Comm comm, const std::function<void()>& action) {
  std::string failure;
  if (rank_of(comm) == 0) try {
      action();
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
}

StoredRun read_on_all(const std::string& result, MPI_Comm comm) {
  StoredRun run;
  on_first_rank(comm, [&] { run = read_stored_run(result); });
  run.folder = broadcast(run.folder, comm);
  run.case_path = broadcast(run.case_path, comm);
  run.resolved_case = broadcast(run.resolved_case, comm);
  for (const char* key : {"command_line", "mesh_hash"}) run.provenance[key] = broadcast(run.provenance[key], comm);
  return run;
}

/// What the case is for; one that can be used in several ways was used as its command line or its files say.
const KindEntry& kind_of(const StoredRun& stored, const spec::Case& values) {
  const std::string& words = stored.provenance.at("command_line");
  for (const KindEntry& entry : kinds)
    if (words.find(fmt::format("tautband {} ", entry.command)) != std::string::npos) return entry;
  if (!values.mesh.file.empty()) return kinds[0];
  return values.map.active ? kinds[2] : kinds[1];
}

/// Lines "key: before -> now" for what was different when the result was made.
void print_differences(const StoredRun& stored, const Provenance& now) {
  for (const std::string& complaint : stored.complaints) fmt::print(stderr, "warning: {}\n", complaint);
  fmt::print("result   {}, made {} by {}\n", stored.folder, stored.provenance.at("start_time"),
             stored.provenance.at("command_line"));
  int differences = 0;
  for (const auto& [key, value] : now.entries()) {
    if (key == "command_line" || key == "start_time" || key == "mesh_hash" || key == "case_hash") continue;
    const auto before = stored.provenance.find(key);
    if (before != stored.provenance.end() && before->second == value) continue;
    fmt::print("differs  {}: {} then, {} now\n", key, before == stored.provenance.end() ? "unknown" : before->second,
               value);
    ++differences;
  }
  if (differences == 0) fmt::print("build    the same, on the same machine\n");
  if (now.case_hash != stored.provenance.at("case_hash"))
    fmt::print("differs  case: this version fills in other defaults or writes them otherwise\n");
}

void require_mesh(const spec::Case& values, const StoredRun& stored, KeptMesh& mesh, MPI_Comm comm) {
  const std::string hash = mesh_hash(mesh.of(values, comm)), &before = stored.provenance.at("mesh_hash");
  if (before.empty() || before == hash) return;
  throw FileError(fmt::format("{}: not the mesh that was run on: its hash is {}, not {}; --mesh names another file",
                              values.mesh.file, hash, before));
}

std::string output_of(const RunOptions& run, const StoredRun& stored) {
  const fs::path there = (fs::path(stored.folder) / "").parent_path();  // without a slash at its end
  const bool named = there.has_filename() && there.filename() != "." && there.filename() != "..";
  const fs::path folder = named ? there : fs::absolute(there / "").lexically_normal().parent_path();
  const std::string output = run.output.empty() ? folder.string() + "-reproduced" : run.output;
  std::error_code error;
  if (fs::equivalent(output, folder, error)) throw CaseError(output + ": is the result itself; -o names a directory");
  return output;
}

void print_columns(NumberComparison found) {
  constexpr std::size_t most = 20;
  const auto differ = [](const ColumnDifference& column) { return column.largest > 0.0; };
  std::erase_if(found.columns, [&](const ColumnDifference& column) { return !differ(column); });
  std::stable_sort(found.columns.begin(), found.columns.end(),
                   [](const auto& a, const auto& b) { return a.largest > b.largest; });
  for (std::size_t i = 0; i < std::min(most, found.columns.size()); ++i)
    fmt::print("  {:<30} {:.3g}\n", found.columns[i].name, found.columns[i].largest);
  if (found.columns.size() > most) fmt::print("  and {} columns more\n", found.columns.size() - most);
}

/// Returns whether the numbers agree; says so.
bool print_verdict(const NumberComparison& found, bool was_done) {
  for (const std::string& name : found.missing) fmt::print("differs  {}: only in the earlier result\n", name);
  for (const std::string& name : found.additional) fmt::print("differs  {}: only in the new result\n", name);
  const bool same_rows = found.rows_before == found.rows_now || (!was_done && found.rows_before < found.rows_now);
  if (found.rows_before != found.rows_now)
    fmt::print("differs  {} rows then, {} now; the first {} are compared\n", found.rows_before, found.rows_now,
               found.rows);
  const bool same_names = found.missing.empty() && found.additional.empty();
  if (found.largest() > 0.0) {
    fmt::print("largest difference of a column, relative to its largest value:\n");
    print_columns(found);
  }
  const bool agree = same_rows && same_names && found.largest() <= round_off;
  fmt::print("verdict  {} columns, {} rows: {}\n", found.columns.size(), found.rows,
             !agree            ? "different"
             : found.same_bits ? "equal to the last bit"
                               : fmt::format("equal to round-off, {:.1g} at most", found.largest()));
  return agree;
}

}  // namespace

ExitCode reproduce(const ReproduceOptions& options, RunOptions run) {
  const StoredRun stored = read_on_all(options.result, run.comm);
  std::vector<std::string> overrides;
  if (!options.mesh.empty()) overrides.push_back("mesh.file=" + fs::absolute(options.mesh).string());
  // The paths of a resolved case are absolute: they lead to what the earlier run has read.
  const spec::Case values = parse_case(stored.resolved_case, stored.case_path, overrides, Reach::anywhere);
  const Provenance now = provenance_of(run.command_line, write_case(values), run.comm);
  run.output = output_of(run, stored);
  if (rank_of(run.comm) == 0) print_differences(stored, now);
  const KindEntry& kind = kind_of(stored, values);
  KeptMesh mesh;
  run.kept_mesh = &mesh;
  if (kind.kind == Kind::run) require_mesh(values, stored, mesh, run.comm);
  const ExitCode code = kind.perform(values, run);
  if (code != ExitCode::done) return code;
  int agree = 0;
  on_first_rank(run.comm, [&] {
    const auto file = [&kind](const std::string& folder) { return (fs::path(folder) / kind.numbers).string(); };
    const auto status = stored.provenance.find("status");
    agree = print_verdict(compare_numbers(file(stored.folder), file(run.output), kind.group, {"starts"}),
                          status == stored.provenance.end() || status->second == "done");
  });
  MPI_Bcast(&agree, 1, MPI_INT, 0, run.comm);
  return agree ? ExitCode::done : ExitCode::failed;
}

}  // namespace tautband
