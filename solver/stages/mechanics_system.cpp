#include "stages/mechanics_system.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

Kokkos::RangePolicy<Execution> range(Index n) { return Kokkos::RangePolicy<Execution>(0, n); }

}  // namespace

MechanicsSystem::MechanicsSystem(const Mesh& mesh, const LocalMesh& local, const Halo& halo, const spec::Case& spec)
    : local_(local), halo_(halo), spec_(spec), context_{local, make_geometry(local), {}, {}}, treatments_(local, spec) {
  const int points = nodes_per_element(local.kind), modes = local.kind == ElementKind::hex8 ? 1 : 4;
  context_.tangent_modes = ModeMatrix("tautband::tangent_modes", local.n_batches, modes * (modes + 1) / 2, lanes);
  context_.mode_tangent = PointField("tautband::mode_tangent", local.n_batches, points, lanes);
  inversion_ = InversionFlag("tautband::inversion");
  found_pressure_ = PointField("tautband::found_pressure", local.n_batches, points, lanes);
  report_ = PointArray("tautband::report", local.n_batches, points, int(report::size), lanes);
  make_regions(mesh);
  make_boundaries();
  if (has_follower_pressure()) probe_.emplace(space(), local_.global_node, mask_);
}

bool MechanicsSystem::has_follower_pressure() const {
  return treatments_.presses() || std::any_of(loads_.begin(), loads_.end(), [](const Load& l) {
           return l.spec->kind == spec::BoundaryKind::pressure;
         });
}

double MechanicsSystem::prestretch_factor() const {
  const spec::Prestretch& p = spec_.prestretch;
  return (p.stretch - 1.0) * std::clamp((time_ + p.duration) / p.duration, 0.0, 1.0);
}

namespace {

/// out(node, c) = value(c) + stretch (X - centre).axis axis(c)
struct MovedPosition {
  NodeVector X, out;
  Vec3<double> value, axis, centre;
  double stretch;
  KOKKOS_INLINE_FUNCTION double operator()(Index n, int c) const {
    double along = 0.0;
    for (int i = 0; i < 3; ++i) along += (X(n, i) - centre(i)) * axis(i);
    return value(c) + stretch * along * axis(c);
  }
};

Vec3<double> scaled(const std::array<double, 3>& a, double f) { return {{f * a[0], f * a[1], f * a[2]}}; }

}  // namespace

/// Where a boundary is told to be at the time set, besides pre-stretch: `value` times its curve, and stretches.
Vec3<double> MechanicsSystem::target(const Load& load, const std::array<double, 3>& value) const {
  const std::array<double, 3> shift = treatments_.shift(load.spec->set);
  Vec3<double> place = scaled(value, load.factor);
  for (int i = 0; i < 3; ++i) place(i) += shift[i];
  return place;
}

void MechanicsSystem::set_time(double t, double inverse_dt, const Tissue& tissue) {
  time_ = t;
  inverse_dt_ = inverse_dt;
  treatments_.set_time(t);
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    Region& region = regions_[i];
    region.values.clear();
    for (const FieldSource& source : region.parameters) region.values.push_back(source.at(t));
    inputs_[i].inverse_dt = inverse_dt;
    inputs_[i].previous_stretch = tissue.mechanics.stretch;
    compose(region, inputs_[i], tissue);
  }
  for (Load& load : loads_) {
    load.factor = load.spec->curve.empty() ? 1.0 : spec::evaluate(spec_.curves.at(load.spec->curve), t);
    if (load.anchor.extent(0) == 0) continue;
    const MovedPosition move{local_.X,
                             load.anchor,
                             target(load, load.spec->anchor),
                             scaled(spec_.prestretch.axis, 1.0),
                             scaled(spec_.prestretch.centre, 1.0),
                             load.spec->prestretch ? prestretch_factor() : 0.0};
    Kokkos::parallel_for(
        "tautband::anchor", range(local_.n_nodes), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c) move.out(n, c) = move(n, c);
        });
  }
  const double factor =
      spec_.body_force.curve.empty() ? 1.0 : spec::evaluate(spec_.curves.at(spec_.body_force.curve), t);
  const Vec3<double> g = scaled(spec_.body_force.acceleration, factor);
  const NodeVector body = body_;
  Kokkos::parallel_for(
      "tautband::body", range(local_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) body(n, c) = g(c);
      });
}

