// The command line of tautband.
#pragma once

#include "app/run.hpp"
#include "app/sweep_command.hpp"
#include "base/error.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace tautband {

class CommandLine {
 public:
  CommandLine();

  /// Parses the arguments and does what they say. Throws CaseError for a wrong command line or case, FileError for a
  /// wrong file, RunError for a failed run. Only `rank` 0 prints.
  ExitCode execute(int argc, char** argv, int rank);

  /// True for the commands that compute and write results with MPI; the others need neither MPI nor a device.
  static bool is_parallel(int argc, char** argv);

 private:
  void declare_run();
  void declare_point();
  void declare_map();
  void declare_reproduce();
  void declare_check();
  void declare_explain();
  void declare_info();
  void require_known_command(const std::string& word) const;
  spec::Case given_case() const;
  ExitCode run() const;
  ExitCode point() const;
  ExitCode map() const;
  ExitCode reproduce() const;
  RunOptions options_of_run() const;
  void check() const;

  CLI::App app_;
  CLI::App* run_ = nullptr;
  CLI::App* point_ = nullptr;
  CLI::App* map_ = nullptr;
  CLI::App* reproduce_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* explain_ = nullptr;
  CLI::App* info_ = nullptr;
  SweepCommand sweep_;
  std::string typed_;  ///< the whole command line, for the record of the run
  std::string case_file_, output_, topic_, file_, mesh_;
  std::string words_;  ///< all arguments
  std::vector<std::string> overrides_;
  bool allow_outside_ = false;
  bool dry_run_ = false, resume_ = false, restart_ = false;
  std::string longest_;  ///< wall time, with unit
};

/// Where a case's results go without -o: results/NAME, the name being that of the case file, or of its folder when the
/// file is called case.toml.
std::string default_output(const std::string& case_file);

/// Version, commit, compiler and libraries, one per line.
std::string version_text();

}  // namespace tautband
