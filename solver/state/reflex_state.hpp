// The reflex arc at one instant: what spindles have felt and fired, and what motor units are about to be told.
#pragma once

#include "base/delay_line.hpp"

namespace tautband {

/// Owned by the reflex stage; the same on every rank.
struct ReflexState {
  double time = 0.0;                ///< s, of the last sample
  View1<double> reference_stretch;  ///< (spindle): lambda_ref
  View1<double> stretch;            ///< (spindle): fibre stretch at the last sample
  View1<double> stretch_rate;       ///< (spindle): 1/s, over the last mechanics step
  DelayLine afferent_rate;          ///< (spindle): 1/s, up to the last sample
};

/// Excitation of every motor unit over a mechanics step, in network steps. Made by the reflex stage, read by activation
/// and contracture.
struct Excitation {
  View2<double> unit;      ///< (network step, motor unit): 0..1, in the middle of the network step
  int steps = 0;           ///< network steps in use
  double step = 0.0;       ///< s, of each but the last
  double last_step = 0.0;  ///< s
};

}  // namespace tautband
