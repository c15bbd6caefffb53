// `tautband sweep`: many runs of one case.
#pragma once

#include "app/sweep_worker.hpp"
#include "base/error.hpp"
#include "io/sweep_job.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace tautband {

class SweepCommand {
 public:
  /// Adds the command to the program's.
  void declare(CLI::App& app);
  bool parsed() const { return sweep_ && sweep_->parsed(); }

  /// Does what was parsed. `arguments`: all words of the command line but the program's name.
  ExitCode execute(const std::vector<std::string>& arguments, const std::string& command_line) const;

  /// True for a command line that runs rows in this very process.
  static bool is_parallel(int argc, char** argv);

 private:
  CLI::App* declare_part(const std::string& name, const std::string& meaning);
  void declare_run();
  void declare_submit();
  void declare_evaluate();
  void add_engine(CLI::App& part);
  ExitCode evaluate(const SweepPlan& plan, const SweepTask& task, const std::vector<std::string>& arguments) const;
  ExitCode run(const SweepPlan& plan, SweepTask task, const std::vector<std::string>& arguments) const;

  CLI::App* sweep_ = nullptr;
  CLI::App *plan_ = nullptr, *run_ = nullptr, *status_ = nullptr, *gather_ = nullptr, *submit_ = nullptr,
           *evaluate_ = nullptr;
  std::string parameters_in_, results_out_;
  std::string file_, output_, indices_, longest_,
      launcher_ = "mpirun --mca odls_base_sigkill_timeout 60 --bind-to none --oversubscribe -n";
  int jobs_ = 1, ranks_ = 1;
  bool all_ = false, allow_outside_ = false, again_ = false, failed_ = false, dry_run_ = false;
  SweepJob job_;
  std::optional<double> left_;  ///< of a worker: s of wall time
};

/// Where a sweep's folder is without -o: results/NAME, the name being that of the file, or of its folder when the file
/// is called sweep.toml.
std::string default_sweep_folder(const std::string& file);

/// "0-49,77" as numbers, ascending, each once. Throws CaseError for anything else and for numbers not below `rows`.
std::vector<std::size_t> parse_indices(const std::string& text, std::size_t rows);

}  // namespace tautband
