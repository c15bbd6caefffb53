// The reflex arc of a case: reflex and activation stages on one muscle, with what they share.
#pragma once

#include "spec/case.hpp"
#include "stages/activation.hpp"
#include "stages/reflex.hpp"

#include <memory>

namespace tautband {

class ReflexArc {
 public:
  /// Places spindles and territories in the given regions; collective.
  ReflexArc(const spec::Case& spec, double start, const Mesh& mesh, const LocalMesh& local, const Geometry& geometry,
            const std::vector<RegionBatches>& muscle);

  /// Brings activation to the end of a step of dt (s); returns its largest change. Collective.
  double advance(double dt, const MuscleState& state);
  /// Undoes the last advance.
  void undo(const MuscleState& state) const;
  /// The step was accepted: spindles feel the displacement u at `time`, tendon organs the forces (N, one per
  /// [[golgi]]).
  void sample(double time, const NodeVector& u, const std::vector<double>& tension = {}) {
    reflex_->sample(time, u, tension, state_);
  }

  const ReflexStage::Report& report() { return reflex_->report(state_); }
  /// Per node: 0..1 along the fibre from end to end.
  const View1<double>& fibre_position() const { return fibre_position_; }
  const Territories& territories() const { return territories_; }
  int spindles() const { return reflex_->spindles(); }
  int units() const { return reflex_->territories(); }

 private:
  View1<double> fibre_position_;
  Territories territories_;
  std::unique_ptr<ReflexStage> reflex_;
  std::unique_ptr<ActivationStage> activation_;
  ReflexState state_;
  Excitation excitation_;
  NeuralInfluence influence_;
};

}  // namespace tautband
