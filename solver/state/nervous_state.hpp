// What the nervous system makes of the muscle: pain, sensitisation, fusimotor drive, strength. A few numbers on the
// host, the same on every rank.
#pragma once

#include "base/body.hpp"

#include <array>

namespace tautband {

/// Owned by the pain stage, but for the fusimotor drive, which the reflex owns.
struct NervousState {
  double nociception = 0.0;                        ///< N, 0..1
  double central_sensitisation = 0.0;              ///< C, 0..1
  double pain = 0.0;                               ///< local pain, N (1 + k C)
  double fusimotor = 0.2;                          ///< G, 1 = 100 pps
  double strength = 1.0;                           ///< w, part of the healthy strength
  double pressure_pain_threshold = 0.0;            ///< Pa, on the skin over the most sensitised part
  double emg_amplitude = 0.0;                      ///< V, spontaneous activity at the end plates
  std::array<double, spinal_segments> segments{};  ///< X
  std::array<double, body_regions> referred{};     ///< R, 0..1
};

}  // namespace tautband
