#include "app/reflex_arc.hpp"

#include "fem/fibre_field.hpp"
#include "mesh/partition.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

/// The mesh's scalar point array of that name, or an empty view.
View2<double> point_array(const Mesh& mesh, const LocalMesh& local, const std::string& name, int components) {
  const auto found = mesh.point_arrays.find(name);
  if (found == mesh.point_arrays.end() || found->second.components != components) return {};
  return localise_point_array(local, found->second);
}

}  // namespace

ReflexArc::ReflexArc(const spec::Case& spec, const Treatments& treatments, double start, const Mesh& mesh,
                     const LocalMesh& local, const Geometry& geometry, const std::vector<RegionBatches>& muscle)
    : time_(spec.time) {
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
  const auto tonic = [drive = pool.tonic_drive, curve, &treatments](double time) {
    return treatments.at(time).tonic_drive(curve ? drive * spec::evaluate(*curve, time) : drive);
  };
  reflex_ = std::make_unique<ReflexStage>(p, tonic, spec.time.network_step, start, local, geometry, muscle,
                                          cross_section, territories_);
  activation_ = std::make_unique<ActivationStage>(p.activation, territories_, local, muscle);
  slow_ = std::make_unique<SlowReflex>(*reflex_, p.activation);
  state_ = reflex_->initial_state();
  influence_.fusimotor = p.fusimotor.resting;
}

double ReflexArc::advance(double dt, const NeuralInfluence& influence, const MuscleState& state) {
  influence_ = influence;
  in_slow_time_ = time_.reflex == spec::ReflexForm::slow ||
                  (time_.reflex == spec::ReflexForm::automatic && dt > time_.longest_fast_step);
  activation_->save(state);
  if (in_slow_time_)
    slow_->steady(state_, state_.time + dt, influence, excitation_);
  else
    reflex_->advance(state_, dt, influence, excitation_);
  return activation_->advance(excitation_, state);
}

void ReflexArc::undo(const MuscleState& state) const { activation_->restore(state); }

void ReflexArc::sample(double time, const NodeVector& u, const std::vector<double>& tension) {
  if (!in_slow_time_) return reflex_->sample(time, u, tension, state_);
  unchecked_ += time - state_.time;
  reflex_->settle(time, u, tension, influence_, state_);
  if (time_.check_interval > 0.0 && unchecked_ >= time_.check_interval) compare();
}

void ReflexArc::archive(StateArchive& archive) {
  ReflexStage::archive(archive, state_);
  archive.number("slow_time_unchecked", unchecked_);
  archive.number("check_count", check_.count);
  archive.number("check_fast", check_.fast);
  archive.number("check_slow", check_.slow);
  archive.number("check_largest_difference", check_.largest_difference);
}

void ReflexArc::compare() {
  unchecked_ = 0.0;
  ++check_.count;
  check_.fast = slow_->fast_mean(state_, influence_);
  check_.slow = slow_->steady_mean(state_, influence_);
  const double larger = std::max(check_.fast, check_.slow);
  if (larger > 0.0)
    check_.largest_difference = std::max(check_.largest_difference, std::abs(check_.fast - check_.slow) / larger);
}

}  // namespace tautband
