#include "stages/trigger_point_setup.hpp"

#include "stages/energy_crisis_setup.hpp"
#include "stages/pain_setup.hpp"

namespace tautband {

TriggerPoint make_trigger_point(const spec::Physiology& physiology) {
  const spec::TriggerPoint& point = physiology.trigger_point;
  TriggerPoint law;
  law.crisis = make_energy_crisis(physiology);
  law.nociceptor = make_nociceptor(physiology.pain);
  law.central = make_central_sensitisation(physiology.pain);
  law.adaptation = make_strength_adaptation(physiology);
  law.oxygen_exchange = point.oxygen_exchange;
  law.tissue_oxygen = point.tissue_oxygen / spec::mmHg;
  law.acid_exchange = point.acid_exchange;
  law.pressure_by_activation = physiology.chemistry.pressure_by_activation;
  law.isometric_stress = point.isometric_stress;
  law.knot_pressure = point.knot_pressure;
  law.fusimotor_rest = physiology.fusimotor.resting;
  law.fusimotor_nociception = physiology.mechanisms.fusimotor * physiology.fusimotor.gain;
  law.fusimotor_time = physiology.fusimotor.time;
  law.afferent_gain = physiology.spindles.fusimotor_gain / unit_afferent_rate;
  law.reflex_gain = physiology.mechanisms.reflex * physiology.reflex.drive_per_rate * unit_afferent_rate;
  law.reflex_sensitisation = physiology.reflex.central_gain;
  law.excitation_gain = physiology.motor_pool.gain;
  law.misfire_gain = physiology.mechanisms.misfire;
  return law;
}

TriggerPoint::Influence constant_influence(const spec::Physiology& physiology) {
  TriggerPoint::Influence from;
  from.tonic_drive = physiology.motor_pool.tonic_drive;
  from.ectopic_rate = physiology.trigger_point.ectopic_rate / unit_afferent_rate;
  from.local.leak = physiology.chemistry.statin_leak;
  from.local.mitochondria = physiology.chemistry.mitochondrial_capacity;
  return from;
}

TriggerPoint::State start_of(const spec::Physiology& physiology, spec::Condition condition) {
  return TriggerPoint::start(static_cast<TriggerPoint::Condition>(condition), physiology.chemistry.initial_memory);
}

}  // namespace tautband
