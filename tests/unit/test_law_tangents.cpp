// What every law has to obey: tangent = derivative of stress, objectivity, the same numbers on packs.
#include "law_points.hpp"
#include "laws/all_laws.hpp"

#include <array>

namespace tautband::test {
namespace {

constexpr int n_points = 200;

template <class Law> class EveryLaw : public testing::Test {};
TYPED_TEST_SUITE(EveryLaw, AsTestTypes<AllLaws>::type, );

double largest(const Sym6<double>& c) {
  double size = 0.0;
  for (double each : c.c) size = std::max(size, std::fabs(each));
  return size;
}

/// d tau_ij / d h_kl with delta F = h F: h tau + tau h^T + c : sym(h).
double stress_slope(const Sym3<double>& tau, const Sym6<double>& c, int i, int j, int k, int l) {
  return (i == k ? tau(l, j) : 0.0) + (j == k ? tau(i, l) : 0.0) + c(Sym3<double>::at(i, j), Sym3<double>::at(k, l));
}

/// What the tangent misses of the derivative: E_ijkl at 27 i + 9 j + 3 k + l.
template <class Law>
std::array<double, 81> tangent_error(const std::vector<double>& p, const LawPoint<double>& in, double& size) {
  const std::vector<Dual<9>> p_dual(p.begin(), p.end());
  Sym3<Dual<9>> expected;
  Law::stress(p_dual.data(), point_at(in, perturbed(in.F)), expected);
  Sym3<double> stress, tau;
  Sym6<double> c;
  Law::stress(p.data(), in, stress);
  Law::tangent(p.data(), in, tau, c);
  size = largest(c) + std::sqrt(contract(tau, tau));
  std::array<double, 81> error;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      EXPECT_NEAR(tau(i, j), stress(i, j), 1e-12 * size);
      EXPECT_NEAR(expected(i, j).value, stress(i, j), 1e-12 * size);
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l)
          error[27 * i + 9 * j + 3 * k + l] = expected(i, j).d[3 * k + l] - stress_slope(tau, c, i, j, k, l);
    }
  return error;
}

/// Takes away D n n - G n n D, with D = E : n n without a part along n n and G = 0..1: what stretching the fibre does
/// to the stress across it, all of it or half of it here and half with the other sign there. Returns G; 1 without D.
double remove_action_across(const Vec3<double>& n, std::array<double, 81>& error, double tolerance) {
  const Sym3<double> nn = dyad(n);
  const auto N = [&](int ij) { return nn(ij / 3, ij % 3); };
  double D[9] = {}, back[9] = {}, D_along = 0.0, D_size = 0.0, D_back = 0.0;
  for (int ij = 0; ij < 9; ++ij)
    for (int kl = 0; kl < 9; ++kl) {
      D[ij] += error[9 * ij + kl] * N(kl);
      back[ij] += error[9 * kl + ij] * N(kl);
    }
  for (int ij = 0; ij < 9; ++ij) {
    D_along += D[ij] * N(ij);
    D_size += D[ij] * D[ij];
    D_back += D[ij] * back[ij];
  }
  EXPECT_NEAR(D_along, 0.0, tolerance);
  const double G = D_size > tolerance * tolerance ? -D_back / D_size : 1.0;
  for (int ij = 0; ij < 9; ++ij)
    for (int kl = 0; kl < 9; ++kl) error[9 * ij + kl] -= D[ij] * N(kl) - G * N(ij) * D[kl];
  return G;
}

// Tolerance: rounding of a chain of about 100 operations, relative to the largest modulus.
TYPED_TEST(EveryLaw, TangentIsTheDerivativeOfStress) {
  Random random(1);
  for (int n = 0; n < n_points; ++n) {
    const std::vector<double> p = random_parameters<TypeParam>(random);
    const LawPoint<double> in = random_point(random);
    double size = 0.0;
    std::array<double, 81> error = tangent_error<TypeParam>(p, in, size);
    if (ActiveStrainLaw<TypeParam>) remove_action_across(fibre_state(in).direction, error, 1e-10 * size);
    for (int at = 0; at < 81; ++at) ASSERT_NEAR(error[at], 0.0, 1e-10 * size) << "point " << n << ", entry " << at;
  }
}

template <class Law> class ActiveStrainTangent : public testing::Test {};
TYPED_TEST_SUITE(ActiveStrainTangent, AsTestTypes<ActiveStrainLaws<AllLaws>::type>::type, );

