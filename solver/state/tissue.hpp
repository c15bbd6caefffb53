// The fields of the tissue at one instant, grouped by the stage that owns them. Stages meet only here.
#pragma once

#include "base/views.hpp"

namespace tautband {

/// Owned by mechanics.
struct MechanicsState {
  NodeVector displacement;  ///< m
  NodeVector velocity;      ///< m/s (dynamics)
  NodeVector acceleration;  ///< m/s^2 (dynamics)
  PointField stretch;       ///< total fibre stretch |F a0| at the last accepted step
};

/// Owned by activation, contracture and chemistry; what the laws read.
struct MuscleState {
  PointField activation;              ///< 0..1
  PointField contracture;             ///< contracture eigen-stretch lambda_c, 1 = none
  PointField contracture_activation;  ///< a_c, 0..1
  PointField effectiveness{};         ///< active force per activation: strength and energy, 0..1; empty = 1
};

struct Tissue {
  double time = 0.0;  ///< s
  MechanicsState mechanics;
  MuscleState muscle;
};

}  // namespace tautband
