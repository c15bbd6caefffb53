// The contracture stage: sustained excitation of the end-plate zone shortens it through the eigen-stretch lambda_c.
// A named, calibrated stand-in for the energy-crisis chemistry, which will replace it. Law: contracture.hpp.
#pragma once

#include "fem/territories.hpp"
#include "laws/contracture.hpp"
#include "spec/physiology.hpp"
#include "state/reflex_state.hpp"
#include "state/tissue.hpp"

namespace tautband {

class ContractureStage {
 public:
  /// `fibre_position`: per node, 0..1 along the fibre from end to end.
  ContractureStage(const spec::Contracture& contracture, const Territories& territories, const LocalMesh& mesh,
                   const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                   const View1<double>& fibre_position);

  /// Remembers the state; restore() brings it back, to repeat a mechanics step that failed.
  void save(const MuscleState& state);
  void restore(const MuscleState& state) const;

  /// Contracture at the end of the step that `excitation` covers, driven by the mean of its target over the step;
  /// returns the largest change of lambda_c on any rank; collective. With gain 0 the fields stay as they are.
  double advance(const Excitation& excitation, const MuscleState& state) const;

  /// End-plate zone (batch, point, lane), 0..1; 0 outside the muscle.
  const PointField& mask() const { return mask_; }

 private:
  Contracture law_;
  Territories territories_;
  std::vector<RegionBatches> muscle_;
  MPI_Comm comm_;
  PointField mask_;
  PointField saved_activation_, saved_stretch_;
};

}  // namespace tautband
