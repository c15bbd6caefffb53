// The reflex network as its kernels read it, and what one spindle or motor unit does with it at one instant.
#pragma once

#include "base/counter_random.hpp"
#include "laws/afferent_rate.hpp"
#include "laws/fuglevand1993.hpp"
#include "laws/golgi_tendon_organ.hpp"
#include "laws/motor_drive.hpp"
#include "laws/spindle_mileusnic2006.hpp"
#include "spec/physiology.hpp"
#include "stages/neural_influence.hpp"
#include "state/reflex_state.hpp"

#include <algorithm>

namespace tautband {

/// Plain handles, captured by value.
struct ReflexNetwork {
  double step;  ///< s, network step

  spec::SpindleModel spindle_model;
  AfferentRate linear;
  double rest_length;                  ///< L0
  double static_drive, dynamic_drive;  ///< 1/s per fusimotor level
  View2<double> ectopic;               ///< (misfire, spindle): rate added while the misfire lasts, 1/s
  View2<double> ectopic_span;          ///< (misfire, 2): first and last time, s

  MotorDrive drive;
  View2<double> weight;      ///< (territory, spindle): W_ji of laws/motor_drive.hpp
  View1<double> weight_sum;  ///< (territory): sum of its weights
  double primary_delay, secondary_delay, tendon_delay, efferent_delay;  ///< s

  spec::PoolModel pool_model;
  Fuglevand1993 fuglevand;
  View1<double> threshold;         ///< (motor unit): drive at which it is recruited, linear pool
  View1<int> territory;            ///< (motor unit): where it lies
  View1<double> share;             ///< (motor unit): of the strength of its territory
  View1<int> first_member;         ///< (territory + 1): where its units begin in `member`
  View1<int> member;               ///< motor units by territory
  View2<double> activation_times;  ///< (motor unit, 2): t1, t2, s; empty: activation is not done here
  double noise, noise_time;        ///< 1, s
  std::uint64_t noise_seed;

  KOKKOS_INLINE_FUNCTION int spindles() const { return static_cast<int>(weight.extent(1)); }
  KOKKOS_INLINE_FUNCTION int territories() const { return static_cast<int>(weight.extent(0)); }
  KOKKOS_INLINE_FUNCTION int units() const { return static_cast<int>(share.extent(0)); }
  bool activates() const { return activation_times.extent(0) > 0; }
  double longest_afferent_delay() const { return std::max({primary_delay, secondary_delay, tendon_delay}); }
};

/// Something sampled at mechanics steps: linear in time up to `held_from`, constant from there.
struct Course {
  double value, rate;  ///< at `time`, 1/s
  double time;         ///< s
  double held_from;    ///< s

  KOKKOS_INLINE_FUNCTION double at(double t) const { return value + rate * (min(t, held_from) - time); }
  KOKKOS_INLINE_FUNCTION double rate_at(double t) const {
    constexpr double rounding = 1e-8;  // s: times of the network and of mechanics steps are summed up differently
    return t <= held_from + rounding ? rate : 0.0;
  }
};

/// Tonic drive over a mechanics step, linear between equally spaced times: a kernel argument, so that nothing is
/// copied.
struct TonicCourse {
  static constexpr int pieces = 16;
  double start = 0.0, length = 1.0;  ///< s
  double value[pieces + 1] = {};     ///< fraction of the full drive

