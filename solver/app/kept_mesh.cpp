#include "app/kept_mesh.hpp"

#include "app/file_trial.hpp"
#include "io/case_mesh.hpp"

namespace tautband {

const Mesh& KeptMesh::of(const spec::Case& values, MPI_Comm comm) {
  std::error_code none;  // a file that is not there is told by who reads it
  const auto written = std::filesystem::last_write_time(values.mesh.file, none);
  if (!none && values.mesh.file == file_ && written == written_) {
    check_against_mesh(values, mesh_);
    return mesh_;
  }
  file_.clear();
  try_file(values.mesh.file, FileTrial::mesh, comm);
  mesh_ = read_case_mesh(values);
  file_ = values.mesh.file;
  written_ = written;
  return mesh_;
}

}  // namespace tautband
