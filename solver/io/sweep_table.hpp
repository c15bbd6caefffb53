// What `tautband sweep gather` writes: one line per row of the plan, in the order of the design.
//   table.csv  index, id, status, parameters, outputs; "nan" where there is no number
//   table.h5   attributes format = "tautband sweep table", version = 1, design, samples, second_order, levels, seed
//              /parameters (row, parameter), attributes names, keys, units, scale, from, to
//              /outputs (row, output), attributes names, units
//              /status, /id (row): done, failed, stopped or missing
#pragma once

#include "io/sweep_folder.hpp"

namespace tautband {

struct SweepTable {
  std::vector<RowState> states;              ///< of every row; one that runs counts as missing
  std::vector<std::vector<double>> outputs;  ///< of every row, in the unit of each output; NaN where missing
};

/// Writes both files into the folder, each as a whole. Throws FileError.
void write_table(const SweepPlan& plan, const SweepTable& table, const std::string& folder);

}  // namespace tautband
