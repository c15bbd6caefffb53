// Errors of the post-processing program; main prints them and exits with their code.
#pragma once

#include <stdexcept>
#include <string>

namespace tautband::post {

/// Exit codes, the same as the solver's.
enum class ExitCode { done = 0, failed = 1, bad_command = 2, bad_file = 3 };

struct Error : std::runtime_error {
  Error(ExitCode exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
  ExitCode code;
};

/// The work itself failed: no display, a picture or file that could not be written.
struct RunError : Error {
  explicit RunError(const std::string& message) : Error(ExitCode::failed, message) {}
};

/// An option with a value that makes no sense.
struct CommandError : Error {
  explicit CommandError(const std::string& message) : Error(ExitCode::bad_command, message) {}
};

/// A file that is missing, damaged or of another kind.
struct FileError : Error {
  explicit FileError(const std::string& message) : Error(ExitCode::bad_file, message) {}
};

}  // namespace tautband::post
