// Programs run as a user runs them.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <string>

namespace tautband::testing_support {

struct Outcome {
  int code;          ///< exit code; -1 when a signal ended it
  std::string said;  ///< both streams
};

/// Runs a shell command to its end.
inline Outcome run_command(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return {-1, "no shell"};
  std::string said;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

/// One argument of a shell command.
inline std::string quoted(const std::string& argument) {
  std::string text = "'";
  for (char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace tautband::testing_support
