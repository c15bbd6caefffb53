// Manufactured solutions on distorted meshes: the error falls with the rate that theory gives for each element.
//
// Elements of degree k: |u - u_h| ~ h^(k+1) in L2, |grad(u - u_h)| ~ h^k (Ciarlet 1978, theorem 3.2.5 with
// Aubin-Nitsche): Hex8 2 and 1, Hex27 3 and 2. Q1/P0 keeps them where the volume is nearly kept; so does Q2/P1disc, on
// meshes that become affine as they are refined (Arnold, Boffi & Falk 2002, Math Comp 71:909), as the ones here do.
// They are images of a grid under one smooth map. Errors are integrated with a rule finer than the elements' own, whose
// points are better than the rest of the element. Between two meshes the rate misses its limit by O(h) of its own: 0.05
// for meshes of 6 and 12, or 3 and 6 cells per edge, which hold a third of a wave. With a body force wrong by 1 % five
// of the six tests fail.
#include "verification/manufactured.hpp"

#include "solvers/conjugate_gradients.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

using namespace verification;

constexpr int rule = 4;  // Gauss points per direction
constexpr double gauss_point[rule] = {-0.86113631159405257522, -0.33998104358485626480, 0.33998104358485626480,
                                      0.86113631159405257522};
constexpr double gauss_weight[rule] = {0.34785484513745385737, 0.65214515486254614263, 0.65214515486254614263,
                                       0.34785484513745385737};

/// Grid to distorted block: edges bend by a tenth of the length, faces stay in no plane.
std::array<double, 3> bend(const double* x) {
  std::array<double, 3> y{};
  for (int i = 0; i < 3; ++i) {
    const double a = x[(i + 1) % 3] / block_length, b = x[(i + 2) % 3] / block_length;
    y[i] = x[i] + 0.06 * block_length * (std::sin(3.0 * a + i) + std::cos(2.0 * b));
  }
  return y;
}

struct Problem {
  ElementKind kind;
  Motion motion;
  double kappa;  ///< Pa
  spec::Formulation formulation = spec::Formulation::mixed;
};

struct Errors {
  double value, gradient;
};

