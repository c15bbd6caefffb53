// Runs that differ in parameters only: cases on one mesh, and the same runs as one case on copies of that mesh.
#pragma once

#include "performance/muscle_block.hpp"

#include <vector>

namespace tautband::performance {

/// One mesh and the cases of all runs on it.
struct ManyRuns {
  Mesh mesh;
  std::vector<spec::Case> cases;
};

/// Blocks with a knot, a Latin hypercube of mu (2.5 to 10 kPa), stiffness of the fibres (5 to 20) and shortening of the
/// knot (2 to 10 % per step).
ManyRuns make_runs(const MuscleBlock& block, int runs);

/// All of them in one: run i has the i-th copy of the mesh, which touches no other, and nodes and cells i n .. (i+1) n.
/// Parameters are arrays over cells, so that there is one region and each kernel is launched once.
struct Batch {
  Mesh mesh;
  spec::Case spec;
};
Batch make_batch(const ManyRuns& runs);

}  // namespace tautband::performance
