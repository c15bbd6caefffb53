#include "stages/activation.hpp"

#include "stages/excitation_at.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// The activation of one quadrature point (V = double) or of a point of a batch of elements (V = Pack) over a step.
struct Activate {
  ActivationTimes<double> times;
  double gain;
  PointArray weight;
  decltype(Territories::unit) unit;
  Excitation excitation;
  PointField activation;

  template <class V> KOKKOS_INLINE_FUNCTION V excited(const UnitsOfPoint<V>& units, int k) const {
    return min(V(gain) * units.excitation(&excitation.unit(k, 0)), V(1.0));
  }

  template <class V> KOKKOS_INLINE_FUNCTION V end_of_step(const UnitsOfPoint<V>& units, V a) const {
    if (excitation.activated) return excited(units, excitation.steps - 1);
    constexpr double round_off = 1e-16;
    const ActivationTimes<V> t{times.up, times.down, times.smoothing};
    for (int k = 0; k < excitation.steps; ++k) {
      const V e = excited(units, k);
      if (all(abs(a - e) <= V(round_off) * e))  // at rest: what the law returns
        a = e;
      else
        a = advance_activation(t, a, e, V(k + 1 == excitation.steps ? excitation.last_step : excitation.step));
    }
    return a;
  }

  /// Returns the size of the change.
  template <class V> KOKKOS_INLINE_FUNCTION V operator()(const Place& at) const {
    const V start = load<V>(activation, at), end = end_of_step(UnitsOfPoint<V>(weight, unit, at), start);
    store(activation, at, end);
    return abs(end - start);
  }
};

/// Returns the largest change on this rank.
double activate(const RegionBatches& region, const Activate& kernel) {
  const int points = static_cast<int>(kernel.activation.extent(1));
  const Index first = region.first_batch;
  double largest = 0.0;
#if defined(__CUDACC__) || defined(__HIPCC__)
  Kokkos::parallel_reduce(
      "tautband::activate", Kokkos::RangePolicy<Execution>(0, region.n_batches * points * lanes),
      KOKKOS_LAMBDA(const Index item, double& change) {
        const Index point = item / lanes;
        change = max(change, kernel.operator()<double>(Place{first + point / points, point % points, item % lanes}));
      },
      Kokkos::Max<double>(largest));
#else
  Kokkos::parallel_reduce(
      "tautband::activate", Kokkos::RangePolicy<Execution>(0, region.n_batches * points),
      [=](const Index item, double& change) {
        const HostPack changes = kernel.operator()<HostPack>(Place{first + item / points, item % points, 0});
        for (int l = 0; l < lanes; ++l) change = max(change, changes[l]);
      },
      Kokkos::Max<double>(largest));
#endif
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
  const Activate kernel{times_, gain_, territories_.weight, territories_.unit, excitation, state.activation};
  if (gain_ > 0.0)
    for (const RegionBatches& region : muscle_) largest = std::max(largest, activate(region, kernel));
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, comm_);
  return largest;
}

}  // namespace tautband
