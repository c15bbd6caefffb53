// A sweep before it runs: its file, checked against the base case, and its rows.
#pragma once

#include "io/reach.hpp"
#include "spec/case.hpp"
#include "spec/sweep.hpp"

#include <string>
#include <vector>

namespace tautband {

/// A parameter, with the unit its numbers have everywhere.
struct SweepColumn {
  std::string key, name;
  std::string unit = "1";
  spec::Scale scale = spec::Scale::linear;
  double from = 0.0, to = 0.0;     ///< in `unit`
  std::vector<double> values;      ///< of a grid that lists them; in `unit`
  std::vector<std::string> words;  ///< of a parameter without numbers: they count as 0, 1, 2 ...
  std::size_t count = 0;           ///< of a grid
};

struct SweepRow {
  std::string id;                  ///< hash of its keys and values
  std::vector<double> numbers;     ///< one per parameter, in its unit
  std::vector<std::string> texts;  ///< the same as the case takes them: "0.5 1/pps"
};

/// Which program runs the rows.
enum class SweepKind { run, point, map };

struct SweepPlan {
  spec::Sweep sweep;
  SweepKind kind = SweepKind::run;
  Reach reach = Reach::folder;  ///< of the paths in sweep and case
  std::string base_text;        ///< of the case file
  std::string resolved_base;    ///< the base case with all defaults
  std::vector<SweepColumn> columns;
  std::vector<SweepRow> rows;

  /// "00017-4f2a...", the folder of a row.
  std::string row_name(std::size_t index) const;
  /// The case of a row. Throws CaseError.
  spec::Case case_of(const SweepRow& row) const;
  /// "key=value" of every parameter of a row.
  std::vector<std::string> overrides(const std::vector<std::string>& texts) const;
};

/// Reads a sweep and makes its rows: the same file, the same rows. Throws FileError for files that cannot be read and
/// CaseError with all problems: those of strict TOML, unknown keys of the sweep and of the case, ranges whose ends the
/// case does not take, units, quantities of outputs.
SweepPlan plan_sweep(const std::string& path, Reach reach = Reach::folder);

/// A row of values that no design made, such as another program asks for: one text per parameter, with its unit or
/// without. Throws CaseError when a text is no value of its parameter.
SweepRow sweep_row(const SweepPlan& plan, const std::vector<std::string>& texts);

}  // namespace tautband
