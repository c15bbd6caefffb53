// Pain felt in a region of the body because of nociception N in a muscle.
//   R = N (E + C Q) while X > gate, else 0
// E, Q: 1 where the region is an essential or a spill-over zone of the muscle, C: central sensitisation, X: how awake
// the muscle's segments are. Source: docs/model.md 11.3; zones after Travell & Simons, Myofascial Pain and Dysfunction;
// form calibrated.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

struct Referral {
  double gate = 0.3;

  /// 0..1.
  KOKKOS_INLINE_FUNCTION double operator()(double nociception, double sensitisation, double essential,
                                           double spill_over, double segment_level) const {
    return segment_level > gate ? nociception * (essential + sensitisation * spill_over) : 0.0;
  }
};

}  // namespace tautband
