// When a run writes a checkpoint and when it stops early, as its users and the batch system ask.
#pragma once

#include "base/stop_signals.hpp"

#include <mpi.h>

#include <chrono>
#include <string>

namespace tautband {

/// Looks only at the clock that never jumps. Made when the run begins.
class RunControl {
 public:
  struct Limits {
    double checkpoint_interval;  ///< s of wall time
    double longest;              ///< s of wall time for the whole run, may be infinite
  };
  struct Request {
    bool checkpoint = false;
    std::string stop;  ///< why the run stops now, with a checkpoint; empty: it goes on
  };

  /// `folder`: of the results, where a file STOP stops the run.
  RunControl(const std::string& folder, const Limits& limits, MPI_Comm comm);

  /// To be asked after every step; the same on all ranks. A file STOP is removed. Collective.
  Request ask();
  /// s of wall time since the run began.
  double seconds() const { return seconds_since(begin_); }
  /// A checkpoint has been written, or tried.
  void checkpoint_written();

 private:
  using Clock = std::chrono::steady_clock;
  static double seconds_since(Clock::time_point begin);
  bool time_is_up();
  bool stop_file() const;

  StopSignals signals_;
  std::string stop_path_;
  Limits limits_;
  MPI_Comm comm_;
  int rank_ = 0;
  Clock::time_point begin_, last_ask_, last_checkpoint_;
  double longest_step_ = 0.0, longest_checkpoint_ = 0.0;  ///< s
};

}  // namespace tautband
