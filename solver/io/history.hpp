// Scalars against time: history.csv and history.h5.
//   history.csv  names; units after "# "; one line per row, each on its way to the disk when append() returns
//   history.h5   /history/NAME (row), attributes `units` and `long_name`; /provenance, /case as in result.vtkhdf
#pragma once

#include "io/provenance.hpp"

#include <mpi.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tautband {

struct HistoryColumn {
  std::string name;
  std::string unit = "1";
  std::string long_name;
  bool in_csv = true;  ///< false: only in history.h5, where thousands of columns do no harm
};

/// Written by rank 0; every member is collective, and a full disk or a missing right throws FileError on all ranks.
/// What was appended before stays readable then, and when the program is killed (in history.h5 the last row may miss
/// from some columns).
class History {
 public:
  /// Makes both files in `folder`. The first column is `time`; throws RunError otherwise, and for a name given twice.
  /// With `keep` > 0 it goes on with the files in `folder` instead, whose rows after the first `keep` are dropped.
  /// Throws FileError when they have fewer rows or other columns, and then has changed nothing.
  History(const std::string& folder, const std::vector<HistoryColumn>& columns, const Provenance& provenance,
          const std::string& resolved_case, MPI_Comm comm, std::optional<long> keep = {});
  ~History();
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  /// One value per column; those of rank 0 are written.
  void append(const std::vector<double>& row);

 private:
  class Files;
  MPI_Comm comm_;
  std::size_t n_columns_;
  std::unique_ptr<Files> files_;  ///< on rank 0
};

}  // namespace tautband
