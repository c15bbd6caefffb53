// The reflex arc of a case: reflex and activation stages on one muscle, with what they share.
#pragma once

#include "spec/case.hpp"
#include "stages/activation.hpp"
#include "stages/slow_reflex.hpp"
#include "stages/treatments.hpp"

#include <memory>

namespace tautband {

class ReflexArc {
 public:
  /// Places spindles and territories in the given regions; collective. Keeps the treatments, which change the tonic
  /// drive, by reference.
  ReflexArc(const spec::Case& spec, const Treatments& treatments, double start, const Mesh& mesh,
            const LocalMesh& local, const Geometry& geometry, const std::vector<RegionBatches>& muscle);

  /// Brings activation to the end of a step of dt (s): every network step of it, or what they settle at when the case
  /// wants the slow form in a step of this length. Returns the largest change; collective.
  double advance(double dt, const NeuralInfluence& influence, const MuscleState& state);
  /// Undoes the last advance.
  void undo(const MuscleState& state) const;
  /// The step was accepted: spindles feel the displacement u at `time`, tendon organs the forces (N, one per
  /// [[golgi]]); collective.
  void sample(double time, const NodeVector& u, const std::vector<double>& tension);

  void archive(StateArchive& archive);

  /// Mean activation of the territories by the fast and by the slow form when they were last compared.
  struct Check {
    double fast = 0.0, slow = 0.0;
    double largest_difference = 0.0;  ///< of all comparisons, relative to the larger of both
    int count = 0;
  };
  const Check& check() const { return check_; }

  const ReflexStage::Report& report() { return reflex_->report(state_); }
  /// Per node: 0..1 along the fibre from end to end.
  const View1<double>& fibre_position() const { return fibre_position_; }
  const Territories& territories() const { return territories_; }
  int spindles() const { return reflex_->spindles(); }
  int units() const { return reflex_->territories(); }

 private:
  void compare();

  View1<double> fibre_position_;
  Territories territories_;
  std::unique_ptr<ReflexStage> reflex_;
  std::unique_ptr<SlowReflex> slow_;
  std::unique_ptr<ActivationStage> activation_;
  ReflexState state_;
  Excitation excitation_;
  NeuralInfluence influence_;
  spec::Time time_;
  bool in_slow_time_ = false;
  double unchecked_ = 0.0;  ///< s of slow time since the last comparison
  Check check_;
};

}  // namespace tautband
