// Activation and contracture of a block by motor units, on any number of ranks (1, 2 and 4 are run).
#include "stages/activation.hpp"
#include "stages/contracture.hpp"

#include "fem/fibre_field.hpp"
#include "fem/field_range.hpp"
#include "operators/law_ops.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using testing_support::block_mesh;
using testing_support::MuscleBlock;

/// A block with fibres of 40 mm along z, two thirds of it muscle, and two motor units.
struct Tissue2 {
  MuscleBlock block{block_mesh(ElementKind::hex27, {3, 2, 8}, {6e-3, 4e-3, 40e-3}, 2)};
  Territories territories =
      make_territories(block.local, block.geometry, block.muscle,
                       perpendicular_coordinates(block.local, {0.0, 0.0, 1.0}), {2, 1, 1e-3, true});
  MuscleState state{block.point_field(0.0), block.point_field(1.0), block.point_field(0.0), {}};

  View1<double> position() const { return straight_fibre_position(block.local, block.muscle, {0.0, 0.0, 1.0}); }
  FieldRange range(const PointField& field) const {
    return field_range(block.local, block.geometry, block.muscle, field);
  }
};

/// Constant excitation u of both units over dt = (steps - 1) step + last.
Excitation constant(double u, int steps, double step, double last) {
  Excitation excitation{View2<double>("excitation", steps, 2), steps, step, last};
  Kokkos::deep_copy(excitation.unit, u);
  return excitation;
}

TEST(ActivationStage, FollowsTheLawInTheMuscleOnly) {
  const Tissue2 tissue;
  const spec::Activation settings;
  const ActivationStage stage(settings, tissue.territories, tissue.block.local, tissue.block.muscle);
  const Excitation excitation = constant(0.6, 10, 1e-3, 0.5e-3);
  const double change = stage.advance(excitation, tissue.state);
  double expected = 0.0;
  for (int k = 0; k < 10; ++k)
    expected = advance_activation(ActivationTimes<double>{15e-3, 60e-3, 10.0}, expected, 0.6, k < 9 ? 1e-3 : 0.5e-3);
  EXPECT_NEAR(change, expected, 1e-14);
  EXPECT_NEAR(tissue.range(tissue.state.activation).lowest, expected, 1e-14);
  EXPECT_NEAR(tissue.range(tissue.state.activation).highest, expected, 1e-14);
  for (const RegionBatches& region : tissue.block.local.regions)
    if (region.region == 1) {
      const FieldRange tendon =
          field_range(tissue.block.local, tissue.block.geometry, {region}, tissue.state.activation);
      EXPECT_EQ(tendon.highest, 0.0);
    }
}

TEST(ActivationStage, MixesTheUnitsOfATerritory) {
  const Tissue2 tissue;
  const spec::Activation settings;
  const ActivationStage stage(settings, tissue.territories, tissue.block.local, tissue.block.muscle);
  Excitation excitation = constant(0.0, 1, 10.0, 10.0);  // long enough to reach the excitation
  const auto host = Kokkos::create_mirror_view(excitation.unit);
  host(0, 0) = 0.2;
  host(0, 1) = 0.8;
  Kokkos::deep_copy(excitation.unit, host);
  stage.advance(excitation, tissue.state);
  const auto a = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.state.activation);
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.territories.weight);
  const auto unit = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.territories.unit);
  tissue.block.for_each_point([&](Index b, int q, int l, double) {
    const double first = unit(b, q, 0, l) == 0 ? weight(b, q, 0, l) : 1.0 - weight(b, q, 0, l);
    EXPECT_NEAR(a(b, q, l), 0.2 * first + 0.8 * (1.0 - first), 1e-12);
  });
}

