// Properties of the point laws of the reflex arc and of contracture.
#include "laws/afferent_rate.hpp"
#include "laws/contracture.hpp"
#include "laws/motor_drive.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

constexpr AfferentRate spindle{10.0, 150.0, 30.0, 0.5, 0.01, 0.0, 300.0};

TEST(AfferentRate, IsLinearInStretchAndAPowerOfItsRate) {
  EXPECT_EQ(spindle(0.0, 0.0, 0.0), 10.0);
  EXPECT_NEAR(spindle(0.1, 0.0, 0.0), 25.0, 1e-12);
  EXPECT_NEAR(spindle(0.0, 0.0, 70.0), 80.0, 1e-12);
  // |v| = 400 floors: the smoothed power differs by (1 - p)/2 / 400^2 of itself
  EXPECT_NEAR(spindle(0.0, 4.0, 0.0), 10.0 + 30.0 * 2.0, 60.0 * 2e-6);
  EXPECT_NEAR(spindle(0.4, -4.0, 0.0), 10.0 + 60.0 - 30.0 * 2.0, 60.0 * 2e-6);
}

TEST(AfferentRate, IsStraightBelowTheFloor) {
  const double slope = 30.0 * std::pow(0.01, -0.5);
  for (double v : {1e-6, 1e-5, -1e-5}) EXPECT_NEAR(spindle(0.0, v, 0.0) - 10.0, slope * v, 1e-5 * slope * std::abs(v));
}

TEST(AfferentRate, StaysBetweenZeroAndItsHighest) {
  EXPECT_EQ(spindle(-1.0, 0.0, 0.0), 0.0);
  EXPECT_EQ(spindle(0.0, -10.0, 0.0), 0.0);
  EXPECT_EQ(spindle(3.0, 0.0, 0.0), 300.0);
}

TEST(AfferentRate, FusimotorRateIsAdded) {
  AfferentRate driven = spindle;
  driven.fusimotor_rate = 25.0;
  EXPECT_EQ(driven(0.0, 0.0, 0.0), 35.0);
}

TEST(MotorDrive, CountsRatesAboveRestAndSaturates) {
  const MotorDrive pool{5e-4, 10.0, 4.0};
  EXPECT_NEAR(pool.drive(0.02, 1.5, 1.5 * 10.0), 0.02, 1e-16);
  EXPECT_NEAR(pool.drive(0.02, 1.5, 1.5 * 110.0), 0.02 + 1.5 * 0.05, 1e-15);
  EXPECT_EQ(pool.excitation(0.1, 0.2), 0.0);
  EXPECT_NEAR(pool.excitation(0.3, 0.2), 0.4, 1e-15);
  EXPECT_EQ(pool.excitation(0.9, 0.2), 1.0);
}

constexpr Contracture knot{1.0, 0.1, 0.1, 1.0, 30.0, 0.5, 5.0, 2.0};

TEST(Contracture, TargetIsARampAboveTheThreshold) {
  EXPECT_EQ(knot.target(0.05), 0.0);
  EXPECT_NEAR(knot.target(0.15), 0.5, 1e-14);
  EXPECT_EQ(knot.target(0.7), 1.0);
}

TEST(Contracture, EndPlateFallsToOneOverEAtItsHalfLength) {
  EXPECT_EQ(Contracture::end_plate(0.0, 2.5e-3, 4.0), 1.0);
  EXPECT_NEAR(Contracture::end_plate(2.5e-3, 2.5e-3, 4.0), std::exp(-1.0), 1e-15);
  EXPECT_EQ(Contracture::end_plate(-1e-3, 2.5e-3, 4.0), Contracture::end_plate(1e-3, 2.5e-3, 4.0));
}

TEST(Contracture, RisesFallsAndNeverLeavesItsRange) {
  const Contracture::State rest{0.0, 1.0};
  EXPECT_NEAR(knot.advance(rest, 1.0, 1.0).activation, 1.0 - std::exp(-1.0), 1e-15);
  EXPECT_NEAR(knot.advance({1.0, 0.5}, 0.0, 30.0).activation, std::exp(-1.0), 1e-15);
  for (double dt : {0.0, 1e-6, 0.1, 10.0, 1e9})
    for (double target : {0.0, 0.4, 1.0})
      for (const Contracture::State& start : {rest, Contracture::State{0.7, 0.8}, Contracture::State{1.0, 0.5}}) {
        const Contracture::State end = knot.advance(start, target, dt);
        EXPECT_GE(end.activation, 0.0);
        EXPECT_LE(end.activation, 1.0);
        EXPECT_GE(end.stretch, 0.5);
        EXPECT_LE(end.stretch, 1.0);
      }
  const Contracture::State same = knot.advance({0.7, 0.8}, 0.4, 0.0);
  EXPECT_EQ(same.activation, 0.7);
  EXPECT_EQ(same.stretch, 0.8);
}

TEST(Contracture, SettlesWhereTheLawSays) {
  const Contracture::State end = knot.advance({0.0, 1.0}, 0.6, 1e6);
  EXPECT_NEAR(end.activation, 0.6, 1e-12);
  EXPECT_NEAR(end.stretch, 1.0 - 0.5 * 0.6, 1e-5);
}

TEST(Contracture, IsSecondOrderInTheStep) {
  // Two lags in series, both rising: a_c = T (1 - e^(-t/up)), lambda_c from its closed form.
  const double t = 4.0, up = 1.0, slow = 5.0;
  const double exact = 1.0 - 0.5 * (1.0 - (slow * std::exp(-t / slow) - up * std::exp(-t / up)) / (slow - up));
  double error[2];
  for (int level = 0; level < 2; ++level) {
    const int steps = 20 << level;
    Contracture::State state{0.0, 1.0};
    for (int n = 0; n < steps; ++n) state = knot.advance(state, 1.0, t / steps);
    error[level] = std::abs(state.stretch - exact);
  }
  EXPECT_NEAR(error[0] / error[1], 4.0, 0.4);
}

}  // namespace
}  // namespace tautband
