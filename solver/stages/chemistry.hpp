// The chemistry stage: the energy crisis at every quadrature point of the muscle, and the exchange of oxygen, acid and
// sensitiser with blood and neighbours. Laws: energy_crisis.hpp, nociceptor.hpp. Splitting: docs/model.md 13.
#pragma once

#include "laws/energy_crisis.hpp"
#include "laws/nociceptor.hpp"
#include "spec/physiology.hpp"
#include "stages/diffusion.hpp"
#include "state/chemistry_state.hpp"
#include "state/state_archive.hpp"
#include "state/tissue.hpp"

#include <vector>

namespace tautband {

/// What acts on the chemistry from outside, the same everywhere.
struct ChemistryInfluence {
  double strength = 1.0;      ///< w, active force per activation
  double botulinum = 0.0;     ///< B, 0..1
  double leak = 0.0;          ///< l_st
  double mitochondria = 1.0;  ///< m, 0..1
};

class ChemistryStage {
 public:
  struct Settings {
    EnergyCrisis law;
    Nociceptor nociceptor;
    double pressure_by_activation;  ///< chi: capillary pressure per active stress of the fibres
    double habituation;             ///< s, in which fibres get used to a stretch
    double diffusivity[3];          ///< oxygen, acid, sensitiser, m^2/s
    double initial_memory;          ///< D at the start where no latent point lies
  };

  /// `end_plate`: zone mask (batch, point, lane). Keeps references to mesh and diffusion.
  ChemistryStage(const Settings& settings, const LocalMesh& mesh, const std::vector<RegionBatches>& muscle,
                 const PointField& end_plate, DiffusionStage& diffusion);

  /// Healthy tissue at rest with the given latent points.
  ChemistryState initial_state(const std::vector<spec::LatentPoint>& latent);

  /// Remembers the local state; restore() brings it back, to repeat a mechanics step that failed.
  void save(const ChemistryState& state, const MuscleState& muscle);
  void restore(const ChemistryState& state, const MuscleState& muscle) const;

  /// Local chemistry over dt (s) with the surroundings of the last accepted step: new c, e, A, D, and from them a_c and
  /// the effectiveness of `muscle`. Returns the estimated error of e, a_c and D, the largest on any rank; collective.
  double advance(double dt, const ChemistryInfluence& influence, const PointArray& report, const MuscleState& muscle,
                 const ChemistryState& state);

  /// The mechanics step was accepted: perfusion from the stress of `report`, then oxygen, acid and sensitiser over dt
  /// in the configuration displaced by u. Returns the estimated error of acid and sensitiser.
  /// Throws RunError when a linear solve fails. Collective.
  double exchange(double dt, const ChemistryInfluence& influence, const NodeVector& u, const PointArray& report,
                  const ChemistryState& state);

  /// All that the stage and a state remember.
  void archive(StateArchive& archive, const ChemistryState& state);

  /// Takes the stretch of `report` as what the fibres are used to.
  void accustom(const PointArray& report, const ChemistryState& state) const;

  /// Perfusion from the stress of `report` alone: what there is before the first exchange.
  void perfuse(double strength, const PointArray& report);

  /// Of the last exchange, at quadrature points.
  const PointField& capillary_pressure() const { return capillary_pressure_; }  ///< Pa
  const PointField& perfusion() const { return perfusion_; }                    ///< r, 0..1
  const PointField& nociception() const { return nociception_; }                ///< n, 0..1
  const PointField& oxygen() const { return oxygen_; }                          ///< mmHg
  const PointField& acid() const { return acid_; }                              ///< pH units
  const PointField& sensitiser() const { return sensitiser_; }                  ///< 0..1

 private:
  enum Rate { energy, contracture, memory, acid_load, sensitisation, n_rates };
  void supply_oxygen(double dt, double mitochondria, const ChemistryState& state);
  void produce_acid(double dt, const ChemistryState& state);
  void sensitise(double dt, const PointArray& report, const ChemistryState& state);
  double exchange_error(double dt);

  Settings settings_;
  const LocalMesh& mesh_;
  std::vector<RegionBatches> muscle_;
  PointField end_plate_;
  DiffusionStage& diffusion_;
  PointField capillary_pressure_, perfusion_, nociception_, oxygen_, acid_, sensitiser_;
  PointField sink_, source_, before_[2];
  View1<double> nodal_capacity_, nodal_perfusion_, nodal_supply_;
  PointArray rates_, trial_rates_;  ///< (batch, point, Rate, lane), 1/s, of the last accepted step and of the present
  double last_step_ = 0.0;          ///< s, 0: no rates yet
  PointField saved_[5], saved_contracture_, saved_effectiveness_;
};

}  // namespace tautband
