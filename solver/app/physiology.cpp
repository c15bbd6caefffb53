#include "app/physiology.hpp"

#include <algorithm>

namespace tautband {

Physiology::Physiology(const spec::Case& spec, double start, const Mesh& mesh, const LocalMesh& local,
                       const Geometry& geometry, const std::vector<RegionBatches>& muscle)
    : arc_(spec, start, mesh, local, geometry, muscle),
      contracture_(spec.physiology.contracture, local, geometry, muscle, arc_.fibre_position()),
      energy_("tautband::energy", local.n_batches, nodes_per_element(local.kind), lanes) {
  Kokkos::deep_copy(energy_, 1.0);
}

double Physiology::advance(double dt, const PointArray& report, const MuscleState& muscle) {
  contracture_.save(muscle);
  const double activated = arc_.advance(dt, muscle);
  return std::max(activated, contracture_.advance(dt, energy_, report, muscle));
}

void Physiology::undo(const MuscleState& muscle) const {
  arc_.undo(muscle);
  contracture_.restore(muscle);
}

void Physiology::accept(double time, const NodeVector& u) { arc_.sample(time, u); }

}  // namespace tautband
