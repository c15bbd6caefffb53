#include "app/unfinished_run.hpp"

#include "io/agreement.hpp"
#include "io/checkpoint_folder.hpp"
#include "io/json_values.hpp"

#include <fmt/format.h>
#include <cstdio>
#include <filesystem>
#include <sstream>

namespace tautband {
namespace {

/// What run.json says; nothing when there is none, or it was cut by a power failure.
std::string status_of(const std::string& folder, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string status;
  if (rank == 0) try {
      status = read_json((std::filesystem::path(folder) / "run.json").string())["status"];
    } catch (const FileError&) {
      status = "";  // the checkpoints themselves say whether there is something to go on with
    }
  return broadcast(status, comm);
}

/// The first line in which two cases differ, "a -> b".
std::string first_difference(const std::string& before, const std::string& now) {
  std::istringstream old_lines(before), new_lines(now);
  std::string section, old_line, new_line;
  for (;;) {
    const bool old_left = bool(std::getline(old_lines, old_line)), new_left = bool(std::getline(new_lines, new_line));
    if (!old_left && !new_left) return "";
    if (!old_left) old_line = "nothing";
    if (!new_left) new_line = "nothing";
    if (old_left && new_left && old_line == new_line) {
      if (new_line.starts_with('[')) section = new_line + " ";
      continue;
    }
    return fmt::format("{}{} -> {}", section, old_line, new_line);
  }
}

/// Throws when the checkpoint is not of this case and mesh.
void require_owner(const std::string& path, const CheckpointOwner& now, const std::string& folder) {
  const CheckpointOwner before = owner_of_checkpoint(path);
  const std::string way_out = "--restart begins anew and removes what is there; -o names another directory";
  if (before.resolved_case != now.resolved_case)
    throw CaseError(fmt::format("{} holds an unfinished run of another case ({}); {}", folder,
                                first_difference(before.resolved_case, now.resolved_case), way_out));
  if (before.mesh != now.mesh)
    throw CaseError(fmt::format("{} holds an unfinished run on another mesh: the mesh file has changed since; {}",
                                folder, way_out));
}

}  // namespace

std::string checkpoint_to_resume(const RunOptions& options, const CheckpointOwner& now) {
  if (options.resume == Resume::never) return "";
  const CheckpointFolder folder(options.output, options.comm);
  const std::string status = status_of(options.output, options.comm);
  const bool insists = options.resume == Resume::required;
  if (!insists && status == "done") return "";
  std::vector<std::string> complaints;
  const std::string path = folder.newest_intact(complaints);
  int rank;
  MPI_Comm_rank(options.comm, &rank);
  for (const std::string& complaint : complaints)
    if (rank == 0) std::fprintf(stderr, "warning: %s\n", complaint.c_str());
  if (path.empty() && (insists || !complaints.empty()))
    throw FileError(fmt::format("{} has no checkpoint that can be used; --restart begins anew", options.output));
  if (path.empty()) return "";
  std::string failure;
  int differs = 0;
  if (rank == 0) try {
      require_owner(path, now, options.output);
    } catch (const CaseError& error) {
      failure = error.what();
      differs = 1;
    } catch (const FileError& error) {
      failure = error.what();
    }
  MPI_Bcast(&differs, 1, MPI_INT, 0, options.comm);
  if (differs && status == "failed" && !insists) return "";  // a failed run is over; its case was mended
  failure = broadcast(failure, options.comm);
  if (differs) throw CaseError(failure);
  if (!failure.empty()) throw FileError(failure);
  return path;
}

}  // namespace tautband
