// Oxygen where closed forms are known, and where it runs out within less than an element.
//
// Krogh & Erlang (Krogh 1919, J Physiol 52:409): around a capillary of radius r_c that supplies tissue out to R,
//   P(r) = P_c + M/(4K) (r^2 - r_c^2) - M R^2/(2K) ln(r/r_c)
// Without flow, from the rim to the centre of a cylinder P falls by M R^2 / 4K, of a sphere by M R^2 / 6K. Both are cut
// open by a hole of 2 % of R here, which takes 0.4 and 0.1 % of the fall.
#include "base/copies.hpp"
#include "laws/energy_crisis.hpp"
#include "verification/transport_problem.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace tautband {
namespace {

using namespace verification;

// McGuire & Secomb 2001, J Appl Physiol 91:2255: K and solubility; density of muscle 1.06 g/ml
constexpr double solubility = 3.89e-5;                       // ml/(ml mmHg)
constexpr double diffusivity = 9.4e-10 / solubility * 1e-4;  // m^2/s from ml/(cm s mmHg)
/// mmHg/s from ml/(100 g min).
constexpr double use_of(double flow_unit) { return flow_unit / 100.0 / 60.0 * 1.06 / solubility; }

constexpr double forever = std::numeric_limits<double>::infinity();

/// A sector of a cylinder between two radii (m), its cells growing outwards in proportion.
TransportProblem::Map cylinder(double inner, double outer) {
  return [=](const Point& s) {
    const double r = inner * std::pow(outer / inner, s[0]), angle = 0.25 * M_PI * s[1];
    return Point{r * std::cos(angle), r * std::sin(angle), 0.1 * outer * s[2]};
  };
}

/// The same of a sphere, between four planes through its centre.
TransportProblem::Map sphere(double inner, double outer) {
  return [=](const Point& s) {
    const double y = 0.5 * s[1], z = 0.5 * s[2],
                 r = inner * std::pow(outer / inner, s[0]) / std::sqrt(1.0 + y * y + z * z);
    return Point{r, r * y, r * z};
  };
}

/// Steady oxygen (mmHg) under constant use (mmHg/s), `start` held on one set; the value at the other.
double settle(const TransportProblem& p, double use, double start, const char* held, const char* read) {
  DiffusionStage diffusion(p.local, p.geometry, p.halo, accurate());
  diffusion.hold(p.local.node_sets.at(held));
  const View1<double> oxygen = p.nodal([=](const Point&) { return start; });
  EXPECT_TRUE(diffusion.advance(oxygen, diffusivity, p.point_field(), p.point_field(-use), forever).converged);
  return to_host(oxygen)[to_host(p.local.node_sets.at(read))[0]];
}

class Oxygen : public testing::TestWithParam<ElementKind> {
 protected:
  int fine() const { return GetParam() == ElementKind::hex8 ? 24 : 8; }
};
INSTANTIATE_TEST_SUITE_P(Elements, Oxygen, testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& info) { return info.param == ElementKind::hex8 ? "Hex8" : "Hex27"; });

TEST_P(Oxygen, FallsAroundACapillaryAsKroghAndErlangSay) {
  constexpr double r = 2.5e-6, R = 32.6e-6;  // m: 300 capillaries per mm^2
  const TransportProblem p(GetParam(), {fine(), fine() / 3, 1}, cylinder(r, R));
  for (double flow_unit : {0.2, 2.0, 10.0}) {
    const double M = use_of(flow_unit), K = diffusivity;
    const double fall = M * R * R / (2.0 * K) * std::log(R / r) - M / (4.0 * K) * (R * R - r * r);
    const double found = 30.0 - settle(p, M, 30.0, "x0", "x1");
    std::printf("%4.1f ml/(100 g min): falls by %.3f mmHg, %.3f by the formula\n", flow_unit, found, fall);
    EXPECT_NEAR(found, fall, 0.01 * fall);
  }
}

struct Body {
  const char* name;
  TransportProblem::Map (*shape)(double, double);
  double divisor;          ///< of M R^2 / K
  double critical_radius;  ///< m: 30 mmHg at the rim, 0 in the centre
};

