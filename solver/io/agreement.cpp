#include "io/agreement.hpp"

#include "base/error.hpp"

namespace tautband {

std::string broadcast(std::string text, MPI_Comm comm, int root) {
  int length = static_cast<int>(text.size());
  MPI_Bcast(&length, 1, MPI_INT, root, comm);
  text.resize(length);
  MPI_Bcast(text.data(), length, MPI_CHAR, root, comm);
  return text;
}

void fail_together(const std::string& failure, MPI_Comm comm) {
  int rank, size, first;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int mine = failure.empty() ? size : rank;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, comm);
  if (first < size) throw FileError(broadcast(failure, comm, first));
}

}  // namespace tautband
