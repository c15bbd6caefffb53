// The activation stage: excitation of motor units to activation of the fibres in their territories.
// Law: activation.hpp, at every quadrature point of the muscle, in network steps.
#pragma once

#include "fem/territories.hpp"
#include "laws/activation.hpp"
#include "spec/physiology.hpp"
#include "state/reflex_state.hpp"
#include "state/tissue.hpp"

namespace tautband {

class ActivationStage {
 public:
  ActivationStage(const spec::Activation& activation, const Territories& territories, const LocalMesh& mesh,
                  const std::vector<RegionBatches>& muscle);

  /// Remembers the activation; restore() brings it back, to repeat a mechanics step that failed.
  void save(const MuscleState& state);
  void restore(const MuscleState& state) const;

  /// Activation at the end of the step that `excitation` covers, by its law or, where the excitation is activated, as
  /// it says; returns its largest change on any rank; collective. With gain 0 the field stays as it is.
  double advance(const Excitation& excitation, const MuscleState& state) const;

 private:
  double gain_;
  ActivationTimes<double> times_;
  Territories territories_;
  std::vector<RegionBatches> muscle_;
  MPI_Comm comm_;
  PointField saved_;
};

}  // namespace tautband