void MechanicsSystem::archive(StateArchive& archive, const Tissue& tissue) {
  archive.number("mechanics_time", time_);
  archive.number("mechanics_rate", inverse_dt_);
  set_time(time_, inverse_dt_, tissue);
}

namespace {

/// What the laws read: the fields of the muscle with what the case imposes.
struct Composition {
  MuscleState muscle;
  ParameterValue activation, contracture, stress;
  double grown;  ///< the curve of the contracture leads from 1 (none) to the value
  PointField activation_out, contracture_out, stress_out;  ///< the last may be empty
  Index first;
  int points;

  KOKKOS_INLINE_FUNCTION static double at(const ParameterValue& p, Index b, int q, int lane) {
    return p.constant * (p.field.size() ? p.field(b, q, lane) : 1.0);
  }
  KOKKOS_INLINE_FUNCTION void operator()(const Index item) const {
    const int lane = item % lanes, q = (item / lanes) % points;
    const Index b = first + item / (lanes * points);
    const double a = min(1.0, muscle.activation(b, q, lane) + at(activation, b, q, lane));
    activation_out(b, q, lane) = muscle.effectiveness.size() ? a * muscle.effectiveness(b, q, lane) : a;
    contracture_out(b, q, lane) = muscle.contracture(b, q, lane) * (1.0 + grown * (at(contracture, b, q, lane) - 1.0));
    if (stress_out.size()) stress_out(b, q, lane) = a * at(stress, b, q, lane);
  }
};

}  // namespace

void MechanicsSystem::compose(const Region& region, const LawInputs& in, const Tissue& tissue) const {
  const int points = nodes_per_element(local_.kind);
  const Composition body{tissue.muscle,
                         region.activation.at(time_),
                         region.contracture.value(),
                         region.active_stress.at(time_),
                         region.contracture.curve(time_),
                         in.activation,
                         in.contracture,
                         region.spec->active != Active::none ? in.active_stress : PointField(),
                         region.range.first_batch,
                         points};
  Kokkos::parallel_for("tautband::compose", range(region.range.n_batches * points * lanes), body);
}

void MechanicsSystem::prescribe(const NodeVector& u) const {
  for (const Load& load : loads_) {
    if (load.faces) continue;
    const MovedPosition move{local_.X,
                             u,
                             target(load, load.spec->value),
                             scaled(spec_.prestretch.axis, 1.0),
                             scaled(spec_.prestretch.centre, 1.0),
                             load.spec->prestretch ? prestretch_factor() : 0.0};
    const View1<Index> nodes = load.nodes;
    for (int c = 0; c < 3; ++c) {
      if (load.spec->components.find("xyz"[c]) == std::string::npos) continue;
      Kokkos::parallel_for(
          "tautband::prescribe", range(static_cast<Index>(nodes.extent(0))),
          KOKKOS_LAMBDA(const Index i) { u(nodes(i), c) = move(nodes(i), c); });
    }
  }
}

void MechanicsSystem::add_loads(const NodeVector& u, const NodeVector& r) const {
  for (const Load& load : loads_) {
    const spec::Boundary& b = *load.spec;
    const auto times = [&](double x) { return x * load.factor; };
    switch (b.kind) {
      case spec::BoundaryKind::traction:
        add_traction(local_, *load.faces, {times(b.value[0]), times(b.value[1]), times(b.value[2])}, r);
        break;
      case spec::BoundaryKind::spring:
        add_spring(local_, *load.faces, {b.stiffness, load.anchor}, u, r);
        break;
      case spec::BoundaryKind::pressure:
        add_pressure(local_, *load.faces, times(b.pressure), u, r);
        break;
      case spec::BoundaryKind::displacement:
        break;
    }
  }
  treatments_.add_pressures(u, r);
  const auto& g = spec_.body_force.acceleration;
  if (g[0] != 0.0 || g[1] != 0.0 || g[2] != 0.0)
    for (const Region& region : regions_) region.kernel->add_mass(-region.spec->density, body_, r);
}

