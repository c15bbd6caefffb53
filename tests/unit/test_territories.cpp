// Motor-unit territories and the places of spindles, on any number of ranks (1, 2 and 4 are run).
#include "fem/territories.hpp"

#include "base/error.hpp"
#include "fem/fibre_field.hpp"
#include "fem/field_range.hpp"
#include "fem/placement.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tautband {
namespace {

using testing_support::block_mesh;
using testing_support::MuscleBlock;
using testing_support::sum_over_ranks;

/// A round muscle of radius 1 and length 4 along z, all of it region 0.
Mesh round_muscle() {
  Mesh mesh = block_mesh(ElementKind::hex27, {8, 8, 2}, {2.0, 2.0, 4.0}, 8);
  for (std::size_t n = 0; n < mesh.points.size(); n += 3) {
    // A square on a disc, shrunk by 2 % so that its corners keep a positive Jacobian.
    const double u = 0.98 * (mesh.points[n] - 1.0), v = 0.98 * (mesh.points[n + 1] - 1.0);
    mesh.points[n] = u * std::sqrt(1.0 - 0.5 * v * v);
    mesh.points[n + 1] = v * std::sqrt(1.0 - 0.5 * u * u);
  }
  return mesh;
}

Territories territories_of(const MuscleBlock& block, const TerritorySettings& settings) {
  const View2<double> section =
      perpendicular_coordinates(block.local, mean_fibre(block.local, block.geometry, block.muscle));
  return make_territories(block.local, block.geometry, block.muscle, section, settings);
}

/// Volume that each unit gets, weighted.
std::vector<double> volumes(const MuscleBlock& block, const Territories& territories) {
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), territories.weight);
  const auto unit = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), territories.unit);
  std::vector<double> volume(territories.units, 0.0);
  block.for_each_point([&](Index b, int q, int l, double dV) {
    for (int k = 0; k < kept_units; ++k) volume[unit(b, q, k, l)] += dV * weight(b, q, k, l);
  });
  for (double& each : volume) each = sum_over_ranks(each);
  return volume;
}

TEST(Territories, WeightsAreAPartitionOfUnityStrongestFirst) {
  const MuscleBlock block(block_mesh(ElementKind::hex8, {9, 7, 3}, {3.0, 2.0, 4.0}, 6));
  const Territories territories = territories_of(block, {5, 3, 0.4, true});
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), territories.weight);
  double in_muscle = 0.0, everywhere = 0.0;
  block.for_each_point([&](Index b, int q, int l, double) {
    double sum = 0.0;
    for (int k = 0; k < kept_units; ++k) {
      EXPECT_GE(weight(b, q, k, l), 0.0);
      if (k > 0) {
        EXPECT_LE(weight(b, q, k, l), weight(b, q, k - 1, l));
      }
      sum += weight(b, q, k, l);
    }
    EXPECT_NEAR(sum, 1.0, 1e-14);
    in_muscle += sum;
  });
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.local.cell);
  for (Index b = 0; b < block.local.n_batches; ++b)
    for (int l = 0; l < lanes; ++l)
      for (int q = 0; q < 8; ++q)
        for (int k = 0; k < kept_units; ++k)
          if (cell(b, l) >= 0) everywhere += weight(b, q, k, l);
  EXPECT_NEAR(everywhere, in_muscle, 1e-9) << "the tendon has motor units";
}

class Units : public testing::TestWithParam<int> {};

TEST_P(Units, ShareTheMuscleEqually) {
  const MuscleBlock block(round_muscle());
  const int units = GetParam();
  const Territories territories = territories_of(block, {units, 1, 0.05, true});
  const std::vector<double> volume = volumes(block, territories);
  double total = 0.0;
  for (double each : volume) total += each;
  for (int j = 0; j < units; ++j) EXPECT_NEAR(volume[j] * units / total, 1.0, 0.25) << "unit " << j;
}

TEST_P(Units, AreTheSameOnAnyNumberOfRanks) {
  const Mesh mesh = round_muscle();
  const TerritorySettings settings{GetParam(), 11, 0.1, false};
  const Territories here = territories_of(MuscleBlock(mesh), settings);
  const Territories alone = territories_of(MuscleBlock(mesh, MPI_COMM_SELF), settings);
  EXPECT_EQ(here.centres, alone.centres);
  EXPECT_EQ(here.shares, alone.shares);
}

TEST_P(Units, LieInOrderFromTheCentre) {
  const Territories territories = territories_of(MuscleBlock(round_muscle()), {GetParam(), 1, 0.1, true});
  double last = 0.0;
  for (const auto& centre : territories.centres) {
    const double away = std::hypot(centre[0], centre[1]);
    EXPECT_GE(away, last - 1e-6);
    last = away;
  }
  EXPECT_LT(std::hypot(territories.centres[0][0], territories.centres[0][1]), 0.05);
}

INSTANTIATE_TEST_SUITE_P(Numbers, Units, testing::Values(1, 4, 7, 19));

