// Wall time of a part of a run.
#pragma once

#include <mpi.h>

namespace tautband {

/// Adds the time of its life (s) to a sum.
class Stopwatch {
 public:
  explicit Stopwatch(double& sum) : sum_(sum), begin_(MPI_Wtime()) {}
  ~Stopwatch() { sum_ += MPI_Wtime() - begin_; }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& sum_;
  double begin_;
};

}  // namespace tautband