  KOKKOS_INLINE_FUNCTION double at(double t) const {
    const double position = min(max((t - start) / length, 0.0), 1.0) * pieces;
    const int k = position < pieces ? static_cast<int>(position) : pieces - 1;
    return value[k] + (position - k) * (value[k + 1] - value[k]);
  }
};

KOKKOS_INLINE_FUNCTION double ectopic_rate(const ReflexNetwork& network, const NeuralInfluence& influence, int spindle,
                                           double time) {
  double rate = 0.0;
  for (int m = 0; m < static_cast<int>(network.ectopic.extent(0)); ++m)
    if (time > network.ectopic_span(m, 0) && time <= network.ectopic_span(m, 1)) rate += network.ectopic(m, spindle);
  return influence.misfire_factor * rate;
}

KOKKOS_INLINE_FUNCTION SpindleMileusnic2006::Fusimotor fusimotor_rates(const ReflexNetwork& network,
                                                                       const NeuralInfluence& influence) {
  const double level = max(influence.fusimotor + influence.fusimotor_offset, 0.0);
  return {network.static_drive * level, network.dynamic_drive * level};
}

/// Rates of the linear spindle at a stretch changed by `change` from lambda_ref.
KOKKOS_INLINE_FUNCTION SpindleMileusnic2006::Rates linear_rates(const ReflexNetwork& network,
                                                                const NeuralInfluence& influence, double change,
                                                                double velocity, double ectopic) {
  return {network.linear(change, velocity, influence.fusimotor + influence.fusimotor_offset, ectopic), 0.0};
}

KOKKOS_INLINE_FUNCTION SpindleMileusnic2006::Rates built_rates(const ReflexNetwork& network,
                                                               const SpindleMileusnic2006::State& state, double length,
                                                               double ectopic) {
  const SpindleMileusnic2006::Rates own = SpindleMileusnic2006::rates(state, length);
  return {min(own.primary + ectopic, network.linear.highest_rate), min(own.secondary, network.linear.highest_rate)};
}

/// Rates of a spindle whose stretch has not changed for long, without misfires.
KOKKOS_INLINE_FUNCTION SpindleMileusnic2006::Rates steady_rates(const ReflexNetwork& network,
                                                                const NeuralInfluence& influence, double stretch,
                                                                double reference, double ectopic) {
  if (network.spindle_model == spec::SpindleModel::linear)
    return linear_rates(network, influence, stretch - reference, 0.0, ectopic);
  const double length = network.rest_length * stretch / reference;
  return built_rates(network, SpindleMileusnic2006::settled(length, fusimotor_rates(network, influence)), length,
                     ectopic);
}

/// Standard normal number k of a motor unit. Box & Muller 1958, Ann Math Stat 29:610.
KOKKOS_INLINE_FUNCTION double normal_number(std::uint64_t seed, int units, int unit, std::int64_t k) {
  const std::uint64_t counter =
      2 * (static_cast<std::uint64_t>(k) * static_cast<std::uint64_t>(units) + static_cast<std::uint64_t>(unit));
  const double radius = sqrt(-2.0 * log(1.0 - random_uniform(seed, counter)));
  return radius * cos(6.283185307179586 * random_uniform(seed, counter + 1));
}

/// Noise of a motor unit's drive: normal numbers at multiples of noise_time, blended between at constant variance.
KOKKOS_INLINE_FUNCTION double drive_noise(const ReflexNetwork& network, int unit, double time) {
  if (!(network.noise > 0.0)) return 0.0;
  const double position = time / network.noise_time, whole = ::floor(position), late = position - whole;
  const auto k = static_cast<std::int64_t>(whole);
  const double before = normal_number(network.noise_seed, network.units(), unit, k);
  const double after = normal_number(network.noise_seed, network.units(), unit, k + 1);
  return network.noise * ((1.0 - late) * before + late * after) / sqrt((1.0 - late) * (1.0 - late) + late * late);
}

/// Level 0..1 that a motor unit works at in the long run under a drive.
KOKKOS_INLINE_FUNCTION double unit_level(const ReflexNetwork& network, int unit, double drive) {
  if (network.pool_model == spec::PoolModel::linear) return network.drive.excitation(drive, network.threshold(unit));
  return network.fuglevand.fused(unit, network.fuglevand.firing_rate(unit, drive));
}

/// The same at an instant, with the unit's noise on its drive.
KOKKOS_INLINE_FUNCTION double level_at(const ReflexNetwork& network, int unit, double drive, double time) {
  return unit_level(network, unit, drive * (1.0 + drive_noise(network, unit, time)));
}

}  // namespace tautband
