// Writes example steps, and a row of history before each, until it is killed. Usage: tautband_result_writer FOLDER
// KEEP; it goes on after the first KEEP steps and rows in FOLDER; rank r leaves its process id in FOLDER/r. Exit code 3
// when another writer has the folder.
#include "base/error.hpp"
#include "io/directory_lock.hpp"
#include "io/history.hpp"
#include "support/result_example.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace {

using namespace tautband;

void write_until_killed(const std::string& folder, int keep) {
  const DirectoryLock lock(folder, MPI_COMM_WORLD);
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  std::ofstream(folder + "/" + std::to_string(rank)) << getpid() << std::endl;
  const Mesh mesh = testing_support::example_mesh(ElementKind::hex27);
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const testing_support::ExampleFields fields(local);
  ResultFile file(folder + "/result.vtkhdf", mesh, local, testing_support::example_fields(), {},
                  testing_support::example_provenance(), testing_support::example_case, keep);
  History history(folder, testing_support::example_columns(), testing_support::example_provenance(),
                  testing_support::example_case, MPI_COMM_WORLD, keep);
  if (keep == 0) write_example_statics(file, fields);
  for (int step = keep;; ++step) {
    history.append(testing_support::example_row(step));
    write_example_step(file, fields, step);
  }
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  int code = 0;
  try {
    write_until_killed(argv[1], std::atoi(argv[2]));
  } catch (const Error& error) {
    std::cerr << error.what() << std::endl;
    code = static_cast<int>(error.code);
  }
  Kokkos::finalize();
  MPI_Finalize();
  return code;
}
