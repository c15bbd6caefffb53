// Residual and tangent on the mesh: the tangent is the derivative of the residual, both forms and both drivers agree,
// rigid motion leaves no force, and homogeneous stretch leaves none inside (patch test).
#include "operators/team_sweep.hpp"
#include "verification/block_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using verification::BlockProblem;
using verification::default_region;

spec::Case one_region(const std::string& law, spec::TangentForm form = spec::TangentForm::automatic,
                      spec::Formulation formulation = spec::Formulation::mixed) {
  spec::Case c;
  c.regions.push_back(default_region(law));
  c.regions[0].tangent = form;
  c.regions[0].activation = spec::Field{0.2, "", ""};
  c.regions[0].contracture_stretch = spec::Field{0.9, "", ""};
  c.mesh.formulation = formulation;
  return c;
}

double relative_difference(const NodeSpace& space, const NodeVector& a, const NodeVector& b) {
  NodeVector d("difference", a.extent(0));
  copy(d, a);
  axpby(space, -1.0, b, 1.0, d);
  return norm(space, d) / norm(space, b);
}

/// Sum of weight x r^2 over owned nodes.
double weighted_square(const NodeSpace& space, const NodeVector& weight, const NodeVector& r) {
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::weighted_square", Kokkos::RangePolicy<Execution>(0, space.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) {
        for (int c = 0; c < 3; ++c) s += weight(n, c) * r(n, c) * r(n, c);
      },
      sum);
  return sum;
}

struct Setting {
  ElementKind kind;
  std::string law;
  spec::TangentForm form;
  spec::Formulation formulation;
};

void PrintTo(const Setting& s, std::ostream* out) {
  *out << s.law << (s.kind == ElementKind::hex8 ? " hex8" : " hex27");
}

class Tangent : public testing::TestWithParam<Setting> {};

// Central differences of the residual: error ~ step^2, and 1e-7 leaves about 1e-7 of it in a quotient of two residuals.
TEST_P(Tangent, IsTheDerivativeOfTheResidual) {
  const Setting s = GetParam();
  BlockProblem p(s.kind, {3, 2, 3}, 0.15, one_region(s.law, s.form, s.formulation));
  MechanicsSystem& system = *p.system;
  const NodeSpace space = system.space();
  const NodeVector u = p.wavy(0.15), d = p.nodal([](const std::array<double, 3>&x, int c) {
    return 1e-4 * std::cos(900.0 * x[(c + 1) % 3] + c);
  });
  system.set_time(0.0, 50.0, p.tissue);
  NodeVector plus = space.vector("plus"), minus = space.vector("minus"), y = space.vector("y"), v = space.vector("v");
  const double h = 1e-4;
  for (const auto& [sign, r] : {std::pair{h, plus}, std::pair{-h, minus}}) {
    copy(v, u);
    axpby(space, sign, d, 1.0, v);
    ASSERT_TRUE(system.residual(v, r));
  }
  axpby(space, -1.0, minus, 1.0, plus);
  axpby(space, 0.5 / h, plus, 0.0, minus);
  ASSERT_TRUE(system.residual(u, plus));
  system.linearise(u, 0.0);
  system.apply(d, y);
  EXPECT_LT(relative_difference(space, y, minus), 2e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Tangent,
    testing::Values(Setting{ElementKind::hex27, "tautband", spec::TangentForm::reduced, spec::Formulation::mixed},
                    Setting{ElementKind::hex27, "tautband", spec::TangentForm::full, spec::Formulation::mixed},
                    Setting{ElementKind::hex27, "tautband", spec::TangentForm::full, spec::Formulation::displacement},
                    Setting{ElementKind::hex8, "tautband", spec::TangentForm::reduced, spec::Formulation::mixed},
                    Setting{ElementKind::hex8, "neo_hookean", spec::TangentForm::full, spec::Formulation::mixed},
                    Setting{ElementKind::hex27, "neo_hookean_coupled", spec::TangentForm::full,
                            spec::Formulation::displacement},
                    Setting{ElementKind::hex27, "blemker2005", spec::TangentForm::full, spec::Formulation::mixed}));

TEST(Operator, BothFormsOfTheTangentAgree) {
  BlockProblem full(ElementKind::hex27, {2, 3, 2}, 0.1, one_region("tautband", spec::TangentForm::full));
  BlockProblem reduced(ElementKind::hex27, {2, 3, 2}, 0.1, one_region("tautband", spec::TangentForm::reduced));
  const NodeSpace space = full.system->space();
  const NodeVector u = full.wavy(0.2), d = full.wavy(0.7);
  NodeVector y[2] = {space.vector("full"), space.vector("reduced")};
  int i = 0;
  for (BlockProblem* p : {&full, &reduced}) {
    p->system->set_time(0.0, 10.0, p->tissue);
    ASSERT_TRUE(p->system->residual(u, y[i]));
    p->system->linearise(u, 0.0);
    p->system->apply(d, y[i++]);
  }
  EXPECT_LT(relative_difference(space, y[1], y[0]), 1e-12);  // round-off
}

// A rotation by a large angle with a shift stores no energy: forces vanish against those of a 1 % stretch.
TEST(Operator, RigidMotionLeavesNoForce) {
  spec::Case c = one_region("neo_hookean");
  c.regions[0].contracture_stretch = spec::Field{1.0, "", ""};
  BlockProblem p(ElementKind::hex27, {2, 2, 2}, 0.2, c);
  const double a = 1.1, cs = std::cos(a), sn = std::sin(a);
  const NodeVector turned = p.nodal([&](const std::array<double, 3>& x, int i) {
    const double y[3] = {cs * x[0] - sn * x[1] + 0.02, sn * x[0] + cs * x[1], x[2] - 0.01};
    return y[i] - x[i];
  });
  const NodeVector stretched =
      p.nodal([](const std::array<double, 3>& x, int i) { return i == 0 ? 0.01 * x[0] : 0.0; });
  const NodeSpace space = p.system->space();
  NodeVector r = space.vector("r");
  p.system->set_time(0.0, 0.0, p.tissue);
  ASSERT_TRUE(p.system->residual(stretched, r));
  const double reference = norm(space, r);
  ASSERT_TRUE(p.system->residual(turned, r));
  EXPECT_LT(norm(space, r), 1e-11 * reference);
}

// Irons' patch test: a linear displacement on a distorted mesh leaves no force on interior nodes.
TEST(Operator, LinearDisplacementLeavesNoForceInside) {
  for (const ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    BlockProblem p(kind, {3, 3, 3}, 0.3, one_region("tautband"));
    const double G[3][3] = {{0.05, 0.02, -0.03}, {0.01, -0.04, 0.02}, {0.03, 0.01, 0.02}};
    const NodeVector u = p.nodal(
        [&](const std::array<double, 3>& x, int i) { return G[i][0] * x[0] + G[i][1] * x[1] + G[i][2] * x[2]; });
    const NodeSpace space = p.system->space();
    NodeVector r = space.vector("r");
    p.system->set_time(0.0, 10.0, p.tissue);
    ASSERT_TRUE(p.system->residual(u, r));
    const double reference = norm(space, r);
    const NodeVector interior = p.nodal([](const std::array<double, 3>& x, int) {
      for (double v : x)
        if (v < 1e-9 || v > 0.01 - 1e-9) return 0.0;
      return 1.0;
    });
    EXPECT_LT(std::sqrt(weighted_square(space, interior, r)), 1e-12 * reference);
  }
}

}  // namespace
}  // namespace tautband
