// The laws of pain of a case: [pain], [adaptation] and the gain of disuse as the laws want them.
#pragma once

#include "laws/adaptation.hpp"
#include "laws/central_sensitisation.hpp"
#include "laws/nociceptor.hpp"
#include "laws/segment_field.hpp"
#include "spec/physiology.hpp"

namespace tautband {

Nociceptor make_nociceptor(const spec::Pain& pain);
CentralSensitisation make_central_sensitisation(const spec::Pain& pain);
SegmentField make_segment_field(const spec::Pain& pain);
/// With `mechanisms.disuse` folded in: 0 keeps the strength at 1.
StrengthAdaptation make_strength_adaptation(const spec::Physiology& physiology);

}  // namespace tautband
