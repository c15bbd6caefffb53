// Tables as text: a line of names, perhaps a line "# " of units, then one line per row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tautband {

struct CsvTable {
  std::vector<std::string> names;
  std::vector<std::string> units;  ///< as many as names, or none
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  ///< of the rows in the file, from 1

  /// The place of a column; names.size() when there is none.
  std::size_t column(std::string_view name) const;
};

/// Reads a table; cells are separated by commas, trimmed, and may stand in double quotes. Empty lines and further lines
/// "#" are left out. Throws FileError for a file that cannot be read, has no names, two of one name, or a row of
/// another length, with its line.
CsvTable read_csv(const std::string& path);

/// A cell, in quotes where it needs them.
std::string csv_cell(std::string_view text);

}  // namespace tautband
