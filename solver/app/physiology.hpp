// The physiology of a case around its mechanics: reflex, activation, chemistry, contracture and pain on one muscle, and
// the order in which they advance (docs/model.md 13).
#pragma once

#include "app/reflex_arc.hpp"
#include "laws/fusimotor.hpp"
#include "stages/chemistry.hpp"
#include "stages/contracture.hpp"
#include "stages/mechanics_system.hpp"
#include "stages/pain.hpp"
#include "stages/treatments.hpp"

#include <memory>

namespace tautband {

class Physiology {
 public:
  /// What the stages are made on; they keep references.
  struct Place {
    const Mesh& mesh;
    const LocalMesh& local;
    const Geometry& geometry;
    const Halo& halo;
    const std::vector<RegionBatches>& muscle;
  };

  /// Places spindles, territories, the end-plate zone and latent points; collective.
  Physiology(const spec::Case& spec, double start, const Place& place);

  /// Before mechanics: reflex, activation, local chemistry and contracture at the end of a step of dt (s), given the
  /// report of the last accepted step. Returns the largest change of activation or contracture stretch, or what the
  /// estimated error of the step amounts to beside it; collective.
  double advance(double dt, const PointArray& report, const MuscleState& muscle);
  /// Undoes the last advance: mechanics could not follow.
  void undo(const MuscleState& muscle) const;
  /// The step ended at `time` with displacement u and the forces of the boundaries on the tissue: spindles and tendon
  /// organs feel it, and blood and neighbours exchange what diffuses.
  /// Returns as advance() does; collective.
  double accept(double time, const NodeVector& u, const PointArray& report, const std::vector<BoundaryForce>& forces);

  void archive(StateArchive& archive);

  ReflexArc& arc() { return arc_; }
  /// Null without [chemistry].
  const ChemistryStage* chemistry() const { return chemistry_.get(); }
  const ChemistryState& chemistry_state() const { return chemistry_state_; }
  const PointField& end_plate() const { return contracture_.mask(); }
  /// Null without [chemistry].
  const PainStage* pain() const { return pain_.get(); }
  const NervousState& nervous() const { return nervous_; }

 private:
  ChemistryInfluence influence_on_chemistry() const;
  NeuralInfluence influence_on_reflex() const;
  std::vector<double> tensions(const std::vector<BoundaryForce>& forces) const;
  double change_of_error(double error) const;

  const spec::Case& spec_;
  Treatments treatments_;
  ReflexArc arc_;
  ContractureStage contracture_;
  Fusimotor fusimotor_;
  std::unique_ptr<DiffusionStage> diffusion_;
  std::unique_ptr<ChemistryStage> chemistry_;
  std::unique_ptr<PainStage> pain_;
  std::unique_ptr<Needle> needle_;
  ChemistryState chemistry_state_;
  NervousState nervous_;
  double time_;            ///< s, of the last accepted step
  Influences influences_;  ///< of events, in the middle of the present step
};

}  // namespace tautband