bool MechanicsSystem::residual(const NodeVector& u, const NodeVector& r) const {
  fill(r, 0.0);
  Kokkos::deep_copy(inversion_, -1);
  for (std::size_t i = 0; i < regions_.size(); ++i)
    regions_[i].kernel->residual(inputs_[i], regions_[i].values, u, r, inversion_);
  add_loads(u, r);
  halo_.add(r);
  Index item = -1;
  Kokkos::deep_copy(item, inversion_);
  int bad = item >= 0;
  MPI_Allreduce(MPI_IN_PLACE, &bad, 1, MPI_INT, MPI_MAX, local_.comm);
  return bad == 0;
}

void MechanicsSystem::loads(const NodeVector& u, const NodeVector& r) const {
  fill(r, 0.0);
  add_loads(u, r);
  halo_.add(r);
}

void MechanicsSystem::linearise(const NodeVector& u, double mass_factor, const PointField& pressure) {
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    if (inputs_[i].projected) inputs_[i].tangent_pressure = pressure;
    regions_[i].kernel->linearise(inputs_[i], regions_[i].values, u, inversion_);
    regions_[i].kernel->set_inertia(mass_factor * regions_[i].spec->density);
  }
  linearised_at_ = u;
}

void MechanicsSystem::apply(const NodeVector& x, const NodeVector& y, TangentPart part) const {
  fill(y, 0.0);
  for (const Region& region : regions_) region.kernel->apply(x, y, Part::boundary);
  for (const Load& load : loads_) {
    const spec::Boundary& b = *load.spec;
    if (b.kind == spec::BoundaryKind::spring) add_spring(local_, *load.faces, {b.stiffness, {}}, x, y);
  }
  add_pressure_tangents(x, y, part);
  halo_.begin(y);  // shared nodes are complete
  for (const Region& region : regions_) region.kernel->apply(x, y, Part::interior);
  halo_.finish(y);
}

void MechanicsSystem::predict_pressure(const NodeVector& d, double factor, const PointField& to) const {
  if (spec_.mesh.formulation != spec::Formulation::mixed) return;
  for (const Region& region : regions_) region.kernel->predict_pressure(d, factor, found_pressure_, to);
}

std::vector<RegionTangent> MechanicsSystem::tangents() const {
  std::vector<RegionTangent> tangents;
  for (const Region& region : regions_) tangents.push_back(region.kernel->tangent());
  return tangents;
}

bool MechanicsSystem::has_springs() const {
  return std::any_of(loads_.begin(), loads_.end(),
                     [](const Load& l) { return l.spec->kind == spec::BoundaryKind::spring; });
}

void MechanicsSystem::lump_supports(const NodeBlocksF& blocks) const {
  const NodeVector unit("tautband::unit", local_.n_nodes), sums("tautband::support_sums", local_.n_nodes);
  for (int c = 0; c < 3; ++c) {
    fill(unit, 0.0);
    fill(sums, 0.0);
    Kokkos::deep_copy(Kokkos::subview(unit, Kokkos::ALL, c), 1.0);
    for (const Load& load : loads_)
      if (load.spec->kind == spec::BoundaryKind::spring)
        add_spring(local_, *load.faces, {load.spec->stiffness, {}}, unit, sums);
    halo_.add(sums);
    Kokkos::parallel_for(
        "tautband::lump_supports", range(local_.n_nodes), KOKKOS_LAMBDA(const Index n) {
          for (int i = 0; i < 3; ++i) blocks(n, i, c) = static_cast<float>(sums(n, i));
        });
  }
}

