// What can go wrong, by who has to act: each kind of error carries the exit code of the program.
#pragma once

#include <stdexcept>
#include <string>

namespace tautband {

/// Exit codes of every program of the project.
enum class ExitCode {
  done = 0,
  failed = 1,    ///< the run failed: lost convergence, NaN
  bad_case = 2,  ///< bad command line or case
  bad_file = 3,  ///< bad mesh or file
  resume = 75    ///< stopped early with a checkpoint: run it again to go on
};

/// Every error the project throws; what() is a complete message for the user.
struct Error : std::runtime_error {
  Error(ExitCode exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
  ExitCode code;
};

/// The run cannot go on; the message names time and cell where they are known.
struct RunError : Error {
  explicit RunError(const std::string& message) : Error(ExitCode::failed, message) {}
};

/// The command line or the case is wrong; the message names file, line and key.
struct CaseError : Error {
  explicit CaseError(const std::string& message) : Error(ExitCode::bad_case, message) {}
};

/// A mesh or another file is missing, unreadable, unwritable or damaged; the message names it.
struct FileError : Error {
  explicit FileError(const std::string& message) : Error(ExitCode::bad_file, message) {}
};

}  // namespace tautband