TEST_P(Oxygen, FallsInTissueWithoutFlowByTheSquareOfItsRadius) {
  constexpr double R = 0.5e-3;  // m
  const double M = use_of(0.2);
  for (const Body& body : {Body{"cylinder", cylinder, 4.0, 0.565e-3}, Body{"sphere", sphere, 6.0, 0.692e-3}}) {
    const TransportProblem p(GetParam(), {fine(), fine() / 3, fine() / 3}, body.shape(0.02 * R, R));
    const double found = 30.0 - settle(p, M, 30.0, "x1", "x0"), fall = M * R * R / (body.divisor * diffusivity);
    const double critical = R * std::sqrt(30.0 / found);
    std::printf("%s of 0.5 mm: falls by %.2f mmHg, %.2f by the formula; critical radius %.3f mm\n", body.name, found,
                fall, 1e3 * critical);
    EXPECT_NEAR(found, fall, 0.01 * fall);
    EXPECT_NEAR(critical, body.critical_radius, 0.005 * body.critical_radius);  // half of what the fall may miss
  }
}

/// A knot of 1 mm in a brick of 6 mm: its store of energy is empty and its capillaries are squeezed.
struct Knot : TransportProblem {
  EnergyCrisis law;
  double flow_left;  ///< r in the knot
  DiffusionStage diffusion;
  View1<double> capacity, supply, hyperaemia, oxygen;

  Knot(ElementKind kind, int cells, double flow)
      : TransportProblem(kind, {cells, cells, cells}, brick(6e-3, 6e-3, 6e-3)),
        flow_left(flow),
        diffusion(local, geometry, halo, spec::Diffusion{}),
        capacity("capacity", local.n_nodes),
        supply("supply", local.n_nodes),
        hyperaemia("hyperaemia", local.n_nodes),
        oxygen(nodal([](const Point&) { return 30.0; })) {
    diffusion.average(at_points([this](const Point& x) { return law.oxidative_capacity(energy(x), 1.0); }), capacity);
    diffusion.average(at_points([this](const Point& x) { return law.perfusion_rate * perfusion(x); }), supply);
    diffusion.average(at_points([this](const Point& x) {
                        return law.perfusion_rate * law.hyperaemia * perfusion(x) *
                               law.oxidative_capacity(energy(x), 1.0) / law.oxidation;
                      }),
                      hyperaemia);
  }

  /// 1 in the knot, 0 outside; the edge is 0.1 mm wide.
  static double inside(const Point& x) {
    const double r = std::hypot(x[0] - 2.9e-3, x[1] - 3.1e-3, x[2] - 3.05e-3);
    return 1.0 / (1.0 + std::exp((r - 1e-3) / 0.05e-3));
  }
  static double energy(const Point& x) { return 0.985 - 0.885 * inside(x); }
  double perfusion(const Point& x) const { return 1.0 - (1.0 - flow_left) * inside(x); }

  double in_the_core() const {
    const View1<double> distance =
        nodal([](const Point& x) { return std::hypot(x[0] - 3e-3, x[1] - 3e-3, x[2] - 3e-3); });
    const std::vector<double> r = to_host(distance);
    return to_host(oxygen)[std::min_element(r.begin(), r.end()) - r.begin()];
  }
  /// The same where nothing diffuses, mmHg.
  double balanced_in_the_core() const {
    const double most = law.oxidative_capacity(0.1, 1.0);
    double low = 0.0, high = 55.0;
    for (int i = 0; i < 60; ++i) {
      const double P = 0.5 * (low + high), use = most * P / (P + law.oxygen_half);
      (law.oxygen_supply(use, flow_left) * (law.arterial_oxygen - P) > law.oxygen_sink(use) ? low : high) = P;
    }
    return low;
  }

  /// Rate of supply minus use at every node, mmHg/s; hyperaemia is that of `before`.
  struct Reaction {
    View1<double> capacity, supply, hyperaemia, before;
    double half, arterial, per_energy;
    KOKKOS_INLINE_FUNCTION double share(double P) const { return P / (max(P, 0.0) + half); }
    KOKKOS_INLINE_FUNCTION double flow(Index n) const { return supply(n) + hyperaemia(n) * share(before(n)); }
    KOKKOS_INLINE_FUNCTION double use(Index n, double P) const { return per_energy * capacity(n) * share(P); }
    KOKKOS_INLINE_FUNCTION double use_slope(Index n, double P) const {
      const double sum = max(P, 0.0) + half;
      return per_energy * capacity(n) * half / (sum * sum);
    }
    KOKKOS_INLINE_FUNCTION double rate(Index n, double P) const { return flow(n) * (arterial - P) - use(n, P); }
  };

