#include "base/stop_signals.hpp"

#include <csignal>

#include <array>

namespace tautband {
namespace {

volatile std::sig_atomic_t stop_signal = 0, checkpoint_signal = 0;

int depth = 0;  ///< of the objects that live

constexpr std::array<int, 4> watched{SIGTERM, SIGINT, SIGUSR2, SIGUSR1};
std::array<struct sigaction, watched.size()> before;

void note(int signal) {
  if (signal == SIGUSR1) {
    checkpoint_signal = 1;
    return;
  }
  if (signal == SIGINT && stop_signal == SIGINT) {
    std::signal(SIGINT, SIG_DFL);
    std::raise(SIGINT);
  }
  stop_signal = signal;
}

}  // namespace

StopSignals::StopSignals() {
  if (depth++ > 0) return;
  stop_signal = 0;
  checkpoint_signal = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;  // a write that is interrupted is no failure
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &action, &before[i]);
}

StopSignals::~StopSignals() {
  if (--depth > 0) return;
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &before[i], nullptr);
}

int StopSignals::stop() { return stop_signal; }

bool StopSignals::take_checkpoint() {
  const bool asked = checkpoint_signal != 0;
  if (asked) checkpoint_signal = 0;
  return asked;
}

}  // namespace tautband
