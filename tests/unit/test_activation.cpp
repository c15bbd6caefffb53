// Activation dynamics: bounds, order, and the exact solutions of pure rise and pure fall.
#include "laws/activation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tautband::test {
namespace {

constexpr ActivationTimes<double> times{15e-3, 60e-3, 10.0};
/// With a sharp switch f = +-1/2, so that rise and fall have closed forms.
constexpr ActivationTimes<double> sharp{15e-3, 60e-3, 1e9};

double advance(const ActivationTimes<double>& t, double a, double e, double duration, int steps) {
  for (int i = 0; i < steps; ++i) a = advance_activation(t, a, e, duration / steps);
  return a;
}

TEST(Activation, StaysBetweenItsStartAndTheExcitationForAnyStep) {
  for (double dt : {1e-6, 1e-3, 0.05, 1.0, 1e6})
    for (double a = 0.0; a <= 1.0; a += 0.05)
      for (double e = 0.0; e <= 1.0; e += 0.05) {
        const double next = advance_activation(times, a, e, dt);
        EXPECT_GE(next, std::min(a, e) - 1e-15) << a << " to " << e << " in " << dt;
        EXPECT_LE(next, std::max(a, e) + 1e-15) << a << " to " << e << " in " << dt;
      }
}

TEST(Activation, RisesWithExcitation) {
  for (double dt : {1e-4, 1e-3, 5e-3})
    for (double a = 0.0; a <= 1.0; a += 0.1) {
      double before = -1.0;
      for (double e = 0.0; e <= 1.0; e += 0.01) {
        const double next = advance_activation(times, a, e, dt);
        EXPECT_GT(next, before) << "a " << a << ", e " << e << ", dt " << dt;
        before = next;
      }
    }
}

TEST(Activation, RestsWhereItEqualsExcitation) {
  EXPECT_DOUBLE_EQ(advance_activation(times, 0.3, 0.3, 0.1), 0.3);
  EXPECT_NEAR(advance(times, 0.9, 0.2, 10.0, 10000), 0.2, 1e-12);
}

// e = 1: integral of (1/2 + 3/2 a)/(1 - a) from 0 gives -3/2 a - 2 ln(1 - a) = t/t_up.
TEST(Activation, PureRise) {
  for (double a : {0.2, 0.5, 0.9}) {
    const double t = sharp.up * (-1.5 * a - 2.0 * std::log(1.0 - a));
    EXPECT_NEAR(advance(sharp, 0.0, 1.0, t, 20000), a, 1e-8);
  }
}

// e = 0: a/(1/2 + 3/2 a) = 1/2 exp(-t/(2 t_down)) from a = 1.
TEST(Activation, PureFall) {
  for (double t : {0.01, 0.06, 0.3}) {
    const double q = 0.5 * std::exp(-0.5 * t / sharp.down);
    EXPECT_NEAR(advance(sharp, 1.0, 0.0, t, 20000), 0.5 * q / (1.0 - 1.5 * q), 1e-8);
  }
}

TEST(Activation, StepIsSecondOrder) {
  const double q = 0.5 * std::exp(-0.5 * 0.1 / sharp.down), exact = 0.5 * q / (1.0 - 1.5 * q);
  const double coarse = std::fabs(advance(sharp, 1.0, 0.0, 0.1, 50) - exact);
  const double fine = std::fabs(advance(sharp, 1.0, 0.0, 0.1, 100) - exact);
  EXPECT_NEAR(std::log2(coarse / fine), 2.0, 0.1);
}

// At 1 ms, the step of the reflex network, the error stays below 0.1 % of full activation.
TEST(Activation, OneMillisecondIsExactEnough) {
  EXPECT_NEAR(advance(times, 0.0, 1.0, 0.03, 30), advance(times, 0.0, 1.0, 0.03, 30000), 1e-3);
  EXPECT_NEAR(advance(times, 1.0, 0.0, 0.1, 100), advance(times, 1.0, 0.0, 0.1, 100000), 1e-3);
}

TEST(Activation, RateIsThatOfThePaper) {
  // Half smoothing: f = 1/2 tanh(10 * 0.05), a = 0.35, e = 0.4.
  const double f = 0.5 * std::tanh(0.5), ease = 0.5 + 1.5 * 0.35;
  EXPECT_NEAR(activation_rate(times, 0.35, 0.4), ((f + 0.5) / (0.015 * ease) + (0.5 - f) * ease / 0.06) * 0.05, 1e-12);
}

}  // namespace
}  // namespace tautband::test