/// One mesh, its load and its solution.
class Solution {
 public:
  Solution(const Problem& problem, int cells) : problem_(problem), mesh_(make_mesh(problem.kind, cells)) {
    local_ = distribute(mesh_, MPI_COMM_WORLD);
    halo_ = std::make_unique<Halo>(local_);
    tissue_ = resting_tissue(local_);
    case_.regions.push_back(default_region("tautband"));
    case_.regions[0].parameters["kappa"] = spec::Field{problem.kappa, "", ""};
    case_.regions[0].activation = spec::Field{0.1, "", ""};
    case_.mesh.formulation = problem.formulation;
    for (const char* set : {"x0", "x1", "y0", "y1", "z0", "z1"}) {
      spec::Boundary held;
      held.set = set;
      case_.boundaries.push_back(held);
    }
    system_ = std::make_unique<MechanicsSystem>(mesh_, local_, *halo_, case_);
    nodes_ = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local_.nodes);
    X_ = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local_.X);
  }

  Errors solve() {
    const NodeSpace space = system_->space();
    const NodeVector load = space.vector("load"), u = space.vector("u"), r = space.vector("r"), d = space.vector("d");
    assemble(load);
    set_exact(u);
    system_->set_time(0.0, 0.0, tissue_);
    KrylovWork work(space);
    NodeBlockJacobi jacobi(space);
    const NodeBlocks blocks("blocks", space.n_nodes);
    double first = 0.0, now = 0.0;
    for (int iteration = 0; iteration < 12; ++iteration) {
      EXPECT_TRUE(system_->residual(u, r));
      axpby(space, 1.0, load, -1.0, r);
      mask(r);
      now = norm(space, r);
      if (iteration == 0) first = now;
      if (now <= 1e-7 * first) break;
      system_->linearise(u, 0.0);
      system_->diagonal(blocks);
      jacobi.set(blocks, system_->mask());
      const auto tangent = [&](const NodeVector& p, const NodeVector& y) {
        system_->apply(p, y);
        mask(y);
      };
      const KrylovReport report = conjugate_gradients(space, tangent, jacobi, r, d, 1e-7, 20000, work);
      EXPECT_EQ(report.end, KrylovEnd::converged);
      axpby(space, 1.0, d, 1.0, u);
    }
    EXPECT_LE(now, 1e-7 * first);
    return errors(u);
  }

 private:
  static Mesh make_mesh(ElementKind kind, int cells) {
    meshing::BlockOptions options;
    options.kind = kind;
    options.corners = meshing::box_corners({block_length, block_length, block_length});
    options.cells = {cells, cells, cells};
    options.fibre = {0.48, 0.6, 0.64};
    Mesh mesh = meshing::make_block(options);
    for (std::size_t n = 0; n < mesh.points.size(); n += 3) {
      const auto moved = bend(&mesh.points[n]);
      std::copy(moved.begin(), moved.end(), mesh.points.begin() + n);
    }
    return mesh;
  }

  Material material() const {
    Material m{.parameters = {}, .fibre = {}, .activation = case_.regions[0].activation.constant};
    for (int i = 0; i < Tautband::n_parameters; ++i)
      m.parameters[i] = case_.regions[0].parameters.at(std::string(Tautband::parameters[i].name)).constant;
    m.fibre(0) = 0.48, m.fibre(1) = 0.6, m.fibre(2) = 0.64;
    return m;
  }

  void mask(const NodeVector& x) const {
    const NodeVector free = system_->mask();
    Kokkos::parallel_for(
        "tautband::mask", x.extent(0), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c) x(n, c) *= free(n, c);
        });
  }

  /// visit(nodes of the element, shape functions, their gradients dN/dX, X, weight x volume) at every point of the
  /// rule.
  template <int N, class Visit> void at_points(const Visit& visit) const {
    constexpr int n_nodes = N * N * N;
    for (Index element = 0; element < local_.n_elements; ++element) {
      Index nodes[n_nodes];
      for (int n = 0; n < n_nodes; ++n) nodes[n] = nodes_(element / lanes, n, element % lanes);
      for (int q = 0; q < rule * rule * rule; ++q) {
        const int at[3] = {q % rule, q / rule % rule, q / (rule * rule)};
        double shape[n_nodes], slope[n_nodes][3];
        for (int n = 0; n < n_nodes; ++n) {
          const int i[3] = {n % N, n / N % N, n / (N * N)};
          double value[3], derivative[3];
          for (int a = 0; a < 3; ++a) {
            value[a] = Line<N>::shape(i[a], gauss_point[at[a]]);
            derivative[a] = Line<N>::slope(i[a], gauss_point[at[a]]);
          }
          shape[n] = value[0] * value[1] * value[2];
          for (int a = 0; a < 3; ++a) slope[n][a] = derivative[a] * value[(a + 1) % 3] * value[(a + 2) % 3];
        }
        std::array<double, 3> X{};
        Mat3<double> map{};
        for (int n = 0; n < n_nodes; ++n)
          for (int i = 0; i < 3; ++i) {
            X[i] += shape[n] * X_(nodes[n], i);
            for (int a = 0; a < 3; ++a) map(i, a) += slope[n][a] * X_(nodes[n], i);
          }
        const double volume = determinant(map);
        const Mat3<double> back = inverse(map, volume);
        double gradient[n_nodes][3] = {};
        for (int n = 0; n < n_nodes; ++n)
          for (int J = 0; J < 3; ++J)
            for (int a = 0; a < 3; ++a) gradient[n][J] += slope[n][a] * back(a, J);
        visit(nodes, shape, gradient, X, volume * gauss_weight[at[0]] * gauss_weight[at[1]] * gauss_weight[at[2]]);
      }
    }
  }

  template <class Visit> void at_points(const Visit& visit) const {
    problem_.kind == ElementKind::hex8 ? at_points<2>(visit) : at_points<3>(visit);
  }

  void assemble(const NodeVector& load) const {
    const Material m = material();
    const int n_nodes = nodes_per_element(problem_.kind);
    auto sum = Kokkos::create_mirror_view(load);
    Kokkos::deep_copy(sum, 0.0);
    at_points(
        [&](const Index* nodes, const double* shape, const double(*)[3], const std::array<double, 3>& X, double w) {
          const std::array<double, 3> force = body_force(m, problem_.motion, X);
          for (int n = 0; n < n_nodes; ++n)
            for (int c = 0; c < 3; ++c) sum(nodes[n], c) += w * shape[n] * force[c];
        });
    Kokkos::deep_copy(load, sum);
  }

  /// The exact displacement at the nodes: what is prescribed on the boundary, and a start inside.
  void set_exact(const NodeVector& u) const {
    auto values = Kokkos::create_mirror_view(u);
    for (Index n = 0; n < local_.n_nodes; ++n) {
      Vec3<double> X, exact;
      Mat3<double> F;
      for (int c = 0; c < 3; ++c) X(c) = X_(n, c);
      motion(problem_.motion, X, exact, F);
      for (int c = 0; c < 3; ++c) values(n, c) = exact(c);
    }
    Kokkos::deep_copy(u, values);
  }

  Errors errors(const NodeVector& u) const {
    const auto values = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), u);
    const int n_nodes = nodes_per_element(problem_.kind);
    double value = 0.0, gradient = 0.0;
    at_points([&](const Index* nodes, const double* shape, const double(*slope)[3], const std::array<double, 3>& x,
                  double w) {
      Vec3<double> X, exact;
      Mat3<double> F;
      for (int c = 0; c < 3; ++c) X(c) = x[c];
      motion(problem_.motion, X, exact, F);
      for (int c = 0; c < 3; ++c) {
        double miss = -exact(c), tilt[3] = {-F(c, 0), -F(c, 1), -F(c, 2)};
        tilt[c] += 1.0;
        for (int n = 0; n < n_nodes; ++n) {
          miss += shape[n] * values(nodes[n], c);
          for (int J = 0; J < 3; ++J) tilt[J] += slope[n][J] * values(nodes[n], c);
        }
        value += w * miss * miss;
        gradient += w * (tilt[0] * tilt[0] + tilt[1] * tilt[1] + tilt[2] * tilt[2]);
      }
    });
    return {std::sqrt(value), std::sqrt(gradient)};
  }

  Problem problem_;
  Mesh mesh_;
  LocalMesh local_;
  std::unique_ptr<Halo> halo_;
  spec::Case case_;
  Tissue tissue_;
  std::unique_ptr<MechanicsSystem> system_;
  HostMirror<Connectivity> nodes_;
  HostMirror<NodeVector> X_;
};

