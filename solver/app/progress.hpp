// One line that moves on a terminal, plain lines now and then in a log.
#pragma once

#include "app/simulation.hpp"
#include "io/run_record.hpp"

#include <chrono>

namespace tautband {

class Progress {
 public:
  /// Prints on rank 0 only.
  Progress(double start, double end, bool print);
  void step(const StepSummary& step);
  /// A line that stays.
  void note(const std::string& text);
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

/// How `seconds` of wall time divide: "80.0 s: linear solves 50 %, rest of mechanics 25 %, physiology 10 %, output 5 %,
/// set-up and the rest 10 %"
std::string division_of(double seconds, const RunCounts& counts);

}  // namespace tautband
