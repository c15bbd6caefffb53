#include "performance/problem.hpp"

#include "base/error.hpp"
#include "operators/reference/region.hpp"

#include <cmath>

namespace tautband::performance {

namespace {

using E = Hex27;
using Law = Tautband;
constexpr double activation = 0.1, contracture = 0.95, inverse_dt = 10.0;

std::array<int, 3> cells_for(double dofs) {
  const int n = std::max(1, static_cast<int>(std::lround(0.5 * (std::cbrt(dofs / 3.0) - 1.0))));
  return {n, n, n};
}

spec::Case case_of(spec::TangentForm form) {
  spec::Case c;
  c.regions.push_back(verification::default_region("tautband"));
  c.regions[0].tangent = form;
  c.regions[0].activation = spec::Field{activation, "", ""};
  c.regions[0].contracture_stretch = spec::Field{contracture, "", ""};
  spec::Boundary held;
  held.set = "x0";
  held.kind = spec::BoundaryKind::displacement;
  held.components = "xyz";
  c.boundaries.push_back(held);
  return c;
}

/// Homogeneous, so that the tangent of one cell is that of all; det F = 1 to 1e-6, so that it is positive definite.
double stretched(const std::array<double, 3>& X, int c) {
  constexpr double gradient[3][3] = {{0.04, 0.01, -0.02}, {0.01, -0.01, 0.02}, {-0.01, 0.02, -0.028053}};
  return gradient[c][0] * X[0] + gradient[c][1] * X[1] + gradient[c][2] * X[2];
}

double rough(const std::array<double, 3>& X, int c) { return std::cos(3.1e3 * X[c] + 1.7e3 * X[(c + 1) % 3] + c); }

/// Oxygen (mmHg, node) with a hollow of 1 mm in the middle of the block.
View1<double> hollow(const LocalMesh& local) {
  const View1<double> oxygen("oxygen", local.n_nodes);
  const NodeVector X = local.X;
  Kokkos::parallel_for(
      "tautband::hollow", Kokkos::RangePolicy<Execution>(0, local.n_nodes), KOKKOS_LAMBDA(const Index n) {
        double square = 0.0;
        for (int c = 0; c < 3; ++c) square += (X(n, c) - 5e-3) * (X(n, c) - 5e-3);
        oxygen(n) = 30.0 - 25.0 * ::exp(-square / 1e-6);
      });
  return oxygen;
}

}  // namespace

Problem::Problem(double dofs, spec::TangentForm form, MPI_Comm comm)
    : BlockProblem(ElementKind::hex27, cells_for(dofs), 0.0, case_of(form), 0.01, comm),
      u(nodal(stretched)),
      x(nodal(rough)),
      y("y", local.n_nodes),
      form_(form),
      blocks_("blocks", local.n_nodes),
      right_side_("right_side", local.n_nodes),
      solution_("solution", local.n_nodes),
      work_(system->space()),
      jacobi_(system->space()) {
  system->set_time(0.0, inverse_dt, tissue);
  if (!system->residual(u, right_side_)) throw RunError("the block is inverted");
  linearise();
  diagonal();
  jacobi_.set(blocks_, system->mask());
}

void Problem::iterate(const Preconditioner& B, int iterations) const {
  const KrylovReport report = conjugate_gradients(
      system->space(), [&](const NodeVector& p, const NodeVector& Ap) { system->apply(p, Ap); }, B, right_side_,
      solution_, 0.0, iterations, work_);
  if (report.end != KrylovEnd::iterations) throw RunError("conjugate gradients ended early");
}

void Problem::set_up_multigrid() {
  if (!multigrid_) multigrid_.emplace(*system);
  diagonal();
  multigrid_->set(blocks_);
}

void Problem::iterate_with_multigrid(int iterations) {
  if (!multigrid_) set_up_multigrid();
  iterate(*multigrid_, iterations);
}

void Problem::apply_single() {
  if (!single_) {
    single_.emplace(system->context());
    single_->store(system->tangents());
    single_x_ = NodeVectorF("x", local.n_nodes);
    single_y_ = NodeVectorF("y", local.n_nodes);
    Kokkos::deep_copy(single_x_, x);
  }
  Kokkos::deep_copy(single_y_, 0.0F);
  single_->apply(single_x_, single_y_, Part::boundary);
  halo->begin(single_y_);
  single_->apply(single_x_, single_y_, Part::interior);
  halo->finish(single_y_);
}

void Problem::assemble() {
  LawInputs in;
  in.geometry = system->geometry();
  in.activation = system->activation();
  in.contracture = system->contracture();
  in.previous_stretch = tissue.mechanics.stretch;
  in.inverse_dt = inverse_dt;
  std::vector<ParameterValue> parameters;
  for (const ParameterInfo& info : Law::parameters)
    parameters.push_back({spec.regions[0].parameters.at(std::string(info.name)).constant, {}});
  const reference::Region<E, Law> region(local, local.regions[0], in, parameters, u);
  const std::vector<double> tangent = region.element(0).tangent();
  matrix_.emplace(local);
  for (Index e = 0; e < region.n_elements(); ++e) matrix_->add(region.nodes(e), tangent);
}

/// What multiply() leaves in y against apply().
void Problem::check_product(void (Problem::*product)()) {
  apply();
  const NodeVector expected = system->space().vector("expected");
  copy(expected, y);
  (this->*product)();
  axpby(system->space(), -1.0, expected, 1.0, y);
  if (!(norm(system->space(), y) < 1e-9 * norm(system->space(), expected)))
    throw RunError("the assembled product differs from the matrix-free one");
}

void Problem::multiply() {
  if (!matrix_) {
    assemble();
    check_product(&Problem::multiply);
  }
  matrix_->multiply(x, y);
  halo->add(y);
}

void Problem::multiply_rows() {
  if (!rows_) {
    if (!matrix_) assemble();
    rows_.emplace(*matrix_);
    check_product(&Problem::multiply_rows);
  }
  rows_->multiply(x, y);
  halo->add(y);
}

void Problem::diffuse() {
  if (!transport_) {
    transport_.emplace(local, system->geometry(), *halo);
    transport_->deform(u);
    scalar_ = hollow(local);
    image_ = View1<double>("image", local.n_nodes);
  }
  transport_->apply(transport_->volume(), 2.4e-9, scalar_, image_);
}

void Problem::spread_oxygen() {
  constexpr double uptake = 0.034, level = 30.0, dt = 1.0;  // 1/s, mmHg, s: as in resting muscle
  if (!diffusion_) {
    diffusion_.emplace(local, system->geometry(), *halo, tautband::spec::Diffusion{});
    diffusion_->deform(u);
    start_ = hollow(local);
    scalar_ = View1<double>("oxygen", local.n_nodes);
    sink_ = PointField("uptake", local.n_batches, E::points, lanes);
    source_ = PointField("supply", local.n_batches, E::points, lanes);
    Kokkos::deep_copy(sink_, uptake);
    Kokkos::deep_copy(source_, uptake * level);
  }
  copy(scalar_, start_);
  if (!diffusion_->advance(scalar_, 2.4e-9, sink_, source_, dt).converged) throw RunError("oxygen did not spread");
}

}  // namespace tautband::performance
