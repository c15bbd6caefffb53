// MPI for the life of the program, and how a failure ends it on all ranks.
#pragma once

#include "base/error.hpp"

#include <mpi.h>

#include <string>

namespace tautband {

class Processes {
 public:
  /// Starts MPI when `parallel`; without it there is one process.
  Processes(int& argc, char**& argv, bool parallel);
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  /// Ends a failed program: when all ranks failed, rank 0 prints the message and the code is returned; a rank that
  /// failed alone prints it and aborts the others, which would wait for it for ever.
  ExitCode fail(const std::string& message, ExitCode code);

  int rank() const { return rank_; }

 private:
  bool all_failed() const;

  bool parallel_;
  int rank_ = 0, size_ = 1;
  MPI_Comm failures_ = MPI_COMM_NULL;  ///< only failing ranks talk on it
};

}  // namespace tautband
