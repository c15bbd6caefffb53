#include "operators/region_kernel_impl.hpp"
#include "performance/counted.hpp"
#include "performance/work.hpp"
#include "verification/twin_problem.hpp"

namespace tautband::performance {

#if defined(__CUDACC__) || defined(__HIPCC__)
ElementFlops count_flops() { return {}; }
#else

namespace {

using E = Hex27;
using Law = Tautband;

/// Operations of one element, as the first batch has them.
template <class Op>
double flops_of(const LocalMesh& mesh, const Op& op, const ModeMatrix& K, const SweptVector<Op>& x) {
  const SweptVector<Op> y("y", mesh.n_nodes);
  const HostSweep<E, Op, Counted> body{mesh.nodes, x, y, op, K, mesh.regions[0].n_elements, 0};
  Counted::operations = 0;
  body(0);
  return static_cast<double>(Counted::operations);
}

template <class Op> double diagonal_flops(const LocalMesh& mesh, const Op& op, const ModeMatrix& K) {
  const NodeBlocks blocks("blocks", mesh.n_nodes);
  const DiagonalKernel<E, Op> kernel{mesh.nodes, op, K, mesh.sum.target<9>(blocks.data()), lanes, 0};
  Counted::operations = 0;
  kernel.template batch<Counted>(0);
  return static_cast<double>(Counted::operations);
}

}  // namespace

ElementFlops count_flops() {
  const verification::TwinProblem<E, Law> p({"tautband"});
  const LocalMesh& mesh = p.local;
  const LawInputs in = p.inputs();
  const NodeVector u = p.displacement();
  const auto array = [&](int size) { return PointArray("data", mesh.n_batches, E::points, size, lanes); };
  const PointArray reduced = array(reduced_form::size), full = array(full_form::size), metric = array(metric_size);
  const PointField tangent("mode_tangent", mesh.n_batches, E::points, lanes);
  const LawOp<E, Law> law{in, parameter_source<Law>(p.parameters()), InversionFlag("inverted")};
  const ReducedLinearisationOp<E, Law> linearisation{{law, reduced.data(), 0, tangent}};
  const ReducedTangentOp<E, NoInertia> apply{{reduced.data(), 0}, {}};
  ElementFlops flops;
  flops.residual = flops_of(mesh, ResidualOp<E, Law>{law}, in.geometry.inverse_mass, u);
  flops.linearise = flops_of(mesh, linearisation, in.geometry.inverse_mass, u);
  flops.apply_reduced = flops_of(mesh, apply, in.geometry.inverse_mass, u);
  flops.apply_full = flops_of(mesh, FullTangentOp<E, NoInertia>{{full.data(), 0}, {}}, in.geometry.inverse_mass, u);
  flops.diffuse =
      flops_of(mesh, DiffusionOp<E>{metric.data(), 1.0}, in.geometry.inverse_mass, View1<double>("x", mesh.n_nodes));
  flops.diagonal = diagonal_flops(mesh, apply, in.geometry.inverse_mass);
  return flops;
}
#endif

}  // namespace tautband::performance
