// The motor pool of Fuglevand 1993, the tendon organ and the two-stage activation against closed forms.
#include "laws/fuglevand1993.hpp"
#include "laws/golgi_tendon_organ.hpp"
#include "laws/two_stage_activation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

constexpr double e = 2.718281828459045;
const Fuglevand1993 pool;

TEST(Fuglevand, RangesAreThoseOfThePaper) {
  EXPECT_NEAR(pool.threshold(119), 30.0, 1e-12);
  EXPECT_NEAR(pool.threshold(0), std::exp(std::log(30.0) / 120.0), 1e-14);
  EXPECT_NEAR(pool.twitch_force(119), 100.0, 1e-11);
  EXPECT_NEAR(pool.twitch_force(59), 10.0, 1e-12);
  EXPECT_NEAR(pool.full_drive(), 48.0, 1e-12);  // 30 + (35 - 8)/1.5
  EXPECT_NEAR(pool.peak_rate(119), 35.0, 1e-12);
  EXPECT_NEAR(pool.contraction_time(119), 0.03, 1e-14);  // 90 ms / 3
  EXPECT_NEAR(pool.contraction_time(59), 0.09 / std::sqrt(3.0), 1e-14);
}

TEST(Fuglevand, UnitsFireFromTheirThresholdAtTheLowestToTheirPeakRate) {
  for (int i : {0, 40, 119}) {
    const double at = pool.threshold(i) / 48.0, peak = (pool.threshold(i) + (pool.peak_rate(i) - 8.0) / 1.5) / 48.0;
    EXPECT_EQ(pool.firing_rate(i, at - 1e-9), 0.0);
    EXPECT_NEAR(pool.firing_rate(i, at + 1e-12), 8.0, 1e-9);
    EXPECT_NEAR(pool.firing_rate(i, at + 2.0 / 48.0), 11.0, 1e-12);
    EXPECT_NEAR(pool.firing_rate(i, peak - 1e-3), pool.peak_rate(i) - 1.5 * 48.0 * 1e-3, 1e-9);
    EXPECT_EQ(pool.firing_rate(i, peak + 0.1), pool.peak_rate(i));
  }
  EXPECT_NEAR(pool.firing_rate(119, 1.0), 35.0, 1e-12);  // at full drive the last unit just reaches its peak
}

TEST(Fuglevand, ATwitchPeaksAtItsContractionTime) {
  for (int i : {0, 60, 119}) {
    const double time = pool.contraction_time(i);
    EXPECT_NEAR(pool.twitch(i, time), pool.twitch_force(i), 1e-12 * pool.twitch_force(i));
    EXPECT_LT(pool.twitch(i, 0.99 * time), pool.twitch_force(i));
    EXPECT_LT(pool.twitch(i, 1.01 * time), pool.twitch_force(i));
  }
}

TEST(Fuglevand, AMeanForceIsTheAreaOfItsTwitchesUntilTheyFuse) {
  // a train at rate r below 0.4/T: force of area times rate, area = int P (t/T) e^(1 - t/T) dt, by the trapezium rule
  const int i = 30;
  const double time = pool.contraction_time(i), rate = 0.39 / time, dt = time / 1000.0;
  double area = 0.0;
  for (int n = 1; n < 30000; ++n) area += pool.twitch(i, n * dt) * dt;
  EXPECT_NEAR(Fuglevand1993::mean_force(time * rate) * pool.twitch_force(i), area * rate, 1e-6 * area * rate);
}

TEST(Fuglevand, TwitchGainIsContinuousAndTheForceSaturates) {
  EXPECT_EQ(Fuglevand1993::summation_gain(0.399), 1.0);
  EXPECT_NEAR(Fuglevand1993::summation_gain(0.4 + 1e-12), 1.0, 1e-10);
  const double s = 1.0 - std::exp(-2.0 * 0.064);
  EXPECT_NEAR(Fuglevand1993::summation_gain(1.0), (1.0 - std::exp(-2.0)) * 0.4 / s, 1e-14);
  EXPECT_NEAR(Fuglevand1993::mean_force(5.0), e * 0.4 / s, 1e-12);
  for (double x = 0.0; x < 2.0; x += 0.01) EXPECT_GT(Fuglevand1993::mean_force(x + 0.01), Fuglevand1993::mean_force(x));
}