  DiffusionReport advance(double dt) {
    const View1<double> before("before", local.n_nodes);
    Kokkos::deep_copy(before, oxygen);
    const Reaction reaction{
        capacity, supply, hyperaemia, before, law.oxygen_half, law.arterial_oxygen, law.oxygen_per_energy};
    const double start = diffusion.integral(oxygen);
    const DiffusionReport report = diffusion.advance(
        oxygen, 2.4e-9,
        [=](const View1<double>& value, const View1<double>& sink, const View1<double>& source) {
          Kokkos::parallel_for(
              "tautband::react", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(value.extent(0))),
              KOKKOS_LAMBDA(const Index n) {
                sink(n) = reaction.flow(n) + reaction.use_slope(n, value(n));
                source(n) = reaction.rate(n, value(n)) + sink(n) * value(n);
              });
        },
        dt);
    change = (diffusion.integral(oxygen) - start) / dt;
    const View1<double> rate("rate", local.n_nodes), oxygen_now = oxygen;
    Kokkos::parallel_for(
        "tautband::rate", Kokkos::RangePolicy<Execution>(0, local.n_nodes),
        KOKKOS_LAMBDA(const Index n) { rate(n) = reaction.rate(n, oxygen_now(n)); });
    balance = diffusion.integral(rate);
    Kokkos::parallel_for(
        "tautband::use", Kokkos::RangePolicy<Execution>(0, local.n_nodes),
        KOKKOS_LAMBDA(const Index n) { rate(n) = reaction.use(n, oxygen_now(n)); });
    use = diffusion.integral(rate);
    return report;
  }
  double change = 0.0, balance = 0.0, use = 0.0;  ///< mmHg m^3/s
};

/// What a knot went through.
struct Course {
  double lowest = 1e9, lowest_at_points = 1e9;  ///< mmHg
  int newton = 0;                               ///< most iterations of a step
};

Course follow(Knot& knot) {
  Course course;
  const PointField at_points = knot.point_field();
  for (double dt : {0.01, 0.1, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 10.0, 10.0, 10.0, 100.0, 100.0}) {
    const DiffusionReport report = knot.advance(dt);
    EXPECT_TRUE(report.converged);
    EXPECT_NEAR(knot.change, knot.balance, 1e-6 * knot.use) << "dt " << dt;  // tolerance: 1e-8 of a norm over nodes
    course.newton = std::max(course.newton, report.newton_iterations);
    const std::vector<double> values = to_host(knot.oxygen);
    course.lowest = std::min(course.lowest, *std::min_element(values.begin(), values.end()));
    knot.diffusion.interpolate(knot.oxygen, at_points);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), at_points);
    course.lowest_at_points =
        std::min(course.lowest_at_points, *std::min_element(host.data(), host.data() + host.size()));
  }
  std::printf("lowest %.4f mmHg at nodes, %.1e at points; in the core %.4f, %.4f by local balance\n", course.lowest,
              course.lowest_at_points, knot.in_the_core(), knot.balanced_in_the_core());
  return course;
}

constexpr double rounding = 1e-12;  // mmHg, of 30

// Layers of 0.05 mm lie in elements of 1 and 0.5 mm.
TEST_P(Oxygen, RunsOutInAKnotWithoutFallingBelowZero) {
  for (int cells : {6, 12}) {
    Knot knot(GetParam(), GetParam() == ElementKind::hex8 ? 2 * cells : cells, 0.3);
    const Course course = follow(knot);
    EXPECT_GT(course.lowest, 0.0);
    EXPECT_GT(course.lowest_at_points, -rounding);
    EXPECT_LE(course.newton, 8);
    // hyperaemia follows from step to step and closes 0.57 of the gap at each
    const double balanced = knot.balanced_in_the_core();
    if (cells == 12) {
      EXPECT_NEAR(knot.in_the_core(), balanced, 0.02 * balanced);
    }
  }
}

// Without any flow the core has nothing. Trilinear elements keep to that; the stiffness of triquadratic ones has
// entries of the wrong sign across an element, which take 30 mmHg D / (h^2 x 24 /s), h between nodes, from where
// nothing is left.
TEST_P(Oxygen, StaysNearZeroInAKnotWithoutFlow) {
  for (int cells : {6, 12}) {
    Knot knot(GetParam(), GetParam() == ElementKind::hex8 ? 2 * cells : cells, 0.0);
    const Course course = follow(knot);
    const double h = 3e-3 / cells, wrong_sign = 30.0 * 2.4e-9 / (h * h * 24.0);
    EXPECT_GT(course.lowest, GetParam() == ElementKind::hex8 ? 0.0 : -wrong_sign);
    EXPECT_GT(course.lowest_at_points, -rounding);
  }
}

}  // namespace
}  // namespace tautband