// Each point by the law in single doubles. Unit 0 rests at first, so that lanes at rest stand beside others.
TEST(ActivationStage, EveryPointFollowsItsOwnUnits) {
  const Tissue2 tissue;
  const spec::Activation settings;
  const ActivationStage stage(settings, tissue.territories, tissue.block.local, tissue.block.muscle);
  constexpr int steps = 60;
  const Excitation excitation = constant(0.0, steps, 1e-3, 0.3e-3);
  const auto host = Kokkos::create_mirror_view(excitation.unit);
  for (int k = 0; k < steps; ++k) {
    host(k, 0) = k < 20 ? 0.0 : 0.9;
    host(k, 1) = 0.5 + 0.5 * std::sin(0.2 * k);
  }
  Kokkos::deep_copy(excitation.unit, host);
  const double change = stage.advance(excitation, tissue.state);
  const auto a = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.state.activation);
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.territories.weight);
  const auto unit = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), tissue.territories.unit);
  double largest = 0.0;
  tissue.block.for_each_point([&](Index b, int q, int l, double) {
    double expected = 0.0;
    for (int k = 0; k < steps; ++k) {
      double e = 0.0;
      for (int n = 0; n < kept_units; ++n) e += weight(b, q, n, l) * host(k, unit(b, q, n, l));
      expected =
          advance_activation(ActivationTimes<double>{15e-3, 60e-3, 10.0}, expected, e, k + 1 < steps ? 1e-3 : 0.3e-3);
    }
    EXPECT_NEAR(a(b, q, l), expected, 1e-14) << b << " " << q << " " << l;
    largest = std::max(largest, expected);
  });
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, tissue.block.local.comm);
  EXPECT_NEAR(change, largest, 1e-14);
}

TEST(ActivationStage, RestsAtItsExcitationAndNotBefore) {
  const Tissue2 tissue;
  const ActivationStage stage(spec::Activation{}, tissue.territories, tissue.block.local, tissue.block.muscle);
  Excitation excitation = constant(0.5, 20, 1e-3, 1e-3);
  Kokkos::deep_copy(tissue.state.activation, 0.5 + 1e-9);
  stage.advance(excitation, tissue.state);
  // near e the law is linear: da/dt = -k (a - e), k = 1/2 (1 / (t_up ease) + ease / t_down), ease = 1/2 + 3/2 e
  const double k = 0.5 * (1.0 / (15e-3 * 1.25) + 1.25 / 60e-3);
  EXPECT_NEAR(tissue.range(tissue.state.activation).highest, 0.5 + 1e-9 * std::exp(-k * 20e-3), 1e-15);
  Kokkos::deep_copy(excitation.unit, 0.0);
  Kokkos::deep_copy(tissue.state.activation, 0.0);
  EXPECT_EQ(stage.advance(excitation, tissue.state), 0.0);
}

TEST(ActivationStage, RestoresAndStaysWithoutGain) {
  const Tissue2 tissue;
  spec::Activation settings;
  ActivationStage stage(settings, tissue.territories, tissue.block.local, tissue.block.muscle);
  Kokkos::deep_copy(tissue.state.activation, 0.3);
  stage.save(tissue.state);
  EXPECT_GT(stage.advance(constant(0.6, 10, 1e-3, 1e-3), tissue.state), 0.01);
  stage.restore(tissue.state);
  EXPECT_EQ(tissue.range(tissue.state.activation).highest, 0.3);
  settings.gain = 0.0;
  const ActivationStage off(settings, tissue.territories, tissue.block.local, tissue.block.muscle);
  EXPECT_EQ(off.advance(constant(0.6, 10, 1e-3, 1e-3), tissue.state), 0.0);
  EXPECT_EQ(tissue.range(tissue.state.activation).highest, 0.3);
  EXPECT_EQ(tissue.range(tissue.state.activation).lowest, 0.3);
}

/// A contracture stage with all it reads: full energy and no stress.
struct Knot {
  Tissue2 tissue;
  ContractureStage stage;
  PointField energy = tissue.block.point_field(1.0);
  PointArray report{"report", energy.extent(0), energy.extent(1), int(report::size), energy.extent(2)};

  explicit Knot(const spec::Contracture& settings)
      : stage(settings, tissue.block.local, tissue.block.geometry, tissue.block.muscle, tissue.position()) {}
  double advance(double dt) { return stage.advance(dt, energy, report, tissue.state); }
};

