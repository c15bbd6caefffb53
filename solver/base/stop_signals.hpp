// Signals by which users and batch systems talk to a run.
#pragma once

namespace tautband {

/// While it lives, SIGTERM and SIGINT ask for the end, SIGUSR1 for a checkpoint; nothing else happens when they arrive.
/// A second SIGINT ends the program at once. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// SIGTERM or SIGINT has come; its number, or 0.
  static int stop();
  /// SIGUSR1 has come since the last call.
  static bool take_checkpoint();
};

}  // namespace tautband