// Passive, such a law has an energy and the tangent is all of the derivative; active, it is but for the action across.
// Near rest, where no term outgrows the others.
TYPED_TEST(ActiveStrainTangent, MissesTheActionOfActiveFibresAcrossAlone) {
  Random random(7);
  for (int n = 0; n < n_points; ++n) {
    const std::vector<double> p = random_parameters<TypeParam>(random);
    LawPoint<double> in = random_point(random);
    if (n % 2) in.activation = 0.0;
    if (n % 4 == 0) in.inverse_dt = 0.0;
    in.F = random_rotation(random);
    for (double& each : in.F.m) each += uniform(random, -0.05, 0.05);
    in.J = determinant(in.F);
    if (in.inverse_dt > 0.0) in.previous_stretch = fibre_state(in).total + uniform(random, -3.0, 3.0) / in.inverse_dt;
    double size = 0.0;
    std::array<double, 81> error = tangent_error<TypeParam>(p, in, size);
    if (in.activation > 0.0) {
      const double G = remove_action_across(fibre_state(in).direction, error, 1e-12 * size);
      // Half of it in both places without rates; D may be a thousandth of what it is the difference of.
      if (in.inverse_dt == 0.0) {
        EXPECT_NEAR(G, 1.0, 1e-3) << "point " << n;
      }
    }
    for (double each : error) ASSERT_NEAR(each, 0.0, 1e-11 * size) << "point " << n;
  }
}

template <class Law> class ReducedLaw : public testing::Test {};
TYPED_TEST_SUITE(ReducedLaw, AsTestTypes<ReducedLaws<AllLaws>::type>::type, );

TYPED_TEST(ReducedLaw, ReducedTangentHoldsTheFullOne) {
  Random random(2);
  for (int n = 0; n < n_points; ++n) {
    const std::vector<double> p = random_parameters<TypeParam>(random);
    const LawPoint<double> in = random_point(random);
    Sym3<double> tau;
    Sym6<double> c, rebuilt;
    TypeParam::tangent(p.data(), in, tau, c);
    ReducedTangent<double> r;
    TypeParam::reduced_tangent(p.data(), in, r);
    const FibreState<double> f = fibre_state(in);
    Sym3<double> ground = r.tau;
    add_fibre_stress(-r.fibre_stress, f.direction, ground);
    isochoric_tangent(r.shear, ground, rebuilt);
    add_dyad(r.fibre_slope, dyad(f.direction), rebuilt);
    for (int i = 0; i < 6; ++i) ASSERT_NEAR(r.tau.s[i], tau.s[i], 1e-12 * largest(c));
    for (int i = 0; i < 21; ++i) ASSERT_NEAR(rebuilt.c[i], c.c[i], 1e-12 * largest(c));
  }
}

template <class Law> class FibreLaw : public testing::Test {};
TYPED_TEST_SUITE(FibreLaw, AsTestTypes<AddedFibreLaws<AllLaws>::type>::type, );

// Activation changes the stress along the fibre only (unless it is a strain), by what fibre_stress says (up to a
// pressure where the law puts its fibre under the deviator).
TYPED_TEST(FibreLaw, ActivationActsThroughTheFibreStress) {
  Random random(6);
  const std::vector<double> p = default_parameters<TypeParam>();
  for (int n = 0; n < n_points; ++n) {
    LawPoint<double> in = random_point(random);
    Sym3<double> on, off;
    TypeParam::stress(p.data(), in, on);
    double s = TypeParam::fibre_stress(p.data(), in);
    const Sym3<double> nn = dyad(fibre_state(in).direction);
    in.activation = 0.0;
    TypeParam::stress(p.data(), in, off);
    s -= TypeParam::fibre_stress(p.data(), in);
    const Sym3<double> difference = deviator(on + -1.0 * off), expected = deviator(s * nn);
    for (int i = 0; i < 6; ++i) ASSERT_NEAR(difference.s[i], expected.s[i], 1e-12 * (std::fabs(s) + 3e5));
  }
}

TYPED_TEST(EveryLaw, StressTurnsWithTheBody) {
  Random random(3);
  const std::vector<double> p = default_parameters<TypeParam>();
  for (int n = 0; n < n_points; ++n) {
    const LawPoint<double> in = random_point(random);
    const Mat3<double> Q = random_rotation(random);
    Sym3<double> tau, turned;
    TypeParam::stress(p.data(), in, tau);
    TypeParam::stress(p.data(), point_at(in, Q * in.F), turned);
    const double size = std::sqrt(contract(tau, tau));
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j) {
        double expected = 0.0;
        for (int k = 0; k < 3; ++k)
          for (int l = 0; l < 3; ++l) expected += Q(i, k) * tau(k, l) * Q(j, l);
        ASSERT_NEAR(turned(i, j), expected, 1e-11 * size);
      }
  }
}

// A passive body at rest carries no shear or deviatoric stress; tautband keeps the small stress its smooth passive
// curve has at a stretch of 1: sigma0 P1 (exp(P2 w / 2) - 1).
TYPED_TEST(EveryLaw, AtRestThereIsNoStress) {
  const std::vector<double> p = default_parameters<TypeParam>();
  Sym3<double> tau;
  TypeParam::stress(p.data(), diagonal_point(1, 1, 1), tau);
  double along = 0.0;
  if constexpr (std::is_same_v<TypeParam, Tautband>) along = 200e3 * 0.05 * std::expm1(6.6 * 0.01);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(tau.s[i], i == 0 ? along : 0.0, 1e-9) << "component " << i;
}

