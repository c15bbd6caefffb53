// A block of muscle with a reflex network, pulled along its fibres without any mechanics.
#pragma once

#include "stages/reflex.hpp"
#include "support/muscle_block.hpp"

namespace tautband::testing_support {

struct ReflexBlock {
  MuscleBlock block;
  Territories territories;
  ReflexStage reflex;
  ReflexState state;
  Excitation excitation;

  ReflexBlock(const spec::Physiology& physiology, const ReflexStage::Tonic& tonic, double network_step = 1e-3,
              std::array<int, 3> cells = {3, 3, 4})
      : block(block_mesh(ElementKind::hex8, cells, {3e-3, 3e-3, 8e-3}, cells[0])),
        territories(make_territories(block.local, block.geometry, block.muscle, section(),
                                     {physiology.motor_pool.territories, 1, 0.2e-3, true})),
        reflex(physiology, tonic, network_step, 0.0, block.local, block.geometry, block.muscle, section(), territories),
        state(reflex.initial_state()) {}

  View2<double> section() const { return perpendicular_coordinates(block.local, {0.0, 0.0, 1.0}); }

  NodeVector stretched(double stretch) const {
    return block.displacement([&](const auto& x, int i) { return i == 2 ? (stretch - 1.0) * x[2] : 0.0; });
  }
  void sample(double time, double stretch, const std::vector<double>& tension = {}) {
    reflex.sample(time, stretched(stretch), tension, state);
  }
  /// Of territory j, in every network step of the last advance().
  std::vector<double> excitations(int j = 0) const {
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), excitation.unit);
    std::vector<double> values;
    for (int k = 0; k < excitation.steps; ++k) values.push_back(host(k, j));
    return values;
  }
  double excitation_of(int j) const { return excitations(j).back(); }
};

}  // namespace tautband::testing_support