TEST(ContractureStage, MaskIsTheEndPlateZone) {
  const Tissue2 tissue;
  spec::Contracture settings;
  settings.centre = 0.25;
  const ContractureStage stage(settings, tissue.block.local, tissue.block.geometry, tissue.block.muscle,
                               tissue.position());
  const auto mask = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), stage.mask());
  const auto z = tissue.block.coordinate(2);
  tissue.block.for_each_point([&](Index b, int q, int l, double) {
    const double s = (z(b, q, l) - 10e-3) / 2.5e-3;
    EXPECT_NEAR(mask(b, q, l), std::exp(-s * s * s * s), 1e-12);
  });
}

TEST(ContractureStage, ShortensWhereContractureIsActive) {
  Knot knot(spec::Contracture{});
  Kokkos::deep_copy(knot.tissue.state.contracture_activation, knot.stage.mask());
  const double highest = knot.tissue.range(knot.stage.mask()).highest;
  double largest = 0.0, total = 0.0;
  for (int n = 0; n < 100; ++n) {
    const double change = knot.advance(0.1);
    largest = std::max(largest, change);
    total += change;
  }
  const double shortened = 0.5 * highest * (1.0 - std::exp(-10.0 / 5.0));
  EXPECT_NEAR(knot.tissue.range(knot.tissue.state.contracture).lowest, 1.0 - shortened, 1e-12);
  EXPECT_NEAR(total, shortened, 1e-12) << "reported changes do not add up to the shortening";
  EXPECT_LT(largest, 0.011);
  EXPECT_EQ(knot.tissue.range(knot.tissue.state.activation).highest, 0.0);
}

TEST(ContractureStage, LengthensSlowlyWithoutEnergyAndRestores) {
  Knot knot(spec::Contracture{});
  Kokkos::deep_copy(knot.tissue.state.contracture, 0.5);
  Kokkos::deep_copy(knot.energy, 0.5);
  knot.stage.save(knot.tissue.state);
  knot.advance(12.0);
  EXPECT_NEAR(knot.tissue.range(knot.tissue.state.contracture).highest, 1.0 - 0.5 * std::exp(-1.0), 1e-12);
  knot.stage.restore(knot.tissue.state);
  EXPECT_EQ(knot.tissue.range(knot.tissue.state.contracture).highest, 0.5);
}

TEST(ContractureStage, ReadsTheKirchhoffStressOfTheFibre) {
  Knot knot(spec::Contracture{});
  Kokkos::deep_copy(knot.tissue.state.contracture, 0.5);
  Kokkos::deep_copy(knot.tissue.state.contracture_activation, 1.0);
  knot.advance(1.0);
  EXPECT_EQ(knot.tissue.range(knot.tissue.state.contracture).highest, 0.5);
  Kokkos::deep_copy(knot.report, 250.0);  // sigma_f J = 62.5 kPa, above the yield stress of 40 kPa
  knot.advance(1.0);
  // held at lambda_min with 2 s, torn with 0.02 /s (62.5 / 40 - 1)
  const double held = 0.5, torn = 0.02 * 0.5625, settled = (0.5 * held + torn) / (held + torn);
  EXPECT_NEAR(knot.tissue.range(knot.tissue.state.contracture).lowest,
              settled + (0.5 - settled) * std::exp(-held - torn), 1e-12);
}

TEST(ContractureStage, WithoutGainNothingContracts) {
  spec::Contracture settings;
  settings.gain = 0.0;
  Knot knot(settings);
  Kokkos::deep_copy(knot.tissue.state.contracture, 0.9);
  Kokkos::deep_copy(knot.tissue.state.contracture_activation, 1.0);
  EXPECT_EQ(knot.advance(5.0), 0.0);
  EXPECT_EQ(knot.tissue.range(knot.tissue.state.contracture).lowest, 0.9);
  EXPECT_EQ(knot.tissue.range(knot.tissue.state.contracture).highest, 0.9);
}

}  // namespace
}  // namespace tautband
