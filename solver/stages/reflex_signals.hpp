// What a motor pool hears and a territory is told at one instant, from the delay lines of a reflex network.
#pragma once

#include "stages/reflex_network.hpp"

namespace tautband {

/// The line that knows the time: what has been, or what is expected beyond it.
KOKKOS_INLINE_FUNCTION const DelayLine& line_at(double time, const DelayLine& past, const DelayLine& expected) {
  return time <= past.time(past.newest()) ? past : expected;
}

/// E_j of laws/motor_drive.hpp at `time`. `expected` is read only beyond the newest entry of the state's lines.
KOKKOS_INLINE_FUNCTION double drive_at(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic,
                                       const ReflexState& state, const AfferentLines& expected, int territory,
                                       double time) {
  const double primary_time = time - network.primary_delay, secondary_time = time - network.secondary_delay;
  const double tendon_time = time - network.tendon_delay;
  const DelayLine& primary = line_at(primary_time, state.afferents.primary, expected.primary);
  const DelayLine& secondary = line_at(secondary_time, state.afferents.secondary, expected.secondary);
  const DelayLine& tendon = line_at(tendon_time, state.afferents.tendon, expected.tendon);
  const bool two = network.spindle_model != spec::SpindleModel::linear;
  MotorDrive::Afferents heard{0.0, 0.0, 0.0};
  for (int i = 0; i < network.spindles(); ++i) {
    heard.primary += network.weight(territory, i) * primary.at(primary_time, i);
    if (two) heard.secondary += network.weight(territory, i) * secondary.at(secondary_time, i);
  }
  const int organs = state.afferents.tendon.signals();
  for (int o = 0; o < organs; ++o) heard.tendon += (tendon.at(tendon_time, o) - state.reference_input(o)) / organs;
  return network.drive.drive(tonic * influence.load_factor / influence.strength, influence.reflex_factor,
                             influence.central, network.weight_sum(territory), heard);
}

/// The same when nothing has changed for long.
KOKKOS_INLINE_FUNCTION double steady_drive(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic,
                                           const ReflexState& state, int territory, double time) {
  MotorDrive::Afferents heard{0.0, 0.0, 0.0};
  for (int i = 0; i < network.spindles(); ++i) {
    const SpindleMileusnic2006::Rates rates = steady_rates(
        network, influence, state.stretch(i), state.reference_stretch(i), ectopic_rate(network, influence, i, time));
    heard.primary += network.weight(territory, i) * rates.primary;
    heard.secondary += network.weight(territory, i) * rates.secondary;
  }
  const int organs = state.afferents.tendon.signals();
  for (int o = 0; o < organs; ++o)
    heard.tendon += (GolgiTendonOrgan::input(state.tension(o)) - state.reference_input(o)) / organs;
  return network.drive.drive(tonic * influence.load_factor / influence.strength, influence.reflex_factor,
                             influence.central, network.weight_sum(territory), heard);
}

KOKKOS_INLINE_FUNCTION SpindleMileusnic2006::State load_spindle(const View2<double>& memory, int i) {
  return {{memory(i, 0), memory(i, 1)}, {memory(i, 2), memory(i, 3)}, {memory(i, 4), memory(i, 5)}};
}

KOKKOS_INLINE_FUNCTION void store_spindle(const View2<double>& memory, int i,
                                          const SpindleMileusnic2006::State& state) {
  memory(i, 0) = state.bag1.polar_length;
  memory(i, 1) = state.bag1.fusimotor;
  memory(i, 2) = state.bag2.polar_length;
  memory(i, 3) = state.bag2.fusimotor;
  memory(i, 4) = state.chain.polar_length;
  memory(i, 5) = state.chain.fusimotor;
}

}  // namespace tautband
