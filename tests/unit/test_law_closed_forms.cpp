// Homogeneous problems with independently derived answers.
#include "law_points.hpp"
#include "laws/active.hpp"
#include "laws/blemker2005.hpp"
#include "laws/guccione.hpp"
#include "laws/heidlauf2016.hpp"
#include "laws/mooney_rivlin.hpp"
#include "laws/neo_hookean.hpp"
#include "laws/tautband.hpp"
#include "laws/volumetric.hpp"
#include "laws/wakeling2020.hpp"
#include "laws/yeoh.hpp"

#include <array>

namespace tautband::test {
namespace {

/// Kirchhoff stresses along x and y of a bar with F = diag(x, y, y), U(J) included.
template <class Law, class V>
std::array<V, 2> bar_stress(const std::vector<double>& p, Active kind, double T0, double activation, V x, V y) {
  const LawPoint<double> rest = diagonal_point(1, 1, 1, activation);
  const Mat3<V> F = {{x, V(0.0), V(0.0), V(0.0), y, V(0.0), V(0.0), V(0.0), y}};
  const LawPoint<V> in = point_at(rest, F);
  const std::vector<V> values(p.begin(), p.end());
  Sym3<V> tau;
  Law::stress(values.data(), in, tau);
  tau = tau + active_stress(kind, V(T0), in.F, in.a0);
  const V volumetric = in.J * volumetric_pressure(Volumetric::logarithmic, values[0], in.J);
  return {tau.s[0] + volumetric, tau.s[1] + volumetric};
}

struct Stretches {
  double along, across;
};

/// Newton's method for tau_y = 0 and, where `free` holds, tau_x = 0.
template <class Law>
Stretches solve_bar(const std::vector<double>& p, Active kind, double T0, double activation, double x, bool free) {
  double y = 1.0;
  for (int i = 0; i < 50; ++i) {
    const std::array<Dual<2>, 2> r =
        bar_stress<Law>(p, kind, T0, activation, Dual<2>::variable(x, 0), Dual<2>::variable(y, 1));
    if (!free) {
      y -= r[1].value / r[1].d[1];
      continue;
    }
    const double det = r[0].d[0] * r[1].d[1] - r[0].d[1] * r[1].d[0];
    const double step_x = (r[0].value * r[1].d[1] - r[1].value * r[0].d[1]) / det;
    const double step_y = (r[1].value * r[0].d[0] - r[0].value * r[1].d[0]) / det;
    const double scale = std::min(1.0, 0.1 / (std::fabs(step_x) + std::fabs(step_y)));
    x -= scale * step_x;
    y -= scale * step_y;
  }
  return {x, y};
}

struct ActiveCube {
  Active kind;
  double norm, along, across;
};

// FEBio's verification problems ma20..ma25: T0 = 0.5, traction-free unit cube; norm = 2 sqrt(sum (l_i - 1)^2).
template <class Law> void expect_cubes(const std::vector<double>& p, const ActiveCube& row, double tolerance) {
  const Stretches l = solve_bar<Law>(p, row.kind, 0.5, 0.0, 1.0, true);
  const double sum = (l.along - 1) * (l.along - 1) + 2 * (l.across - 1) * (l.across - 1);
  EXPECT_NEAR(2 * std::sqrt(sum), row.norm, tolerance);
  EXPECT_NEAR(l.along, row.along, 1e-11);
  EXPECT_NEAR(l.across, row.across, 1e-11);
}

TEST(ClosedForms, ActiveContractionOfACoupledCube) {
  const double E = 1.0, nu = 0.3;
  const std::vector<double> p{E * nu / ((1 + nu) * (1 - 2 * nu)), E / (2 * (1 + nu))};
  expect_cubes<CoupledNeoHookean>(p, {Active::isotropic, 0.493408719039, 0.857565171621, 0.857565171621}, 1e-11);
  expect_cubes<CoupledNeoHookean>(p, {Active::transverse_isotropic, 0.713932797063, 1.19819813174, 0.790068451328},
                                  1e-11);
  expect_cubes<CoupledNeoHookean>(p, {Active::uniaxial, 0.61766348475, 0.723829147411, 1.09774125352}, 1e-11);
}

TEST(ClosedForms, ActiveContractionOfAnUncoupledCube) {
  expect_cubes<MooneyRivlin>({5000, 1, 0}, {Active::isotropic, 0.000115460432381, 0.999966669444, 0.999966669444},
                             1e-14);
  expect_cubes<MooneyRivlin>({1000, 1, 0},
                             {Active::transverse_isotropic, 0.185712126746, 1.07709145191, 0.963399750357}, 1e-11);
  expect_cubes<MooneyRivlin>({1000, 1, 0}, {Active::uniaxial, 0.178966663838, 0.928279251972, 1.03783781834}, 1e-11);
}

// FEBio's mu03: unit cube held at a stretch along the fibre, lateral faces free. Pa.
TEST(ClosedForms, BlemkerBar) {
  const std::vector<double> p{1e7, 500, 500, 0, 0.05, 6.6, 3e5, 1.4, 1.0};
  const auto cauchy = [&](double x, double activation, Stretches& l) {
    l = solve_bar<Blemker2005>(p, Active::none, 0.0, activation, x, false);
    return bar_stress<Blemker2005>(p, Active::none, 0.0, activation, l.along, l.across)[0] /
           (l.along * l.across * l.across);
  };
  Stretches l;
  EXPECT_NEAR(cauchy(1.2, 0.0, l), 48984.424, 6e-4);
  EXPECT_NEAR(l.across, 0.913617728641, 6e-13);
  EXPECT_NEAR(1.2 * l.across * l.across - 1.0, 1.63682e-3, 6e-9);
  // All eight lateral degrees of freedom move by across - 1; this number is FEBio's own, to its solver tolerance.
  EXPECT_NEAR(std::sqrt(8.0) * (1.0 - l.across), 0.244325959214, 1e-9);
  EXPECT_NEAR(cauchy(1.0, 0.5, l), 149003.341, 6e-4);
  EXPECT_NEAR(cauchy(1.0, 1.0, l), 296026.787, 6e-4);
}

/// Cauchy stress of an incompressible bar, Pa.
template <class Law> double incompressible_stress(const std::vector<double>& p, double stretch, double activation) {
  const double across = 1.0 / std::sqrt(stretch);
  Sym3<double> tau;
  Law::stress(p.data(), diagonal_point(stretch, across, across, activation), tau);
  return tau.s[0] - tau.s[1];
}

// Nominal stress in N/cm2 (1e4 Pa); all digits of the independent table.
TEST(ClosedForms, HeidlaufBar) {
  const std::vector<double> p = default_parameters<Heidlauf2016>();
  const double rows[3][3] = {
      {0.8, -3.4677336131, -1.2371780576}, {1.0, 0.0, 6.0326388889}, {1.2, 1.5663688655, 8.8663688655}};
  for (const auto& row : rows) {
    EXPECT_NEAR(incompressible_stress<Heidlauf2016>(p, row[0], 0.0) / row[0] / 1e4, row[1], 6e-11) << row[0];
    EXPECT_NEAR(incompressible_stress<Heidlauf2016>(p, row[0], 1.0) / row[0] / 1e4, row[2], 6e-11) << row[0];
  }
}

// Cauchy stress in kPa at rest and at full activation.
TEST(ClosedForms, WakelingBar) {
  const std::vector<double> p = default_parameters<Wakeling2020>();
  const double rows[7][3] = {{0.8, -73.590725, 98.434963}, {0.9, -26.817879, 166.547220}, {1.0, 0.0, 198.819878},
                             {1.1, 31.151365, 204.067537}, {1.2, 86.094505, 219.327059},  {1.3, 177.857108, 273.498438},
                             {1.4, 321.201033, 381.503650}};
  for (const auto& row : rows) {
    EXPECT_NEAR(incompressible_stress<Wakeling2020>(p, row[0], 0.0) / 1e3, row[1], 6e-7) << row[0];
    EXPECT_NEAR(incompressible_stress<Wakeling2020>(p, row[0], 1.0) / 1e3, row[2], 6e-7) << row[0];
  }
}

// Dead traction P on an incompressible bar, c1 = c2 = 10: the last stretch is the golden ratio.
TEST(ClosedForms, MooneyRivlinBar) {
  const std::vector<double> p{1.0, 10.0, 10.0};
  const auto nominal = [&](double stretch) { return incompressible_stress<MooneyRivlin>(p, stretch, 0.0) / stretch; };
  for (const auto& [traction, extension] :
       {std::pair{10.0, 0.0951442379}, {20.0, 0.2207440846}, {40.0, 0.6180339887}}) {
    double low = 1.0, high = 2.0;
    for (int i = 0; i < 60; ++i) (nominal(0.5 * (low + high)) < traction ? low : high) = 0.5 * (low + high);
    EXPECT_NEAR(low - 1.0, extension, 6e-11);
  }
  EXPECT_NEAR(incompressible_stress<MooneyRivlin>(p, 0.5 + std::sqrt(1.25), 0.0), 64.7213595500, 6e-11);
}

// sigma = 2 (c1 + 2 c2 i + 3 c3 i^2) (l^2 - 1/l) with i = l^2 + 2/l - 3; at l = 2: i = 2, l^2 - 1/l = 7/2.
TEST(ClosedForms, YeohBar) {
  EXPECT_NEAR(incompressible_stress<Yeoh>({1.0, 3.0, 0.5, 0.25}, 2.0, 0.0), 2 * (3.0 + 2.0 + 3.0) * 3.5, 1e-12);
}

// The second Piola-Kirchhoff stress written out in the axes of the fibre (e_x), for a volume-preserving F with shears.
TEST(ClosedForms, GuccioneInTheAxesOfTheFibre) {
  const double C = 2.0, b_f = 8.0, b_t = 2.0, b_fs = 4.0;
  LawPoint<double> in = diagonal_point(1.0, 1.0, 1.0);
  in.F = {{1.1, 0.2, -0.1, 0.0, 0.95, 0.15, 0.0, 0.0, 1.0 / (1.1 * 0.95)}};
  in.J = 1.0;
  Sym3<double> E = 0.5 * right_cauchy_green(in.F);
  for (int i = 0; i < 3; ++i) E.s[i] -= 0.5;
  const double Q = b_f * E(0, 0) * E(0, 0) + b_t * (E(1, 1) * E(1, 1) + E(2, 2) * E(2, 2) + 2 * E(1, 2) * E(1, 2)) +
                   2 * b_fs * (E(0, 1) * E(0, 1) + E(0, 2) * E(0, 2));
  Sym3<double> S = (C * std::exp(Q)) * E;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) S(i, j) *= i > 0 ? b_t : (j > 0 ? b_fs : b_f);
  Sym3<double> expected{}, tau;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) expected(i, j) += in.F(i, k) * S(k, l) * in.F(j, l);
  expected = deviator(expected);
  Guccione::stress(std::vector<double>{1e4, C, b_f, b_t, b_fs}.data(), in, tau);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(tau.s[i], expected.s[i], 1e-14);
}

