#include "app/reflex_arc.hpp"

#include "fem/fibre_field.hpp"
#include "mesh/partition.hpp"

namespace tautband {

namespace {

/// The mesh's scalar point array of that name, or an empty view.
View2<double> point_array(const Mesh& mesh, const LocalMesh& local, const std::string& name, int components) {
  const auto found = mesh.point_arrays.find(name);
  if (found == mesh.point_arrays.end() || found->second.components != components) return {};
  return localise_point_array(local, found->second);
}

}  // namespace

ReflexArc::ReflexArc(const spec::Case& spec, double start, const Mesh& mesh, const LocalMesh& local,
                     const Geometry& geometry, const std::vector<RegionBatches>& muscle) {
  const spec::Physiology& p = spec.physiology;
  View2<double> cross_section = point_array(mesh, local, "cross_section", 2);
  const View2<double> along = point_array(mesh, local, "fibre_position", 1);
  if (along.size() > 0 || local.n_nodes == 0) {
    fibre_position_ = View1<double>("tautband::fibre_position", local.n_nodes);
    if (along.size() > 0) Kokkos::deep_copy(fibre_position_, Kokkos::subview(along, Kokkos::ALL, 0));
  }
  if (!mesh.point_arrays.count("cross_section") || !mesh.point_arrays.count("fibre_position")) {
    const std::array<double, 3> axis = mean_fibre(local, geometry, muscle);
    if (!mesh.point_arrays.count("cross_section")) cross_section = perpendicular_coordinates(local, axis);
    if (!mesh.point_arrays.count("fibre_position")) fibre_position_ = straight_fibre_position(local, muscle, axis);
  }
  const spec::MotorPool& pool = p.motor_pool;
  territories_ = make_territories(
      local, geometry, muscle, cross_section,
      {pool.territories, pool.seed, pool.territory_width, pool.order == spec::RecruitmentOrder::centre_first});
  std::optional<spec::Curve> curve;
  if (!pool.tonic_curve.empty()) curve = spec.curves.at(pool.tonic_curve);
  const auto tonic = [drive = pool.tonic_drive, curve](double time) {
    return curve ? drive * spec::evaluate(*curve, time) : drive;
  };
  reflex_ = std::make_unique<ReflexStage>(p, tonic, spec.time.network_step, start, local, geometry, muscle,
                                          cross_section, territories_);
  activation_ = std::make_unique<ActivationStage>(p.activation, territories_, local, muscle);
  state_ = reflex_->initial_state();
  influence_.fusimotor = p.fusimotor.resting;
}

double ReflexArc::advance(double dt, const MuscleState& state) {
  activation_->save(state);
  reflex_->advance(state_, dt, influence_, excitation_);
  return activation_->advance(excitation_, state);
}

void ReflexArc::undo(const MuscleState& state) const { activation_->restore(state); }

}  // namespace tautband
