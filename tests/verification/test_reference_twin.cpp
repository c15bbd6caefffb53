// The fast kernels against plain loops over one element at a time. Tolerance: round-off. Stresses of about mu are what
// is left of terms of about kappa = 1000 mu, and entries are sums of some ten terms: 1e-16 x 1000 x 10.
#include "verification/twin_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using verification::Material;
using verification::relative_difference;
using verification::TwinProblem;

constexpr double round_off = 1e-12;
constexpr spec::TangentForm full = spec::TangentForm::full, reduced = spec::TangentForm::reduced;
constexpr spec::Formulation mixed = spec::Formulation::mixed, displacement = spec::Formulation::displacement;

template <class E, class Law> void expect_same_force(const Material& m) {
  const TwinProblem<E, Law> p(m);
  const NodeVector u = p.displacement();
  NodeVector fast = p.space().vector("fast"), slow = p.space().vector("slow");
  ASSERT_TRUE(p.system->residual(u, fast));
  const auto host = Kokkos::create_mirror_view(slow);
  p.twin(u).add_force(host);
  Kokkos::deep_copy(slow, host);
  p.halo->add(slow);
  EXPECT_LT(relative_difference(p.space(), fast, slow), round_off);
}

template <class E, class Law> void expect_same_tangent(const Material& m) {
  const TwinProblem<E, Law> p(m);
  const NodeSpace space = p.space();
  const NodeVector u = p.displacement(), x = p.rough(0.3);
  NodeVector fast = space.vector("fast"), slow = space.vector("slow");
  ASSERT_TRUE(p.system->residual(u, fast));
  p.system->linearise(u, 0.0);
  p.system->apply(x, fast);
  reference::BlockMatrix K(p.local);
  p.twin(u).add_tangent(K);
  K.multiply(x, slow);
  p.halo->add(slow);
  EXPECT_LT(relative_difference(space, fast, slow), round_off);

  const NodeVector other = p.rough(1.9);
  NodeVector product = space.vector("product");
  p.system->apply(other, product);
  const double scale = norm(space, x) * norm(space, product);
  EXPECT_NEAR(dot(space, other, fast), dot(space, x, product), round_off * scale) << "not symmetric";

  const NodeBlocks blocks("blocks", space.n_nodes);
  NodeBlocks of_twin("of_twin", space.n_nodes);
  p.system->diagonal(blocks);
  const auto expected = Kokkos::create_mirror_view(of_twin);
  for (Index n = 0; n < space.n_nodes; ++n) std::copy_n(K.diagonal_block(n), 9, &expected(n, 0, 0));
  Kokkos::deep_copy(of_twin, expected);
  p.halo->add(of_twin);
  const auto found = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), blocks);
  Kokkos::deep_copy(expected, of_twin);
  for (Index n = 0; n < space.n_nodes; ++n) {
    const double size = std::abs(expected(n, 0, 0)) + std::abs(expected(n, 1, 1)) + std::abs(expected(n, 2, 2));
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) ASSERT_NEAR(found(n, i, j), expected(n, i, j), round_off * size) << "node " << n;
  }
}

TEST(ReferenceTwin, ForceOfHex27) {
  expect_same_force<Hex27, Tautband>({"tautband"});
  expect_same_force<Hex27, Tautband>({"tautband", full, displacement, Volumetric::logarithmic, Active::isotropic});
  expect_same_force<Hex27, NeoHookean>({"neo_hookean", full, mixed, Volumetric::simo_taylor});
  expect_same_force<Hex27, Blemker2005>({"blemker2005", full, mixed, Volumetric::logarithmic});
}

TEST(ReferenceTwin, ForceOfHex8) {
  expect_same_force<Hex8, Tautband>({"tautband", full, mixed, Volumetric::logarithmic, Active::uniaxial});
  expect_same_force<Hex8, Guccione>({"guccione", full, displacement});
}

TEST(ReferenceTwin, ReducedTangentOfHex27) {
  expect_same_tangent<Hex27, Tautband>({"tautband", reduced});
  expect_same_tangent<Hex27, Tautband>({"tautband", reduced, mixed, Volumetric::simo_taylor, Active::uniaxial});
}

