// Diffusion of scalars: the operator against its slow twin, and what a step of it has to keep.
#include "base/copies.hpp"
#include "operators/reference/transport.hpp"
#include "operators/team_sweep.hpp"
#include "operators/transport_ops.hpp"
#include "verification/transport_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using namespace verification;

double relative_difference(const View1<double>& a, const View1<double>& b) {
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  const auto y = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), b);
  double difference = 0.0, size = 0.0;
  for (std::size_t n = 0; n < x.extent(0); ++n) {
    difference += (x(n) - y(n)) * (x(n) - y(n));
    size += y(n) * y(n);
  }
  return std::sqrt(difference / size);
}

/// x := x y
void multiply(const View1<double>& x, const View1<double>& y) {
  Kokkos::parallel_for(
      "tautband::multiply", x.extent(0), KOKKOS_LAMBDA(const Index n) { x(n) *= y(n); });
}

double rough(const Point& x) { return std::cos(3.1e3 * x[0] + 1.7e3 * x[1] - 900.0 * x[2]); }

constexpr double diffusivity = 1e-9, step = 4e3;  // m^2/s, s: diffusion, reaction and change in time are of one size

/// 3 x 2 x 3 = 18 cells: the last batch of 8 or 32 lanes is padded.
struct Bench : TransportProblem {
  NodeSpace space;
  Transport transport;
  NodeVector u;

  explicit Bench(ElementKind kind)
      : TransportProblem(kind, {3, 2, 3}, bent),
        space{local.comm, local.n_nodes, local.n_owned},
        transport(local, geometry, halo),
        u(displacement(wavy)) {
    transport.deform(u);
  }
};

class TransportOperator : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, TransportOperator, testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& info) { return info.param == ElementKind::hex8 ? "Hex8" : "Hex27"; });

// Sums of some hundred products in other orders.
constexpr double rounding = 1e-13;

TEST_P(TransportOperator, AgreesWithItsSlowTwin) {
  const Bench p(GetParam());
  const View1<double> x = p.nodal(rough), y("y", p.local.n_nodes), nothing("nothing", p.local.n_nodes);
  p.transport.apply(nothing, 2.5, x, y);
  const auto in = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), x);
  const auto out = Kokkos::create_mirror(y);
  Kokkos::deep_copy(out, 0.0);
  if (GetParam() == ElementKind::hex8)
    reference::add_diffusion<Hex8>(p.local, p.u, in, out);
  else
    reference::add_diffusion<Hex27>(p.local, p.u, in, out);
  const View1<double> expected("expected", p.local.n_nodes);
  Kokkos::deep_copy(expected, out);
  axpby(p.space, 0.0, expected, 2.5, expected);
  EXPECT_LT(relative_difference(y, expected), rounding);
}

TEST_P(TransportOperator, AveragesAsItsSlowTwin) {
  const Bench p(GetParam());
  const PointField f = p.at_points([](const Point& x) { return 3.0 + rough(x); });
  const View1<double> average("average", p.local.n_nodes), expected("expected", p.local.n_nodes);
  p.transport.average(f, average);
  const auto sum = Kokkos::create_mirror(expected), volume = Kokkos::create_mirror(expected);
  Kokkos::deep_copy(sum, 0.0);
  Kokkos::deep_copy(volume, 0.0);
  const auto at_points = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), f);
  const auto ones = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), p.point_field(1.0));
  const auto add = [&](const auto& field, const auto& to) {
    if (GetParam() == ElementKind::hex8)
      reference::add_integrals<Hex8>(p.local, field, to);
    else
      reference::add_integrals<Hex27>(p.local, field, to);
  };
  add(at_points, sum);
  add(ones, volume);
  for (Index n = 0; n < p.local.n_nodes; ++n) sum(n) /= volume(n);
  Kokkos::deep_copy(expected, sum);
  EXPECT_LT(relative_difference(average, expected), rounding);
}

