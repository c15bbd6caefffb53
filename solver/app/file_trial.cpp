#include "app/file_trial.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/info.hpp"
#include "io/mesh_file.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <new>

namespace tautband {
namespace {

const char* const command = "--try-file";
constexpr int out_of_memory = 4;  // exit code of the child; the others are those of the program
bool tries_files = false;

void limit(int resource, rlim_t most) {
  const rlimit limits{most, most + 1};  // one second from SIGXCPU, which says why, to SIGKILL
  setrlimit(resource, &limits);
}

void limit_process(const std::string& path) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(path, error);
  const auto size = std::filesystem::file_size(folder ? path + "/result.vtkhdf" : path, error);
  const rlim_t bytes = error ? 0 : size;
  limit(RLIMIT_AS, (rlim_t{2} << 30) + 64 * bytes);
  limit(RLIMIT_CPU, 30 + bytes / 5'000'000);
  limit(RLIMIT_CORE, 0);
}

int read_in_child(const std::string& what, const std::string& path) {
  limit_process(path);
  try {
    if (what == "mesh")
      read_mesh(path);
    else
      describe_file(path);
  } catch (const Error& error) {
    return static_cast<int>(error.code);
  } catch (const std::bad_alloc&) {
    return out_of_memory;
  }
  return static_cast<int>(ExitCode::done);
}

/// The child with all it prints thrown away; -1 when it cannot be started. Not by fork, after which a network card may
/// write into pages that are no longer ours.
pid_t start(const std::string& what, const std::string& path) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  std::array<std::string, 4> words{"tautband", command, what, path};
  std::array<char*, 5> pointers{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  pid_t child = -1;
  if (posix_spawn(&child, "/proc/self/exe", &files, nullptr, pointers.data(), environ) != 0) child = -1;
  posix_spawn_file_actions_destroy(&files);
  return child;
}

/// How the child ended, where that is the file's fault.
std::string fault_of(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status) == out_of_memory ? "it asks for too much memory" : "";
  const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  for (const int crash : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    if (signal == crash) return "reading it ends in HDF5 with \"" + std::string(strsignal(signal)) + "\"";
  return signal == SIGXCPU ? "reading it does not come to an end" : "";
}

}  // namespace

std::optional<int> file_trial(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == command) return read_in_child(argv[2], argv[3]);
  tries_files = true;
  return std::nullopt;
}

void try_file(const std::string& path, FileTrial trial) {
  if (!tries_files) return;
  const pid_t child = start(trial == FileTrial::mesh ? "mesh" : "any", path);
  if (child < 0) return;
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return;
  if (const std::string fault = fault_of(status); !fault.empty())
    throw FileError(path + ": the file is damaged: " + fault);
}

void try_file(const std::string& path, FileTrial trial, MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  if (rank == 0) try {
      try_file(path, trial);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
}

}  // namespace tautband
