// Time curves: values at and between their points, and what makes one unusable.
#include <gtest/gtest.h>

#include "spec/curve.hpp"

#include <cmath>

namespace tautband::spec {
namespace {

Curve between(CurveKind kind, double start, double end) {
  Curve curve;
  curve.kind = kind;
  curve.start = start;
  curve.end = end;
  return curve;
}

Curve table(std::vector<double> times, std::vector<double> values) {
  Curve curve;
  curve.times = std::move(times);
  curve.values = std::move(values);
  return curve;
}

TEST(Curves, TableIsLinearAndConstantOutside) {
  const Curve curve = table({0.0, 1.0, 3.0}, {2.0, 4.0, 0.0});
  EXPECT_EQ(curve_fault(curve), "");
  EXPECT_EQ(evaluate(curve, -5.0), 2.0);
  EXPECT_EQ(evaluate(curve, 0.0), 2.0);
  EXPECT_DOUBLE_EQ(evaluate(curve, 0.25), 2.5);
  EXPECT_EQ(evaluate(curve, 1.0), 4.0);
  EXPECT_DOUBLE_EQ(evaluate(curve, 2.0), 2.0);
  EXPECT_EQ(evaluate(curve, 3.0), 0.0);
  EXPECT_EQ(evaluate(curve, 9.0), 0.0);
}

TEST(Curves, RampRisesOnce) {
  const Curve curve = between(CurveKind::ramp, -1.0, 3.0);
  EXPECT_EQ(evaluate(curve, -2.0), 0.0);
  EXPECT_DOUBLE_EQ(evaluate(curve, 1.0), 0.5);
  EXPECT_EQ(evaluate(curve, 3.0), 1.0);
  EXPECT_EQ(evaluate(curve, 8.0), 1.0);
}

TEST(Curves, StepIsOnFromStartUntilEnd) {
  const Curve curve = between(CurveKind::step, 1.0, 2.0);
  EXPECT_EQ(evaluate(curve, 0.999), 0.0);
  EXPECT_EQ(evaluate(curve, 1.0), 1.0);
  EXPECT_EQ(evaluate(curve, 1.999), 1.0);
  EXPECT_EQ(evaluate(curve, 2.0), 0.0);
  EXPECT_EQ(evaluate(between(CurveKind::step, 0.0, infinity), 1e9), 1.0);  // without an end it lasts
}

TEST(Curves, SineHasOffsetAmplitudeAndPhase) {
  Curve curve = between(CurveKind::sine, 0.5, infinity);
  curve.amplitude = 2.0;
  curve.frequency = 0.25;
  curve.offset = 1.0;
  EXPECT_NEAR(evaluate(curve, 0.5), 1.0, 1e-15);
  EXPECT_NEAR(evaluate(curve, 1.5), 3.0, 1e-15);  // a quarter of the 4 s period later
  EXPECT_NEAR(evaluate(curve, 3.5), -1.0, 1e-14);
  curve.phase = 0.5 * 3.14159265358979323846;
  EXPECT_NEAR(evaluate(curve, 0.5), 3.0, 1e-15);
}

TEST(Curves, TanhBeginsAtItsStart) {
  Curve curve = between(CurveKind::tanh, 0.5, infinity);
  curve.rate = 4.0;
  EXPECT_EQ(evaluate(curve, 0.4), 0.0);
  EXPECT_EQ(evaluate(curve, 0.5), 0.0);
  EXPECT_DOUBLE_EQ(evaluate(curve, 0.75), 0.76159415595576489);  // tanh 1
}

/// One type of motor unit, one stimulus per interval from 0.1 s.
Curve stimulated(double interval, double end) {
  Curve curve = between(CurveKind::twitches, 0.1, end);
  curve.fractions = {0.5};
  curve.forces = {4.0};
  curve.contraction_times = {0.02};
  curve.intervals = {interval};
  return curve;
}

TEST(Curves, TwitchRisesToItsForceAfterTheContractionTime) {
  const Curve curve = stimulated(1.0, 0.5);                                // one stimulus
  const double gain = (1.0 - std::exp(-2.0 * 0.02 * 0.02 * 0.02)) / 0.02;  // G of T / I = 0.02
  EXPECT_EQ(evaluate(curve, 0.1), 0.0);
  EXPECT_NEAR(evaluate(curve, 0.12), 0.5 * gain * 4.0, 1e-14);
  EXPECT_NEAR(evaluate(curve, 0.14), 0.5 * gain * 4.0 * 2.0 * std::exp(-1.0), 1e-14);
  EXPECT_NEAR(evaluate(curve, 9.0), 0.0, 1e-14);
}

TEST(Curves, FastStimulationFusesToATetanus) {
  // sum_j s exp(1 - s) at spacing I / T tends to e T / I, and G to I / T: a tetanus of e times the twitch's force.
  EXPECT_NEAR(evaluate(stimulated(1e-4, infinity), 5.0), 0.5 * 4.0 * std::exp(1.0), 1e-4);
  EXPECT_NEAR(evaluate(stimulated(1e-4, 1.0), 1.5), 0.0, 1e-7);  // 25 contraction times after the last stimulus
  const Curve old = stimulated(0.01, infinity);                  // what is long ago makes no difference
  EXPECT_NEAR(evaluate(old, 1e4 + 0.105), evaluate(old, 10.0 + 0.105), 1e-7);
}

TEST(Curves, ThreeTypesOfMotorUnitsAsIn4C) {
  Curve curve = between(CurveKind::twitches, 0.0, infinity);
  curve.fractions = {0.05, 0.29, 0.66};
  curve.forces = {25.0, 44.0, 768.0};
  curve.contraction_times = {0.02, 0.011, 0.011};
  curve.intervals = {0.004, 0.004, 0.004};
  EXPECT_NEAR(0.005207 * evaluate(curve, 0.015), 3.37632447587, 1e-11);
}

TEST(Curves, FaultsAreNamed) {
  const auto table_fault = [](std::vector<double> times, std::vector<double> values) {
    return curve_fault(table(std::move(times), std::move(values)));
  };
  EXPECT_EQ(table_fault({}, {}), "it has fewer than two times");
  EXPECT_EQ(table_fault({0, 1, 2}, {0, 1}), "it has 3 times but 2 values");
  EXPECT_EQ(table_fault({0, 1, 1}, {0, 1, 2}), "its times do not increase after entry 2");
  EXPECT_EQ(curve_fault(between(CurveKind::ramp, 1.0, 1.0)), "its end is not after its start");
  EXPECT_EQ(curve_fault(between(CurveKind::ramp, 0.0, infinity)), "a ramp has to end");
  EXPECT_EQ(curve_fault(between(CurveKind::step, 2.0, 1.0)), "its end is not after its start");
  EXPECT_EQ(curve_fault(between(CurveKind::sine, 0.0, infinity)), "");
  Curve twitches = stimulated(0.1, infinity);
  EXPECT_EQ(curve_fault(twitches), "");
  twitches.forces.push_back(1.0);
  EXPECT_EQ(curve_fault(twitches),
            "its fractions, forces, contraction_times and intervals need one entry each per type of motor unit");
  EXPECT_EQ(curve_fault(stimulated(0.1, 0.1)), "its end is not after its start");
}

}  // namespace
}  // namespace tautband::spec
