// Sampling of the motion at material points, on any number of ranks (1, 2 and 4 are run).
#include "fem/sampling.hpp"

#include "base/counter_random.hpp"
#include "base/error.hpp"
#include "fem/locate.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using Position = std::array<double, 3>;
using testing_support::block_mesh;
using testing_support::MuscleBlock;

/// Trilinear interpolation of the corners of a cell at xi in [-1, 1]^3.
Position in_cell(const Mesh& mesh, GlobalIndex cell, const Position& xi) {
  Position x{0.0, 0.0, 0.0};
  for (int c = 0; c < 8; ++c) {
    const GlobalIndex node = mesh.connectivity[cell * nodes_per_element(mesh.kind) + vtk_of_lexicographic_hex8[c]];
    const double weight =
        0.125 * (1.0 + (c & 1 ? xi[0] : -xi[0])) * (1.0 + (c & 2 ? xi[1] : -xi[1])) * (1.0 + (c & 4 ? xi[2] : -xi[2]));
    for (int i = 0; i < 3; ++i) x[i] += weight * mesh.points[3 * node + i];
  }
  return x;
}

/// 4 x 3 x 3 cells with corners moved at random by up to 0.15 cells and straight edges: products of two coordinates are
/// triquadratic in such a cell, so hex27 carries any quadratic displacement exactly.
Mesh distorted(ElementKind kind) {
  Mesh mesh = block_mesh(kind, {4, 3, 3}, {4.0, 3.0, 3.0}, 3);
  const int order = kind == ElementKind::hex8 ? 1 : 2, per_cell = nodes_per_element(kind);
  for (std::size_t i = 0; i < mesh.points.size(); ++i) mesh.points[i] += 0.3 * (random_uniform(7, i) - 0.5);
  std::vector<double> straight = mesh.points;
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell)
    for (int q = 0; q < per_cell; ++q) {
      const int line = order + 1;
      const Position xi = {2.0 * (q % line) / order - 1.0, 2.0 * (q / line % line) / order - 1.0,
                           2.0 * (q / (line * line)) / order - 1.0};
      const Position x = in_cell(mesh, cell, xi);
      const GlobalIndex node = mesh.connectivity[cell * per_cell + vtk_of_lexicographic(kind, q)];
      for (int i = 0; i < 3; ++i) straight[3 * node + i] = x[i];
    }
  mesh.points = straight;
  return mesh;
}

/// Points inside cells, and on faces, edges and corners between them.
std::vector<Position> places_in(const Mesh& mesh) {
  std::vector<Position> places;
  for (std::uint64_t p = 0; p < 60; ++p) {
    Position xi;
    for (std::uint64_t a = 0; a < 3; ++a) xi[a] = 2.0 * random_uniform(3, 8 * p + a) - 1.0;
    if (p % 4 == 1) xi[0] = 1.0;
    if (p % 4 == 2) xi[1] = xi[2] = -1.0;
    if (p % 12 == 3) xi = {1.0, 1.0, 1.0};
    places.push_back(in_cell(mesh, static_cast<GlobalIndex>(random_bits(5, p) % mesh.n_cells()), xi));
  }
  return places;
}

constexpr double linear[3][3] = {{0.1, 0.2, -0.3}, {0.05, -0.1, 0.15}, {0.3, 0.1, 0.2}};

double affine(const Position& x, int i) {
  return 0.7 * i + linear[i][0] * x[0] + linear[i][1] * x[1] + linear[i][2] * x[2];
}
double quadratic(const Position& x, int i) {
  return affine(x, i) + 0.04 * x[i] * x[(i + 1) % 3] - 0.03 * x[2] * x[2] + 0.02 * x[0] * x[1];
}
Position quadratic_slope(const Position& x, int i) {
  Position slope = {linear[i][0] + 0.02 * x[1], linear[i][1] + 0.02 * x[0], linear[i][2] - 0.06 * x[2]};
  slope[i] += 0.04 * x[(i + 1) % 3];
  slope[(i + 1) % 3] += 0.04 * x[i];
  return slope;
}

void expect_motion(const PointSampler& sampler, int p, const Position& u, const std::array<Position, 3>& slope) {
  const double* row = &sampler.host_values()(p, 0);
  Position stretched;
  for (int i = 0; i < 3; ++i) {
    // 1e-12: round-off of the inverse map, amplified by the slopes of the shape functions
    EXPECT_NEAR(row[PointSampler::displacement + i], u[i], 1e-12) << "point " << p;
    for (int j = 0; j < 3; ++j)
      EXPECT_NEAR(row[PointSampler::gradient + 3 * i + j], slope[i][j] + (i == j), 1e-11) << "point " << p;
    stretched[i] = slope[i][2] + (i == 2);
  }
  EXPECT_NEAR(row[PointSampler::stretch], std::hypot(stretched[0], stretched[1], stretched[2]), 1e-11);
}

class Sampling : public testing::TestWithParam<ElementKind> {};

TEST_P(Sampling, AnAffineMotionIsExact) {
  const Mesh mesh = distorted(GetParam());
  const MuscleBlock block(mesh);
  const std::vector<Position> places = places_in(mesh);
  PointSampler sampler(block.local, places, "probe", block.geometry.fibre, 0);
  sampler.sample(block.displacement(affine));
  ASSERT_EQ(sampler.size(), 60);
  std::array<Position, 3> slope;
  for (int i = 0; i < 3; ++i) slope[i] = {linear[i][0], linear[i][1], linear[i][2]};
  for (int p = 0; p < 60; ++p)
    expect_motion(sampler, p, {affine(places[p], 0), affine(places[p], 1), affine(places[p], 2)}, slope);
}

