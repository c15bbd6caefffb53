// history.csv of a run: scalars against time.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

struct HistoryColumn {
  std::string name, unit;
  std::vector<double> values;
};

class History {
 public:
  /// Header line of names, a line of units that begins with '#', then numbers. A last line that is incomplete (the run
  /// goes on or was killed) is left out. Throws FileError.
  explicit History(const std::filesystem::path& file);

  const std::vector<HistoryColumn>& columns() const { return columns_; }
  const HistoryColumn* find(const std::string& name) const;  ///< null when there is none
  const std::vector<double>& time() const { return columns_.front().values; }

 private:
  std::vector<HistoryColumn> columns_;
};

}  // namespace tautband::post
