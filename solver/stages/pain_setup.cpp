#include "stages/pain_setup.hpp"

namespace tautband {

Nociceptor make_nociceptor(const spec::Pain& pain) {
  Nociceptor law;
  law.sensitiser_threshold = pain.sensitiser_threshold;
  law.acid_gain = pain.acid_gain;
  law.acid_threshold = pain.acid_threshold;
  law.pressure_gain = pain.pressure_gain;
  law.pressure_threshold_rest = pain.pressure_threshold;
  law.threshold_loss = pain.threshold_loss;
  law.half_activity = pain.half_activity;
  law.transfer = pain.transfer;
  return law;
}

CentralSensitisation make_central_sensitisation(const spec::Pain& pain) {
  return {pain.half_nociception, pain.time_up, pain.time_down, pain.pain_gain};
}

SegmentField make_segment_field(const spec::Pain& pain) {
  return {pain.segment_time, pain.segment_spread, pain.sensitised_spread};
}

StrengthAdaptation make_strength_adaptation(const spec::Physiology& physiology) {
  const spec::Adaptation& from = physiology.adaptation;
  return {physiology.mechanisms.disuse * from.largest_loss, from.pain_of_largest_loss, from.time_loss, from.time_gain};
}

}  // namespace tautband
