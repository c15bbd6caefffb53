// Properties of the energy crisis at a point, and that every mechanism has a switch.
#include "stages/energy_crisis_setup.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband {
namespace {

using Local = EnergyCrisis::Local;
using Surroundings = EnergyCrisis::Surroundings;
using Influence = EnergyCrisis::Influence;

constexpr EnergyCrisis law;
constexpr Local healthy{0.083, 0.99, 0.06, 0.0}, ill{1.496, 0.104, 0.874, 1.0};
constexpr Surroundings fresh{25.5, 0.01, 0.013}, stale{0.1, 0.84, 0.651};
constexpr Influence load{0.13, 1.0, 0.0, 0.0, 1.0, 0.0};

TEST(DecreasingRoot, IsFoundFromAnyStart) {
  // Newton alone leaves the bracket from the flat ends of this curve.
  const auto f = [](const Dual<1>& x) { return -tanh(Dual<1>(20.0) * (x - Dual<1>(0.3))); };
  for (double start : {-5.0, 0.0, 0.29, 0.3, 0.7, 1.0}) EXPECT_NEAR(decreasing_root(f, 0.0, 1.0, start), 0.3, 1e-14);
}

TEST(DecreasingRoot, MayLieAtTheEndOfTheBracket) {
  const auto f = [](const Dual<1>& x) { return -x; };
  EXPECT_EQ(decreasing_root(f, 0.0, 2.0, 1.5), 0.0);
}

TEST(EnergyCrisis, HillIsHalfAtItsHalf) {
  EXPECT_DOUBLE_EQ(hill<4>(0.55, 0.55), 0.5);
  EXPECT_DOUBLE_EQ(hill<3>(1.2, 0.6), 8.0 / 9.0);
  EXPECT_EQ(hill<2>(0.0, 0.3), 0.0);
}

TEST(EnergyCrisis, RatesAreThoseOfTheEquations) {
  EXPECT_DOUBLE_EQ(law.contracture_activation(0.6, 0.5), 0.25);
  EXPECT_DOUBLE_EQ(law.oxidative_rate(2.0, 0.9, 1.0), 0.0125 * 0.5 * 0.5);
  EXPECT_DOUBLE_EQ(law.oxidative_rate(2.0, 0.9, 0.3), 0.3 * 0.0125 * 0.5 * 0.5);
  EXPECT_DOUBLE_EQ(law.glycolytic_rate(0.7, 0.5), 0.002 * 0.5 / 2.0);
  EXPECT_DOUBLE_EQ(law.calcium_uptake(0.3, 1.0), 0.5);
  EXPECT_DOUBLE_EQ(law.calcium_uptake(0.3, 0.4), 0.25 * (1.0 + 0.0256));
  EXPECT_EQ(law.calcium_rate(3.0, 1.0, 1.0, 1.0, 0.0), -law.calcium_uptake(3.0, 1.0));  // no leak above the stores
  EXPECT_DOUBLE_EQ(law.oxygen_supply(0.0125, 0.5), 0.034 * 41.0 * 0.5);
  EXPECT_DOUBLE_EQ(law.perfusion(5.8e3), 0.5);
  EXPECT_EQ(law.perfusion(-1e3), 1.0);
  EXPECT_DOUBLE_EQ(law.sensitiser_production(30.0, 0.2, 0.4), 0.0002 + 0.001);
  EXPECT_DOUBLE_EQ(law.sensitiser_production(0.0, 0.0, 0.0), 0.0018 * 30.0 / 38.0);
  EXPECT_EQ(law.sensitiser_production(50.0, 0.0, 0.0), 0.0);  // plenty of oxygen does not take any away
  EXPECT_DOUBLE_EQ(law.sensitiser_clearance(0.5), 0.0027);
  EXPECT_DOUBLE_EQ(law.mechanical_reset(0.15), 0.01);
  EXPECT_EQ(law.mechanical_reset(0.05), 0.0);
}

TEST(EnergyCrisis, TheOxygenSinkIsSteepNearZero) {
  // about 26 per second at full call: steps of 0.1 s need an implicit sink
  EXPECT_NEAR(law.oxygen_sink(law.oxidative_slope(0.0, 0.0, 1.0)), 4180.0 * 0.0125 / 2.0 / 1.1, 1e-12);
  for (double oxygen : {-3.0, 0.0, 1.0, 20.0}) {
    const Dual<1> rate = law.oxidative_rate(Dual<1>::variable(oxygen, 0), Dual<1>(0.3), 0.8);
    EXPECT_NEAR(rate.d[0], law.oxidative_slope(oxygen, 0.3, 0.8), 1e-15);
  }
  EXPECT_DOUBLE_EQ(law.oxidative_rate(-1.0, 0.3, 1.0), -law.oxidative_slope(0.0, 0.3, 1.0));
}

TEST(EnergyCrisis, AnyStepKeepsTheStateInItsRange) {
  for (double dt : {0.0, 1e-6, 0.1, 10.0, 1e4, 1e9})
    for (const Local& start : {healthy, ill, Local{0.0, 0.0, 0.0, 0.0}, Local{3.0, 1.0, 2.0, 1.0}})
      for (const Surroundings& around : {fresh, stale, Surroundings{0.0, 0.0, 0.0}, Surroundings{55.0, 2.0, 1.0}})
        for (const Influence& influence : {Influence{}, load, Influence{1.0, 1.0, 0.0, 1.0, 0.0, 0.02}}) {
          const Local end = law.advance(start, around, influence, dt);
          EXPECT_GE(end.calcium, 0.0);
          EXPECT_LE(end.calcium, std::max(start.calcium, 1.5));
          EXPECT_GE(end.energy, 0.0);
          EXPECT_LE(end.energy, 1.0);
          EXPECT_GE(end.acetylcholine, 0.0);
          EXPECT_GE(end.memory, 0.0);
          EXPECT_LE(end.memory, 1.0);
        }
}

TEST(EnergyCrisis, NoTimeIsNoChange) {
  const Local end = law.advance(ill, stale, load, 0.0);
  EXPECT_NEAR(end.calcium, ill.calcium, 1e-13);
  EXPECT_NEAR(end.energy, ill.energy, 1e-13);
  EXPECT_EQ(end.acetylcholine, ill.acetylcholine);
  EXPECT_EQ(end.memory, ill.memory);
}

TEST(EnergyCrisis, SettlesWhereTheRatesVanish) {
  Local state = healthy;
  for (int i = 0; i < 200; ++i) state = law.advance(state, stale, load, 1e6);
  EXPECT_NEAR(law.calcium_rate(state.calcium, state.energy, state.acetylcholine, state.memory, 0.0), 0.0, 1e-12);
  EXPECT_NEAR(law.energy_rate(state.energy, state.calcium, 0.1, 0.84, 0.13, 1.0, 1.0), 0.0, 1e-12);
  EXPECT_NEAR(state.acetylcholine, law.acetylcholine_release(0.651, 0.84, 0.13, 1.0, 0.0), 1e-12);
  EXPECT_NEAR(state.memory, law.memory_target(law.contracture_activation(state.calcium, 1.0)), 1e-12);
}

TEST(EnergyCrisis, IsFirstOrderInTheStep) {
  // Against a step 64 times finer; first order leaves errors in the ratio of the steps minus the finest one.
  const double end_time = 8.0;
  const auto after = [&](int steps) {
    Local state = healthy;
    for (int n = 0; n < steps; ++n) state = law.advance(state, stale, load, end_time / steps);
    return state;
  };
  const Local exact = after(5120), coarse = after(80), fine = after(160);
  const double expected = (1.0 / 80 - 1.0 / 5120) / (1.0 / 160 - 1.0 / 5120);
  EXPECT_NEAR((coarse.calcium - exact.calcium) / (fine.calcium - exact.calcium), expected, 0.1);
  EXPECT_NEAR((coarse.energy - exact.energy) / (fine.energy - exact.energy), expected, 0.1);
}

TEST(EnergyCrisis, MemoryGrowsInHoursFadesInDaysAndIsReset) {
  const Local grown = law.advance({1.496, 0.1, 0.9, 0.0}, stale, load, 7200.0);
  EXPECT_NEAR(grown.memory, 1.0 - std::exp(-1.0), 2e-3);  // the target is 0.9994
  const Influence elsewhere{0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
  const Local faded = law.advance({0.0, 1.0, 0.0, 0.5}, {30.0, 0.0, 0.0}, elsewhere, 259200.0);
  EXPECT_NEAR(faded.memory, 0.5 * std::exp(-1.0), 1e-14);
  const Influence stretched{0.0, 0.0, 0.0, 0.0, 1.0, 0.01};
  EXPECT_NEAR(law.advance({0.0, 1.0, 0.0, 1.0}, {30.0, 0.0, 0.0}, stretched, 90.0).memory,
              std::exp(-0.9 - 90.0 / 259200.0), 1e-14);
}

TEST(EnergyCrisisSetup, DefaultsAreThoseOfTheLaw) {
  const EnergyCrisis made = make_energy_crisis({});
  const double* a = &made.contracture_half;
  const double* b = &law.contracture_half;
  for (std::size_t i = 0; i < sizeof(EnergyCrisis) / sizeof(double); ++i) EXPECT_NEAR(a[i], b[i], 1e-14 * b[i]) << i;
}

/// The law of a case in which only `mechanism` differs from the default.
EnergyCrisis with(double spec::Mechanisms::*mechanism, double gain) {
  spec::Physiology physiology;
  physiology.mechanisms.*mechanism = gain;
  return make_energy_crisis(physiology);
}

TEST(EnergyCrisisSetup, AGainOfZeroTakesItsTermOut) {
  using M = spec::Mechanisms;
  EXPECT_EQ(with(&M::end_plate_leak, 0.0).calcium_rate(0.1, 1.0, 5.0, 0.0, 0.0),
            law.calcium_rate(0.1, 1.0, 0.0, 0.0, 0.0));
  EXPECT_EQ(with(&M::contracture_memory, 0.0).calcium_rate(0.1, 1.0, 0.0, 1.0, 0.0),
            law.calcium_rate(0.1, 1.0, 0.0, 0.0, 0.0));
  EXPECT_DOUBLE_EQ(with(&M::statin_leak, 0.0).calcium_rate(0.1, 1.0, 0.0, 1.0, 0.7),
                   law.calcium_rate(0.1, 1.0, 0.0, 1.0, 0.0));
  EXPECT_EQ(with(&M::mitochondria, 0.0).oxidative_rate(5.0, 0.5, 0.2), law.oxidative_rate(5.0, 0.5, 1.0));
  EXPECT_EQ(with(&M::perfusion_loss, 0.0).perfusion(1e6), 1.0);
  EXPECT_EQ(with(&M::acid, 0.0).acid_production(law.glycolytic_rate(0.1, 0.0)), 0.0);
  EXPECT_EQ(with(&M::sensitiser, 0.0).sensitiser_production(0.0, 1.0, 1.0), 0.0);
  EXPECT_EQ(with(&M::botulinum, 0.0).acetylcholine_release(0.6, 0.5, 0.1, 1.0, 0.9),
            law.acetylcholine_release(0.6, 0.5, 0.1, 1.0, 0.0));
}

TEST(EnergyCrisisSetup, AGainScalesItsTerm) {
  using M = spec::Mechanisms;
  EXPECT_DOUBLE_EQ(with(&M::end_plate_leak, 0.5).end_plate_leak, 0.3);
  EXPECT_DOUBLE_EQ(with(&M::contracture_memory, 2.0).memory_leak, 1.9);
  EXPECT_DOUBLE_EQ(with(&M::perfusion_loss, 2.0).perfusion(2.9e3), 0.5);
  EXPECT_DOUBLE_EQ(with(&M::mitochondria, 0.5).oxidative_rate(2.0, 0.9, 0.0), 0.5 * law.oxidative_rate(2.0, 0.9, 1.0));
}

}  // namespace
}  // namespace tautband
