// Numbers taken from the directory of one row of a sweep.
#pragma once

#include "io/expression.hpp"
#include "io/sweep_plan.hpp"

namespace tautband {

/// Looks names up in what a row left: history.COLUMN in history.csv, bands.PATH in bands.json, and its parameters.
class RowResults {
 public:
  RowResults(const SweepPlan& plan, const SweepRow& row, std::string folder);

  /// One number per output of the plan, in its unit. A number that bands.json does not have, as that of a knot where
  /// there is none, is NaN. Throws CaseError for a column that does not exist and for units that do not fit, FileError
  /// for a file that cannot be read.
  std::vector<double> outputs();

 private:
  Quantity look_up(const std::string& name);
  Quantity column(const std::string& name);
  Quantity band(const std::string& path);

  const SweepPlan& plan_;
  const SweepRow& row_;
  std::string folder_;
  std::map<std::string, Quantity> history_;
  std::map<std::string, std::string> bands_;
};

/// True when an output of the plan reads bands.json.
bool needs_bands(const SweepPlan& plan);

}  // namespace tautband
