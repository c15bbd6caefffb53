// Set-up of the reflex network from the case: laws, weights from spindles to motor units, thresholds, misfires.
#pragma once

#include "stages/reflex.hpp"

namespace tautband {

/// The network for spindles at the given reference positions (m); collective. `cross_section`: (node, 2), m.
ReflexNetwork wire_reflex(const spec::Physiology& physiology, const LocalMesh& mesh,
                          const std::vector<std::array<double, 3>>& positions, const View2<double>& cross_section,
                          const Territories& territories);

}  // namespace tautband
