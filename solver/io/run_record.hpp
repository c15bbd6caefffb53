// run.json: what a run was and how it went.
#pragma once

#include "base/error.hpp"
#include "io/provenance.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace tautband {

enum class RunStatus { running, done, failed, stopped };

/// What a run has done so far.
struct RunCounts {
  double time = 0.0;  ///< simulated, s
  std::int64_t steps = 0, newton_iterations = 0, krylov_iterations = 0, degrees_of_freedom = 0;
  /// Of wall time; linear solves are a part of mechanics.
  double mechanics_seconds = 0.0, linear_seconds = 0.0, physiology_seconds = 0.0, output_seconds = 0.0;
  std::int64_t flexible_solves = 0;  ///< linear solves by flexible GMRES
  std::string switched{};            ///< when and why there was the first of them
  double earlier_seconds = 0.0;      ///< wall time up to the checkpoint from which the run went on
  std::int64_t resumed = 0;          ///< times that it went on from a checkpoint
};

/// Used on one rank. The file is replaced as a whole, so that it can be read at any moment; a program that was killed
/// leaves the status `running`. Everything throws FileError when the file cannot be written.
class RunRecord {
 public:
  /// Writes the status `running`.
  RunRecord(const std::string& path, const Provenance& provenance);

  void update(const RunCounts& counts);
  /// `reason`: the message of a failure, empty otherwise.
  void finish(RunStatus status, ExitCode code, const std::string& reason);

 private:
  void write(RunStatus status, const std::string& exit_code, const std::string& reason) const;

  std::string path_;
  Provenance provenance_;
  RunCounts counts_;
  std::chrono::steady_clock::time_point start_;
};

/// The text as a JSON string, with quotes; bytes that are no UTF-8 become "?".
std::string json_string(std::string_view text);

}  // namespace tautband
