// p-multigrid: the coarse operator is the Galerkin one, the smoother is the Chebyshev polynomial, the cycle is
// symmetric and positive definite, and a step solved with it ends where one with Jacobi ends. Runs on any number of
// ranks.
#include "operators/corner_kernel.hpp"
#include "stages/mechanics.hpp"
#include "verification/block_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using verification::BlockProblem;
using verification::default_region;

spec::Case block_case(spec::TangentForm form = spec::TangentForm::automatic) {
  spec::Case c;
  c.regions.push_back(default_region("tautband"));  // kappa / mu = 1000
  c.regions[0].tangent = form;
  c.regions[0].activation = spec::Field{0.05, "", ""};
  c.regions[0].contracture_stretch = spec::Field{0.98, "", ""};
  spec::Boundary held;
  held.set = "x0";
  held.kind = spec::BoundaryKind::displacement;
  held.components = "xyz";
  spec::Boundary sprung;
  sprung.set = "x1";
  sprung.kind = spec::BoundaryKind::spring;
  sprung.stiffness = {1e7, 1e7, 1e7};
  c.boundaries = {held, sprung};
  return c;
}

NodeVector random_vector(const BlockProblem& p, int seed) {
  const NodeVector v = p.nodal([=](const std::array<double, 3>& x, int c) {
    return std::sin(7.1e3 * (1 + seed) * x[c] + 5.3e3 * x[(c + 1) % 3] + 3.7e3 * x[(c + 2) % 3] + c + seed);
  });
  const NodeVector mask = p.system->mask();
  Kokkos::parallel_for(
      "mask", Kokkos::RangePolicy<Execution>(0, v.extent(0)), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) v(n, c) *= mask(n, c);
      });
  return v;
}

/// A deformed, linearised block.
BlockProblem deformed(ElementKind kind, spec::TangentForm form, double mass_factor) {
  BlockProblem p(kind, {4, 3, 3}, 0.15, block_case(form));
  p.system->set_time(0.0, 10.0, p.tissue);
  p.system->linearise(p.wavy(5e-4), mass_factor);
  return p;
}

struct Setting {
  const char* name;
  ElementKind kind;
  spec::TangentForm form;
  double mass_factor;
};
void PrintTo(const Setting& s, std::ostream* out) { *out << s.name; }

class Coarse : public testing::TestWithParam<Setting> {};
INSTANTIATE_TEST_SUITE_P(Multigrid, Coarse,
                         testing::Values(Setting{"full", ElementKind::hex27, spec::TangentForm::full, 0.0},
                                         Setting{"reduced", ElementKind::hex27, spec::TangentForm::reduced, 0.0},
                                         Setting{"inertia", ElementKind::hex27, spec::TangentForm::reduced, 1e6},
                                         Setting{"hex8", ElementKind::hex8, spec::TangentForm::reduced, 0.0}));

/// P x in double: the mean of the parents.
NodeVector interpolated(const CornerSpace& corners, const NodeVector& coarse) {
  const NodeVector fine("fine", corners.parents.extent(0));
  const View2<Index> parents = corners.parents;
  Kokkos::parallel_for(
      "interpolate", Kokkos::RangePolicy<Execution>(0, fine.extent(0)), KOKKOS_LAMBDA(const Index n) {
        int count = 0;
        for (int k = 0; k < 8; ++k) count += parents(n, k) >= 0;
        for (int k = 0; k < count; ++k)
          for (int c = 0; c < 3; ++c) fine(n, c) += coarse(parents(n, k), c) / count;
      });
  return fine;
}

/// y . A x, summed over ranks, A as partial sums.
double form(const NodeSpace& space, const BlockRows& A, const NodeVector& y, const NodeVector& x) {
  double sum[1] = {0.0};
  Kokkos::parallel_reduce(
      "form", Kokkos::RangePolicy<Execution>(0, A.n_rows()),
      KOKKOS_LAMBDA(const Index n, double& s) {
        for (Index k = A.first(n); k < A.first(n + 1); ++k)
          for (int i = 0; i < 9; ++i) s += y(n, i / 3) * A.value(9 * std::size_t(k) + i) * x(A.column(k), i % 3);
      },
      sum[0]);
  sum_over_ranks(space, sum);
  return sum[0];
}

