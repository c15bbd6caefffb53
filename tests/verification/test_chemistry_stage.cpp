// The chemistry stage in space and time: order of its splitting, and which cores of contracted tissue survive.
#include "operators/law_ops.hpp"
#include "stages/chemistry.hpp"
#include "stages/point_items.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

using testing_support::block_mesh;
using testing_support::MuscleBlock;

constexpr double sigma0 = 200e3;  // Pa

/// A cube of muscle that is all end plate, without mechanics: stresses are made up.
struct Cube {
  MuscleBlock block;
  Halo halo{block.local};
  PointField end_plate = block.point_field(1.0);
  DiffusionStage diffusion{block.local, block.geometry, halo, spec::Diffusion{}};
  ChemistryStage stage;
  MuscleState muscle{block.point_field(0.0), block.point_field(1.0), block.point_field(0.0), block.point_field(1.0)};
  PointArray report{"report", end_plate.extent(0), end_plate.extent(1), int(report::size), end_plate.extent(2)};
  NodeVector u = NodeVector("displacement", block.local.n_nodes);
  ChemistryState state;

  Cube(int cells, double edge)
      : block(block_mesh(ElementKind::hex27, {cells, cells, cells}, {edge, edge, edge}, cells)),
        stage(settings(), block.local, block.muscle, end_plate, diffusion),
        state(stage.initial_state({})) {}

  static ChemistryStage::Settings settings() {
    const spec::Diffusion d;
    return {EnergyCrisis{}, Nociceptor{}, 0.093, 600.0, {d.oxygen, d.acid, d.sensitiser}, 0.0};
  }
  void step(double dt) {
    stage.advance(dt, {}, report, muscle, state);
    stage.exchange(dt, {}, u, report, state);
  }
};

/// The stress of the fibres' own activation and, as the 0-D model has it, of the knot: 0.3 (1 - a) sigma0 a_c.
void press(const Cube& cube, double activation) {
  const PointArray report = cube.report;
  const PointField contracted = cube.muscle.contracture_activation;
  Kokkos::parallel_for(
      "test::press", points_of(cube.block.muscle[0], contracted), KOKKOS_LAMBDA(const Index item) {
        set_component(report, report::lateral_pressure, item,
                      0.3 * 0.093 * sigma0 * (1.0 - activation) * contracted.data()[item]);
        set_component(report, report::active_stress, item, sigma0 * activation);
      });
}

double largest(const Cube& cube, const PointField& field) {
  double value = -1e300;
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), field);
  cube.block.for_each_point([&](Index b, int q, int l, double) { value = std::max(value, host(b, q, l)); });
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return value;
}

/// Energy, acid and calcium of uniform tissue after a minute of strong activation.
std::array<double, 3> after_a_minute(double dt) {
  Cube cube(1, 1e-3);
  Kokkos::deep_copy(cube.muscle.activation, 0.3);
  press(cube, 0.3);
  for (int n = 0; n < static_cast<int>(std::lround(60.0 / dt)); ++n) cube.step(dt);
  return {largest(cube, cube.state.energy), largest(cube, cube.stage.acid()), largest(cube, cube.state.calcium)};
}

TEST(ChemistryStage, SplittingIsOfFirstOrder) {
  // Against a run with steps of 1/32 s, whose own error shifts the ratio of errors from 2 to at most 2.07.
  const std::array<double, 3> exact = after_a_minute(1.0 / 32), coarse = after_a_minute(1.0),
                              fine = after_a_minute(0.5);
  for (int k = 0; k < 3; ++k) {
    const double ratio = (coarse[k] - exact[k]) / (fine[k] - exact[k]);
    EXPECT_GT(ratio, 1.8) << k;
    EXPECT_LT(ratio, 2.3) << k;
  }
}