// Fibre stress at off-axis points of an independent axisymmetric computation of a knot: activation, total fibre
// stretch, fibre stress in kPa. The printed digits of stretch allow 0.02 kPa.
TEST(ClosedForms, TautbandFibreAroundAKnot) {
  const std::vector<double> p = default_parameters<Tautband>();
  for (const auto& [activation, stretch, kPa] :
       {std::array{0.13, 1.1622, 41.72}, {0.040115, 1.0607, 13.00}, {0.040115, 1.0844, 15.36}}) {
    const double across = 1.0 / std::sqrt(stretch);
    EXPECT_NEAR(Tautband::fibre_stress(p.data(), diagonal_point(stretch, across, across, activation)) / 1e3, kPa,
                0.025);
  }
}

// Viscous part alone: eta (lambda - previous) / (dt lambda), 500 Pa s at 2 1/s and lambda = 0.8 (elastic 1.6 times
// 0.5).
TEST(ClosedForms, TautbandRateTermsUseTheTotalStretch) {
  std::vector<double> p = default_parameters<Tautband>();
  LawPoint<double> in = diagonal_point(1.6, 1.0, 1.0, 0.3);
  in.contracture = 0.5;
  in.inverse_dt = 100.0;
  in.previous_stretch = 0.78;
  const double elastic = Tautband::passive_stress(p.data(), 1.6).value;
  // 2 1/s is 0.4 of v_max = 5 1/s.
  const double active = 200e3 * 0.3 * de_groote_force_length(1.6).value * de_groote_force_velocity(0.4).value;
  EXPECT_NEAR(Tautband::fibre_stress(p.data(), in), elastic + active + 500.0 * 2.0 / 0.8, 1e-8);
}

}  // namespace
}  // namespace tautband::test