// Both sides are sums of the same products in another order.
TEST_P(Coarse, OperatorIsTheGalerkinOne) {
  const Setting s = GetParam();
  BlockProblem p = deformed(s.kind, s.form, s.mass_factor);
  p.spec.boundaries.pop_back();  // springs are lumped on the coarse level
  p.system = std::make_unique<MechanicsSystem>(p.mesh, p.local, *p.halo, p.spec);
  p.system->set_time(0.0, 10.0, p.tissue);
  p.system->linearise(p.wavy(5e-4), s.mass_factor);
  const CornerSpace corners = make_corner_space(p.local);
  const BlockRows A = CornerMatrix(p.system->context(), corners).assemble(p.system->tangents());
  const View1<Index> node = corners.node;
  const auto on_corners = [&](const NodeVector& v) {
    const NodeVector result("corners", corners.n_corners);
    Kokkos::parallel_for(
        "corners", Kokkos::RangePolicy<Execution>(0, corners.n_corners), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c) result(n, c) = v(node(n), c);
        });
    return result;
  };
  for (int seed = 0; seed < 5; ++seed) {
    const NodeVector x = on_corners(random_vector(p, seed)), y = on_corners(random_vector(p, seed + 10));
    const NodeVector fine_x = interpolated(corners, x), fine_y = interpolated(corners, y);
    const NodeVector image = p.system->space().vector("image");
    p.system->apply(fine_x, image);
    const double expected = dot(p.system->space(), fine_y, image), size = dot(p.system->space(), fine_x, image);
    EXPECT_NEAR(form(p.system->space(), A, y, x), expected, 1e-11 * size);
    EXPECT_NEAR(form(p.system->space(), A, x, y), expected, 1e-11 * size);
  }
}

// What devices do: blocks of pairs of corners by teams, against packs of elements.
TEST(Multigrid, DriversOfTheCoarseOperatorAgree) {
  using Op = ReducedTangentOp<Hex27, WithInertia>;
  const BlockProblem p = deformed(ElementKind::hex27, spec::TangentForm::reduced, 1e6);
  const RegionTangent region = p.system->tangents()[0];
  const CornerSpace corners = make_corner_space(p.local);
  const Connectivity slot("slot", p.local.n_batches, 64, lanes);  // every pair of every element apart
  Index next = 0;
  const auto host = Kokkos::create_mirror_view(slot);
  for (std::size_t i = 0; i < host.size(); ++i) host.data()[i] = next++;
  Kokkos::deep_copy(slot, host);
  const View1<double> fast("fast", 9 * std::size_t(next)), teams("teams", 9 * std::size_t(next));
  const OrderedSum at_once, ordered({host.data(), host.data() + host.size()});
  CornerKernel<Hex27, Op> kernel{
      Op{{region.data.data(), region.range.first_batch}, {p.system->geometry().jacobian, region.inertia}},
      p.system->context().tangent_modes,
      slot,
      at_once.target<9>(fast.data()),
      region.range.n_elements,
      region.range.first_batch};
  add_corners(kernel, at_once, region.range.n_batches);
  kernel.values = ordered.target<9>(teams.data());
  add_corners_by_teams(kernel, ordered, region.range.n_batches);
  double largest = 0.0, difference = 0.0;
  for (std::size_t i = 0; i < fast.size(); ++i) {
    largest = std::max(largest, std::fabs(fast(i)));
    difference = std::max(difference, std::fabs(fast(i) - teams(i)));
  }
  EXPECT_GT(largest, 0.0);
  EXPECT_LT(difference, 1e-12 * largest);
}

