// What laws are put together with: volumetric energies, active additions, the registry by name.
#include "law_points.hpp"
#include "laws/active.hpp"
#include "laws/registry.hpp"
#include "laws/volumetric.hpp"

#include <set>

namespace tautband::test {
namespace {

template <class V> V volumetric_energy(Volumetric kind, V kappa, V J) {
  switch (kind) {
    case Volumetric::logarithmic:
      return V(0.5) * kappa * log(J) * log(J);
    case Volumetric::simo_taylor:
      return V(0.25) * kappa * (J * J - V(1.0) - V(2.0) * log(J));
    default:
      return V(0.5) * kappa * (J - V(1.0)) * (J - V(1.0));
  }
}

TEST(Volumetric, PressureAndTangentAreDerivativesOfTheEnergy) {
  for (Volumetric kind : {Volumetric::quadratic, Volumetric::logarithmic, Volumetric::simo_taylor})
    for (double J : {0.3, 0.9, 1.0, 1.001, 1.7}) {
      const Dual<1> x = Dual<1>::variable(J, 0), kappa(5e6);
      const Dual<1> pressure = volumetric_pressure(kind, kappa, x);
      EXPECT_NEAR(pressure.value, volumetric_energy(kind, kappa, x).d[0], 1e-14 * 5e6) << J;
      EXPECT_NEAR(volumetric_tangent(kind, 5e6, J), pressure.d[0], 1e-12 * 5e6) << J;
    }
}

TEST(Volumetric, AtRestThePressureIsZeroAndTheTangentKappa) {
  for (Volumetric kind : {Volumetric::quadratic, Volumetric::logarithmic, Volumetric::simo_taylor}) {
    EXPECT_DOUBLE_EQ(volumetric_pressure(kind, 3.0, 1.0), 0.0);
    EXPECT_DOUBLE_EQ(volumetric_tangent(kind, 3.0, 1.0), 3.0);
    EXPECT_TRUE(std::isfinite(volumetric_pressure(kind, 3.0, -0.2)));
    EXPECT_TRUE(std::isfinite(volumetric_tangent(kind, 3.0, 0.0)));
  }
}

class ActiveAddition : public testing::TestWithParam<Active> {};
INSTANTIATE_TEST_SUITE_P(Kinds, ActiveAddition,
                         testing::Values(Active::none, Active::isotropic, Active::transverse_isotropic,
                                         Active::uniaxial));

// tau = F S F^T with constant S, so with delta F = h F: d tau = h tau + tau h^T.
TEST_P(ActiveAddition, HasNoMaterialTangent) {
  Random random(11);
  for (int n = 0; n < 50; ++n) {
    const LawPoint<double> in = random_point(random);
    const LawPoint<Dual<9>> dual = point_at(in, perturbed(in.F));
    const Sym3<double> tau = active_stress(GetParam(), 0.5, in.F, in.a0);
    const Sym3<Dual<9>> expected = active_stress(GetParam(), Dual<9>(0.5), dual.F, dual.a0);
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j)
        for (int k = 0; k < 3; ++k)
          for (int l = 0; l < 3; ++l)
            ASSERT_NEAR((i == k ? tau(l, j) : 0.0) + (j == k ? tau(i, l) : 0.0), expected(i, j).d[3 * k + l], 1e-13);
  }
}

TEST_P(ActiveAddition, AtRestPullsAsItIsCalled) {
  const LawPoint<double> rest = diagonal_point(1, 1, 1);
  const Sym3<double> tau = active_stress(GetParam(), 0.5, rest.F, rest.a0);
  const Active kind = GetParam();
  EXPECT_DOUBLE_EQ(tau.s[0], kind == Active::isotropic || kind == Active::uniaxial ? 0.5 : 0.0);
  EXPECT_DOUBLE_EQ(tau.s[1], kind == Active::isotropic || kind == Active::transverse_isotropic ? 0.5 : 0.0);
  EXPECT_DOUBLE_EQ(tau.s[2], tau.s[1]);
  for (int i = 3; i < 6; ++i) EXPECT_DOUBLE_EQ(tau.s[i], 0.0);
}

TEST(UniaxialAddition, KeepsTheReducedForm) {
  Random random(12);
  const std::vector<double> p = default_parameters<Tautband>();
  for (int n = 0; n < 50; ++n) {
    const LawPoint<double> in = random_point(random);
    const double T0 = 4e4;
    ReducedTangent<double> r;
    Tautband::reduced_tangent(p.data(), in, r);
    add_uniaxial(T0, in.F, in.a0, r);
    Sym3<double> tau, ground = r.tau;
    Sym6<double> c, rebuilt;
    Tautband::tangent(p.data(), in, tau, c);
    tau = tau + active_stress(Active::uniaxial, T0, in.F, in.a0);
    const FibreState<double> f = fibre_state(in);
    add_fibre_stress(-r.fibre_stress, f.direction, ground);
    isochoric_tangent(r.shear, ground, rebuilt);
    add_dyad(r.fibre_slope, dyad(f.direction), rebuilt);
    const double size = 1e6 + std::fabs(r.fibre_slope);
    for (int i = 0; i < 6; ++i) ASSERT_NEAR(r.tau.s[i], tau.s[i], 1e-12 * size);
    for (int i = 0; i < 21; ++i) ASSERT_NEAR(rebuilt.c[i], c.c[i], 1e-12 * size);
  }
  EXPECT_TRUE(keeps_reduced_tangent(Active::none) && keeps_reduced_tangent(Active::uniaxial));
  EXPECT_FALSE(keeps_reduced_tangent(Active::isotropic) || keeps_reduced_tangent(Active::transverse_isotropic));
}

TEST(Registry, ALawIsFoundByItsName) {
  const LawInfo* law = find_law("tautband");
  ASSERT_NE(law, nullptr);
  EXPECT_TRUE(law->fibre && law->reduced);
  EXPECT_EQ(law->parameters.size(), std::size_t{Tautband::n_parameters});
  EXPECT_EQ(law->parameters[Tautband::sigma0].name, "sigma0");
  EXPECT_EQ(find_law("tautbnad"), nullptr);
}

TEST(Registry, VisitingGivesTheTypeOfThatName) {
  for (const LawInfo& law : law_table) {
    const std::string_view name = visit_law(law.name, []<class Law>(TypeTag<Law>) { return Law::name; });
    EXPECT_EQ(name, law.name);
  }
  try {
    visit_law("yoeh", []<class Law>(TypeTag<Law>) {});
    FAIL() << "an unknown law was accepted";
  } catch (const CaseError& error) {
    EXPECT_NE(std::string(error.what()).find("yoeh"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("guccione"), std::string::npos);
  }
}

TEST(Registry, TablesAreComplete) {
  std::set<std::string_view> names;
  for (const LawInfo& law : law_table) {
    EXPECT_TRUE(names.insert(law.name).second) << law.name << " twice";
    ASSERT_GE(law.parameters.size(), 2u);
    EXPECT_EQ(law.parameters[0].name, "kappa") << law.name;
    std::set<std::string_view> parameters;
    for (const ParameterInfo& info : law.parameters) {
      EXPECT_TRUE(parameters.insert(info.name).second) << law.name << "." << info.name << " twice";
      EXPECT_LE(info.lowest, info.default_value) << law.name << "." << info.name;
      EXPECT_GE(info.highest, info.default_value) << law.name << "." << info.name;
      EXPECT_FALSE(info.meaning.empty() || info.source.empty() || info.unit.empty()) << law.name << "." << info.name;
    }
  }
}

}  // namespace
}  // namespace tautband::test
