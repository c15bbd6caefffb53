// Laws with a generalised active strain: Lambert's W, their closed forms, and published numbers on a homogeneous bar.
#include "law_points.hpp"
#include "laws/combo_active_strain.hpp"
#include "laws/weickenmeier2014.hpp"

namespace tautband::test {
namespace {

using Weickenmeier = Weickenmeier2014;
using Combo = ComboActiveStrain;

TEST(LambertW, InvertsItsFunction) {
  EXPECT_DOUBLE_EQ(lambert_w0(1.0), 0.56714329040978387);  // the omega constant
  EXPECT_DOUBLE_EQ(lambert_w0(std::exp(1.0)), 1.0);
  EXPECT_EQ(lambert_w0(0.0), 0.0);
  EXPECT_EQ(lambert_w0(-std::exp(-1.0)), -1.0);
  EXPECT_EQ(lambert_w0(-1.0), -1.0);
  for (double w = -0.9; w < 600.0; w += 0.013)
    ASSERT_NEAR(lambert_w0(w * std::exp(w)), w, 4e-15 * std::max(1.0, std::fabs(w)));
  // Near the branch point x + 1/e is (1 + w)^2 / 2e, of which x keeps some 1e-16.
  for (double w = -1.0; w < -0.9; w += 0.0013) ASSERT_NEAR(lambert_w0(w * std::exp(w)), w, 4e-16 / (w + 1.0 + 1e-8));
}

TEST(LambertW, DualsCarryItsDerivative) {
  for (double w : {-0.7, -0.1, 0.3, 1.0, 5.0, 200.0}) {
    const Dual<1> value = lambert_w0(Dual<1>::variable(w * std::exp(w), 0));
    EXPECT_NEAR(value.d[0] * std::exp(w) * (1.0 + w), 1.0, 1e-12) << w;
  }
}

/// Kirchhoff stress of the bar F = diag(x, y, y), fibres along x.
template <class Law, class V> Sym3<V> bar(const std::vector<double>& p, double activation, V x, V y) {
  const Mat3<V> F = {{x, V(0.0), V(0.0), V(0.0), y, V(0.0), V(0.0), V(0.0), y}};
  const std::vector<V> values(p.begin(), p.end());
  Sym3<V> tau;
  Law::stress(values.data(), point_at(diagonal_point(1, 1, 1, activation), F), tau);
  return tau;
}

// Before the volumetric terms and the J measure, the nominal stress of the incompressible bar is
// gamma/4 exp(alpha (I - 1)) (I_p' + 2 w_a l): w_a makes it P_a larger.
TEST(Weickenmeier, ActivationAddsExactlyItsNominalStress) {
  const std::vector<double> p = default_parameters<Weickenmeier>();
  for (double l : {0.7, 0.76, 0.9, 1.0, 1.192, 1.4})
    for (double activation : {1e-6, 0.05, 1.0}) {
      const LawPoint<double> in = diagonal_point(l, 1 / std::sqrt(l), 1 / std::sqrt(l), activation);
      const ActiveStrain<double> active = Weickenmeier::active(p.data(), in, fibre_state(in));
      const BarInvariant<double> I = bar_invariant(0.7388, l);
      const auto nominal = [&](double level) {
        return 0.25 * 159.9 * std::exp(19.69 * (I.value + level * l * l - 1.0)) * (I.slope + 2.0 * level * l);
      };
      const double x = (l - 0.682) / 0.51, P_a = 73.52e3 * activation * x * std::exp(0.5 * (1.0 - x * x));
      const double passive = nominal(0.0);
      EXPECT_NEAR(nominal(active.level), passive + P_a, 1e-11 * (std::fabs(passive) + P_a)) << l << " " << activation;
      EXPECT_GE(active.level, 0.0);
    }
}

// Its energy says the same of Combo: the extra term is what makes the bar's nominal stress
// gamma/4 exp(alpha (I - 1)) d(I_p + w_a l^2)/dl grow by P_a.
TEST(Combo, ActivationAddsExactlyItsNominalStress) {
  const std::vector<double> p = default_parameters<Combo>();
  for (double l : {0.6, 0.7, 0.9, 1.0, 1.192, 1.4}) {
    const LawPoint<double> in = diagonal_point(l, 1 / std::sqrt(l), 1 / std::sqrt(l), 0.3);
    const ActiveStrain<double> active = Combo::active(p.data(), in, fibre_state(in));
    const BarInvariant<double> I = bar_invariant(0.7388, l);
    const double grown = 0.25 * 159.9 * std::exp(19.69 * (I.value + active.level * l * l - 1.0));
    const double passive = 0.25 * 159.9 * std::exp(19.69 * (I.value - 1.0)) * I.slope;
    const double x = std::max(l - 0.682, 0.0) / 0.51, P_a = 73.52e3 * 0.3 * x * std::exp(0.5 * (1.0 - x * x));
    EXPECT_NEAR(grown * (I.slope + 2.0 * active.level * l) + 0.25 * 159.9 * active.eta * l, passive + P_a,
                1e-11 * (std::fabs(passive) + P_a))
        << l;
  }
}

TEST(Weickenmeier, ForceVelocityIsHillsHyperbola) {
  const std::vector<double> p = default_parameters<Weickenmeier>();
  const auto f = [&](double nu) { return Weickenmeier::force_velocity(p.data(), -10.0 * nu).value; };
  EXPECT_DOUBLE_EQ(f(0.0), 1.0);
  EXPECT_DOUBLE_EQ(f(0.5), 0.5 / 3.5);
  EXPECT_DOUBLE_EQ(f(1.0), 0.0);
  EXPECT_DOUBLE_EQ(f(3.0), 0.0);  // faster than unloaded: a fibre does not push
  EXPECT_DOUBLE_EQ(f(-0.1), 1.4 - 0.4 * 0.9 / 3.5);
  EXPECT_NEAR(f(-1e9), 1.4 + 0.4 / 25.0, 1e-9);
  for (double rate : {-20.0, -4.0, 3.0, 50.0}) {
    std::vector<Dual<1>> values(p.begin(), p.end());
    const auto dual = Weickenmeier::force_velocity(values.data(), Dual<1>::variable(rate, 0));
    EXPECT_NEAR(dual.slope.value, dual.value.d[0], 1e-14) << rate;
  }
}

// A fibre that shortens as fast as it can has no force, whatever P_opt is.
TEST(Weickenmeier, FastShorteningLeavesThePassiveStress) {
  const std::vector<double> p = default_parameters<Weickenmeier>();
  LawPoint<double> in = diagonal_point(1.1, 0.95, 0.96, 1.0);
  in.inverse_dt = 100.0;
  in.previous_stretch = 1.1 + 10.0 / in.inverse_dt;
  Sym3<double> fast, passive;
  Weickenmeier::stress(p.data(), in, fast);
  in.activation = 0.0;
  Weickenmeier::stress(p.data(), in, passive);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(fast.s[i], passive.s[i], 1e-9 * std::fabs(passive.s[0]));
}

/// Newton's method for the bar without stress across and, where `free`, along; from (x, y).
template <class Law>
std::array<double, 2> solve_bar(const std::vector<double>& p, double activation, double x, double y, bool free) {
  for (int i = 0; i < 60; ++i) {
    const auto tau = bar<Law>(p, activation, Dual<2>::variable(x, 0), Dual<2>::variable(y, 1));
    const auto &a = tau.s[0], &b = tau.s[1];
    const double det = free ? a.d[0] * b.d[1] - a.d[1] * b.d[0] : b.d[1];
    const double dx = free ? (a.value * b.d[1] - b.value * a.d[1]) / det : 0.0;
    const double dy = free ? (b.value * a.d[0] - a.value * b.d[0]) / det : b.value / det;
    const double scale = std::min(1.0, 0.02 / (std::fabs(dx) + std::fabs(dy)));
    x -= scale * dx;
    y -= scale * dy;
  }
  return {x, y};
}

TEST(Weickenmeier, PassiveBarStretchedBy40Percent) {
  std::vector<double> p = default_parameters<Weickenmeier>();
  p[Weickenmeier::alpha] = 15.0;
  p[Weickenmeier::beta] = 1.0;
  p[Weickenmeier::gamma] = 5e3;
  p[Weickenmeier::omega0] = 0.8;
  const auto [x, y] = solve_bar<Weickenmeier>(p, 0.0, 1.4, 0.85, false);
  EXPECT_NEAR(y, 0.839418270326, 1e-12);
  EXPECT_NEAR(bar<Weickenmeier>(p, 0.0, x, y).s[0] / (x * y * y), 144037.95001847, 1e-6);
}

// Values of 4C's tests mat_muscle_weickenmeier and mat_muscle_combo, printed to 16 digits after a Newton iteration that
// stopped at about 1e-11.
TEST(Weickenmeier, ActiveBarContractsAsIn4C) {
  std::vector<double> p = default_parameters<Weickenmeier>();
  p[Weickenmeier::optimal_stress] = 3.37632447587e3;
  EXPECT_NEAR(solve_bar<Weickenmeier>(p, 1.0, 0.75, 1.15, true)[0] - 1.0, -0.3023875096843267, 1e-11);
}

TEST(Combo, ActiveBarContractsAsIn4C) {
  const double activation = std::tanh(34.40168764326955 * 0.015);
  const auto [x, y] = solve_bar<Combo>(default_parameters<Combo>(), activation, 0.75, 1.15, true);
  EXPECT_NEAR(x - 1.0, -0.3164071611633652, 1e-10);
}

}  // namespace
}  // namespace tautband::test
