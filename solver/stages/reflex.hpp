// The reflex stage: spindles feel the stretch of their fibres, their rates reach the motor pool after one delay and the
// muscle after another, and the pool tells every motor unit how hard to work. Laws: afferent_rate.hpp, motor_drive.hpp.
#pragma once

#include "fem/sampling.hpp"
#include "fem/territories.hpp"
#include "laws/afferent_rate.hpp"
#include "laws/motor_drive.hpp"
#include "spec/curve.hpp"
#include "spec/physiology.hpp"
#include "state/reflex_state.hpp"

#include <optional>

namespace tautband {

/// What the network kernels read: plain handles, captured by value.
struct ReflexNetwork {
  AfferentRate spindle;
  MotorDrive pool;
  View2<double> ectopic;                  ///< (misfire, spindle): rate added while the misfire lasts, 1/s
  View2<double> ectopic_span;             ///< (misfire, 2): first and last time, s
  View2<double> weight;                   ///< (unit, spindle): W_ji of laws/motor_drive.hpp
  View1<double> weight_sum;               ///< (unit): sum of its weights
  View1<double> threshold;                ///< (unit): drive at which it is recruited
  double afferent_delay, efferent_delay;  ///< s
};

/// Owns no time-dependent state: sample() brings a ReflexState to an accepted mechanics step, advance() reads it and
/// leaves it as it is, so that a mechanics step that failed is repeated by calling advance() again with a shorter dt.
/// The whole network lives on every rank, on the device.
class ReflexStage {
 public:
  /// Places the spindles (collective). `muscle`: regions with spindles and motor units; `cross_section`: (node, 2), m;
  /// `network_step`: s. `start`: time of the first sample, s. Throws CaseError for a spindle outside the mesh.
  ReflexStage(const spec::Physiology& physiology, const std::optional<spec::Curve>& tonic_curve, double network_step,
              double start, const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
              const View2<double>& cross_section, const Territories& territories);

  /// Spindles at rest at the start, after having been at rest for ever.
  ReflexState initial_state() const;

  /// Takes in the displacement u (m) of an accepted mechanics step that ended at `time` (s); collective. Up to t = 0
  /// (or the start, if that is later) the stretch found becomes the reference lambda_ref, so that a pre-stretch is not
  /// felt. Between this sample and the one before the stretch is linear in time, which fills the delay lines at
  /// multiples of the network step.
  void sample(double time, const NodeVector& u, ReflexState& state);

  /// Excitation of the motor units over (state.time, state.time + dt], at the middle of each network step; the last
  /// network step is shortened. While dt is at most the sum of both delays this needs samples only; beyond, the stretch
  /// is continued linearly from the last two samples. Allocates only when dt is longer than ever before.
  void advance(const ReflexState& state, double dt, Excitation& excitation);

  /// Values at the time of the last sample, for the history.
  struct Report {
    std::vector<double> afferent_rate;  ///< per spindle, 1/s, as fired
    std::vector<double> drive;          ///< per unit, in the motor pool, fraction of MVC
    std::vector<double> excitation;     ///< per unit, 0..1, at the muscle
  };
  const Report& report(const ReflexState& state);

  /// Reference positions of the spindles, m.
  const std::vector<std::array<double, 3>>& positions() const { return positions_; }
  int spindles() const { return static_cast<int>(positions_.size()); }
  int units() const { return static_cast<int>(network_.threshold.extent(0)); }

 private:
  double tonic_drive(double time) const;

  std::vector<std::array<double, 3>> positions_;
  std::optional<spec::Curve> tonic_curve_;
  double tonic_drive_, network_step_, start_;
  ReflexNetwork network_;
  PointSampler sampler_;
  View1<double> tonic_;  ///< (network step): tonic drive on its way to the units
  HostMirror<View1<double>> tonic_host_;
  View1<double> report_;  ///< (spindles, then units twice)
  HostMirror<View1<double>> report_host_;
  Report last_report_;
};

}  // namespace tautband
