#include "app/crash_mark.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <csignal>
#include <cstring>

namespace tautband {
namespace {

constexpr std::array<int, 5> watched{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
std::array<struct sigaction, watched.size()> before;
std::array<char, PATH_MAX> mark_path;
std::array<char, 65536> own_stack;  ///< for the handler, where the process has run out of its own

/// Only calls that a signal handler may make.
void leave_mark(int signal) {
  const int file = open(mark_path.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const char digits[2] = {static_cast<char>('0' + signal / 10), static_cast<char>('0' + signal % 10)};
  const bool two = signal >= 10;
  if (file >= 0 && write(file, two ? digits : digits + 1, two ? 2 : 1) > 0) fsync(file);
  std::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

CrashMark::CrashMark(const std::string& file) {
  std::strncpy(mark_path.data(), file.c_str(), mark_path.size() - 1);
  stack_t stack{};
  stack.ss_sp = own_stack.data();
  stack.ss_size = own_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = leave_mark;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &action, &before[i]);
}

CrashMark::~CrashMark() {
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &before[i], nullptr);
}

}  // namespace tautband
