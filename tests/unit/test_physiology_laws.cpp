// Properties of the point laws of the reflex arc and of contracture.
#include "laws/afferent_rate.hpp"
#include "laws/contracture.hpp"
#include "laws/fusimotor.hpp"
#include "laws/motor_drive.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

constexpr AfferentRate spindle{10.0, 150.0, 30.0, 0.5, 0.01, 100.0, 0.2, 300.0};

TEST(AfferentRate, IsLinearInStretchAndAPowerOfItsRate) {
  EXPECT_EQ(spindle(0.0, 0.0, 0.2, 0.0), 10.0);
  EXPECT_NEAR(spindle(0.1, 0.0, 0.2, 0.0), 25.0, 1e-12);
  EXPECT_NEAR(spindle(0.0, 0.0, 0.2, 70.0), 80.0, 1e-12);
  // |v| = 400 floors: the smoothed power differs by (1 - p)/2 / 400^2 of itself
  EXPECT_NEAR(spindle(0.0, 4.0, 0.2, 0.0), 10.0 + 30.0 * 2.0, 60.0 * 2e-6);
  EXPECT_NEAR(spindle(0.4, -4.0, 0.2, 0.0), 10.0 + 60.0 - 30.0 * 2.0, 60.0 * 2e-6);
}

TEST(AfferentRate, IsStraightBelowTheFloor) {
  const double slope = 30.0 * std::pow(0.01, -0.5);
  for (double v : {1e-6, 1e-5, -1e-5})
    EXPECT_NEAR(spindle(0.0, v, 0.2, 0.0) - 10.0, slope * v, 1e-5 * slope * std::abs(v));
}

TEST(AfferentRate, StaysBetweenZeroAndItsHighest) {
  EXPECT_EQ(spindle(-1.0, 0.0, 0.2, 0.0), 0.0);
  EXPECT_EQ(spindle(0.0, -10.0, 0.2, 0.0), 0.0);
  EXPECT_EQ(spindle(3.0, 0.0, 0.2, 0.0), 300.0);
}

TEST(AfferentRate, FusimotorLevelCountsAboveRest) {
  EXPECT_NEAR(spindle(0.0, 0.0, 0.45, 0.0), 35.0, 1e-12);
  EXPECT_EQ(spindle(0.0, 0.0, 0.1, 0.0), 10.0);
}

constexpr MotorDrive pool{5e-4, 1.0 / 3e3, 2e-4, 10.0, 20.0, 0.5, 4.0};

TEST(MotorDrive, CountsRatesAboveRestAndTakesTendonOrgansOff) {
  const double w = 1.5;
  EXPECT_NEAR(pool.drive(0.02, 1.0, 0.0, w, {w * 10.0, w * 20.0, 0.0}), 0.02, 1e-16);
  EXPECT_NEAR(pool.drive(0.02, 1.0, 0.0, w, {w * 110.0, w * 20.0, 0.0}), 0.02 + w * 0.05, 1e-15);
  EXPECT_NEAR(pool.drive(0.02, 1.0, 0.0, w, {w * 10.0, w * 50.0, 0.0}), 0.02 + w * 0.01, 1e-15);
  EXPECT_NEAR(pool.drive(0.02, 1.0, 0.0, w, {w * 10.0, w * 20.0, 50.0}), 0.02 - 0.01, 1e-15);
}

TEST(MotorDrive, ABlockLowersAndSensitisationRaisesTheReflexAlone) {
  const MotorDrive::Afferents heard{110.0, 20.0, 0.0};
  EXPECT_NEAR(pool.drive(0.02, 0.0, 1.0, 1.0, heard), 0.02, 1e-16);
  EXPECT_NEAR(pool.drive(0.02, 0.5, 0.8, 1.0, heard), 0.02 + 0.5 * 1.4 * 0.05, 1e-15);
}

TEST(MotorDrive, ExcitationSaturates) {
  EXPECT_EQ(pool.excitation(0.1, 0.2), 0.0);
  EXPECT_NEAR(pool.excitation(0.3, 0.2), 0.4, 1e-15);
  EXPECT_EQ(pool.excitation(0.9, 0.2), 1.0);
}

TEST(Fusimotor, FollowsNociceptionWithItsTime) {
  constexpr Fusimotor law{0.2, 0.25, 10.0};
  EXPECT_NEAR(law.advance(0.2, 0.6, 10.0), 0.2 + 0.15 * (1.0 - std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(law.advance(0.9, 0.6, 1e9), 0.35, 1e-15);
  EXPECT_NEAR(law.advance(law.advance(0.9, 0.6, 3.0), 0.6, 4.0), law.advance(0.9, 0.6, 7.0), 1e-15);
}

constexpr Contracture knot{1.0, 0.5, 5.0, 2.0, 10.0, 40e3, 0.02};

TEST(Contracture, EndPlateFallsToOneOverEAtItsHalfLength) {
  EXPECT_EQ(Contracture::end_plate(0.0, 2.5e-3, 4.0), 1.0);
  EXPECT_NEAR(Contracture::end_plate(2.5e-3, 2.5e-3, 4.0), std::exp(-1.0), 1e-15);
  EXPECT_EQ(Contracture::end_plate(-1e-3, 2.5e-3, 4.0), Contracture::end_plate(1e-3, 2.5e-3, 4.0));
}

TEST(Contracture, ShortensAndLengthensWithItsTimes) {
  EXPECT_NEAR(knot.advance(1.0, 0.6, 1.0, 0.0, 5.0), 1.0 - 0.5 * 0.6 * (1.0 - std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(knot.advance(0.6, 0.0, 1.0, 0.0, 2.0), 1.0 - 0.4 * std::exp(-1.0), 1e-15);
  // without energy cross-bridges hold on: 2 s become 22 s
  EXPECT_NEAR(knot.advance(0.6, 0.0, 0.0, 0.0, 22.0), 1.0 - 0.4 * std::exp(-1.0), 1e-15);
  EXPECT_NEAR(knot.advance(1.0, 0.6, 1.0, 0.0, 1e6), 0.7, 1e-12);
}

TEST(Contracture, GivesWayAboveItsYieldStress) {
  EXPECT_EQ(knot.advance(0.5, 1.0, 0.2, 40e3, 10.0), 0.5);
  // shortened 1 - lambda = 0.5 held at rate 1/T, torn at rate k: settles at 0.5 (1/T) / (1/T + k)
  const double held = 1.0 / (2.0 * (1.0 + 10.0 * 0.8)), torn = 0.02;
  double stretch = 0.5;
  for (int n = 0; n < 2000; ++n) stretch = knot.advance(stretch, 1.0, 0.2, 80e3, 0.05);
  EXPECT_GT(stretch, 0.5);
  EXPECT_LT(stretch, 1.0 - 0.5 * held / (held + torn));
}

TEST(Contracture, NeverLeavesItsRange) {
  for (double dt : {0.0, 1e-6, 0.1, 10.0, 1e9})
    for (double activation : {0.0, 0.4, 1.0})
      for (double start : {0.5, 0.8, 1.0})
        for (double stress : {0.0, 1e6}) {
          const double end = knot.advance(start, activation, 0.3, stress, dt);
          EXPECT_GE(end, 0.5);
          EXPECT_LE(end, 1.0);
          EXPECT_TRUE(dt > 0.0 || end == start);
        }
}

}  // namespace
}  // namespace tautband