TEST(Sampling, AQuadraticMotionIsExactOnHex27) {
  const Mesh mesh = distorted(ElementKind::hex27);
  const MuscleBlock block(mesh);
  const std::vector<Position> places = places_in(mesh);
  PointSampler sampler(block.local, places, "probe", block.geometry.fibre, 0);
  sampler.sample(block.displacement(quadratic));
  for (int p = 0; p < 60; ++p) {
    const Position& x = places[p];
    expect_motion(sampler, p, {quadratic(x, 0), quadratic(x, 1), quadratic(x, 2)},
                  {quadratic_slope(x, 0), quadratic_slope(x, 1), quadratic_slope(x, 2)});
  }
}

TEST_P(Sampling, QuadratureFieldsAreInterpolated) {
  const Mesh mesh = distorted(GetParam());
  const MuscleBlock block(mesh);
  const std::vector<Position> places = places_in(mesh);
  PointSampler sampler(block.local, places, "probe", block.geometry.fibre, 2);
  std::vector<PointField> fields;
  for (int i : {2, 0}) {
    View1<double> x("x", block.local.n_nodes);
    Kokkos::deep_copy(x, Kokkos::subview(block.local.X, Kokkos::ALL, i));
    fields.push_back(nodes_to_points(block.local, x));
  }
  const NodeVector rest("rest", block.local.n_nodes);
  for (int repeat = 0; repeat < 2; ++repeat) sampler.sample(rest, fields);
  for (int p = 0; p < 60; ++p) {
    EXPECT_NEAR(sampler.host_values()(p, PointSampler::first_field), places[p][2], 1e-12);
    EXPECT_NEAR(sampler.host_values()(p, PointSampler::first_field + 1), places[p][0], 1e-12);
  }
}

TEST_P(Sampling, APointBelongsToTheLowestCellThatTouchesIt) {
  const Mesh mesh = distorted(GetParam());
  const MuscleBlock block(mesh);
  const std::vector<Location> found =
      locate(block.local, {in_cell(mesh, 0, {1.0, 1.0, 1.0}), in_cell(mesh, 7, {0.2, 0.1, 1.0})}, "probe");
  EXPECT_EQ(found[0].cell, 0);
  EXPECT_EQ(found[1].cell, 7);
  for (const Location& each : found) {
    const double owners = testing_support::sum_over_ranks(each.batch >= 0 ? 1.0 : 0.0);
    EXPECT_EQ(owners, 1.0);
  }
}

TEST_P(Sampling, APointOutsideIsAnErrorThatNamesItsDistance) {
  const MuscleBlock block(block_mesh(GetParam(), {4, 3, 3}, {4.0, 3.0, 3.0}, 3));
  try {
    PointSampler sampler(block.local, {{1.0, 1.0, 1.0}, {4.0 + 0.3, 3.0 + 0.4, 1.3}}, "spindle", ElementVector(), 0);
    ADD_FAILURE() << "a point outside the mesh was accepted";
  } catch (const CaseError& error) {
    EXPECT_STREQ(error.what(), "spindle 1 at (4.3, 3.4, 1.3) m lies outside the mesh, about 0.5 m from it");
  }
}

INSTANTIATE_TEST_SUITE_P(Elements, Sampling, testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& test) { return test.param == ElementKind::hex8 ? "hex8" : "hex27"; });

/// N_n at Gauss point q of an element with `line` nodes along each direction.
template <int N> double shape_at_point(int n, int q) {
  double value = 1.0;
  for (int a = 0, power = 1; a < 3; ++a, power *= N)
    value *= Line<N>::shape(n / power % N, Line<N>::gauss(q / power % N));
  return value;
}

/// Sums of points_to_nodes() by their definition, a shape function at a time.
template <int N> std::vector<double> plain_sums(const MuscleBlock& block, const PointArray& values, int component) {
  constexpr int P = N * N * N;
  std::vector<double> sums(2 * block.local.n_nodes, 0.0);
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), block.local.nodes);
  const auto value = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), values);
  block.for_each_point([&](Index b, int q, int l, double volume) {
    for (int n = 0; n < P; ++n) {
      const double weight = shape_at_point<N>(n, q) * shape_at_point<N>(n, q) * volume;
      sums[2 * nodes(b, n, l)] += weight * value(b, q, component, l);
      sums[2 * nodes(b, n, l) + 1] += weight;
    }
  });
  return sums;
}

TEST(PointsToNodes, WeighWithSquaredShapeFunctions) {
  for (ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    MuscleBlock block(distorted(kind));
    block.muscle = block.local.regions;
    const PointArray values = block.geometry.jacobian;  // any values that differ from point to point
    const View2<double> sums("sums", block.local.n_nodes, 2);
    add_points_to_nodes(block.local, block.geometry, values, 4, sums);
    const auto found = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), sums);
    const std::vector<double> expected =
        kind == ElementKind::hex8 ? plain_sums<2>(block, values, 4) : plain_sums<3>(block, values, 4);
    for (Index n = 0; n < block.local.n_nodes; ++n)
      for (int c = 0; c < 2; ++c) EXPECT_NEAR(found(n, c), expected[2 * n + c], 1e-14) << "node " << n;
  }
}

}  // namespace
}  // namespace tautband
