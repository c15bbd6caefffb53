// Time of a collective piece of work: from the moment all ranks start to the moment the last one ends.
#pragma once

#include <mpi.h>
#include <Kokkos_Core.hpp>

namespace tautband::performance {

/// Seconds that f() takes, the same number on every rank.
template <class F> double seconds(MPI_Comm comm, const F& f) {
  Kokkos::fence();
  MPI_Barrier(comm);
  const double start = MPI_Wtime();
  f();
  Kokkos::fence();
  double elapsed = MPI_Wtime() - start;
  MPI_Allreduce(MPI_IN_PLACE, &elapsed, 1, MPI_DOUBLE, MPI_MAX, comm);
  return elapsed;
}

}  // namespace tautband::performance
