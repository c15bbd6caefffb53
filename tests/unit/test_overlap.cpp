// The tangent with its halo travelling behind the interior elements, on any number of ranks (1, 2 and 4 are run).
#include "laws/registry.hpp"
#include "mesh/partition.hpp"
#include "stages/mechanics_system.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

using testing_support::MuscleBlock;

constexpr double activation = 0.1;
constexpr const char* law = "tautband";

std::vector<ParameterValue> default_parameters() {
  std::vector<ParameterValue> values;
  for (const ParameterInfo& info : find_law(law)->parameters)
    values.push_back({info.default_value * (info.unit == "kPa" || info.unit == "kPa s" ? 1e3 : 1.0), {}});
  return values;
}

spec::Case case_of(const Mesh& mesh) {
  spec::Case c;
  for (const std::string& name : mesh.region_names) {
    spec::Region& region = c.regions.emplace_back();
    region.name = name;
    region.law = law;
    region.activation = spec::Field{activation, "", ""};
    const std::vector<ParameterValue> values = default_parameters();
    for (std::size_t i = 0; i < values.size(); ++i)
      region.parameters[std::string(find_law(law)->parameters[i].name)] = spec::Field{values[i].constant, "", ""};
  }
  return c;
}

double displaced(const std::array<double, 3>& X, int i) { return 1e-4 * std::sin(2e3 * X[(i + 1) % 3] + i); }
double direction(const std::array<double, 3>& X, int i) { return std::cos(3.1e3 * X[i] + 1.7e3 * X[(i + 1) % 3] + i); }

/// A stretched, active block as the system sees it, and its kernels alone.
struct Example : MuscleBlock {
  Mesh mesh;
  spec::Case spec;
  Halo halo;
  Tissue tissue;
  MechanicsSystem system;
  NodeVector x;
  std::vector<std::unique_ptr<RegionKernel>> kernels;

  explicit Example(const Mesh& m)
      : MuscleBlock(m),
        mesh(m),
        spec(case_of(m)),
        halo(local),
        system(mesh, local, halo, spec),
        x(displacement(direction)) {
    tissue.mechanics.stretch = point_field(1.0);
    tissue.muscle = {point_field(0.0), point_field(1.0), point_field(0.0)};
    const NodeVector u = displacement(displaced);
    system.set_time(0.0, 0.0, tissue);
    system.linearise(u, 0.0);

    const int points = nodes_per_element(local.kind), modes = local.kind == ElementKind::hex8 ? 1 : 4;
    const RegionContext context{local, geometry, ModeMatrix("modes", local.n_batches, modes * (modes + 1) / 2, lanes),
                                PointField("mode_tangent", local.n_batches, points, lanes)};
    LawInputs in;
    in.geometry = system.geometry();
    in.activation = system.activation();
    in.contracture = system.contracture();
    in.previous_stretch = tissue.mechanics.stretch;
    for (const RegionBatches& range : local.regions) {
      kernels.push_back(make_region_kernel(context, range, law, true));
      kernels.back()->linearise(in, default_parameters(), u, InversionFlag("inverted"));
    }
  }
};

/// Number of values that differ in any bit.
int differences(const NodeVector& a, const NodeVector& b) {
  int found = 0;
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  const auto y = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), b);
  for (std::size_t i = 0; i < x.size(); ++i) found += x.data()[i] != y.data()[i];
  return found;
}

double largest(const NodeVector& a) {
  double size = 0.0;
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  for (std::size_t i = 0; i < x.size(); ++i) size = std::max(size, std::abs(x.data()[i]));
  return size;
}

class Overlap : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, Overlap, testing::Values(ElementKind::hex8, ElementKind::hex27));

/// 12 x 6 x 6 cells of 1 mm: every rank of four has an interior.
Mesh block(ElementKind kind, int muscle_cells) {
  return testing_support::block_mesh(kind, {12, 6, 6}, {12e-3, 6e-3, 6e-3}, muscle_cells);
}

TEST_P(Overlap, OneRegionGivesTheBitsOfOneSweepAndASumAfterwards) {
  const Example e(block(GetParam(), 12));
  const NodeVector y("y", e.local.n_nodes), expected("expected", e.local.n_nodes);
  e.system.apply(e.x, y);
  for (const auto& kernel : e.kernels) kernel->apply(e.x, expected, Part::all);
  e.halo.add(expected);
  ASSERT_GT(largest(expected), 0.0);
  EXPECT_EQ(differences(y, expected), 0);
}

// A node between regions gets its parts in another order than from region after region, so both sides take the same.
TEST_P(Overlap, TwoRegionsGiveTheBitsOfASumAfterwards) {
  const Example e(block(GetParam(), 7));
  const NodeVector y("y", e.local.n_nodes), expected("expected", e.local.n_nodes);
  e.system.apply(e.x, y);
  for (Part part : {Part::boundary, Part::interior})
    for (const auto& kernel : e.kernels) kernel->apply(e.x, expected, part);
  e.halo.add(expected);
  ASSERT_GT(largest(expected), 0.0);
  EXPECT_EQ(differences(y, expected), 0);
}

TEST_P(Overlap, SameBitsEveryTime) {
  const Mesh mesh = block(GetParam(), 7);
  const Example first(mesh), second(mesh);
  const NodeVector y("y", first.local.n_nodes), again("again", first.local.n_nodes);
  ASSERT_TRUE(first.system.residual(first.displacement(displaced), y));
  ASSERT_TRUE(second.system.residual(second.displacement(displaced), again));
  ASSERT_GT(largest(y), 0.0);
  EXPECT_EQ(differences(y, again), 0);
  first.system.apply(first.x, y);
  second.system.apply(second.x, again);
  EXPECT_EQ(differences(y, again), 0);
}

}  // namespace
}  // namespace tautband