/// y += diag(node number + 1) x
struct Diagonal final : SingleOperator {
  void apply(const NodeVectorF& x, const NodeVectorF& y) const override {
    Kokkos::parallel_for(
        "diagonal", Kokkos::RangePolicy<Execution>(0, x.extent(0)), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c) y(n, c) += float(n + 1) * x(n, c);
        });
  }
};

double chebyshev(int k, double x) {
  return std::fabs(x) <= 1.0 ? std::cos(k * std::acos(x))
                             : std::cosh(k * std::acosh(std::fabs(x))) * (x < 0 && k % 2 ? -1 : 1);
}

// The error of the smoother is T_k((m - lambda)/h) / T_k(m/h) of what it was, m and h middle and half of the interval.
TEST(Multigrid, SmootherIsTheChebyshevPolynomial) {
  constexpr Index n = 40;
  constexpr int degree = 4;
  constexpr double low = 0.1, high = 1.1;
  const NodeSpace space{MPI_COMM_SELF, n, n};
  ChebyshevSmoother smoother(space, degree, {low, high});
  const NodeBlocks blocks("blocks", n);
  const NodeVector mask = space.vector("mask");
  const View1<GlobalIndex> number("number", n);
  for (Index i = 0; i < n; ++i) {
    number(i) = i;
    for (int c = 0; c < 3; ++c) blocks(i, c, c) = mask(i, c) = 1.0;
  }
  mask(3, 1) = 0.0;
  smoother.set_blocks(blocks, mask);
  const Diagonal A;
  smoother.find_interval(A, number, 40);
  EXPECT_NEAR(smoother.largest_eigenvalue(), n, 0.01 * n);
  const double largest = smoother.largest_eigenvalue(), middle = 0.5 * (low + high) * largest,
               half = 0.5 * (high - low) * largest;
  const NodeVectorF b("b", n), x("x", n);
  for (Index i = 0; i < n; ++i)
    for (int c = 0; c < 3; ++c) b(i, c) = float(mask(i, c));
  smoother.smooth_from_zero(A, b, x);
  for (int pass = 1; pass <= 2; ++pass) {
    for (Index i = 0; i < n; ++i) {
      const double lambda = i + 1,
                   left = chebyshev(degree, (middle - lambda) / half) / chebyshev(degree, middle / half);
      EXPECT_NEAR(x(i, 0) * lambda, 1.0 - std::pow(left, pass), 2e-5) << lambda;
    }
    EXPECT_EQ(x(3, 1), 0.0F);
    smoother.smooth(A, b, x);
  }
}

class Inverse : public testing::TestWithParam<Setting> {};
INSTANTIATE_TEST_SUITE_P(Multigrid, Inverse,
                         testing::Values(Setting{"hex27", ElementKind::hex27, spec::TangentForm::automatic, 0.0},
                                         Setting{"inertia", ElementKind::hex27, spec::TangentForm::automatic, 1e6},
                                         Setting{"hex8", ElementKind::hex8, spec::TangentForm::automatic, 0.0}));

void expect_symmetric_positive(const BlockProblem& p, const Preconditioner& B, double tolerance) {
  const NodeSpace space = p.system->space();
  const NodeVector Bx = space.vector("Bx"), By = space.vector("By");
  for (int seed = 0; seed < 10; ++seed) {
    const NodeVector x = random_vector(p, seed), y = random_vector(p, seed + 20);
    B.apply(x, Bx);
    B.apply(y, By);
    const double xx = dot(space, x, Bx), yy = dot(space, y, By);
    EXPECT_GT(xx, 0.0);
    EXPECT_GT(yy, 0.0);
    EXPECT_NEAR(dot(space, x, By), dot(space, y, Bx), tolerance * std::sqrt(xx * yy));
  }
}

