// What the rest of the body and treatments do to the reflex network during a mechanics step.
#pragma once

namespace tautband {

struct NeuralInfluence {
  double strength = 1.0;          ///< w, > 0: the tonic drive is E_d/w
  double load_factor = 1.0;       ///< multiplies the tonic drive
  double reflex_factor = 1.0;     ///< multiplies what afferents add to the drive
  double central = 0.0;           ///< C, central sensitisation: multiplies the reflex by 1 + k_C C
  double fusimotor = 0.2;         ///< G, 1 = 100 pps
  double fusimotor_offset = 0.0;  ///< added to G
  double botulinum = 0.0;         ///< B, 0..1: excitation reaches the fibres as 1 - B
  double misfire_factor = 1.0;    ///< multiplies the misfires
};

}  // namespace tautband