TEST(Territories, BlendOverTheirWidth) {
  const MuscleBlock block(block_mesh(ElementKind::hex27, {24, 6, 1}, {4.0, 1.0, 1.0}, 24));
  const double width = 0.5;
  const Territories territories = territories_of(block, {2, 1, width, false});
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), territories.weight);
  double shared = 0.0;
  block.for_each_point([&](Index b, int q, int l, double dV) { shared += dV * (1.0 - weight(b, q, 0, l)); });
  // Two halves meet in a border of 1 m x 1 m, across which the weaker weight 1/(1 + exp(4 |s|/width)) integrates to
  // 2 (width/4) ln 2. 5 %: bins of the section are 1/24 m wide, so the border is off the middle and slightly oblique.
  const double expected = 0.5 * width * std::log(2.0);
  EXPECT_NEAR(sum_over_ranks(shared), expected, 0.05 * expected);
}

TEST(Territories, MoreUnitsThanFibresAreRefused) {
  const MuscleBlock block(block_mesh(ElementKind::hex8, {2, 2, 1}, {1.0, 1.0, 1.0}, 2));
  EXPECT_THROW(territories_of(block, {200, 1, 0.1, true}), CaseError);
}

TEST(Placement, IsEvenAndInsideTheMuscle) {
  const MuscleBlock block(block_mesh(ElementKind::hex27, {6, 4, 4}, {1.5, 1.0, 1.0}, 4));
  const auto places = place_evenly(block.local, block.geometry, block.muscle, 64, 1);
  ASSERT_EQ(places.size(), 64u);
  int low[3] = {0, 0, 0};
  double nearest = 1.0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_LE(places[i][0], 1.0);
    for (int a = 0; a < 3; ++a) low[a] += places[i][a] < 0.5;
    for (std::size_t j = 0; j < i; ++j)
      nearest = std::min(
          nearest, std::hypot(places[i][0] - places[j][0], places[i][1] - places[j][1], places[i][2] - places[j][2]));
  }
  // Halves of the muscle: independent places would scatter by 4 around 32; these are more even than that.
  for (int a = 0; a < 3; ++a) EXPECT_NEAR(low[a], 32, 8);
  // The lattice spacing is 64^(-1/3) = 0.25; of independent places the nearest two would be 0.04 apart.
  EXPECT_GT(nearest, 0.1);
}

TEST(Placement, IsTheSameOnAnyNumberOfRanksAndFollowsTheSeed) {
  const Mesh mesh = round_muscle();
  const MuscleBlock here(mesh), alone(mesh, MPI_COMM_SELF);
  const auto places = place_evenly(here.local, here.geometry, here.muscle, 40, 9);
  EXPECT_EQ(places, place_evenly(alone.local, alone.geometry, alone.muscle, 40, 9));
  EXPECT_NE(places, place_evenly(here.local, here.geometry, here.muscle, 40, 10));
}

TEST(FibreField, DistanceFromTheEndPlatesIsMeasuredAlongTheFibre) {
  Mesh mesh = block_mesh(ElementKind::hex27, {3, 2, 4}, {3.0, 2.0, 4.0}, 2);
  for (std::size_t n = 0; n < mesh.points.size(); n += 3) mesh.points[n] += 0.3 * mesh.points[n + 2];  // sheared cells
  // Fibres lean by 30 degrees: a step in z of 1 is 1/cos(30 degrees) along them.
  for (std::size_t c = 0; c < mesh.fibre.size(); c += 3) {
    mesh.fibre[c] = 0.5;
    mesh.fibre[c + 2] = std::sqrt(0.75);
  }
  const MuscleBlock block(mesh);
  const View1<double> position = straight_fibre_position(block.local, block.muscle, {0.0, 0.0, 1.0});
  const auto distance = Kokkos::create_mirror_view_and_copy(
      Kokkos::HostSpace(), distance_along_fibre(block.local, block.geometry, position, 0.25));
  const auto z = block.coordinate(2);
  block.for_each_point([&](Index b, int q, int l, double) {
    EXPECT_NEAR(distance(b, q, l), (z(b, q, l) - 1.0) / std::sqrt(0.75), 1e-12);
  });
}

TEST(FieldRange, KnowsMeanAndEndsOfALinearField) {
  const MuscleBlock block(block_mesh(ElementKind::hex27, {5, 2, 3}, {5.0, 2.0, 3.0}, 4));
  View1<double> x("x", block.local.n_nodes);
  Kokkos::deep_copy(x, Kokkos::subview(block.local.X, Kokkos::ALL, 0));
  const FieldRange range = field_range(block.local, block.geometry, block.muscle, nodes_to_points(block.local, x));
  const double margin = 0.5 * (1.0 - std::sqrt(0.6));  // first Gauss point of a unit cell
  EXPECT_NEAR(range.mean, 2.0, 1e-12);
  EXPECT_NEAR(range.lowest, margin, 1e-12);
  EXPECT_NEAR(range.highest, 4.0 - margin, 1e-12);
}

}  // namespace
}  // namespace tautband