/// D, c, e, A and P, H, S of an active point in the sphere of radius R about the corner, healthy tissue outside.
void make_core(Cube& cube, double radius) {
  const auto set = [&](const PointField& field, double inside) {
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), field);
    const auto x = cube.block.coordinate(0), y = cube.block.coordinate(1), z = cube.block.coordinate(2);
    cube.block.for_each_point([&](Index b, int q, int l, double) {
      if (std::hypot(x(b, q, l), y(b, q, l), z(b, q, l)) < radius) host(b, q, l) = inside;
    });
    Kokkos::deep_copy(field, host);
  };
  const auto set_nodes = [&](const View1<double>& field, double inside) {
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), field);
    const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), cube.block.local.X);
    for (Index n = 0; n < cube.block.local.n_nodes; ++n)
      if (std::hypot(X(n, 0), X(n, 1), X(n, 2)) < radius) host(n) = inside;
    Kokkos::deep_copy(field, host);
  };
  set(cube.state.calcium, 1.496);
  set(cube.state.energy, 0.104);
  set(cube.state.acetylcholine, 0.874);
  set(cube.state.memory, 1.0);
  set(cube.muscle.contracture_activation, 0.939);
  set_nodes(cube.state.oxygen, 0.1);
  set_nodes(cube.state.acid, 0.84);
  set_nodes(cube.state.sensitiser, 0.651);
}

/// Whether a core of that radius (m) is still active after `hours` of load (fraction of MVC) in a cube of that edge.
bool survives(double load, double radius, double edge, double hours) {
  Cube cube(6, edge);
  make_core(cube, radius);
  const double dt = 20.0;
  double energy = 0.104;
  for (int n = 0; n < static_cast<int>(hours * 3600.0 / dt) && energy < 0.6; ++n) {
    const double nociception = largest(cube, cube.stage.nociception());
    // reflex by the fusimotor loop, with the central sensitisation of an active point, which takes a day to fall
    const double activation = 4.0 * (load + 0.05 * (1.0 + 0.5 * 0.85) * 0.25 * nociception);
    Kokkos::deep_copy(cube.muscle.activation, activation);
    press(cube, activation);
    cube.step(dt);
    if (largest(cube, cube.muscle.contracture_activation) < 0.6) return false;
  }
  return true;
}

// docs/model.md 9.4: no core survives at 1.5 % of the strongest contraction. At 3 and 4 % cores below a critical radius
// collapse and larger ones live on. An independent radial computation puts it at 0.5-0.75 mm and 0.3-0.5 mm; a sphere,
// which loses more through its surface than a cylinder, is given twice that.
TEST(ChemistryStage, CoresBelowTheirCriticalRadiusCollapse) {
  EXPECT_FALSE(survives(0.015, 3e-3, 6e-3, 6.0));
  EXPECT_FALSE(survives(0.03, 0.5e-3, 2e-3, 2.0));
  EXPECT_FALSE(survives(0.04, 0.3e-3, 1.8e-3, 2.0));
}

TEST(ChemistryStage, CoresAboveTheirCriticalRadiusSurvive) {
  EXPECT_TRUE(survives(0.03, 1.5e-3, 3e-3, 2.0));
  EXPECT_TRUE(survives(0.04, 1.0e-3, 2.5e-3, 2.0));
}

TEST(ChemistryStage, RestoresWhatItSaved) {
  Cube cube(1, 1e-3);
  Kokkos::deep_copy(cube.muscle.activation, 0.3);
  press(cube, 0.3);
  cube.step(5.0);
  cube.stage.save(cube.state, cube.muscle);
  const double energy = largest(cube, cube.state.energy), calcium = largest(cube, cube.state.calcium);
  cube.stage.advance(5.0, {}, cube.report, cube.muscle, cube.state);
  EXPECT_NE(largest(cube, cube.state.energy), energy);
  cube.stage.restore(cube.state, cube.muscle);
  EXPECT_EQ(largest(cube, cube.state.energy), energy);
  EXPECT_EQ(largest(cube, cube.state.calcium), calcium);
}

}  // namespace
}  // namespace tautband
