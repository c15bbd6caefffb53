// The projected pressure as a variable of Newton's method. Forces take it from the displacement, U'(theta(u)); between
// iterations that errs by kappa e^2 for an increment of strain e, and a tangent with such a pressure is far off, even
// indefinite. The linearised mixed equations give the pressure its own increment, p + dp = U'(theta) + K div(du), which
// has no such error and the same limit (Simo, Taylor & Pister 1985). docs/numerics.md 4.
#pragma once

#include "stages/mechanics_system.hpp"
#include "state/state_archive.hpp"

namespace tautband {

class NewtonPressure {
 public:
  explicit NewtonPressure(const LocalMesh& mesh);

  /// What the tangent takes; empty until a first solve has given it a value.
  PointField value() const { return known_ ? now_ : PointField(); }
  /// Back to the accepted one.
  void restore();
  void accept();
  /// Solves for the pressure along with the increment d of the tangent last stored. factor: of d in the displacement
  /// that the tangent belongs to.
  void predict(const MechanicsSystem& system, const NodeVector& d, double factor);
  void archive(StateArchive& archive);
  /// Moves by `length` of the way to what was predicted.
  void move(double length);

 private:
  PointField now_, predicted_, accepted_;  ///< Pa at points
  bool known_ = false, accepted_known_ = false;
};

}  // namespace tautband