void MechanicsSystem::add_pressure_tangents(const NodeVector& x, const NodeVector& y, TangentPart part) const {
  for (const Load& load : loads_)
    if (load.spec->kind == spec::BoundaryKind::pressure)
      add_pressure_tangent(local_, *load.faces, load.spec->pressure * load.factor, linearised_at_, x, y, {}, part);
  treatments_.add_tangent(linearised_at_, x, y, part);
}

bool MechanicsSystem::symmetric() const {
  return !probe_ || probe_->symmetric([&](const NodeVector& x, const NodeVector& y) {
    fill(y, 0.0);
    add_pressure_tangents(x, y, TangentPart::whole);
    halo_.add(y);
  });
}

void MechanicsSystem::diagonal(const NodeBlocks& blocks) const {
  Kokkos::deep_copy(blocks, 0.0);
  for (const Region& region : regions_) region.kernel->diagonal(blocks);
  for (const Load& load : loads_)
    if (load.spec->kind == spec::BoundaryKind::spring)
      add_spring_diagonal(local_, *load.faces, load.spec->stiffness, blocks);
  halo_.add(blocks);
}

void MechanicsSystem::add_mass(double factor, const NodeVector& a, const NodeVector& r) const {
  const NodeVector product("tautband::mass_product", local_.n_nodes);
  for (const Region& region : regions_) region.kernel->add_mass(factor * region.spec->density, a, product);
  halo_.add(product);
  axpby(space(), 1.0, product, 1.0, r);
}

const PointArray& MechanicsSystem::report(const NodeVector& u) {
  for (std::size_t i = 0; i < regions_.size(); ++i)
    regions_[i].kernel->report(inputs_[i], regions_[i].values, u, report_);
  return report_;
}

TroubledCell MechanicsSystem::trouble(const NodeVector& u, const NodeVector& r) {
  return find_troubled_cell(local_, r, mask_, report(u));
}

std::vector<BoundaryForce> MechanicsSystem::boundary_forces(const NodeVector& u, const NodeVector& r) const {
  std::vector<BoundaryForce> forces;
  const NodeVector work("tautband::boundary_force", local_.n_nodes);
  for (const Load& load : loads_) {
    const spec::Boundary& b = *load.spec;
    double f[3] = {0.0, 0.0, 0.0};
    if (b.kind == spec::BoundaryKind::displacement) {
      const View1<Index> nodes = load.nodes;
      const Index owned = local_.n_owned;
      for (int c = 0; c < 3; ++c) {
        if (b.components.find("xyz"[c]) == std::string::npos) continue;
        Kokkos::parallel_reduce(
            "tautband::reaction", range(static_cast<Index>(nodes.extent(0))),
            KOKKOS_LAMBDA(const Index i, double& s) {
              if (nodes(i) < owned) s += r(nodes(i), c);
            },
            f[c]);
      }
    } else if (b.kind == spec::BoundaryKind::spring) {
      fill(work, 0.0);
      add_spring(local_, *load.faces, {b.stiffness, load.anchor}, u, work);
      for (int c = 0; c < 3; ++c)
        Kokkos::parallel_reduce(
            "tautband::spring_force", range(local_.n_nodes),
            KOKKOS_LAMBDA(const Index n, double& s) { s -= work(n, c); }, f[c]);
    } else {
      continue;
    }
    sum_over_ranks(space(), f);
    forces.push_back({b.set, {f[0], f[1], f[2]}});
  }
  return forces;
}

std::size_t MechanicsSystem::bytes() const {
  std::size_t sum =
      sizeof(double) * (context_.geometry.jacobian.size() + context_.geometry.fibre.size() + report_.size() +
                        context_.mode_tangent.size() + context_.tangent_modes.size() + 4 * activation_.size());
  for (const Region& region : regions_) sum += region.kernel->bytes();
  return sum;
}

}  // namespace tautband
