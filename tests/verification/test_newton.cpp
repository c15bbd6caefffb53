// Newton's method on nearly incompressible tissue: the pressure's increment is the derivative of the projected
// pressure, and the number of iterations does not grow with the bulk modulus.
#include "verification/block_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using verification::BlockProblem;
using verification::default_region;

spec::Case sheared_case(double ratio) {
  spec::Case c;
  c.regions.push_back(default_region("neo_hookean"));
  auto& parameters = c.regions[0].parameters;
  parameters.at("kappa").constant = ratio * parameters.at("mu").constant;
  spec::Curve& growth = c.curves["growth"];
  growth.times = {0.0, 1.0};
  growth.values = {0.0, 1.0};
  for (const char* set : {"x0", "x1"}) {
    spec::Boundary face;
    face.set = set;
    face.kind = spec::BoundaryKind::displacement;
    face.components = "xyz";
    face.curve = "growth";
    if (set[1] == '1') face.value = {-1e-3, 2e-3, 0.0};  // of 1 cm
    c.boundaries.push_back(face);
  }
  c.mechanics.newton_tolerance = 1e-8;
  c.mechanics.krylov_first = c.mechanics.krylov_tolerance = 1e-7;
  return c;
}

class NewtonOn : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, NewtonOn, testing::Values(ElementKind::hex8, ElementKind::hex27));

// Central differences with a step of 1e-4 of a smooth function.
TEST_P(NewtonOn, PredictsThePressure) {
  BlockProblem p(GetParam(), {3, 2, 2}, 0.15, sheared_case(1e3));
  MechanicsSystem& system = *p.system;
  const NodeSpace space = system.space();
  const NodeVector u = p.wavy(0.02), d = p.wavy(0.5), v = space.vector("v");
  system.set_time(0.0, 0.0, p.tissue);
  const double h = 1e-4;
  const auto pressure_at = [&](double step) {
    copy(v, u);
    axpby(space, step, d, 1.0, v);
    PointArray values("values", p.local.n_batches, system.report(v).extent(1), int(report::size), lanes);
    Kokkos::deep_copy(values, system.report(v));
    return values;
  };
  const PointArray plus = pressure_at(h), minus = pressure_at(-h), at = pressure_at(0.0);
  const PointField found("found", at.extent(0), at.extent(1), lanes), ahead("ahead", at.extent(0), at.extent(1), lanes);
  system.linearise(u, 0.0);
  system.predict_pressure(d, 0.0, found);
  system.predict_pressure(d, 0.25, ahead);
  double largest = 0.0, error = 0.0;
  for (std::size_t b = 0; b < at.extent(0); ++b)
    for (std::size_t q = 0; q < at.extent(1); ++q)
      for (int l = 0; l < lanes; ++l) {
        const double slope = (plus(b, q, report::pressure, l) - minus(b, q, report::pressure, l)) / (2.0 * h);
        EXPECT_NEAR(found(b, q, l), at(b, q, report::pressure, l), 1e-9 * std::fabs(found(b, q, l)) + 1e-3);
        error = std::max(error, std::fabs(ahead(b, q, l) - found(b, q, l) - 0.25 * slope));
        largest = std::max(largest, std::fabs(0.25 * slope));
      }
  EXPECT_GT(largest, 1e3);
  EXPECT_LT(error, 1e-6 * largest);
}

int iterations(ElementKind kind, double ratio) {
  BlockProblem p(kind, {3, 3, 3}, 0.15, sheared_case(ratio));
  MechanicsStage stage(*p.system, p.spec.mechanics);
  stage.start(0.0, p.tissue);
  const StepReport report = stage.advance(0.0, 1.0, p.tissue);
  EXPECT_TRUE(report.converged) << report.reason;
  EXPECT_EQ(report.negative_curvatures, 0);
  return report.newton_iterations;
}

// With the pressure of the displacement in the tangent the number grows with the ratio, or no solution is found. 20 %
// of shear in one step; quadratic convergence ends within 8.
TEST_P(NewtonOn, TakesAsManyIterationsAtAnyBulkModulus) {
  for (double ratio : {1e2, 1e3, 1e4, 1e5}) EXPECT_LE(iterations(GetParam(), ratio), 8) << "kappa / mu = " << ratio;
}

}  // namespace
}  // namespace tautband
