// The reflex network at one instant: what spindles and tendon organs have felt and fired, and what motor units have
// been told.
#pragma once

#include "base/delay_line.hpp"

namespace tautband {

/// Signals of sense organs on their way to the motor pool, 1/s. All lines have the same grid of times.
struct AfferentLines {
  DelayLine primary, secondary;  ///< (spindle): Ia, II
  DelayLine tendon;              ///< (tendon organ): Ib
};

/// Owned by the reflex stage; the same on every rank.
struct ReflexState {
  double time = 0.0;                ///< s, of the last sample
  View1<double> reference_stretch;  ///< (spindle): lambda_ref
  View1<double> stretch;            ///< (spindle): fibre stretch at the last sample
  View1<double> stretch_rate;       ///< (spindle): 1/s, over the last mechanics step
  View2<double> intrafusal;         ///< (spindle, 6): polar length and fusimotor activation of bag1, bag2, chain
  View1<double> tension;            ///< (tendon organ): N, at the last sample
  View1<double> tension_rate;       ///< (tendon organ): N/s, over the last mechanics step
  View1<double> reference_input;    ///< (tendon organ): its input at t = 0, 1/s
  View2<double> organ;              ///< (tendon organ, 2): slow and fast lag, 1/s
  AfferentLines afferents;          ///< up to the last network step not after `time`, as the three before
  DelayLine efferent;               ///< (motor unit): level 0..1 that the pool has asked for, up to the same time
  View2<double> activation;         ///< (motor unit, 2): inner lag and activation at `time`, with two lags
};

/// What every territory is told over a mechanics step, in network steps. Made by the reflex stage, read by activation.
struct Excitation {
  View2<double> unit;      ///< (network step, territory): 0..1, in the middle of the network step
  int steps = 0;           ///< network steps in use
  double step = 0.0;       ///< s, of each but the last
  double last_step = 0.0;  ///< s
  bool activated = false;  ///< `unit` is the activation at the end of each network step, to be taken as it is
};

}  // namespace tautband
