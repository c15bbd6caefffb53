#include "stages/contracture.hpp"

#include "fem/fibre_field.hpp"
#include "stages/excitation_at.hpp"

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
double contract_region(const RegionBatches& region, const Contracture& law, const PointField& mask,
                       const Territories& territories, const Excitation& excitation, const MuscleState& state) {
  const PointArray weight = territories.weight;
  const auto unit = territories.unit;
  const View2<double> of_unit = excitation.unit;
  const PointField activation = state.contracture_activation, stretch = state.contracture;
  const int steps = excitation.steps;
  const double step = excitation.step, last_step = excitation.last_step, dt = (steps - 1) * step + last_step;
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::contract", points_of(region, mask),
      KOKKOS_LAMBDA(const Index item, double& change) {
        double target = 0.0;
        for (int k = 0; k < steps; ++k)
          target +=
              law.target(excitation_at(weight, unit, of_unit, item, k)) * ((k + 1 == steps ? last_step : step) / dt);
        const Contracture::State start{activation.data()[item], stretch.data()[item]};
        const Contracture::State end = law.advance(start, mask.data()[item] * target, dt);
        activation.data()[item] = end.activation;
        stretch.data()[item] = end.stretch;
        change = max(change, abs(end.stretch - start.stretch));
      },
      Kokkos::Max<double>(largest));
  return largest;
}

}  // namespace

ContractureStage::ContractureStage(const spec::Contracture& contracture, const Territories& territories,
                                   const LocalMesh& mesh, const Geometry& geometry,
                                   const std::vector<RegionBatches>& muscle, const View1<double>& fibre_position)
    : law_{contracture.gain,
           contracture.threshold,
           contracture.range,
           contracture.time_up,
           contracture.time_down,
           contracture.lowest_stretch,
           contracture.time_shortening,
           contracture.time_lengthening},
      territories_(territories),
      muscle_(muscle),
      comm_(mesh.comm),
      mask_("tautband::end_plate", mesh.n_batches, nodes_per_element(mesh.kind), lanes),
      saved_activation_("tautband::saved_contracture_activation", mask_.extent(0), mask_.extent(1), lanes),
      saved_stretch_("tautband::saved_contracture", mask_.extent(0), mask_.extent(1), lanes) {
  const PointField distance = distance_along_fibre(mesh, geometry, fibre_position, contracture.centre);
  for (const RegionBatches& region : muscle_)
    mask_end_plates(region, distance, contracture.half_length, contracture.sharpness, mask_);
}

void ContractureStage::save(const MuscleState& state) {
  Kokkos::deep_copy(saved_activation_, state.contracture_activation);
  Kokkos::deep_copy(saved_stretch_, state.contracture);
}

void ContractureStage::restore(const MuscleState& state) const {
  Kokkos::deep_copy(state.contracture_activation, saved_activation_);
  Kokkos::deep_copy(state.contracture, saved_stretch_);
}

double ContractureStage::advance(const Excitation& excitation, const MuscleState& state) const {
  double largest = 0.0;
  if (law_.gain > 0.0)
    for (const RegionBatches& region : muscle_)
      largest = std::max(largest, contract_region(region, law_, mask_, territories_, excitation, state));
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, comm_);
  return largest;
}

}  // namespace tautband