TEST(ReferenceTwin, FullTangentOfHex27) {
  expect_same_tangent<Hex27, Tautband>({"tautband", full});
  expect_same_tangent<Hex27, Tautband>({"tautband", full, displacement, Volumetric::logarithmic});
  expect_same_tangent<Hex27, Tautband>({"tautband", full, mixed, Volumetric::quadratic, Active::transverse_isotropic});
  expect_same_tangent<Hex27, Blemker2005>({"blemker2005", full, mixed, Volumetric::logarithmic});
}

TEST(ReferenceTwin, TangentOfHex8) {
  expect_same_tangent<Hex8, Tautband>({"tautband", reduced});
  expect_same_tangent<Hex8, Tautband>({"tautband", full, displacement, Volumetric::simo_taylor});
  expect_same_tangent<Hex8, NeoHookean>({"neo_hookean", full, mixed, Volumetric::logarithmic});
}

template <class E> void expect_same_mass() {
  TwinProblem<E, NeoHookean> p({"neo_hookean"});
  const NodeSpace space = p.space();
  const NodeVector u = p.displacement(), a = p.rough(0.7);
  NodeVector fast = space.vector("fast"), slow = space.vector("slow"), without = space.vector("without");
  const double factor = 2.5, density = p.spec.regions[0].density;
  p.system->add_mass(factor, a, fast);
  const auto host = Kokkos::create_mirror_view(slow);
  p.twin(u).add_mass(factor * density, Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a), host);
  Kokkos::deep_copy(slow, host);
  p.halo->add(slow);
  EXPECT_LT(relative_difference(space, fast, slow), round_off);

  // in the tangent, weighed so that both parts count
  ASSERT_TRUE(p.system->residual(u, fast));
  p.system->linearise(u, 0.0);
  p.system->apply(a, without);
  const double weight = norm(space, without) / norm(space, slow);
  p.system->linearise(u, factor * weight);
  p.system->apply(a, fast);
  axpby(space, weight, slow, 1.0, without);
  EXPECT_LT(relative_difference(space, fast, without), round_off);
}

TEST(ReferenceTwin, Mass) {
  expect_same_mass<Hex8>();
  expect_same_mass<Hex27>();
}

/// What operators/law_ops.hpp reports about a point, from the definitions.
template <class E, class Law>
std::array<double, report::negative_tangent> report_of(const reference::Element<E, Law>& element, int q,
                                                       const Vec3<double>& a0, const double* parameters) {
  const auto& p = element.point(q);
  const Vec3<double> f = p.F * a0;
  const double stretch = std::sqrt(dot(f, f));
  Vec3<double> n;
  for (int i = 0; i < 3; ++i) n(i) = f(i) / stretch;
  Sym3<double> sigma = (1.0 / p.J) * p.tau;
  const double tension = dot(n, sigma * n);
  std::array<double, report::negative_tangent> out{};
  out[report::stretch] = stretch;
  out[report::fibre_stress] = Law::fibre_stress(parameters, element.law_point(q)) / p.J;
  out[report::tension] = tension;
  out[report::lateral_pressure] = -0.5 * (trace(sigma) - tension);
  out[report::pressure] = p.pressure;
  out[report::volume_ratio] = p.J;
  for (int k = 0; k < 6; ++k) out[report::stress + k] = sigma.s[k];
  for (int k = 0; k < 3; ++k) out[report::fibre + k] = n(k);
  return out;
}

TEST(ReferenceTwin, Report) {
  TwinProblem<Hex27, Tautband> p({"tautband"});
  const NodeVector u = p.displacement();
  const PointArray fast = p.system->report(u);
  const auto found = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), fast);
  const auto fibre = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), p.system->geometry().fibre);
  const auto twin = p.twin(u);
  for (Index e = 0; e < twin.n_elements(); ++e) {
    const auto element = twin.element(e);
    const Index b = twin.batch(e);
    const int l = twin.lane(e);
    const Vec3<double> a0{{fibre(b, 0, l), fibre(b, 1, l), fibre(b, 2, l)}};
    for (int q = 0; q < Hex27::points; ++q) {
      const auto expected = report_of(element, q, a0, element.parameters(q));
      const double stress = 1e5;  // Pa, the largest in this test; what cancels is the pressure of kappa = 5 MPa
      for (int c = 0; c < report::negative_tangent; ++c) {
        const bool pure_number = c == report::stretch || c == report::volume_ratio || c >= report::fibre;
        ASSERT_NEAR(found(b, q, c, l), expected[c], round_off * (pure_number ? 1.0 : stress)) << "component " << c;
      }
    }
  }
}

}  // namespace
}  // namespace tautband
