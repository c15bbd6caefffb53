// How far the numbers of two result files are apart.
#pragma once

#include <string>
#include <vector>

namespace tautband {

struct ColumnDifference {
  std::string name;
  double largest = 0.0;  ///< largest difference over the largest value of the column; infinite where only one is NaN
};

struct NumberComparison {
  std::vector<ColumnDifference> columns;                ///< those of both files
  std::vector<std::string> missing, additional;         ///< names that only the first or only the second file has
  std::size_t rows_before = 0, rows_now = 0, rows = 0;  ///< of the first dataset; `rows` were compared
  bool same_bits = true;                                ///< of all values compared

  double largest() const;
};

/// Compares the datasets in a group of both files, over the rows that both have; those that hold `texts` are left out.
/// On one rank; throws FileError.
NumberComparison compare_numbers(const std::string& before, const std::string& now, const std::string& group,
                                 const std::vector<std::string>& texts = {});

}  // namespace tautband