TEST_P(TransportOperator, AgreesBetweenTheTwoDrivers) {
  const Bench p(GetParam());
  const PointArray metric("metric", p.local.n_batches, nodes_per_element(p.local.kind), int(metric_size), lanes);
  const View1<double> x = p.nodal(rough), y("y", p.local.n_nodes), by_teams("by_teams", p.local.n_nodes);
  const auto run = [&](auto element) {
    using E = decltype(element);
    const DiffusionOp<E> op{metric.data(), 2.5};
    team_sweep<E>("tautband::metric", p.local, p.local.regions[0], MetricOp{p.geometry.jacobian, metric},
                  p.geometry.inverse_mass, p.u, p.u);
    team_sweep<E>("tautband::diffusion", p.local, p.local.regions[0], op, p.geometry.inverse_mass, x, by_teams);
  };
  if (GetParam() == ElementKind::hex8)
    run(Hex8());
  else
    run(Hex27());
  p.transport.apply(View1<double>("nothing", p.local.n_nodes), 2.5, x, y);
  EXPECT_LT(relative_difference(by_teams, y), rounding);
}

TEST_P(TransportOperator, IsSymmetricAndPositiveAndLeavesConstantsAlone) {
  const Bench p(GetParam());
  const auto product = [&](const View1<double>& x) {
    const View1<double> y("y", p.local.n_nodes);
    p.transport.apply(View1<double>("nothing", p.local.n_nodes), 1.0, x, y);
    return y;
  };
  const View1<double> x = p.nodal(rough), y = p.nodal([](const Point&at) { return std::sin(4e3 * at[1] - at[0]); });
  const View1<double> Kx = product(x), Ky = product(y), K1 = product(p.nodal([](const Point&) { return 1.0; }));
  EXPECT_NEAR(dot(p.space, y, Kx), dot(p.space, x, Ky), rounding * norm(p.space, y) * norm(p.space, Kx));
  EXPECT_GT(dot(p.space, x, Kx), 0.1 * norm(p.space, x) * norm(p.space, Kx));
  EXPECT_GT(dot(p.space, y, Ky), 0.1 * norm(p.space, y) * norm(p.space, Ky));
  EXPECT_LT(norm(p.space, K1), rounding * norm(p.space, Kx));
}

/// 1 at one quadrature point of each cell, 0 at the others.
PointField spikes(const TransportProblem& p, int point) {
  const PointField f = p.point_field();
  const auto values = Kokkos::create_mirror_view(f);
  for (std::size_t b = 0; b < f.extent(0); ++b)
    for (int l = 0; l < lanes; ++l) values(b, point, l) = 1.0;
  Kokkos::deep_copy(f, values);
  return f;
}

TEST_P(TransportOperator, KeepsIntegralsAndSignsOfSpikes) {
  const Bench p(GetParam());
  const View1<double> average("average", p.local.n_nodes);
  for (int point = 0; point < nodes_per_element(GetParam()); ++point) {
    const PointField f = spikes(p, point), back = p.point_field();
    p.transport.average(f, average);
    EXPECT_NEAR(p.transport.integral(average), p.transport.integral(f), 1e-14 * p.transport.integral(f));
    const auto values = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), average);
    for (Index n = 0; n < p.local.n_nodes; ++n) ASSERT_GT(values(n), 0.0);
    // and back from spikes at nodes
    const View1<double> spike("spike", p.local.n_nodes);
    const auto peak = Kokkos::create_mirror_view(spike);
    peak(point) = 1.0;
    Kokkos::deep_copy(spike, peak);
    p.transport.interpolate(spike, back);
    const auto at_points = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), back);
    for (std::size_t i = 0; i < at_points.size(); ++i) ASSERT_GT(at_points.data()[i], -1e-16);
  }
}

// A cell that shrinks to a point at one end, as where a muscle tapers: int N dV of the nodes there is -1/60 of the
// cell.
TEST(Transport, KeepsVolumesPositiveWhereCellsTaper) {
  const TransportProblem p(ElementKind::hex27, {2, 2, 2}, [](const Point& s) {
    return Point{block_length * s[0], block_length * s[0] * (0.2 + s[1]), block_length * s[0] * s[2]};
  });
  const Transport transport(p.local, p.geometry, p.halo);
  for (double volume : to_host(transport.volume())) EXPECT_GT(volume, 0.0);
  EXPECT_NEAR(transport.integral(p.nodal([](const Point&) { return 1.0; })), std::pow(block_length, 3) / 3.0, 1e-18);
}

