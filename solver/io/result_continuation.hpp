// Going on with the result file of an interrupted run.
#pragma once

#include "io/result_file.hpp"

namespace tautband {

/// Checks that the result file holds this mesh, these fields and at least `keep` steps, and drops the steps after them.
/// Returns the time of the last step that stays, s. Collective; throws FileError on all ranks, and then has changed
/// nothing.
double keep_first_steps(const std::string& path, const Mesh& mesh, const FileGrid& grid,
                        const std::vector<ResultField>& fields, int keep, MPI_Comm comm);

}  // namespace tautband
