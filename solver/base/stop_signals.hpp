// Signals by which users and batch systems talk to a run.
#pragma once

namespace tautband {

/// While it lives, SIGTERM, SIGINT and SIGUSR2 ask for the end, SIGUSR1 for a checkpoint; nothing else happens when
/// they arrive. A second SIGINT ends the program at once. mpirun hands SIGUSR1 and SIGUSR2 on to its ranks and lets
/// them do; after SIGTERM and SIGINT it soon kills them. Objects nest; what has come stays until the outermost is gone.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// SIGTERM, SIGINT or SIGUSR2 has come; its number, or 0.
  static int stop();
  /// SIGUSR1 has come since the last call.
  static bool take_checkpoint();
};

}  // namespace tautband
