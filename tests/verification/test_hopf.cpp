// The stretch reflex closed over a muscle that shortens with its activation: a loop with a delay and two lags,
//   L(s) = K e^(-s T) / ((1 + s t1)(1 + s t2)),
// by the network's own delay lines and activation. It begins to oscillate where w T + atan(w t1) + atan(w t2) = pi, at
// K_c = sqrt((1 + w^2 t1^2)(1 + w^2 t2^2)).
#include "support/reflex_block.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tautband {
namespace {

using testing_support::ReflexBlock;

constexpr double network_step = 0.25e-3;
constexpr double shortening = 0.1;  // of the muscle per unit activation

struct Loop {
  double delay, first, second;      ///< s
  double frequency, critical_gain;  ///< Hz, 1: of the table
};

/// One spindle, one unit, half of the delay before the pool and half after it, gain K = kappa_C g k_P shortening.
spec::Physiology physiology_of(const Loop& loop, double gain) {
  spec::Physiology p;
  p.spindles.count = 1;
  p.spindles.resting_rate = 100.0;
  p.spindles.velocity_gain = 0.0;
  p.spindles.stretch_gain = 1000.0;
  p.reflex.afferent_delay = p.reflex.efferent_delay = 0.5 * loop.delay;
  p.motor_pool.territories = 1;
  p.motor_pool.gain = gain / (p.reflex.drive_per_rate * p.spindles.stretch_gain * shortening);
  p.activation.model = spec::ActivationModel::two_stage;
  p.activation.first_time = loop.first;
  p.activation.second_time = loop.second;
  return p;
}

struct Swing {
  double growth;     ///< of the amplitude per period
  double frequency;  ///< Hz
};

/// The loop after a kick, with the activation of each network step shortening the muscle in the next.
Swing swing(const Loop& loop, double gain) {
  constexpr double rest = 0.5;  // far from the limits 0 and 1
  const spec::Physiology p = physiology_of(loop, gain);
  ReflexBlock block(p, [&](double) { return rest / p.motor_pool.gain; }, network_step, {1, 1, 1});
  Kokkos::deep_copy(block.state.activation, rest);
  double kick = 1e-5;
  std::vector<double> peaks, crossings;
  double before = 0.0, before_that = 0.0;
  block.sample(0.0, 1.0);
  for (int n = 1; n * network_step < 0.2 + 12.0 / loop.frequency; ++n) {
    block.reflex.advance(block.state, network_step, {}, block.excitation);
    const double a = block.excitation_of(0) - rest, time = n * network_step;
    kick *= time > loop.delay ? 0.0 : 1.0;
    block.sample(time, 1.0 + kick - shortening * a);
    if (time < 0.2 + 2.0 / loop.frequency) {
      before_that = before = a;  // the kick's other modes die out
      continue;
    }
    if ((before > 0.0) != (a > 0.0)) crossings.push_back(time - network_step * a / (a - before));
    if (before > before_that && before > a) peaks.push_back(before);
    before_that = before;
    before = a;
  }
  const double periods = 0.5 * static_cast<double>(crossings.size() - 1);
  return {std::pow(peaks.back() / peaks.front(), 1.0 / static_cast<double>(peaks.size() - 1)),
          periods / (crossings.back() - crossings.front())};
}

const Loop table[] = {{15e-3, 30e-3, 30e-3, 10.19, 4.69}, {22e-3, 30e-3, 30e-3, 8.26, 3.42},
                      {25e-3, 30e-3, 30e-3, 7.69, 3.10},  {40e-3, 30e-3, 30e-3, 5.86, 2.22},
                      {40e-3, 50e-3, 50e-3, 4.72, 3.20},  {40e-3, 40e-3, 0.0, 8.07, 2.26},
                      {60e-3, 50e-3, 50e-3, 3.74, 2.38}};

TEST(Hopf, TheTableSolvesItsEquation) {
  for (const Loop& loop : table) {
    const double w = 2.0 * std::numbers::pi * loop.frequency;
    EXPECT_NEAR(w * loop.delay + std::atan(w * loop.first) + std::atan(w * loop.second), std::numbers::pi, 2e-3);
    EXPECT_NEAR(std::hypot(1.0, w * loop.first) * std::hypot(1.0, w * loop.second), loop.critical_gain, 6e-3);
  }
}

TEST(Hopf, TheNetworkBeginsToOscillateAtTheCriticalGain) {
  for (const Loop& loop : table) {
    const Swing below = swing(loop, 0.95 * loop.critical_gain), above = swing(loop, 1.05 * loop.critical_gain);
    EXPECT_LT(below.growth, 1.0) << loop.delay << " " << loop.first << " " << loop.second;
    EXPECT_GT(above.growth, 1.0) << loop.delay << " " << loop.first << " " << loop.second;
    // 2 %, in the middle of the two: at 5 % from K_c the frequency itself is some 1.5 % off
    EXPECT_NEAR(0.5 * (below.frequency + above.frequency), loop.frequency, 0.02 * loop.frequency)
        << loop.delay << " " << loop.first << " " << loop.second;
  }
}

}  // namespace
}  // namespace tautband