/// Rates between meshes of n and 2n cells per edge.
void expect_rates(const Problem& problem, int cells, double value, double gradient) {
  const Errors coarse = Solution(problem, cells).solve(), fine = Solution(problem, 2 * cells).solve();
  const double of_value = std::log2(coarse.value / fine.value);
  const double of_gradient = std::log2(coarse.gradient / fine.gradient);
  std::printf("u: %.3e -> %.3e, rate %.2f; gradient: %.3e -> %.3e, rate %.2f\n", coarse.value, fine.value, of_value,
              coarse.gradient, fine.gradient, of_gradient);
  EXPECT_NEAR(of_value, value, 0.05);
  EXPECT_NEAR(of_gradient, gradient, 0.05);
}

constexpr double soft = 20e3, nearly_incompressible = 5e6;  // Pa: 4 and 1000 times the shear modulus

TEST(Manufactured, Hex8) { expect_rates({ElementKind::hex8, Motion::wavy, soft}, 6, 2, 1); }
TEST(Manufactured, Hex27) { expect_rates({ElementKind::hex27, Motion::wavy, soft}, 3, 3, 2); }
TEST(Manufactured, Hex8WithoutPressure) {
  expect_rates({ElementKind::hex8, Motion::wavy, soft, spec::Formulation::displacement}, 6, 2, 1);
}
TEST(Manufactured, Hex27WithoutPressure) {
  expect_rates({ElementKind::hex27, Motion::wavy, soft, spec::Formulation::displacement}, 3, 3, 2);
}
TEST(Manufactured, NearlyIncompressibleHex8) {
  expect_rates({ElementKind::hex8, Motion::sheared, nearly_incompressible}, 6, 2, 1);
}
TEST(Manufactured, NearlyIncompressibleHex27) {
  expect_rates({ElementKind::hex27, Motion::sheared, nearly_incompressible}, 3, 3, 2);
}

}  // namespace
}  // namespace tautband