TEST(Fuglevand, FusionIsOneAtThePeakRate) {
  for (int i : {0, 50, 119}) {
    EXPECT_NEAR(pool.fused(i, pool.peak_rate(i)), 1.0, 1e-15);
    EXPECT_EQ(pool.fused(i, 0.0), 0.0);
    EXPECT_NEAR(pool.strength(i),
                pool.twitch_force(i) * Fuglevand1993::mean_force(pool.contraction_time(i) * pool.peak_rate(i)),
                1e-12 * pool.strength(i));
  }
}

TEST(TendonOrgan, AStepOvershootsAndAdapts) {
  using Organ = GolgiTendonOrgan;
  const double u = Organ::input(8.0);
  EXPECT_NEAR(u, 60.0 * std::log(3.0), 1e-12);
  EXPECT_EQ(Organ::input(-3.0), 0.0);
  for (double dt : {1e-3, 0.1}) {
    Organ::State state = Organ::settled(0.0);
    for (int n = 0; n <= static_cast<int>(std::lround(20.0 / dt)); ++n) {
      const double t = n * dt;
      const double expected = u * (1.0 + 2.0 / 15.0 * std::exp(-0.2 * t) + 17.0 / 30.0 * std::exp(-2.0 * t));
      ASSERT_NEAR(Organ::rate(state, u), expected, 1e-10) << t;
      state = Organ::advance(state, u, u, dt);
    }
  }
}

TEST(TendonOrgan, AnswersASineAsItsTransferFunctionSays) {
  using Organ = GolgiTendonOrgan;
  const double omega = 3.0, dt = 1e-3, mean = 50.0;
  Organ::State state = Organ::settled(mean);
  double sine = 0.0, cosine = 0.0, before = mean;
  const int period = static_cast<int>(std::lround(2.0 * 3.14159265358979 / omega / dt)), last = 30 * period;
  for (int n = 1; n <= last; ++n) {
    const double now = mean + std::sin(omega * n * dt);
    state = Organ::advance(state, before, now, dt);
    before = now;
    if (n <= last - period) continue;
    sine += 2.0 / period * (Organ::rate(state, now) - mean) * std::sin(omega * n * dt);
    cosine += 2.0 / period * (Organ::rate(state, now) - mean) * std::cos(omega * n * dt);
  }
  // H(3i) = (-14.9 + 7.74 i)/(-8.6 + 6.6 i); 1e-3: the period is a whole number of steps to 2e-4
  const double size = 8.6 * 8.6 + 6.6 * 6.6;
  EXPECT_NEAR(sine, (14.9 * 8.6 + 7.74 * 6.6) / size, 1e-3);
  EXPECT_NEAR(cosine, (14.9 * 6.6 - 7.74 * 8.6) / size, 1e-3);
}

TEST(TwoStages, AStepIsAnsweredByTheClosedForm) {
  const struct { double first, second; } times[] = {{30e-3, 30e-3}, {40e-3, 20e-3}, {40e-3, 0.0}, {0.0, 40e-3}};
  for (const auto& t : times)
    for (double dt : {1e-3, 7e-3}) {
      const TwoStageActivation law{t.first, t.second};
      TwoStageActivation::State state{0.0, 0.0};
      for (int n = 1; n <= 20; ++n) {
        state = law.advance(state, 0.7, dt);
        const double time = n * dt, a = time / std::max(t.first, t.second);
        double left = std::exp(-a);  // one stage
        if (t.first == t.second) left = (1.0 + a) * std::exp(-a);
        if (t.second == 20e-3) left = 2.0 * std::exp(-time / 40e-3) - std::exp(-time / 20e-3);
        EXPECT_NEAR(state.activation, 0.7 * (1.0 - left), 1e-13) << t.first << " " << t.second << " " << time;
      }
    }
}

}  // namespace
}  // namespace tautband
