// One line that moves on a terminal, plain lines now and then in a log.
#pragma once

#include "app/simulation.hpp"

#include <chrono>

namespace tautband {

class Progress {
 public:
  /// Prints on rank 0 only.
  Progress(double start, double end, bool print);
  void step(const StepSummary& step);
  /// Ends the moving line.
  void finish();

 private:
  double elapsed() const;

  double start_, end_;
  bool print_, terminal_;
  std::chrono::steady_clock::time_point begin_;
  double last_print_ = -1e9;
};

/// 75 -> "1 min 15 s"
std::string readable_duration(double seconds);

}  // namespace tautband
