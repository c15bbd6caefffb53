// The folder of a sweep: the plan, and what became of each row.
//   plan.csv              index, id and parameters of every row
//   sweep.resolved.toml   the sweep with all defaults; case.resolved.toml: the base case with all of its
//   rows/00017-ID/        directory of results of a row, and row.json: what the sweep knows of it
#pragma once

#include "io/sweep_plan.hpp"

#include <optional>

namespace tautband {

/// Writes plan and resolved files. When the folder has rows, they have to be rows of the plan and of the same base
/// case; then rows may be added. Throws CaseError otherwise, with nothing changed, and FileError.
void write_plan(const SweepPlan& plan, const std::string& folder);

/// Keeps the resolved base case in a folder of rows that no plan has. Throws CaseError when it is another, and
/// FileError.
void keep_base(const SweepPlan& plan, const std::string& folder);

/// "FOLDER/rows/00017-ID"
std::string row_folder(const SweepPlan& plan, const std::string& folder, std::size_t index);

enum class RowState { missing, running, stopped, done, failed };
std::string_view name_of(RowState state);

struct RowRecord {
  RowState state = RowState::missing;
  std::string reason;    ///< of a failure
  int attempts = 0;      ///< how often it was begun since it last ended in order
  double seconds = 0.0;  ///< wall time of the last attempt
};

/// A row whose process has vanished this often is given up.
constexpr int most_attempts = 3;

/// What is known of a row. Running: somebody holds its claim. A row left behind by a crash has failed; by anything else
/// that ends a process it is stopped, and after most_attempts of them failed. `mine`: the caller holds its claim.
RowRecord read_row(const std::string& folder, bool mine = false);

/// row.json, replaced as a whole. Throws FileError.
void write_row(const std::string& folder, const RowRecord& record, const std::vector<std::string>& overrides);

/// The right to run a row, held by one process at a time and given back when the process ends, however it does.
class RowClaim {
 public:
  /// Makes the directory of the row. Nothing when somebody else holds it. Throws FileError.
  static std::optional<RowClaim> take(const std::string& folder);
  static bool is_held(const std::string& folder);
  RowClaim(RowClaim&& other) noexcept;
  RowClaim& operator=(RowClaim&& other) noexcept;
  ~RowClaim();

 private:
  explicit RowClaim(int file) : file_(file) {}
  int file_;
};

/// Where a process that crashes leaves the number of its signal: read_row finds it there.
std::string crash_file(const std::string& folder);

}  // namespace tautband
