// The physiology of a case around its mechanics: reflex, activation, chemistry, contracture and pain on one muscle, and
// the order in which they advance.
#pragma once

#include "app/reflex_arc.hpp"
#include "stages/contracture.hpp"

#include <memory>

namespace tautband {

class Physiology {
 public:
  /// Places spindles, territories and the end-plate zone in the given regions; collective. Keeps references.
  Physiology(const spec::Case& spec, double start, const Mesh& mesh, const LocalMesh& local, const Geometry& geometry,
             const std::vector<RegionBatches>& muscle);

  /// Before mechanics: activation and contracture at the end of a step of dt (s). Returns the largest change of either;
  /// collective.
  double advance(double dt, const PointArray& report, const MuscleState& muscle);
  /// Undoes the last advance: mechanics could not follow.
  void undo(const MuscleState& muscle) const;
  /// The step was accepted: spindles feel the displacement u at `time`.
  void accept(double time, const NodeVector& u);

  ReflexArc& arc() { return arc_; }
  const PointField& end_plate() const { return contracture_.mask(); }

 private:
  ReflexArc arc_;
  ContractureStage contracture_;
  PointField energy_;
};

}  // namespace tautband
