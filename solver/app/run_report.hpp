// What a run says on standard output about itself.
#pragma once

#include "app/simulation.hpp"

namespace tautband {

/// Mesh, unknowns, memory, stages and steps of a case. bytes: of all ranks.
void print_outline(const Simulation& simulation, double bytes, int ranks);

/// How far the slow form of the reflex was from the fast one, if they were compared.
void print_check(const ReflexArc::Check& check);

}  // namespace tautband
