// The tangent of a pressure that follows the surface: exact, told from symmetric ones, and solved for.
#include "operators/face_loads.hpp"
#include "verification/block_problem.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband::verification {
namespace {

spec::Boundary pressure_on(const std::string& set, double pressure) {
  spec::Boundary b;
  b.set = set;
  b.kind = spec::BoundaryKind::pressure;
  b.pressure = pressure;
  return b;
}
spec::Boundary held(const std::string& set) {
  spec::Boundary b;
  b.set = set;
  b.kind = spec::BoundaryKind::displacement;
  b.components = "xyz";
  return b;
}

/// A cube of 10 mm and 3 x 3 x 3 elements under these boundaries.
BlockProblem cube(ElementKind kind, const std::vector<spec::Boundary>& boundaries) {
  spec::Case c;
  c.regions.push_back(default_region("neo_hookean"));
  c.boundaries = boundaries;
  return BlockProblem(kind, {3, 3, 3}, 0.2, c);
}

// The force is quadratic in u, so that central differences are exact.
TEST(FollowerPressure, TangentIsTheDerivative) {
  for (const ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    const BlockProblem p = cube(kind, {});
    const LocalFaces& faces = p.local.face_sets.at("z1");
    const FacePatch place{{4e-3, 5e-3, 10e-3}, 6e-3};
    const NodeSpace space = p.system->space();
    const NodeVector u = p.wavy(0.15), y = space.vector("y"), v = space.vector("v"), r = space.vector("r");
    const NodeVector d = p.nodal([](const std::array<double, 3>& x, int c) {
      return 1e-3 * std::cos(700.0 * x[(c + 1) % 3] + 300.0 * x[c] + c);
    });
    add_pressure_tangent(p.local, faces, 1e4, u, d, y, place);
    const double size = norm(space, y);
    for (const double sign : {1.0, -1.0}) {
      copy(v, u);
      axpby(space, sign, d, 1.0, v);
      fill(r, 0.0);
      add_pressure(p.local, faces, 1e4, v, r, place);
      axpby(space, -0.5 * sign, r, 1.0, y);
    }
    EXPECT_GT(size, 1e-6);
    EXPECT_LT(norm(space, y), 1e-12 * size);
  }
}

bool symmetric(const std::vector<spec::Boundary>& boundaries) {
  for (const ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    BlockProblem p = cube(kind, boundaries);
    const NodeVector u = p.wavy(0.1);
    p.system->set_time(0.0, 0.0, p.tissue);
    p.system->linearise(u, 0.0);
    if (!p.system->symmetric()) return false;
  }
  return true;
}

// The work of an even pressure is p times the change of the volume behind it, where its rim does not open that volume
// (Schweizerhof & Ramm 1984, Comput Struct 18:1099).
TEST(FollowerPressure, IsSymmetricOnAClosedOrHeldSurface) {
  EXPECT_TRUE(symmetric({}));
  EXPECT_FALSE(symmetric({pressure_on("z1", 1e3)}));
  EXPECT_TRUE(symmetric({pressure_on("z1", 0.0)}));
  std::vector<spec::Boundary> closed, rim = {pressure_on("z1", 1e3)};
  for (const char* side : {"x0", "x1", "y0", "y1", "z0", "z1"}) {
    closed.push_back(pressure_on(side, 1e3));
    if (side[0] != 'z') rim.push_back(held(side));
  }
  EXPECT_TRUE(symmetric(closed));
  EXPECT_TRUE(symmetric(rim));
  closed.back().pressure = 2e3;
  EXPECT_FALSE(symmetric(closed)) << "an edge between two pressures";
  rim.pop_back();
  EXPECT_FALSE(symmetric(rim)) << "a rim that is free on one side";
}

StepReport pressed(double pressure) {
  spec::Case c;
  c.regions.push_back(default_region("neo_hookean"));
  c.boundaries = {held("z0"), pressure_on("z1", pressure), pressure_on("x1", pressure)};
  c.mechanics.newton_tolerance = 1e-10;
  c.mechanics.krylov_first = c.mechanics.krylov_tolerance = 1e-6;
  BlockProblem p(ElementKind::hex27, {3, 3, 3}, 0.2, c);
  MechanicsStage stage(*p.system, c.mechanics);
  stage.start(0.0, p.tissue);
  return stage.advance(0.0, 1.0, p.tissue);
}

// Quadratic convergence to 1e-10 of the load; with the symmetric part alone each iteration gains less than a digit.
TEST(FollowerPressure, NewtonsMethodConvergesQuadratically) {
  const StepReport report = pressed(500.0);
  EXPECT_TRUE(report.converged) << report.reason;
  EXPECT_EQ(report.flexible_solves, report.newton_iterations);
  EXPECT_LE(report.newton_iterations, 7);
  EXPECT_NE(report.switched.find("pressure"), std::string::npos);
  EXPECT_EQ(pressed(0.0).flexible_solves, 0);
}

}  // namespace
}  // namespace tautband::verification
