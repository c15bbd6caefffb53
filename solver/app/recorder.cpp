#include "app/recorder.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

/// Component c of an array at quadrature points as a field of its own.
void take(const PointArray& values, int c, const PointField& out) {
  Kokkos::deep_copy(out, Kokkos::subview(values, Kokkos::ALL, Kokkos::ALL, c, Kokkos::ALL));
}

PointField like(const PointArray& values) {
  return PointField("tautband::probe_field", values.extent(0), values.extent(1), values.extent(3));
}

/// sum(batch, lane) = values(batch, 0, lane) + values(batch, 1, lane)
void add_first_two(const ElementVector& values, const View2<double>& sum) {
  Kokkos::parallel_for(
      "tautband::add_first_two", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(sum.size())),
      KOKKOS_LAMBDA(const Index item) {
        sum(item / lanes, item % lanes) = values(item / lanes, 0, item % lanes) + values(item / lanes, 1, item % lanes);
      });
}

struct NodalField {
  const char* name;
  int component;
  const char* unit;
  const char* long_name;
};

constexpr NodalField nodal_fields[] = {
    {"fibre_stretch", report::stretch, "1", "fibre stretch"},
    {"fibre_stress", report::fibre_stress, "Pa", "Cauchy stress of the fibre part along the fibre"},
    {"tension", report::tension, "Pa", "Cauchy stress along the fibre"},
    {"lateral_pressure", report::lateral_pressure, "Pa", "pressure across the fibre, minus mean transverse stress"},
    {"pressure", report::pressure, "Pa", "volumetric pressure, positive in tension"},
};

}  // namespace

Recorder::Recorder(const std::string& folder, const Simulation& simulation, const Provenance& provenance,
                   const std::string& resolved_case, std::optional<Kept> kept)
    : simulation_(simulation), average_(simulation.local(), simulation.geometry(), simulation.halo()) {
  const LocalMesh& local = simulation.local();
  const spec::Case& spec = simulation.spec();
  if (!spec.probes.empty()) {
    std::vector<std::array<double, 3>> positions;
    for (const spec::Probe& p : spec.probes) positions.push_back(p.position);
    probes_ = std::make_unique<PointSampler>(local, positions, "probe", simulation.geometry().fibre, 2);
    for (PointField& f : probe_fields_) f = like(simulation.report());
  }
  cell_vector_ = ElementVector("tautband::cell_vector", local.n_batches, 3, lanes);
  cell_tensor_ = ElementVector("tautband::cell_tensor", local.n_batches, 6, lanes);
  cell_scalar_ = View2<double>("tautband::cell_scalar", local.n_batches, lanes);
  if (Physiology* physiology = simulation.physiology())
    physiology_ = std::make_unique<PhysiologyRecord>(*physiology, simulation.tissue().muscle, local,
                                                     simulation.geometry(), simulation.fibrous_regions());
  next_fields_ = next_row_ = std::max(spec.output.from, simulation.clock().now());
  std::optional<long> steps, rows;
  if (kept) {
    steps = kept->steps;
    rows = kept->rows;
  }
  result_ = std::make_unique<ResultFile>(folder + "/result.vtkhdf", simulation.mesh(), local, fields(), spec.output,
                                         provenance, resolved_case, steps);
  history_ = std::make_unique<History>(folder, columns(), provenance, resolved_case, local.comm, rows);
  if (physiology_ && result_->n_steps() == 0) physiology_->write_static(*result_, average_);
}

