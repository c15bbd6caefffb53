// HDF5 1.10 and VTK can crash on a damaged file: a result is therefore read in a child process that is watched.
#pragma once

#include <optional>

namespace tautband::post {

/// To be called first in main: from there on a child goes on, for which it gives nothing. The parent waits for it and
/// gives its exit code; a crash becomes a message and ExitCode::bad_file.
std::optional<int> watch_child();

}  // namespace tautband::post
