// The energy crisis of a case: [chemistry] in the units of the law, with the gains of [mechanisms] folded in.
#pragma once

#include "laws/energy_crisis.hpp"
#include "spec/physiology.hpp"

namespace tautband {

/// A gain of 0 takes its mechanism out of the law whatever the state and the influences are.
EnergyCrisis make_energy_crisis(const spec::Physiology& physiology);

}  // namespace tautband
