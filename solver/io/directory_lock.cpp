#include "io/directory_lock.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/provenance.hpp"
#include "io/size_signal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tautband {
namespace {

/// What the holder wrote; nothing in the moment between its lock and its text.
std::string text_of(int file) {
  std::array<char, 512> text{};
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  std::string found(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return found.substr(0, found.find('\n'));
}

/// Takes the lock or throws; returns why the file system has none.
std::string lock(int file, const std::string& folder) {
  int result = -1;
  do result = flock(file, LOCK_EX | LOCK_NB);
  while (result != 0 && errno == EINTR);
  if (result == 0) return "";
  if (errno != EWOULDBLOCK) return std::strerror(errno);
  const std::string holder = text_of(file);
  throw FileError(folder + " is in use: " + (holder.empty() ? "another run has just begun" : holder));
}

void sign(int file, const std::string& path) {
  const IgnoredSizeSignal ignored;
  const std::string text = fmt::format("process {} on host {} since {}\n", getpid(), host_name(), time_stamp());
  if (ftruncate(file, 0) != 0 || pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    throw FileError("cannot write " + path + ": " + std::strerror(errno));
}

/// Returns the open and locked file.
int take(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw FileError("cannot make the folder " + folder + ": " + error.message());
  const std::string path = (std::filesystem::path(folder) / ".lock").string();
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) throw FileError("cannot write " + path + ": " + std::strerror(errno));
  try {
    const std::string missing = lock(file, folder);
    if (!missing.empty())
      fmt::print(stderr, "warning: the file system of {} cannot lock files ({}): start no second run there\n", folder,
                 missing);
    sign(file, path);
  } catch (const FileError&) {
    close(file);
    throw;
  }
  return file;
}

}  // namespace

DirectoryLock::DirectoryLock(const std::string& folder, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  if (rank == 0) try {
      file_ = take(folder);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace tautband
