// Time curves: values at and between their points, and what makes one unusable.
#include <gtest/gtest.h>

#include "spec/curve.hpp"

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
}

}  // namespace
}  // namespace tautband::spec
