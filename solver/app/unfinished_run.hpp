// Whether a run goes on from what an earlier one has left in its directory.
#pragma once

#include "app/run.hpp"
#include "io/checkpoint.hpp"

namespace tautband {

/// The checkpoint that a run with these options goes on from; empty: it begins anew. An earlier run that is not done
/// and was of the same case is gone on with; options.resume can insist or forbid. What is damaged is told on standard
/// error. Collective. Throws CaseError when an unfinished run in the directory was of another case, FileError when no
/// checkpoint can be used though there are some, or though options.resume insists.
std::string checkpoint_to_resume(const RunOptions& options, const CheckpointOwner& now);

}  // namespace tautband
