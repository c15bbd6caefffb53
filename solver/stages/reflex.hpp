// The reflex stage: spindles and tendon organs feel their fibres, their signals reach the motor pool after one delay
// and the muscle after another, and the pool tells every motor unit how hard to work (docs/model.md 10).
#pragma once

#include "fem/sampling.hpp"
#include "fem/territories.hpp"
#include "stages/reflex_march.hpp"
#include "state/state_archive.hpp"

#include <functional>

namespace tautband {

/// Owns no accepted state: sample() brings a ReflexState to an accepted mechanics step, advance() reads it and leaves
/// it as it is, so that a mechanics step that failed is repeated by calling advance() again with a shorter dt. The
/// whole network lives on every rank, on the device, and gives the same on any number of them.
class ReflexStage {
 public:
  /// Tonic drive at a time (s), as a fraction of the full drive. May jump only where mechanics steps meet.
  using Tonic = std::function<double(double)>;

  /// Places the spindles (collective). `muscle`: regions with spindles and motor units; `cross_section`: (node, 2), m;
  /// `network_step`: s. `start`: time of the first sample, s. Throws CaseError for a spindle outside the mesh and for
  /// fewer motor units than territories.
  ReflexStage(const spec::Physiology& physiology, const Tonic& tonic, double network_step, double start,
              const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
              const View2<double>& cross_section, const Territories& territories);

  /// Everything at rest at the start, after having been at rest for ever, under the tonic drive of the start.
  ReflexState initial_state() const;

  /// Excitation of the territories over (state.time, state.time + dt], at the middle of each network step; the last
  /// network step is shortened. While dt is at most the sum of the delays this needs samples only; beyond, the stretch
  /// goes on linearly for the time of the longest delays from the last sample and is held from there; tensions are
  /// held. Allocates only when dt is longer than ever before.
  void advance(const ReflexState& state, double dt, const NeuralInfluence& influence, Excitation& excitation);

  /// Takes in the displacement u (m) of an accepted mechanics step that ended at `time` (s), under the influence of the
  /// last advance(); collective. tension: force on each tendon organ at that time, N, one per [[golgi]] of the case.
  /// Up to t = 0 (or the start, if that is later) what is found becomes the reference, so that a pre-stretch is not
  /// felt. Between this sample and the one before stretch and tension are linear in time.
  void sample(double time, const NodeVector& u, const std::vector<double>& tension, ReflexState& state);

  /// The same for slow time: the network has settled at this stretch, tension and influence.
  void settle(double time, const NodeVector& u, const std::vector<double>& tension, const NeuralInfluence& influence,
              ReflexState& state);

  /// All that a state holds.
  static void archive(StateArchive& archive, ReflexState& state);

  /// Values at the time of the last sample, for the history; the drive is that of the last network step.
  struct Report {
    std::vector<double> afferent_rate;   ///< per spindle, Ia, 1/s, as fired
    std::vector<double> secondary_rate;  ///< per spindle, II, 1/s
    std::vector<double> tendon_rate;     ///< per tendon organ, Ib, 1/s
    std::vector<double> drive;           ///< per territory, in the motor pool, fraction of the full drive
    std::vector<double> excitation;      ///< per territory, 0..1, at the muscle
  };
  const Report& report(const ReflexState& state);

  /// Reference positions of the spindles, m.
  const std::vector<std::array<double, 3>>& positions() const { return positions_; }
  int spindles() const { return network_.spindles(); }
  int tendon_organs() const { return static_cast<int>(organ_share_.size()); }
  int territories() const { return network_.territories(); }
  int motor_units() const { return network_.units(); }
  const ReflexNetwork& network() const { return network_; }
  const Tonic& tonic() const { return tonic_; }

 private:
  TonicCourse tonic_course(double start, double end) const;
  void feel(double time, const NodeVector& u, const std::vector<double>& tension, bool resting, ReflexState& state);

  std::vector<std::array<double, 3>> positions_;
  Tonic tonic_;
  double start_;
  ReflexNetwork network_;
  std::vector<double> organ_share_;
  PointSampler sampler_;
  NeuralInfluence influence_;
  LookAhead ahead_;
  double ahead_end_;       ///< s, where ahead_.activation stands
  View2<double> drive_;    ///< (network step, territory), scratch
  View1<double> tension_;  ///< (tendon organ), N
  HostMirror<View1<double>> tension_host_;
  View1<double> report_;
  HostMirror<View1<double>> report_host_;
  Report last_report_;
};

}  // namespace tautband
