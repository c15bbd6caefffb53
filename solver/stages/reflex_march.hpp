// Kernels of the reflex network. Each covers all network steps of a mechanics step, so that the number of launches and
// copies does not depend on how many there are.
#pragma once

#include "stages/reflex_network.hpp"

namespace tautband {

/// Where fire() goes and how the sense organs move meanwhile.
struct March {
  AfferentLines lines;               ///< filled at grid points first..last, and at first - 1 from the state
  View2<double> intrafusal, organ;   ///< memory at `last`, as in ReflexState
  std::int64_t first = 0, last = 0;  ///< network steps
  double stretch_held_from = 0.0, tension_held_from = 0.0;  ///< s
};

/// Spindles and tendon organs from network step first - 1, where the state's memory stands, to last.
void fire(const ReflexNetwork& network, const NeuralInfluence& influence, const ReflexState& state, const March& march);

/// What the pool asks of its units at network steps first..last <= newest of the afferents; stored in state.efferent.
/// drive: (network step, territory), scratch of at least last - first + 1 rows.
void command(const ReflexNetwork& network, const NeuralInfluence& influence, const TonicCourse& tonic,
             const ReflexState& state, std::int64_t first, std::int64_t last, const View2<double>& drive);

/// Buffers for a run beyond the state, which stays as it is. Grow when a step is longer than ever before.
struct LookAhead {
  AfferentLines lines;
  View2<double> intrafusal, organ;
  View2<double> drive, level;  ///< (network step, territory), (network step, motor unit)
  View2<double> activation;    ///< (motor unit, 2): of the units at the end, with two lags
};

/// Excitation over (state.time, state.time + dt]. The stretch goes on linearly until stretch_held_from (s) and is held
/// from there; tensions are held. first_activation: (motor unit, 2), where the units' own lags begin.
void look_ahead(const ReflexNetwork& network, const NeuralInfluence& influence, const TonicCourse& tonic,
                const ReflexState& state, double dt, double stretch_held_from, const View2<double>& first_activation,
                LookAhead& buffers, Excitation& excitation);

/// Rates, levels and memories as if the state's stretch and tensions had always been what they are, under a constant
/// tonic drive; at network step `now`.
void settle_network(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic, std::int64_t now,
                    const ReflexState& state);

/// Steady levels times 1 - B per territory at the state's stretch, tensions and misfires of `time`.
void steady_excitation(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic, double time,
                       const ReflexState& state, const View1<double>& excitation);

/// Rates Ia (spindle), II (spindle), Ib (organ), then drive and excitation (territory) at state.time into `out`.
void report_network(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic,
                    const ReflexState& state, const View1<double>& out);

}  // namespace tautband
