#include "app/physiology.hpp"

#include "io/referral_table.hpp"
#include "stages/energy_crisis_setup.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

ChemistryStage::Settings chemistry_settings(const spec::Physiology& p) {
  ChemistryStage::Settings s;
  s.law = make_energy_crisis(p);
  const spec::Pain& pain = p.pain;
  s.nociceptor = {pain.sensitiser_threshold, pain.acid_gain,      pain.acid_threshold, pain.pressure_gain,
                  pain.pressure_threshold,   pain.threshold_loss, pain.half_activity,  pain.transfer};
  s.pressure_by_activation = p.chemistry.pressure_by_activation;
  s.habituation = p.chemistry.habituation;
  s.diffusivity[0] = p.diffusion.oxygen;
  s.diffusivity[1] = p.diffusion.acid;
  s.diffusivity[2] = p.diffusion.sensitiser;
  s.initial_memory = p.chemistry.initial_memory;
  return s;
}

}  // namespace

Physiology::Physiology(const spec::Case& spec, double start, const Place& place)
    : spec_(spec),
      place_(place),
      arc_(spec, start, place.mesh, place.local, place.geometry, place.muscle),
      contracture_(spec.physiology.contracture, place.local, place.geometry, place.muscle, arc_.fibre_position()),
      time_(start) {
  const spec::Physiology& p = spec.physiology;
  if (!p.chemistry.active) return;
  diffusion_ = std::make_unique<DiffusionStage>(place.local, place.geometry, place.halo, p.diffusion);
  chemistry_ = std::make_unique<ChemistryStage>(chemistry_settings(p), place.local, place.muscle, contracture_.mask(),
                                                *diffusion_);
  chemistry_state_ = chemistry_->initial_state(p.latent_points);
  pain_ = std::make_unique<PainStage>(p, referral_pattern_of(p.pain), place.local, place.geometry, place.muscle,
                                      spec.probes);
  nervous_ = pain_->initial_state();
}

ChemistryInfluence Physiology::influence() const {
  const spec::Chemistry& c = spec_.physiology.chemistry;
  return {nervous_.strength, 0.0, c.statin_leak, c.mitochondrial_capacity};
}

double Physiology::change_of_error(double error) const {
  // The clock takes 0.8 of the step that the largest change allows; an error is quadratic in the step.
  return spec_.time.largest_change * std::sqrt(error / spec_.time.tolerance);
}

double Physiology::advance(double dt, const PointArray& report, const MuscleState& muscle) {
  double change = arc_.advance(dt, muscle);
  contracture_activation_ = muscle.contracture_activation;
  if (!chemistry_) return change;
  chemistry_->save(chemistry_state_, muscle);
  contracture_.save(muscle);
  change = std::max(change, change_of_error(chemistry_->advance(dt, influence(), report, muscle, chemistry_state_)));
  return std::max(change, contracture_.advance(dt, chemistry_state_.energy, report, muscle));
}

void Physiology::undo(const MuscleState& muscle) const {
  arc_.undo(muscle);
  if (!chemistry_) return;
  chemistry_->restore(chemistry_state_, muscle);
  contracture_.restore(muscle);
}

double Physiology::accept(double time, const NodeVector& u, const PointArray& report) {
  const double dt = time - time_;
  time_ = time;
  arc_.sample(time, u);
  if (!chemistry_) return 0.0;
  if (time <= 0.0 || dt <= 0.0) chemistry_->accustom(report, chemistry_state_);
  if (dt <= 0.0) return 0.0;
  const double error = chemistry_->exchange(dt, influence(), u, report, chemistry_state_);
  pain_->advance(chemistry_->nociception(), chemistry_->sensitiser(), chemistry_state_.acetylcholine, dt, nervous_);
  return change_of_error(error);
}

}  // namespace tautband
