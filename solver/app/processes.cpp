#include "app/processes.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace tautband {

Processes::Processes(int& argc, char**& argv, bool parallel) : parallel_(parallel) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file too large is an error with a message, not the end of the program
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // logs of batch jobs keep the order of both streams
  if (!parallel_) return;
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
  MPI_Comm_dup(MPI_COMM_WORLD, &failures_);
}

Processes::~Processes() {
  if (!parallel_) return;
  MPI_Comm_free(&failures_);
  MPI_Finalize();
}

/// Waits a moment for the other ranks to fail as well.
bool Processes::all_failed() const {
  using namespace std::chrono_literals;
  MPI_Request everyone = MPI_REQUEST_NULL;
  MPI_Ibarrier(failures_, &everyone);
  const auto patience = std::chrono::steady_clock::now() + 2s;
  int arrived = 0;
  while (!arrived && std::chrono::steady_clock::now() < patience) {
    MPI_Test(&everyone, &arrived, MPI_STATUS_IGNORE);
    if (!arrived) std::this_thread::sleep_for(5ms);
  }
  return arrived != 0;
}

ExitCode Processes::fail(const std::string& message, ExitCode code) {
  const bool together = size_ == 1 || all_failed();
  if (rank_ == 0) std::fprintf(stderr, "error: %s\n", message.c_str());
  if (parallel_ && size_ == 1) {  // HDF5 1.10 can crash in MPI_Finalize once a file of it could not be written
    std::fflush(nullptr);
    std::_Exit(static_cast<int>(code));
  }
  if (together) return code;
  if (rank_ != 0) std::fprintf(stderr, "error on rank %d: %s\n", rank_, message.c_str());
  MPI_Abort(MPI_COMM_WORLD, static_cast<int>(code));
  return code;
}

}  // namespace tautband