std::vector<ResultField> Recorder::fields() const {
  std::vector<ResultField> all{{"displacement", 3, "m", "displacement", Centre::point, true, Stored::real}};
  for (const NodalField& f : nodal_fields)
    all.push_back({f.name, 1, f.unit, f.long_name, Centre::point, true, Stored::real});
  all.push_back({"activation", 1, "1", "activation", Centre::point, true, Stored::real});
  all.push_back({"contracture_stretch", 1, "1", "contracture eigen-stretch", Centre::point, true, Stored::real});
  all.push_back({"fibre_direction", 3, "1", "fibre direction, deformed", Centre::cell, true, Stored::real});
  all.push_back({"volume_ratio", 1, "1", "determinant of the deformation gradient", Centre::cell, true, Stored::real});
  all.push_back({"stress", 6, "Pa", "Cauchy stress xx yy zz xy yz xz", Centre::cell, true, Stored::real});
  all.push_back({"shear_modulus_difference", 1, "Pa", "rho (c_par^2 - c_perp^2): tension minus transverse stress",
                 Centre::cell, true, Stored::real});
  if (physiology_) {
    const std::vector<ResultField> more = physiology_->fields();
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::vector<HistoryColumn> Recorder::columns() const {
  std::vector<HistoryColumn> all{{"time", "s", "time"},
                                 {"step", "s", "length of the mechanics step"},
                                 {"newton_iterations", "1", "Newton iterations of the step"},
                                 {"krylov_iterations", "1", "linear iterations of the step"}};
  for (const BoundaryForce& f : simulation_.boundary_forces())
    for (char axis : {'x', 'y', 'z'})
      all.push_back({fmt::format("force_{}_{}", f.set, axis), "N", "force of the boundary on the tissue"});
  if (physiology_) {
    const std::vector<HistoryColumn> more = physiology_->columns();
    all.insert(all.end(), more.begin(), more.end());
  }
  const HistoryColumn common[] = {
      {"activation_mean", "1", "activation, mean over the muscle"},
      {"activation_max", "1", "activation, largest"},
      {"contracture_min", "1", "contracture eigen-stretch, smallest"},
      {"knot_stretch", "1", "smallest fibre stretch in the end-plate zone"},
      {"fibre_stretch_min", "1", "smallest fibre stretch"},
      {"fibre_stretch_max", "1", "largest fibre stretch"},
      {"tension_max", "Pa", "largest tension along the fibre"},
      {"negative_fibre_tangents", "1", "points where the nominal fibre stress falls with stretch"},
      {"volume", "m^3", "deformed volume"}};
  all.insert(all.end(), std::begin(common), std::end(common));
  for (const spec::Probe& p : simulation_.spec().probes) {
    for (char axis : {'x', 'y', 'z'})
      all.push_back({fmt::format("{}_u_{}", p.name, axis), "m", "displacement of a probe"});
    all.push_back({p.name + "_fibre_stretch", "1", "fibre stretch at a probe"});
    all.push_back({p.name + "_fibre_stress", "Pa", "fibre stress at a probe"});
    all.push_back({p.name + "_lateral_pressure", "Pa", "lateral pressure at a probe"});
  }
  return all;
}

std::vector<double> Recorder::row(const StepSummary& step) {
  std::vector<double> r{simulation_.clock().now(), step.dt, double(step.newton_iterations),
                        double(step.krylov_iterations)};
  for (const BoundaryForce& f : simulation_.boundary_forces()) r.insert(r.end(), f.force.begin(), f.force.end());
  if (physiology_) {
    const std::vector<double> more = physiology_->row();
    r.insert(r.end(), more.begin(), more.end());
  }
  const Observables o = simulation_.observe();
  for (double v : {o.activation_mean, o.activation_max, o.contracture_min, o.knot_stretch, o.fibre_stretch_min,
                   o.fibre_stretch_max, o.tension_max, double(o.negative_fibre_tangents), o.volume})
    r.push_back(v);
  if (probes_) {
    take(simulation_.report(), report::fibre_stress, probe_fields_[0]);
    take(simulation_.report(), report::lateral_pressure, probe_fields_[1]);
    probes_->sample(simulation_.tissue().mechanics.displacement, {probe_fields_[0], probe_fields_[1]});
    const auto& v = probes_->host_values();
    for (int i = 0; i < probes_->size(); ++i)
      for (int c :
           {0, 1, 2, int(PointSampler::stretch), int(PointSampler::first_field), int(PointSampler::first_field) + 1})
        r.push_back(v(i, c));
  }
  return r;
}

bool Recorder::row_due(double time) {
  const double interval = simulation_.spec().output.history_interval;
  if (time < simulation_.spec().output.from) return false;
  if (interval <= 0.0) return true;
  if (time < next_row_ - 1e-9 * interval && !simulation_.done()) return false;
  next_row_ = (std::floor(time / interval + 1e-9) + 1.0) * interval;
  return true;
}

bool Recorder::fields_due(double time) {
  const double interval = simulation_.spec().output.interval;
  if (time < simulation_.spec().output.from) return false;
  if (time < next_fields_ - 1e-9 * interval && !simulation_.done()) return false;
  next_fields_ = (std::floor(time / interval + 1e-9) + 1.0) * interval;
  return true;
}

void Recorder::record(const StepSummary& step) {
  const double time = simulation_.clock().now();
  if (row_due(time)) {
    history_->append(row(step));
    ++n_rows_;
  }
  if (fields_due(time)) write_fields(time);
}

void Recorder::write_fields(double time) {
  const LocalMesh& local = simulation_.local();
  const Geometry& geometry = simulation_.geometry();
  const PointArray& values = simulation_.report();
  result_->begin_step(time);
  result_->write("displacement", simulation_.tissue().mechanics.displacement);
  for (const NodalField& f : nodal_fields) result_->write(f.name, average_(values, f.component));
  result_->write("activation", average_(simulation_.system().activation()));
  result_->write("contracture_stretch", average_(simulation_.system().contracture()));
  if (physiology_) physiology_->write(*result_, average_);
  cell_average(local, geometry, values, report::fibre, 3, cell_vector_);
  result_->write("fibre_direction", cell_vector_);
  cell_average(local, geometry, values, report::stress, 6, cell_tensor_);
  result_->write("stress", cell_tensor_);
  cell_average(local, geometry, values, report::volume_ratio, 1, cell_vector_);
  Kokkos::deep_copy(cell_scalar_, Kokkos::subview(cell_vector_, Kokkos::ALL, 0, Kokkos::ALL));
  result_->write("volume_ratio", cell_scalar_);
  cell_average(local, geometry, values, report::tension, 2, cell_vector_);  // tension and lateral pressure
  add_first_two(cell_vector_, cell_scalar_);
  result_->write("shear_modulus_difference", cell_scalar_);
  result_->end_step();
}

Recorder::Kept Recorder::kept_by(StateArchive& archive) {
  Kept kept;
  archive.number("result_steps", kept.steps);
  archive.number("history_rows", kept.rows);
  return kept;
}

void Recorder::archive(StateArchive& archive) {
  int steps = result_->n_steps();
  archive.number("result_steps", steps);
  archive.number("history_rows", n_rows_);
  archive.number("next_fields", next_fields_);
  archive.number("next_row", next_row_);
}

void Recorder::close() { result_->close(); }

}  // namespace tautband
