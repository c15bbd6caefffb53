// Nociceptor, central sensitisation, segments, referral and strength at a point, against closed forms and
// docs/model.md 11.
#include "laws/adaptation.hpp"
#include "laws/central_sensitisation.hpp"
#include "laws/nociceptor.hpp"
#include "laws/referral.hpp"
#include "laws/segment_field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace tautband {
namespace {

TEST(Nociceptor, FiresAboveItsThreshold) {
  const Nociceptor law;
  EXPECT_EQ(law(0.40, 0.4, 0.0), 0.0);
  EXPECT_NEAR(law(0.55, 0.0, 0.0), 0.5, 1e-14);  // x = K_N
  EXPECT_NEAR(law(0.25, 1.4, 0.0), 0.5, 1e-14);  // 0.3 from acid
  // the active point of the 0-D model: S = 0.651, pH 6.26
  EXPECT_NEAR(law(0.651, 7.1 - 6.26, 0.0), 0.718, 1e-3);
}

TEST(Nociceptor, PressureAddsAboveAThresholdThatSensitiserLowers) {
  const Nociceptor law;
  EXPECT_EQ(law.pressure_threshold(0.0), 60e3);
  EXPECT_EQ(law.pressure_threshold(1.0), 30e3);
  EXPECT_EQ(law(0.5, 0.0, 45e3), law(0.5, 0.0, 0.0));    // p_th at S = 0.5
  EXPECT_NEAR(law(0.5, 0.0, 95e3), 0.30 / 0.45, 1e-14);  // 50 kPa above it: x = 0.1 + 0.2
  EXPECT_NEAR(law.pressure_pain_threshold(0.0), 300e3, 1e-9);
  // loss at an active point (S = 0.65): Geri 2022 reports 105 kPa (61 .. 149) less than in healthy muscle
  const double loss = law.pressure_pain_threshold(0.0) - law.pressure_pain_threshold(0.65);
  EXPECT_GT(loss, 61e3);
  EXPECT_LT(loss, 149e3);
}

TEST(Nociceptor, StaysBelowOneAndGrowsWithEachInput) {
  const Nociceptor law;
  double last = -1.0;
  for (double s = 0.3; s <= 1.0; s += 0.05) {
    const double n = law(s, 0.0, 0.0);
    EXPECT_GE(n, last);
    EXPECT_LT(law(s, 7.0, 1e7), 1.0);
    EXPECT_GE(law(s, 0.8, 100e3), law(s, 0.8, 0.0));
    last = n;
  }
}

TEST(CentralSensitisation, RisesInHalfAnHourAndFallsInADay) {
  const CentralSensitisation law;
  EXPECT_EQ(law.settled(0.0), 0.0);
  EXPECT_NEAR(law.settled(0.3), 0.5, 1e-15);
  EXPECT_NEAR(law.advance(0.0, 0.6, 1800.0), 0.8 * (1.0 - std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(law.advance(0.8, 0.0, 86400.0), 0.8 * std::exp(-1.0), 1e-15);
  // exact: one long step is many short ones
  double c = 0.1;
  for (int i = 0; i < 1000; ++i) c = law.advance(c, 0.7, 3.6);
  EXPECT_NEAR(c, law.advance(0.1, 0.7, 3600.0), 1e-12);
  EXPECT_NEAR(law.advance(0.3, 0.7, 1e9), law.settled(0.7), 1e-15);
  EXPECT_NEAR(law.pain(0.7, 0.8), 0.7 * 1.4, 1e-15);
}

using Levels = std::array<double, spinal_segments>;

/// Input N to segments first .. first + count.
Levels input_to(int first, int count, double nociception) {
  Levels input{};
  std::fill_n(input.begin() + first, count, nociception);
  return input;
}

TEST(SegmentField, OneImplicitStepSolvesItsEquations) {
  const SegmentField law;
  Levels before{};
  for (int s = 0; s < spinal_segments; ++s) before[s] = 0.1 + 0.01 * ((7 * s) % 13);
  const Levels input = input_to(3, 4, 0.7);
  const double dt = 45.0, sensitisation = 0.6, kappa = 0.1 * (1.0 + 3.0 * 0.6);
  Levels after = before;
  law.advance(after.data(), input.data(), sensitisation, dt);
  for (int s = 0; s < spinal_segments; ++s) {
    const double left = s > 0 ? after[s - 1] - after[s] : 0.0;
    const double right = s + 1 < spinal_segments ? after[s + 1] - after[s] : 0.0;
    EXPECT_NEAR(after[s] - before[s], dt / 30.0 * (-after[s] + input[s] + kappa * (left + right)), 1e-13) << s;
  }
}

TEST(SegmentField, SpreadMovesInputWithoutAddingAny) {
  SegmentField law;
  law.spread = 2.0;
  Levels level{};
  for (int i = 0; i < 100; ++i) law.advance(level.data(), input_to(0, 1, 0.8).data(), 1.0, 60.0);
  double sum = 0.0;
  for (const double x : level) sum += x;
  EXPECT_NEAR(sum, 0.8, 1e-12);  // in the end what flows in is what decays
  EXPECT_LT(level[0], 0.8);
  for (int s = 1; s < spinal_segments; ++s) EXPECT_LT(level[s], level[s - 1]);
}

TEST(SegmentField, AnyStepKeepsLevelsInTheirRange) {
  const SegmentField law;
  for (const double dt : {1e-3, 1.0, 86400.0, 1e9}) {
    Levels level{};
    level[5] = 1.0;
    law.advance(level.data(), input_to(10, 3, 0.9).data(), 1.0, dt);
    for (const double x : level) {
      EXPECT_GE(x, 0.0);
      EXPECT_LE(x, 1.0);
    }
  }
}

/// Time, s, at which steady nociception opens the gate of a muscle with `count` segments; 600 if it never does.
double latency(int count, double nociception, double sensitisation) {
  const SegmentField law;
  const Referral gate;
  const Levels input = input_to(5, count, 0.85 * nociception);  // segment_input of [pain]
  Levels level{};
  for (int i = 1; i <= 6000; ++i) {
    law.advance(level.data(), input.data(), sensitisation, 0.1);
    const double most = *std::max_element(level.begin(), level.end());
    if (gate(1.0, 0.0, 1.0, 0.0, most) > 0.0) return 0.1 * i;
  }
  return 600.0;
}

TEST(Referral, NeedsTwentyToSixtySecondsOfInput) {
  // what nociception reaches in the 0-D model (at most 0.718), for muscles of two to five segments
  for (const int segments : {2, 3, 4, 5})
    for (const double nociception : {0.45, 0.6, 0.718}) {
      const double seconds = latency(segments, nociception, 0.0);
      EXPECT_GT(seconds, 19.5) << segments << " segments, N = " << nociception;
      EXPECT_LT(seconds, 60.0) << segments << " segments, N = " << nociception;
    }
  for (const double sensitisation : {0.0, 0.85}) EXPECT_EQ(latency(3, 0.3, sensitisation), 600.0);
}

TEST(Referral, SpillsOverWithSensitisation) {
  const Referral law;
  EXPECT_EQ(law(0.7, 0.5, 1.0, 0.0, 0.29), 0.0);
  EXPECT_EQ(law(0.7, 0.5, 1.0, 0.0, 0.31), 0.7);
  EXPECT_EQ(law(0.7, 0.0, 0.0, 1.0, 0.31), 0.0);
  EXPECT_EQ(law(0.7, 0.5, 0.0, 1.0, 0.31), 0.35);
}

TEST(StrengthAdaptation, LosesStrengthAsInBedRest) {
  const StrengthAdaptation law;
  constexpr double day = 86400.0;
  // lasting pain beyond 0.8: 1 - 0.5 (1 - exp(-t / 30 d))
  EXPECT_NEAR(law.advance(1.0, 1.0, 14 * day), 0.81, 5e-3);
  EXPECT_NEAR(law.advance(1.0, 1.0, 30 * day), 0.68, 5e-3);
  EXPECT_NEAR(law.advance(1.0, 1.0, 90 * day), 0.525, 1e-3);
  EXPECT_EQ(law.advance(1.0, 0.0, 90 * day), 1.0);
  EXPECT_NEAR(law.settled(0.4), 0.75, 1e-15);
  EXPECT_NEAR(law.advance(0.5, 0.0, 60 * day), 1.0 - 0.5 * std::exp(-1.0), 1e-15);
  double w = 1.0;
  for (int i = 0; i < 100; ++i) w = law.advance(w, 0.6, 0.5 * day);
  EXPECT_NEAR(w, law.advance(1.0, 0.6, 50 * day), 1e-12);
}

}  // namespace
}  // namespace tautband
