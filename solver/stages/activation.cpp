#include "stages/activation.hpp"

#include "stages/excitation_at.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// Returns the largest change on this rank.
double activate(const RegionBatches& region, const ActivationTimes<double>& times, double gain,
                const Territories& territories, const Excitation& excitation, const PointField& activation) {
  const PointArray weight = territories.weight;
  const auto unit = territories.unit;
  const View2<double> of_unit = excitation.unit;
  const int steps = excitation.steps;
  const bool activated = excitation.activated;
  const double step = excitation.step, last_step = excitation.last_step;
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::activate", points_of(region, activation),
      KOKKOS_LAMBDA(const Index item, double& change) {
        const double start = activation.data()[item];
        double a = start;
        if (activated) a = min(gain * excitation_at(weight, unit, of_unit, item, steps - 1), 1.0);
        for (int k = 0; k < steps && !activated; ++k) {
          const double e = min(gain * excitation_at(weight, unit, of_unit, item, k), 1.0);
          a = advance_activation(times, a, e, k + 1 == steps ? last_step : step);
        }
        activation.data()[item] = a;
        change = max(change, abs(a - start));
      },
      Kokkos::Max<double>(largest));
  return largest;
}

}  // namespace

ActivationStage::ActivationStage(const spec::Activation& activation, const Territories& territories,
                                 const LocalMesh& mesh, const std::vector<RegionBatches>& muscle)
    : gain_(activation.gain),
      times_{activation.time_up, activation.time_down, activation.smoothing},
      territories_(territories),
      muscle_(muscle),
      comm_(mesh.comm),
      saved_("tautband::saved_activation", mesh.n_batches, nodes_per_element(mesh.kind), lanes) {}

void ActivationStage::save(const MuscleState& state) { Kokkos::deep_copy(saved_, state.activation); }

void ActivationStage::restore(const MuscleState& state) const { Kokkos::deep_copy(state.activation, saved_); }

double ActivationStage::advance(const Excitation& excitation, const MuscleState& state) const {
  double largest = 0.0;
  if (gain_ > 0.0)
    for (const RegionBatches& region : muscle_)
      largest = std::max(largest, activate(region, times_, gain_, territories_, excitation, state.activation));
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, comm_);
  return largest;
}

}  // namespace tautband
