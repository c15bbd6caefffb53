// The table that `tautband sweep gather` writes: parameters, outputs and fate of every row of a sweep.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

struct SweepParameter {
  std::string name, key, unit;
  bool log = false;  ///< its values are spread evenly in the logarithm
  double from = 0.0, to = 1.0;
  std::vector<double> values;  ///< in `unit`, one per row

  /// Where in from ... to a value lies, along the scale: 0 at from, 1 at to.
  double place(double value) const;
  /// Different values, ascending.
  std::vector<double> levels() const;
};

struct SweepOutput {
  std::string name, unit;
  std::vector<double> values;  ///< NaN where missing, one per row
};

struct SweepTable {
  std::string file, design;  ///< grid, latin_hypercube, sobol, saltelli, morris or csv
  size_t samples = 0;
  bool second_order = false;  ///< of a Saltelli design
  std::vector<SweepParameter> parameters;
  std::vector<SweepOutput> outputs;
  std::vector<std::string> status;  ///< done, failed, stopped or missing

  size_t n_rows() const { return status.size(); }
  /// The row ran to its end and has a finite value of the output.
  bool has(const SweepOutput& output, size_t row) const;
  /// Throw CommandError with the known names.
  size_t find_parameter(const std::string& name) const;
  size_t find_output(const std::string& name) const;
  /// The outputs called `names`; all of them where no name is given.
  std::vector<size_t> find_outputs(const std::vector<std::string>& names) const;
};

/// Differ by more than round-off.
bool vary(const std::vector<double>& values);

/// True for a directory with a table.h5, and for a table.h5.
bool is_sweep_result(const std::filesystem::path& result);

/// Throws FileError for a file that is no such table or has not the rows of its design.
SweepTable read_sweep_table(const std::filesystem::path& result);

}  // namespace tautband::post
