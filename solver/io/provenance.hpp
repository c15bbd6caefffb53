// Where a result comes from: written into every result file and into run.json.
#pragma once

#include <mpi.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tautband {

struct Provenance {
  std::string version, git_hash, compiler, kokkos, mpi, hdf5;  ///< of the build
  std::string command_line;
  std::string host;  ///< of rank 0
  int ranks = 1;
  std::string devices;     ///< execution space, and the device of each rank where there are devices
  std::string start_time;  ///< ISO 8601, UTC
  std::string case_hash;   ///< of the resolved case
  std::string mesh_hash;   ///< empty without a mesh

  /// (key, value) in the order they are written
  std::vector<std::pair<std::string, std::string>> entries() const;
};

/// This run's. Collective.
Provenance provenance_of(const std::string& command_line, std::string_view resolved_case, MPI_Comm comm);

/// FNV-1a, 64 bits, as 16 hexadecimal digits: tells cases apart, is no protection against intent.
std::string hash_of(std::string_view text);

/// Of this process.
std::string host_name();

/// Now, ISO 8601, UTC, whole seconds.
std::string time_stamp();

}  // namespace tautband
