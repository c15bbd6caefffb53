// A note of the signal that ends a process.
#pragma once

#include <string>

namespace tautband {

/// While it lives, a fatal signal (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) writes its number to a file before it ends
/// the process. One at a time.
class CrashMark {
 public:
  explicit CrashMark(const std::string& file);
  ~CrashMark();
  CrashMark(const CrashMark&) = delete;
  CrashMark& operator=(const CrashMark&) = delete;
};

}  // namespace tautband
