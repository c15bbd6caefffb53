// The contracture stage: where calcium stays high in the end-plate zone, the fibres shorten through the eigen-stretch
// lambda_c. Law: contracture.hpp.
#pragma once

#include "fem/geometry.hpp"
#include "laws/contracture.hpp"
#include "spec/physiology.hpp"
#include "state/tissue.hpp"

#include <vector>

namespace tautband {

class ContractureStage {
 public:
  /// `fibre_position`: per node, 0..1 along the fibre from end to end.
  ContractureStage(const spec::Contracture& contracture, const LocalMesh& mesh, const Geometry& geometry,
                   const std::vector<RegionBatches>& muscle, const View1<double>& fibre_position);

  /// Remembers lambda_c; restore() brings it back, to repeat a mechanics step that failed.
  void save(const MuscleState& state);
  void restore(const MuscleState& state) const;

  /// lambda_c after dt (s) at the present contracture activation, energy (0..1) and fibre stress, both as they were at
  /// the last accepted step; `report`: see operators/law_ops.hpp. Returns the largest change of lambda_c on any rank;
  /// collective.
  double advance(double dt, const PointField& energy, const PointArray& report, const MuscleState& state) const;

  /// End-plate zone (batch, point, lane), 0..1; 0 outside the muscle.
  const PointField& mask() const { return mask_; }

 private:
  Contracture law_;
  std::vector<RegionBatches> muscle_;
  MPI_Comm comm_;
  PointField mask_;
  PointField saved_stretch_;
};

}  // namespace tautband