// A field linear in space is held exactly by both elements, so that the error is backward Euler's: f' = s - c f.
TEST(Transport, IsOfFirstOrderInTime) {
  const TransportProblem p(ElementKind::hex27, {2, 1, 1}, brick(block_length, block_length, block_length));
  constexpr double c = 0.3, s = 0.7, end = 4.0;  // 1/s, 1/s, s
  const auto exact = [](const Point&) { return s / c + (2.0 - s / c) * std::exp(-c * end); };
  const auto error_with = [&](int steps) {
    DiffusionStage diffusion(p.local, p.geometry, p.halo, accurate());
    const View1<double> f = p.nodal([](const Point&) { return 2.0; });
    for (int i = 0; i < steps; ++i) diffusion.advance(f, 1e-6, p.point_field(c), p.point_field(s), end / steps);
    return relative_difference(f, p.nodal(exact));
  };
  const double coarse = error_with(40), fine = error_with(80);
  EXPECT_NEAR(std::log2(coarse / fine), 1.0, 0.01);  // the next term is c dt / 2 of the first
  EXPECT_LT(fine, 0.5 * c * end / 80);
}

// What diffuses is neither made nor lost: the change of the integral is source minus sink, up to the solver's
// tolerance.
TEST_P(TransportOperator, ClosesTheBalance) {
  const Bench p(GetParam());
  DiffusionStage diffusion(p.local, p.geometry, p.halo, accurate());
  diffusion.deform(p.u);
  const View1<double> f = p.nodal([](const Point& x) { return 3.0 + rough(x); });
  const PointField c = p.at_points([](const Point&x) { return 3e-4 * (1.2 + rough(x)); }),
                   s = p.at_points([](const Point&x) { return 1e-3 * (2.0 + rough(x)); });
  const double before = diffusion.integral(f);
  ASSERT_TRUE(diffusion.advance(f, diffusivity, c, s, step).converged);
  const double after = diffusion.integral(f);
  const View1<double> taken("taken", p.local.n_nodes);
  diffusion.average(c, taken);
  multiply(taken, f);
  const double balance = diffusion.integral(s) - diffusion.integral(taken);
  EXPECT_GT(std::abs(after - before), 0.1 * before);
  EXPECT_NEAR((after - before) / step, balance, 1e-9 * diffusion.integral(s));
}

TEST_P(TransportOperator, TakesNoStepWhereNothingChanges) {
  const Bench p(GetParam());
  DiffusionStage diffusion(p.local, p.geometry, p.halo, spec::Diffusion{});
  const View1<double> f = p.nodal([](const Point&) { return 3.0; });
  const DiffusionReport report = diffusion.advance(f, diffusivity, p.point_field(0.2), p.point_field(0.6), 1.0);
  EXPECT_TRUE(report.converged);
  EXPECT_EQ(report.krylov_iterations, 0);
}

TEST(Transport, TellsThatItDidNotConverge) {
  const Bench p(ElementKind::hex8);
  spec::Diffusion s;
  s.krylov_iterations = 2;
  DiffusionStage diffusion(p.local, p.geometry, p.halo, s);
  const View1<double> f = p.nodal(rough);
  EXPECT_FALSE(diffusion.advance(f, 1.0, p.point_field(), p.point_field(), step).converged);
}

// In a stretched shape the way is longer: relaxation along it takes stretch^2 times as long where volume is kept.
TEST(Transport, FollowsTheShapeOnlyWhereToldTo) {
  constexpr double stretch = 1.3;
  const TransportProblem p(ElementKind::hex27, {4, 1, 1}, brick(block_length, 1e-3, 1e-3));
  const NodeVector u = p.displacement([](const Point& x) {
    const double across = 1.0 / std::sqrt(stretch) - 1.0;
    return Point{(stretch - 1.0) * x[0], across * x[1], across * x[2]};
  });
  const auto decay = [&](bool pull_back, double time) {
    spec::Diffusion s = accurate();
    s.pull_back = pull_back;
    DiffusionStage diffusion(p.local, p.geometry, p.halo, s);
    diffusion.deform(u);
    const View1<double> f = p.nodal([](const Point& x) { return std::cos(M_PI * x[0] / block_length); });
    diffusion.advance(f, diffusivity, p.point_field(), p.point_field(), time);
    return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), f)(0);
  };
  EXPECT_NEAR(decay(true, 1e4 * stretch * stretch), decay(false, 1e4), 1e-9);
  EXPECT_GT(decay(true, 1e4), decay(false, 1e4) + 0.05);
}

}  // namespace
}  // namespace tautband