// Without rates and activation tau is the derivative of an energy, so the work done around a closed path is zero.
TYPED_TEST(EveryLaw, ClosedPathOfPassiveTissueDoesNoWork) {
  Random random(4);
  const std::vector<double> p = default_parameters<TypeParam>();
  LawPoint<double> in = random_point(random);
  in.activation = 0.0;
  in.inverse_dt = 0.0;
  const double pi = std::acos(-1.0);
  Mat3<double> A, B;
  for (int i = 0; i < 9; ++i) {
    A.m[i] = 0.2 * uniform(random, -1, 1);
    B.m[i] = 0.2 * uniform(random, -1, 1);
  }
  // The trapezium rule converges exponentially on a smooth periodic integrand; 4000 points also cover kinks in slope.
  const int steps = 4000;
  double work = 0.0, size = 0.0;
  for (int n = 0; n < steps; ++n) {
    const double s = 2 * pi * n / steps;
    Mat3<double> F = {{1, 0, 0, 0, 1, 0, 0, 0, 1}}, rate;
    for (int i = 0; i < 9; ++i) {
      F.m[i] += A.m[i] * std::cos(s) + B.m[i] * std::sin(s);
      rate.m[i] = B.m[i] * std::cos(s) - A.m[i] * std::sin(s);
    }
    Sym3<double> tau;
    TypeParam::stress(p.data(), point_at(in, F), tau);
    const Mat3<double> l = rate * inverse(F, determinant(F));
    double power = 0.0;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) power += tau(i, j) * l(i, j);
    work += power / steps;
    size += std::fabs(power) / steps;
  }
  EXPECT_GT(size, 0.0);
  EXPECT_NEAR(work, 0.0, 1e-7 * size);
}

TYPED_TEST(EveryLaw, PackGivesTheNumbersOfDouble) {
  Random random(5);
  constexpr int n_lanes = 8;
  using V = Pack<n_lanes>;
  std::vector<LawPoint<double>> points;
  for (int lane = 0; lane < n_lanes; ++lane) points.push_back(random_point(random));
  LawPoint<V> in;
  constexpr int n_values = sizeof(LawPoint<double>) / sizeof(double);
  for (int lane = 0; lane < n_lanes; ++lane)
    for (int i = 0; i < n_values; ++i)
      reinterpret_cast<V*>(&in)[i].set(lane, reinterpret_cast<const double*>(&points[lane])[i]);
  const std::vector<double> p = default_parameters<TypeParam>();
  const std::vector<V> p_pack(p.begin(), p.end());
  Sym3<V> tau_pack;
  Sym6<V> c_pack;
  TypeParam::tangent(p_pack.data(), in, tau_pack, c_pack);
  for (int lane = 0; lane < n_lanes; ++lane) {
    Sym3<double> tau;
    Sym6<double> c;
    TypeParam::tangent(p.data(), points[lane], tau, c);
    // The compiler may contract a*b+c differently in the two instantiations: some hundred roundings of 1e-16.
    for (int i = 0; i < 6; ++i) EXPECT_NEAR(tau_pack.s[i][lane], tau.s[i], 1e-12 * largest(c));
    for (int i = 0; i < 21; ++i) EXPECT_NEAR(c_pack.c[i][lane], c.c[i], 1e-12 * largest(c));
  }
}

TYPED_TEST(EveryLaw, AnEmptyLaneStaysFinite) {
  const std::vector<double> p = default_parameters<TypeParam>();
  LawPoint<double> in{};
  Sym3<double> tau;
  Sym6<double> c;
  for (int fibre = 0; fibre < 2; ++fibre) {
    in.a0(0) = fibre;
    TypeParam::tangent(p.data(), in, tau, c);
    for (double each : tau.s) EXPECT_TRUE(std::isfinite(each));
    for (double each : c.c) EXPECT_TRUE(std::isfinite(each));
  }
}

TYPED_TEST(EveryLaw, FarOutsideItsRangeAFibreStaysFinite) {
  const std::vector<double> p = default_parameters<TypeParam>();
  for (double stretch : {1e-3, 0.1, 0.15, 0.25, 0.5, 2.0, 5.0, 20.0})
    for (double rate : {-1e6, -50.0, 0.0, 50.0, 1e6}) {
      LawPoint<double> in = diagonal_point(stretch, 1.0 / std::sqrt(stretch), 1.0 / std::sqrt(stretch), 0.7);
      in.inverse_dt = 1e3;
      in.previous_stretch = stretch - rate / in.inverse_dt;
      Sym3<double> tau;
      Sym6<double> c;
      TypeParam::tangent(p.data(), in, tau, c);
      for (double each : tau.s) EXPECT_TRUE(std::isfinite(each)) << "stretch " << stretch << ", rate " << rate;
      for (double each : c.c) EXPECT_TRUE(std::isfinite(each)) << "stretch " << stretch << ", rate " << rate;
    }
}

}  // namespace
}  // namespace tautband::test
