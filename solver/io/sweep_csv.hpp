// The rows of a sweep with design = csv: a table of keys or names of parameters.
//   gain [1/pps], chemistry.initial_memory      a unit may stand in brackets, in a line "# " of units, or in each cell
#pragma once

#include "io/csv.hpp"
#include "io/section_reader.hpp"
#include "io/sweep_plan.hpp"

namespace tautband {

/// Fills in columns and rows from the table; the columns `index` and `id` of a plan are left out. Problems are added.
void take_table(const CsvTable& table, SweepPlan& plan, CaseReading& reading);

/// The value of a cell without its unit gets that of the column.
std::string with_unit(const std::string& text, const SweepColumn& column);

}  // namespace tautband
