#include "app/simulation.hpp"

#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "fem/sum_order.hpp"
#include "laws/registry.hpp"
#include "mesh/partition.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace tautband {

namespace {

LocalMesh local_mesh(const Mesh& mesh, const spec::Case& spec, MPI_Comm comm) {
  LocalMesh local = distribute(mesh, comm);
  if (spec.mechanics.deterministic && !host_execution) fix_sum_order(local);  // a rank of the host has one thread
  return local;
}

Tissue resting(const LocalMesh& local) {
  const int points = nodes_per_element(local.kind);
  const auto field = [&](const std::string& label, double value) {
    PointField f(label, local.n_batches, points, lanes);
    Kokkos::deep_copy(f, value);
    return f;
  };
  Tissue t;
  t.mechanics.displacement = NodeVector("tautband::displacement", local.n_nodes);
  t.mechanics.velocity = NodeVector("tautband::velocity", local.n_nodes);
  t.mechanics.acceleration = NodeVector("tautband::acceleration", local.n_nodes);
  t.mechanics.stretch = field("tautband::stretch", 1.0);
  t.muscle.activation = field("tautband::activation", 0.0);
  t.muscle.effectiveness = field("tautband::effectiveness", 1.0);
  t.muscle.contracture = field("tautband::contracture", 1.0);
  t.muscle.contracture_activation = field("tautband::contracture_activation", 0.0);
  return t;
}

/// Regions with fibres; among them the one called "muscle", where there is one. All regions when none has fibres.
std::vector<RegionBatches> regions_with_fibres(const spec::Case& spec, const LocalMesh& local) {
  std::vector<std::string> names;
  for (const spec::Region& r : spec.regions)
    if (find_law(r.law)->fibre) names.push_back(r.name);
  if (std::find(names.begin(), names.end(), "muscle") != names.end()) names = {"muscle"};
  if (names.empty()) return local.regions;
  std::vector<RegionBatches> found;
  for (const RegionBatches& r : local.regions)
    for (const std::string& name : names)
      if (local.region_names[r.region] == name) found.push_back(r);
  return found;
}

}  // namespace

Simulation::Simulation(const Mesh& mesh, const spec::Case& spec, MPI_Comm comm)
    : mesh_(mesh),
      spec_(spec),
      local_(local_mesh(mesh, spec, comm)),
      halo_(local_),
      clock_(spec),
      tissue_(resting(local_)),
      previous_stretch_("tautband::previous_stretch", local_.n_batches, nodes_per_element(local_.kind), lanes) {
  system_ = std::make_unique<MechanicsSystem>(mesh_, local_, halo_, spec_);
  mechanics_ = std::make_unique<MechanicsStage>(*system_, spec_.mechanics);
  fibrous_ = regions_with_fibres(spec_, local_);
  if (spec_.physiology.active)
    physiology_ = std::make_unique<Physiology>(spec_, clock_.now(),
                                               Physiology::Place{mesh_, local_, geometry(), halo_, fibrous_});
  mechanics_->start(clock_.now(), tissue_);
  StepSummary first;
  accept(clock_.now(), first);
}

double Simulation::accept(double time, StepSummary& summary) {
  tissue_.time = time;
  {
    const Stopwatch watch(summary.mechanics_seconds);
    Kokkos::deep_copy(previous_stretch_, tissue_.mechanics.stretch);
    observe_stretch();
  }
  const Stopwatch watch(summary.physiology_seconds);
  const bool with_tendon_organs = !spec_.physiology.golgi.empty();
  return physiology_ ? physiology_->accept(time, tissue_.mechanics.displacement, *report_,
                                           with_tendon_organs ? boundary_forces() : std::vector<BoundaryForce>())
                     : 0.0;
}

/// The report of the displacement, and the stretch in it.
void Simulation::observe_stretch() {
  report_ = &system_->report(tissue_.mechanics.displacement);
  Kokkos::deep_copy(tissue_.mechanics.stretch,
                    Kokkos::subview(*report_, Kokkos::ALL, Kokkos::ALL, int(report::stretch), Kokkos::ALL));
}

void Simulation::archive(StateArchive& archive) {
  clock_.archive(archive);
  archive.number("step", step_);
  archive.number("time", tissue_.time);
  archive.nodes("displacement", tissue_.mechanics.displacement);
  archive.nodes("velocity", tissue_.mechanics.velocity);
  archive.nodes("acceleration", tissue_.mechanics.acceleration);
  archive.points("previous_stretch", previous_stretch_);
  archive.points("activation", tissue_.muscle.activation);
  archive.points("effectiveness", tissue_.muscle.effectiveness);
  archive.points("contracture", tissue_.muscle.contracture);
  archive.points("contracture_activation", tissue_.muscle.contracture_activation);
  mechanics_->archive(archive);
  if (physiology_) physiology_->archive(archive);
  // The report follows from the rest, with rates since the stretch before.
  Kokkos::deep_copy(tissue_.mechanics.stretch, previous_stretch_);
  system_->archive(archive, tissue_);
  observe_stretch();
}

double Simulation::advance_physiology(double dt, StepSummary& summary) {
  const Stopwatch watch(summary.physiology_seconds);
  return physiology_ ? physiology_->advance(dt, *report_, tissue_.muscle) : 0.0;
}

StepReport Simulation::advance_mechanics(double dt, StepSummary& summary) {
  const Stopwatch watch(summary.mechanics_seconds);
  const StepReport report = mechanics_->advance(clock_.now(), dt, tissue_);
  summary.newton_iterations += report.newton_iterations;
  summary.krylov_iterations += report.krylov_iterations;
  summary.negative_curvatures += report.negative_curvatures;
  summary.flexible_solves += report.flexible_solves;
  if (summary.switched.empty()) summary.switched = report.switched;
  summary.linear_seconds += report.linear_seconds;
  return report;
}

StepSummary Simulation::advance() {
  StepSummary summary;
  summary.step = ++step_;
  for (;;) {
    const double dt = clock_.step(), change = advance_physiology(dt, summary);
    if (change > 2.0 * spec_.time.largest_change && clock_.cut(dt, spec_.time.largest_change / change)) {
      physiology_->undo(tissue_.muscle);
      ++summary.cuts;
      continue;
    }
    const StepReport report = advance_mechanics(dt, summary);
    if (!report.converged) {
      if (physiology_) physiology_->undo(tissue_.muscle);
      if (!clock_.cut(dt, 0.4)) give_up(report, dt);
      ++summary.cuts;
      continue;
    }
    summary.dt = dt;
    summary.time = clock_.after(dt);
    summary.change = std::max(change, accept(summary.time, summary));
    clock_.accept(dt, summary.change, report.newton_iterations <= 8);
    return summary;
  }
}

void Simulation::give_up(const StepReport& report, double dt) const {
  throw RunError(fmt::format(
      "at t = {:.6g} s: a step of {:.3g} s fails and a shorter one is not allowed (time.shortest_step = {:.3g} s): "
      "{}; relative residual {:.2e}; {}",
      clock_.now(), dt, clock_.shortest_step(), report.reason, report.residual, describe(mechanics_->trouble())));
}

Observables Simulation::observe() const {
  return tautband::observe(local_, geometry(), *report_, system_->activation(), system_->contracture(),
                           physiology_ ? physiology_->end_plate() : PointField(), fibrous_);
}

std::vector<BoundaryForce> Simulation::boundary_forces() const {
  return system_->boundary_forces(tissue_.mechanics.displacement, mechanics_->residual());
}

}  // namespace tautband
