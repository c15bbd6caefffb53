// What the machine can do with all ranks at work: memory bandwidth (the triad of McCalpin's STREAM) and multiply-adds.
#pragma once

#include <mpi.h>

namespace tautband::performance {

struct MachineLimits {
  double bytes_per_s = 0.0;  ///< triad a = b + s c, 24 bytes per entry, sum over ranks
  double flops_per_s = 0.0;  ///< independent multiply-adds, two flops each, sum over ranks
};

/// Measures both on all ranks at once and takes the fastest of several passes, as STREAM does. Takes about a second.
MachineLimits measure_machine(MPI_Comm comm);

}  // namespace tautband::performance
