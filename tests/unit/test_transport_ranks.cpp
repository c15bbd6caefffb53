// A diffusion step on any number of ranks (1, 2 and 4 are run) against the same step that each rank does alone.
#include "base/copies.hpp"
#include "fem/halo.hpp"
#include "mesh/partition.hpp"
#include "stages/diffusion.hpp"
#include "support/block_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

/// 6 x 5 x 4 cells of 0.5 mm in two regions.
Mesh example(ElementKind kind) { return testing_support::block_mesh(kind, {6, 5, 4}, {3e-3, 2.5e-3, 2e-3}, 4); }

View1<double> along(const LocalMesh& mesh, double rate) {
  const View1<double> f("f", mesh.n_nodes);
  const NodeVector X = mesh.X;
  Kokkos::parallel_for(
      "tautband::along", Kokkos::RangePolicy<Execution>(0, mesh.n_nodes),
      KOKKOS_LAMBDA(const Index n) { f(n) = 30.0 + 10.0 * ::sin(rate * (X(n, 0) + 2.0 * X(n, 1) - X(n, 2))); });
  return f;
}

/// Michaelis-Menten use that is stiff below 2 and a constant supply.
void react(const View1<double>& value, const View1<double>& sink, const View1<double>& source) {
  Kokkos::parallel_for(
      "tautband::react", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(value.extent(0))),
      KOKKOS_LAMBDA(const Index n) {
        const double v = value(n), sum = (v > 0.0 ? v : 0.0) + 2.0;
        sink(n) = 0.05 + 45.0 * 2.0 / (sum * sum);
        source(n) = 0.05 * 55.0 + 45.0 * (2.0 * v / (sum * sum) - v / sum);
      });
}

struct Outcome {
  std::vector<double> field;  ///< by node of the mesh file; 0 on other ranks' nodes
  double integral = 0.0;
  DiffusionReport linear, nonlinear;
};

Outcome transport(const Mesh& mesh, MPI_Comm comm) {
  const LocalMesh local = distribute(mesh, comm);
  const Halo halo(local);
  spec::Diffusion spec;
  spec.tolerance = 1e-12;
  DiffusionStage diffusion(local, make_geometry(local), halo, spec);
  NodeVector u("u", local.n_nodes);
  Kokkos::deep_copy(u, local.X);
  axpby(NodeSpace{comm, local.n_nodes, local.n_owned}, 0.0, u, 0.1, u);
  diffusion.deform(u);
  const View1<double> f = along(local, 900.0);
  const PointField sink("sink", local.n_batches, nodes_per_element(local.kind), lanes),
      source = nodes_to_points(local, f);
  Kokkos::deep_copy(sink, 0.5);
  Outcome outcome;
  outcome.linear = diffusion.advance(f, 2.4e-9, sink, source, 5.0);
  outcome.nonlinear = diffusion.advance(f, 2.4e-9, react, 5.0);
  outcome.integral = diffusion.integral(f);
  outcome.field.assign(mesh.n_nodes(), 0.0);
  const std::vector<double> here = to_host(f);
  const std::vector<GlobalIndex> node = to_host(local.global_node);
  for (Index n = 0; n < local.n_nodes; ++n) outcome.field[node[n]] = here[n];
  return outcome;
}

class TransportOnRanks : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, TransportOnRanks, testing::Values(ElementKind::hex8, ElementKind::hex27));

TEST_P(TransportOnRanks, AgreesWithTransportOnOne) {
  const Mesh mesh = example(GetParam());
  const Outcome together = transport(mesh, MPI_COMM_WORLD), alone = transport(mesh, MPI_COMM_SELF);
  for (const Outcome* outcome : {&together, &alone})
    EXPECT_TRUE(outcome->linear.converged && outcome->nonlinear.converged);
  EXPECT_GT(together.linear.krylov_iterations, 2);
  EXPECT_GT(together.nonlinear.newton_iterations, 2);
  EXPECT_NEAR(together.integral, alone.integral, 1e-12 * alone.integral);
  double highest = 0.0;
  for (GlobalIndex n = 0; n < mesh.n_nodes(); ++n) {
    if (together.field[n] == 0.0) continue;
    EXPECT_NEAR(together.field[n], alone.field[n], 1e-9)
        << "node " << n;  // of about 10; the solvers' tolerance is 1e-12
    highest = std::max(highest, together.field[n]);
  }
  EXPECT_GT(highest, 1.0);
}

}  // namespace
}  // namespace tautband
