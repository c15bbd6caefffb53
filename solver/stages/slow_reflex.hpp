// The reflex arc in slow time: what the network settles at, without its network steps, and how far the network itself
// is from that (docs/model.md 10.5).
#pragma once

#include "stages/reflex.hpp"

namespace tautband {

class SlowReflex {
 public:
  /// Of the network of a stage, which it keeps by reference.
  SlowReflex(const ReflexStage& stage, const spec::Activation& activation);

  /// Steady activation of every territory (0..1) at the stretches and tensions of the state, with the misfires and the
  /// tonic drive of `time` (s).
  void steady(const ReflexState& state, double time, const NeuralInfluence& influence,
              const View1<double>& unit_excitation) const;
  /// The same for ActivationStage::advance(), which then takes it as it is.
  void steady(const ReflexState& state, double time, const NeuralInfluence& influence, Excitation& excitation) const;

  /// Mean over territories of the steady activation at the state's time.
  double steady_mean(const ReflexState& state, const NeuralInfluence& influence) const;
  /// Mean over territories and `duration` (s) of the activation that the network gives from the state on, with stretch,
  /// tension and tonic drive of the state's time. The state stays as it is.
  double fast_mean(const ReflexState& state, const NeuralInfluence& influence, double duration = 2.0);

 private:
  const ReflexStage& stage_;
  spec::Activation activation_;
  View1<double> of_territory_;  ///< (territory)
  View2<double> first_;         ///< (motor unit, 2): where the units' lags begin
  LookAhead ahead_;
  Excitation excitation_;
};

}  // namespace tautband
