// One run at a time in a folder of results.
#pragma once

#include <mpi.h>

#include <string>

namespace tautband {

/// Holds an advisory lock on FOLDER/.lock, which says who has it, while it lives. The system takes the lock back when
/// the process ends, however it ends; the file stays. Held by rank 0.
class DirectoryLock {
 public:
  /// Makes the folder where it is missing. Collective; throws FileError on all ranks when another run has the folder,
  /// naming its process, or when the file cannot be written. A file system that cannot lock is a warning on stderr.
  DirectoryLock(const std::string& folder, MPI_Comm comm);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace tautband
