// What a backward Euler step gets wrong, from how its rate changed since the step before.
#pragma once

#include "math/tensor.hpp"

namespace tautband {

/// Estimated error of a step of dt (s) whose rate is `now` and was `before` in the last step, of last_dt.
KOKKOS_INLINE_FUNCTION double step_error(double now, double before, double dt, double last_dt) {
  return abs(now - before) * dt * dt / (dt + last_dt);
}

}  // namespace tautband
