// A checksum at the end of a file that says whether its bytes are those that were written. It is checked by plain
// reading, before any library interprets the file.
//   file  ...  "tautband sealed" and a zero, bytes before them (8, little endian), checksum of those (8)
#pragma once

#include <mpi.h>

#include <string>

namespace tautband {

/// Appends the seal to a closed file and brings all of it to the disk. The ranks share the reading. Collective; throws
/// FileError on all ranks.
void seal_file(const std::string& path, MPI_Comm comm);

/// Why the file is not what was sealed, or nothing; the same on all ranks. Collective.
std::string broken_seal(const std::string& path, MPI_Comm comm);
/// The same for one process by itself, with or without MPI.
std::string broken_seal(const std::string& path);

}  // namespace tautband
