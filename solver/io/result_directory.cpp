#include "io/result_directory.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/appended_file.hpp"

#include <filesystem>
#include <system_error>

namespace tautband {
namespace {

namespace fs = std::filesystem;

/// The uppermost folder of the path that does not exist; empty when all do.
fs::path first_missing(const fs::path& path) {
  fs::path upper;
  for (const fs::path& part : path) {
    upper /= part;
    std::error_code error;
    if (!upper.empty() && !fs::exists(upper, error)) return upper;
  }
  return {};
}

/// Writes a byte and takes it back.
void try_to_write(const fs::path& folder) {
  const fs::path probe = folder / ".writable";
  const auto remove = [&] {
    std::error_code error;
    fs::remove(probe, error);
  };
  try {
    AppendedFile(probe.string()).append("\n");
  } catch (const FileError&) {
    remove();
    throw;
  }
  remove();
}

/// Removes empty folders from `folder` up to `upper`.
void remove_folders(fs::path folder, const fs::path& upper) {
  std::error_code error;
  while (fs::remove(folder, error) && folder != upper) folder = folder.parent_path();
}

void make(const fs::path& folder) {
  const fs::path made = first_missing(folder);
  std::error_code error;
  fs::create_directories(folder, error);
  if (std::error_code ignored; !error && !fs::is_directory(folder, ignored))
    error = std::make_error_code(std::errc::not_a_directory);
  try {
    if (error) throw FileError("cannot make the folder " + folder.string() + ": " + error.message());
    try_to_write(folder);
  } catch (const FileError&) {
    if (!made.empty()) remove_folders(folder, made);
    throw;
  }
  for (const char* name : {"result.vtkhdf", "result.vtkhdf.tmp", "history.h5", "history.csv", "map.h5", "map.csv",
                           "case.resolved.toml", "run.json"})
    if (!fs::remove(folder / name, error) && error)
      throw FileError("cannot replace " + (folder / name).string() + ": " + error.message());
}

}  // namespace

void make_result_directory(const std::string& path, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  if (rank == 0) try {
      const fs::path folder = fs::absolute(path).lexically_normal();
      make(folder.has_filename() ? folder : folder.parent_path());
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
}

}  // namespace tautband
