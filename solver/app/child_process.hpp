// Other programs, started by this one.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace tautband {

/// The file of this program.
std::string own_program();

/// Starts a program in a process group of its own, so that the terminal's Ctrl-C reaches it through us only; it is sent
/// SIGTERM when we die. What it prints goes to `output` where that is not empty. To be called without threads and
/// before MPI is initialised. Throws RunError.
pid_t start_program(const std::vector<std::string>& words, const std::string& output = {});

/// Waits for it to end: the exit code, or 128 + the signal that ended it, as a shell says it.
int wait_for(pid_t child);
int shell_code(int status);

}  // namespace tautband
