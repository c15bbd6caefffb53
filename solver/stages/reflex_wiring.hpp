// Set-up of the reflex network from the case: laws, weights from spindles to territories, motor units, misfires.
#pragma once

#include "fem/territories.hpp"
#include "mesh/local_mesh.hpp"
#include "stages/reflex_network.hpp"

#include <array>
#include <vector>

namespace tautband {

/// The network for spindles at the given reference positions (m); collective. `cross_section`: (node, 2), m.
ReflexNetwork wire_reflex(const spec::Physiology& physiology, double network_step, const LocalMesh& mesh,
                          const std::vector<std::array<double, 3>>& positions, const View2<double>& cross_section,
                          const Territories& territories);

/// The motor units of the case: laws, strengths, and which territory each belongs to. Throws CaseError for fewer units
/// than territories.
void wire_pool(const spec::Physiology& physiology, int territories, ReflexNetwork& network);

}  // namespace tautband