// Single precision leaves 1e-7 times the condition of the smoother's operator.
TEST_P(Inverse, IsSymmetricAndPositiveDefinite) {
  const Setting s = GetParam();
  const BlockProblem p = deformed(s.kind, s.form, s.mass_factor);
  const NodeBlocks blocks("blocks", p.local.n_nodes);
  p.system->diagonal(blocks);
  NodeBlockJacobi jacobi(p.system->space());
  jacobi.set(blocks, p.system->mask());
  expect_symmetric_positive(p, jacobi, 1e-14);
  Multigrid multigrid(*p.system);
  multigrid.set(blocks);
  expect_symmetric_positive(p, multigrid, 1e-5);
}

spec::Case pulled_case(spec::Preconditioning preconditioner, bool sprung) {
  spec::Case c = block_case();
  c.regions[0].activation.constant = 0.0;
  c.regions[0].contracture_stretch.constant = 1.0;
  spec::Curve& growth = c.curves["growth"];
  growth.times = {0.0, 4.0};
  growth.values = {0.0, 1.0};
  c.boundaries[1].curve = "growth";
  c.mechanics.newton_tolerance = 1e-8;
  c.mechanics.preconditioner = preconditioner;
  if (!sprung) {
    c.boundaries[1].kind = spec::BoundaryKind::displacement;
    c.boundaries[1].components = "x";
    c.boundaries[1].value = {8e-4, 0.0, 0.0};
  } else {
    c.boundaries[1].anchor = {1.2e-3, 0.0, 0.0};
  }
  return c;
}

struct Solved {
  NodeVector u;
  int iterations, setups, solves;
};

Solved solve(ElementKind kind, spec::Preconditioning preconditioner, bool sprung, int steps = 1) {
  BlockProblem p(kind, {5, 3, 3}, 0.15, pulled_case(preconditioner, sprung));
  MechanicsStage stage(*p.system, p.spec.mechanics);
  stage.start(0.0, p.tissue);
  Solved solved{};
  for (int i = 0; i < steps; ++i) {
    const StepReport report = stage.advance(i, 1.0, p.tissue);
    EXPECT_TRUE(report.converged) << report.reason;
    solved.iterations += report.krylov_iterations;
    solved.solves += report.newton_iterations;
  }
  solved.setups = stage.preconditioner().setups();
  solved.u = p.tissue.mechanics.displacement;
  return solved;
}

class SameSolution : public testing::TestWithParam<std::pair<ElementKind, bool>> {};
INSTANTIATE_TEST_SUITE_P(Multigrid, SameSolution,
                         testing::Values(std::pair{ElementKind::hex27, false}, std::pair{ElementKind::hex27, true},
                                         std::pair{ElementKind::hex8, false}));

// Newton's tolerance of 1e-8 leaves 1e-8 x condition of the displacement.
TEST_P(SameSolution, AsWithJacobiInFewerIterations) {
  const auto [kind, sprung] = GetParam();
  const Solved jacobi = solve(kind, spec::Preconditioning::jacobi, sprung);
  const Solved multigrid = solve(kind, spec::Preconditioning::multigrid, sprung);
  EXPECT_EQ(jacobi.setups, 0);
  EXPECT_GE(multigrid.setups, 1);
  EXPECT_LT(2 * multigrid.iterations, jacobi.iterations);
  const BlockProblem p(kind, {5, 3, 3}, 0.15, pulled_case(spec::Preconditioning::jacobi, sprung));
  const NodeSpace space = p.system->space();
  const double size = norm(space, jacobi.u);
  axpby(space, -1.0, multigrid.u, 1.0, jacobi.u);
  EXPECT_GT(size, 0.0);
  EXPECT_LT(norm(space, jacobi.u), 1e-6 * size);
}

TEST(Multigrid, ASetUpServesTheSolvesOfAStep) {
  constexpr int steps = 4;
  const Solved solved = solve(ElementKind::hex27, spec::Preconditioning::multigrid, true, steps);
  EXPECT_GE(solved.setups, steps);  // so that a run that goes on from a checkpoint needs none of before
  EXPECT_LT(solved.setups, solved.solves);
}

}  // namespace
}  // namespace tautband
