// A file that grows past the limit of the shell (ulimit -f) is an error, not the end of the program.
#pragma once

#include <csignal>

namespace tautband {

/// Ignores SIGXFSZ while it lives, so that the call which meets the limit returns EFBIG.
class IgnoredSizeSignal {
 public:
  IgnoredSizeSignal() : previous_(std::signal(SIGXFSZ, SIG_IGN)) {}
  ~IgnoredSizeSignal() {
    if (previous_ != SIG_ERR) std::signal(SIGXFSZ, previous_);
  }
  IgnoredSizeSignal(const IgnoredSizeSignal&) = delete;
  IgnoredSizeSignal& operator=(const IgnoredSizeSignal&) = delete;

 private:
  void (*previous_)(int);
};

}  // namespace tautband
