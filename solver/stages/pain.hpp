// The pain stage: from what nociceptors of the muscle do to what its owner feels, and to the strength that goes with
// it. Laws: central_sensitisation.hpp, segment_field.hpp, referral.hpp, adaptation.hpp. Source: docs/model.md 11.
#pragma once

#include "laws/nociceptor.hpp"
#include "laws/referral.hpp"
#include "operators/worst_volume.hpp"
#include "spec/output.hpp"
#include "stages/pain_setup.hpp"
#include "state/nervous_state.hpp"
#include "state/state_archive.hpp"

#include <string>
#include <vector>

namespace tautband {

class PainStage {
 public:
  /// A number for the history.
  struct Reported {
    std::string name, unit, long_name;
    double value;
  };

  /// `referral`: of the case's muscle, without zones when it names none. `probes`: where electrical activity is read.
  /// Collective.
  PainStage(const spec::Physiology& physiology, const spec::ReferralPattern& referral, const LocalMesh& mesh,
            const Geometry& geometry, const std::vector<RegionBatches>& muscle,
            const std::vector<spec::Probe>& probes = {});

  /// Nobody hurts; the pressure pain threshold of healthy tissue, full strength.
  NervousState initial_state() const;

  /// Brings `state`, but for the fusimotor drive, to the end of dt (s). Fields (batch, point, lane) at the end of dt:
  /// nociceptor activity 0..1, sensitiser 0..1, excess acetylcholine. Exact or implicit for any dt. Collective; the
  /// result is the same on every rank.
  void advance(const PointField& nociceptor_activity, const PointField& sensitiser, const PointField& acetylcholine,
               double dt, NervousState& state);

  /// All that a state holds, and what electrodes see.
  void archive(StateArchive& archive, NervousState& state);

  /// nociception, central_sensitisation, pain_local, pressure_pain_threshold (Pa), emg_sea (V), strength; with a muscle
  /// pain_total and pain_KEY for its regions; PROBE_emg_sea (V) for each probe. The names are always the same.
  std::vector<Reported> report(const NervousState& state) const;

 private:
  void refer(double dt, NervousState& state) const;
  void read_electrodes(const PointField& acetylcholine, NervousState& state);

  Nociceptor nociceptor_;
  CentralSensitisation central_;
  SegmentField segments_;
  Referral referral_;
  StrengthAdaptation adaptation_;
  double segment_input_, emg_amplitude_, emg_reach_;
  spec::ReferralPattern pattern_;
  MPI_Comm comm_;
  std::vector<RegionBatches> muscle_;
  View2<GlobalIndex> cell_;
  std::vector<spec::Probe> probes_;
  PointField position_[3];        ///< m, of quadrature points; empty without probes
  std::vector<double> reaching_;  ///< excess acetylcholine that the muscle and each probe see
  WorstVolume worst_;
};

}  // namespace tautband
