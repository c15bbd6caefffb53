// A mesh that runs of one process share.
#pragma once

#include "mesh/mesh.hpp"
#include "spec/case.hpp"

#include <mpi.h>

#include <filesystem>
#include <string>

namespace tautband {

/// Keeps the mesh that was read last for the next case that names the same file.
class KeptMesh {
 public:
  /// The mesh of a case, checked against it; read only when it is not the one kept or the file has been written since,
  /// and tried before (try_file). Collective; throws as read_case_mesh does.
  const Mesh& of(const spec::Case& values, MPI_Comm comm);

 private:
  std::string file_;
  std::filesystem::file_time_type written_;
  Mesh mesh_;
};

}  // namespace tautband
