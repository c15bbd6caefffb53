#include "app/physiology.hpp"

#include "io/referral_table.hpp"
#include "stages/energy_crisis_setup.hpp"
#include "stages/pain_setup.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

ChemistryStage::Settings chemistry_settings(const spec::Physiology& p) {
  ChemistryStage::Settings s;
  s.law = make_energy_crisis(p);
  s.nociceptor = make_nociceptor(p.pain);
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
      treatments_(spec),
      arc_(spec, treatments_, start, place.mesh, place.local, place.geometry, place.muscle),
      contracture_(spec.physiology.contracture, place.local, place.geometry, place.muscle, arc_.fibre_position()),
      fusimotor_{spec.physiology.fusimotor.resting,
                 spec.physiology.fusimotor.gain * spec.physiology.mechanisms.fusimotor, spec.physiology.fusimotor.time},
      time_(start) {
  nervous_.fusimotor = fusimotor_.resting;
  const spec::Physiology& p = spec.physiology;
  if (!p.chemistry.active) return;
  diffusion_ = std::make_unique<DiffusionStage>(place.local, place.geometry, place.halo, p.diffusion);
  chemistry_ = std::make_unique<ChemistryStage>(chemistry_settings(p), place.local, place.muscle, contracture_.mask(),
                                                *diffusion_);
  chemistry_state_ = chemistry_->initial_state(p.latent_points);
  pain_ = std::make_unique<PainStage>(p, referral_pattern_of(p.pain), place.local, place.geometry, place.muscle,
                                      spec.probes);
  nervous_ = pain_->initial_state();
  nervous_.fusimotor = fusimotor_.resting;
  needle_ = std::make_unique<Needle>(place.local, place.muscle, treatments_.needlings());
}

ChemistryInfluence Physiology::influence_on_chemistry() const {
  const spec::Chemistry& c = spec_.physiology.chemistry;
  return {nervous_.strength, influences_.botulinum, c.statin_leak + influences_.statin_leak,
          c.mitochondrial_capacity * influences_.mitochondria};
}

NeuralInfluence Physiology::influence_on_reflex() const {
  NeuralInfluence n;
  n.strength = nervous_.strength;
  n.reflex_factor = influences_.reflex_factor;
  n.central = nervous_.central_sensitisation;
  n.fusimotor = influences_.fusimotor(nervous_.fusimotor);
  n.botulinum = influences_.botulinum * spec_.physiology.mechanisms.botulinum;
  n.misfire_factor = influences_.misfire_factor;
  return n;
}

std::vector<double> Physiology::tensions(const std::vector<BoundaryForce>& forces) const {
  std::vector<double> found;
  for (const spec::Golgi& organ : spec_.physiology.golgi) {
    double force = 0.0;
    for (const BoundaryForce& f : forces)
      if (f.set == organ.set) force = std::hypot(f.force[0], f.force[1], f.force[2]);
    found.push_back(force);
  }
  return found;
}

double Physiology::change_of_error(double error) const {
  // The clock takes 0.8 of the step that the largest change allows; an error is quadratic in the step.
  return spec_.time.largest_change * std::sqrt(error / spec_.time.tolerance);
}

double Physiology::advance(double dt, const PointArray& report, const MuscleState& muscle) {
  influences_ = treatments_.at(time_ + 0.5 * dt);
  double change = arc_.advance(dt, influence_on_reflex(), muscle);
  if (!chemistry_) return change;
  chemistry_->save(chemistry_state_, muscle);
  contracture_.save(muscle);
  change = std::max(
      change, change_of_error(chemistry_->advance(dt, influence_on_chemistry(), report, muscle, chemistry_state_)));
  return std::max(change, contracture_.advance(dt, chemistry_state_.energy, report, muscle));
}

void Physiology::undo(const MuscleState& muscle) const {
  arc_.undo(muscle);
  if (!chemistry_) return;
  chemistry_->restore(chemistry_state_, muscle);
  contracture_.restore(muscle);
}

double Physiology::accept(double time, const NodeVector& u, const PointArray& report,
                          const std::vector<BoundaryForce>& forces) {
  const double before = time_, dt = time - before;
  time_ = time;
  arc_.sample(time, u, tensions(forces));
  if (!chemistry_) return 0.0;
  if (time <= 0.0 || dt <= 0.0) chemistry_->accustom(report, chemistry_state_);
  if (dt <= 0.0) {
    chemistry_->perfuse(nervous_.strength, report);
    return 0.0;
  }
  for (const Needling& needling : treatments_.due(before, time)) needle_->apply(needling, chemistry_state_);
  const double error = chemistry_->exchange(dt, influence_on_chemistry(), u, report, chemistry_state_);
  pain_->advance(chemistry_->nociception(), chemistry_->sensitiser(), chemistry_state_.acetylcholine, dt, nervous_);
  nervous_.fusimotor = fusimotor_.advance(nervous_.fusimotor, nervous_.nociception, dt);
  return change_of_error(error);
}

void Physiology::archive(StateArchive& archive) {
  archive.number("physiology_time", time_);
  archive.number("fusimotor", nervous_.fusimotor);
  arc_.archive(archive);
  if (!chemistry_) return;
  chemistry_->archive(archive, chemistry_state_);
  pain_->archive(archive, nervous_);
}

}  // namespace tautband
