// The trigger point without space of a case: the physiology as plain data in the units of its law, gains folded in.
#pragma once

#include "laws/trigger_point.hpp"
#include "spec/physiology.hpp"

namespace tautband {

/// Afferent rate and fusimotor level 1 of the law, 1/s.
inline constexpr double unit_afferent_rate = 100.0;

TriggerPoint make_trigger_point(const spec::Physiology& physiology);

/// What acts on it at all times: tonic drive, ectopic rate, statin leak and mitochondria of the case.
TriggerPoint::Influence constant_influence(const spec::Physiology& physiology);

/// Where it starts.
TriggerPoint::State start_of(const spec::Physiology& physiology, spec::Condition condition);

}  // namespace tautband
