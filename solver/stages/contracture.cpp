#include "stages/contracture.hpp"

#include "fem/fibre_field.hpp"
#include "operators/law_ops.hpp"
#include "stages/point_items.hpp"

#include <algorithm>

namespace tautband {
namespace {

void mask_end_plates(const RegionBatches& region, const PointField& distance, double half_length, double sharpness,
                     const PointField& mask) {
  Kokkos::parallel_for(
      "tautband::mask_end_plates", points_of(region, mask), KOKKOS_LAMBDA(const Index item) {
        mask.data()[item] = Contracture::end_plate(distance.data()[item], half_length, sharpness);
      });
}

/// Returns the largest change of lambda_c on this rank.
double contract_region(const RegionBatches& region, const Contracture& law, double dt, const PointField& energy,
                       const PointArray& report, const MuscleState& state) {
  const PointField activation = state.contracture_activation, stretch = state.contracture;
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::contract", points_of(region, stretch),
      KOKKOS_LAMBDA(const Index item, double& change) {
        const double start = stretch.data()[item];
        const double stress =
            component_at(report, report::fibre_stress, item) * component_at(report, report::volume_ratio, item);
        const double end = law.advance(start, activation.data()[item], energy.data()[item], stress, dt);
        stretch.data()[item] = end;
        change = max(change, abs(end - start));
      },
      Kokkos::Max<double>(largest));
  return largest;
}

}  // namespace

ContractureStage::ContractureStage(const spec::Contracture& contracture, const LocalMesh& mesh,
                                   const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                                   const View1<double>& fibre_position)
    : law_{contracture.gain,  contracture.lowest_stretch, contracture.time_shortening, contracture.time_lengthening,
           contracture.rigor, contracture.yield_stress,   contracture.detachment_rate},
      muscle_(muscle),
      comm_(mesh.comm),
      mask_("tautband::end_plate", mesh.n_batches, nodes_per_element(mesh.kind), lanes),
      saved_stretch_("tautband::saved_contracture", mask_.extent(0), mask_.extent(1), lanes) {
  const PointField distance = distance_along_fibre(mesh, geometry, fibre_position, contracture.centre);
  for (const RegionBatches& region : muscle_)
    mask_end_plates(region, distance, contracture.half_length, contracture.sharpness, mask_);
}

void ContractureStage::save(const MuscleState& state) { Kokkos::deep_copy(saved_stretch_, state.contracture); }

void ContractureStage::restore(const MuscleState& state) const { Kokkos::deep_copy(state.contracture, saved_stretch_); }

double ContractureStage::advance(double dt, const PointField& energy, const PointArray& report,
                                 const MuscleState& state) const {
  double largest = 0.0;
  if (law_.gain > 0.0)
    for (const RegionBatches& region : muscle_)
      largest = std::max(largest, contract_region(region, law_, dt, energy, report, state));
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, comm_);
  return largest;
}

}  // namespace tautband
