#include "stages/diffusion.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

/// Linear solves of a Newton step need no more than this before the reaction is evaluated anew.
constexpr double newton_forcing = 1e-3;

Kokkos::RangePolicy<Execution> nodes_of(const View1<double>& x) {
  return Kokkos::RangePolicy<Execution>(0, static_cast<Index>(x.extent(0)));
}

void add(const View1<double>& x, const View1<double>& increment) {
  Kokkos::parallel_for(
      "tautband::add_correction", nodes_of(x), KOKKOS_LAMBDA(const Index n) { x(n) += increment(n); });
}

void mask(const View1<double>& x, const View1<double>& free) {
  if (free.extent(0) == 0) return;
  Kokkos::parallel_for(
      "tautband::mask_held", nodes_of(x), KOKKOS_LAMBDA(const Index n) { x(n) *= free(n); });
}

/// A step around an iterate, per node.
struct LinearStep {
  View1<double> volume, stiffness;       ///< m^3; K_nn, m
  View1<double> before, sink, source;    ///< at the start of the step; of the reaction
  View1<double> diagonal, jacobi, load;  ///< residual = load - (diagonal + D K) field
};

/// Fills the last three. Returns the norm of volume (before / dt + source).
double linearise(const NodeSpace& space, const LinearStep& step, const View1<double>& field, double diffusivity,
                 double rate) {
  const Index n_owned = space.n_owned;
  double sum[1] = {0.0};
  Kokkos::parallel_reduce(
      "tautband::diffusion_linearise", nodes_of(field),
      KOKKOS_LAMBDA(const Index n, double& s) {
        const double sink = step.sink(n), taken = sink > 0.0 ? sink : 0.0;
        const double fixed = step.volume(n) * (rate * step.before(n) + step.source(n));
        step.diagonal(n) = step.volume(n) * (rate + taken);
        step.jacobi(n) = step.diagonal(n) + diffusivity * step.stiffness(n);
        step.load(n) = fixed + step.volume(n) * (taken - sink) * field(n);
        if (n < n_owned) s += fixed * fixed;
      },
      sum[0]);
  sum_over_ranks(space, sum);
  return std::sqrt(sum[0]);
}

}  // namespace

DiffusionStage::DiffusionStage(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo,
                               const spec::Diffusion& spec)
    : spec_(spec),
      space_{mesh.comm, mesh.n_nodes, mesh.n_owned},
      transport_(mesh, geometry, halo),
      work_(space_),
      jacobi_{View1<double>("tautband::diffusion_jacobi", mesh.n_nodes)},
      diagonal_("tautband::diffusion_diagonal", mesh.n_nodes),
      sink_("tautband::sink", mesh.n_nodes),
      source_("tautband::source", mesh.n_nodes),
      before_("tautband::field_before", mesh.n_nodes),
      load_("tautband::diffusion_load", mesh.n_nodes),
      residual_("tautband::diffusion_residual", mesh.n_nodes),
      correction_("tautband::diffusion_correction", mesh.n_nodes) {}

void DiffusionStage::deform(const NodeVector& u) {
  if (spec_.pull_back) transport_.deform(u);
}

void DiffusionStage::hold(const View1<Index>& nodes) {
  if (free_.extent(0) == 0) {
    free_ = View1<double>("tautband::free_nodes", space_.n_nodes);
    Kokkos::deep_copy(free_, 1.0);
  }
  const View1<double> free = free_;
  Kokkos::parallel_for(
      "tautband::hold", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(nodes.extent(0))),
      KOKKOS_LAMBDA(const Index i) { free(nodes(i)) = 0.0; });
}

DiffusionReport DiffusionStage::advance(const View1<double>& field, double diffusivity, const PointField& sink,
                                        const PointField& source, double dt) {
  average(sink, sink_);
  average(source, source_);
  return newton(field, diffusivity, nullptr, dt);
}

DiffusionReport DiffusionStage::advance(const View1<double>& field, double diffusivity, const Reaction& reaction,
                                        double dt) {
  return newton(field, diffusivity, reaction, dt);
}

DiffusionReport DiffusionStage::newton(const View1<double>& field, double diffusivity, const Reaction& reaction,
                                       double dt) {
  const auto matrix = [&](const View1<double>& x, const View1<double>& y) {
    transport_.apply(diagonal_, diffusivity, x, y);
    mask(y, free_);
  };
  DiffusionReport report;
  const LinearStep step{transport_.volume(),
                        transport_.stiffness_diagonal(),
                        before_,
                        sink_,
                        source_,
                        diagonal_,
                        jacobi_.diagonal,
                        load_};
  copy(before_, field);
  double scale = 0.0;  // what residuals are compared with; the first one counts where the field is held
  for (;; ++report.newton_iterations) {
    if (reaction) reaction(field, sink_, source_);
    const double load = linearise(space_, step, field, diffusivity, 1.0 / dt);
    transport_.apply(diagonal_, diffusivity, field, residual_);
    axpby(space_, 1.0, load_, -1.0, residual_);
    mask(residual_, free_);
    const double size = norm(space_, residual_);
    scale = std::max({scale, load, report.newton_iterations == 0 ? size : 0.0});
    report.residual = size > 0.0 ? size / scale : 0.0;
    report.converged = report.residual <= spec_.tolerance;
    if (report.converged || !std::isfinite(report.residual) || report.newton_iterations == spec_.newton_iterations)
      return report;
    // half of what is allowed, for the rounding between this residual and that of the next pass
    const double wanted = std::max(0.5 * spec_.tolerance / report.residual, reaction ? newton_forcing : 0.0);
    const KrylovReport solve =
        conjugate_gradients(space_, matrix, jacobi_, residual_, correction_, wanted, spec_.krylov_iterations, work_);
    report.krylov_iterations += solve.iterations;
    add(field, correction_);
    if (solve.end != KrylovEnd::converged) return report;
  }
}

}  // namespace tautband
