// Files from outside are read once by a child process before the program opens them itself: HDF5 1.10 follows whatever
// lengths and addresses a damaged file holds, and about one of 1500 damaged files ends the process that opens it.
#pragma once

#include <mpi.h>

#include <optional>
#include <string>

namespace tautband {

/// What is tried of a file.
enum class FileTrial { mesh, any };

/// To be called first in main. In a child that was started to try a file: reads it and gives the exit code of the
/// child. Otherwise makes this program one that tries its files, and gives nothing.
std::optional<int> file_trial(int argc, char** argv);

/// Reads the file in a child process, with limits for memory (2 GiB and 64 times the file) and processor time (30 s and
/// 1 s per 5 MB). Throws FileError when that ended the child. What the reader itself says of a file is left to those
/// who read it next. The child starts neither MPI nor Kokkos. Does nothing in a program whose main does not call
/// file_trial, and where no child can be started.
void try_file(const std::string& path, FileTrial trial);

/// The same on rank 0, whose error is that of all. Collective.
void try_file(const std::string& path, FileTrial trial, MPI_Comm comm);

}  // namespace tautband
