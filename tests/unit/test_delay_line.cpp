// Delay lines: pure delays, and the delayed feedback loop whose onset of oscillation is known analytically.
#include "base/delay_line.hpp"

#include "base/copies.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace tautband {
namespace {

enum class Signal { step, ramp };
constexpr double step_time = 0.01037, grid = 1e-3;

KOKKOS_INLINE_FUNCTION double value_of(Signal signal, double time) {
  if (signal == Signal::step) return time >= step_time ? 1.0 : 0.0;
  return 3.0 * time - 1.0;
}

/// Fills a line with a signal up to `end` (s), as time goes on, and reads it at `times`.
std::vector<double> read_delayed(Signal signal, double start, double longest, double end,
                                 const std::vector<double>& times) {
  DelayLine line("line", 2, grid, longest, start);
  const View1<double> time = to_device("times", times);
  View1<double> out("out", times.size());
  const std::int64_t last = line.last_before(end), first = -line.slots() + 1;
  Kokkos::parallel_for(
      "fill", Kokkos::RangePolicy<Execution>(0, 1), KOKKOS_LAMBDA(int) {
        for (std::int64_t k = first; k <= last; ++k) {
          line.store(k, 0, -1.0);
          line.store(k, 1, value_of(signal, line.time(k)));
        }
      });
  line.extend_to(last);
  Kokkos::parallel_for(
      "read", Kokkos::RangePolicy<Execution>(0, static_cast<int>(times.size())),
      KOKKOS_LAMBDA(int i) { out(i) = line.at(time(i), 1); });
  return to_host(out);
}

TEST(DelayLine, DelaysAStepToWithinOneGridStep) {
  const double delay = 7.3e-3;
  std::vector<double> times;
  for (int i = 0; i < 300; ++i) times.push_back(10e-3 + i * 1e-5);
  const std::vector<double> out = read_delayed(Signal::step, 0.0, delay, 20e-3, times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    // A reader at time t sees times[i] = t - delay; linear interpolation smears the step over one grid step.
    if (times[i] < step_time - grid) {
      EXPECT_EQ(out[i], 0.0) << times[i];
    }
    if (times[i] > step_time + grid) {
      EXPECT_EQ(out[i], 1.0) << times[i];
    }
    EXPECT_GE(out[i], 0.0);
    EXPECT_LE(out[i], 1.0);
  }
}

TEST(DelayLine, DelaysARampExactly) {
  const double now = 0.2;
  for (double start : {0.0, -0.73})
    for (double delay : {0.0, 0.4e-3, 7e-3, 33.3e-3}) {
      const std::vector<double> out = read_delayed(Signal::ramp, start, 40e-3, now, {now - delay});
      // round-off of the grid position: 1e-16 of about 1e3 grid steps, times the slope of the ramp per step
      EXPECT_NEAR(out[0], value_of(Signal::ramp, now - delay), 1e-12) << start << " " << delay;
    }
}

TEST(DelayLine, HoldsItsOldestAndNewestValue) {
  const double longest = 5e-3, now = 0.1;
  const std::vector<double> out = read_delayed(Signal::ramp, 0.0, longest, now, {now + 1.0, now - longest, 0.0});
  EXPECT_NEAR(out[0], value_of(Signal::ramp, now), 1e-12);
  EXPECT_NEAR(out[1], value_of(Signal::ramp, now - longest), 1e-12);
  EXPECT_GE(out[2], value_of(Signal::ramp, now - longest - 2.0 * grid));
  EXPECT_LT(out[2], value_of(Signal::ramp, now - longest));
}

std::vector<double> read_untouched(double start, const std::vector<double>& times) {
  const DelayLine line("line", 1, grid, 0.05, start);
  const View1<double> time = to_device("times", times);
  View1<double> out("out", times.size());
  Kokkos::parallel_for(
      "read", Kokkos::RangePolicy<Execution>(0, static_cast<int>(times.size())),
      KOKKOS_LAMBDA(int i) { out(i) = line.at(time(i), 0); });
  return to_host(out);
}

TEST(DelayLine, WasZeroForEverBeforeItsStart) {
  EXPECT_EQ(read_untouched(2.0, {-1e3, 1.96, 2.0, 3.0}), (std::vector<double>{0.0, 0.0, 0.0, 0.0}));
}

/// y after two first-order lags of -gain y(t - delay): the loop of docs/model.md 3.5, started by a short push.
struct Loop {
  double gain, delay, lag1, lag2, dt;
  DelayLine line;
  View1<double> late;  ///< largest |y| in the first and in the second half of the last 4 s; upward zero crossings there

  KOKKOS_INLINE_FUNCTION void operator()(int) const {
    DelayLine memory = line;
    double x = 0.0, y = 0.0;
    const int steps = static_cast<int>(6.0 / dt), watched = static_cast<int>(2.0 / dt);
    for (int n = 0; n < steps; ++n) {
      const double time = n * dt, before = y;
      memory.store(n, 0, y);
      memory.extend_to(n);
      // In the middle of the step, with the exact step of both lags: second order in dt.
      const double push = time < 5e-3 ? 1.0 : 0.0, input = push - gain * memory.at(time + 0.5 * dt - delay, 0);
      const double x_end = input + (x - input) * ::exp(-dt / lag1), x_mean = 0.5 * (x + x_end);
      y = lag2 > 0.0 ? x_mean + (y - x_mean) * ::exp(-dt / lag2) : x_end;
      x = x_end;
      if (n < watched) continue;
      const int half = n < watched + (steps - watched) / 2 ? 0 : 1;
      late(half) = ::fmax(late(half), ::fabs(y));
      if (before < 0.0 && y >= 0.0) late(2) += 1.0;
    }
  }
};

struct Row {
  double delay, lag1, lag2;    ///< s
  double frequency, critical;  ///< Hz, K_c: table of docs/model.md 3.5
};

/// Root of omega T + atan(omega t1) + atan(omega t2) = pi by bisection.
double critical_omega(const Row& row) {
  double low = 0.0, high = std::numbers::pi / row.delay;
  for (int i = 0; i < 100; ++i) {
    const double omega = 0.5 * (low + high);
    const double phase = omega * row.delay + std::atan(omega * row.lag1) + std::atan(omega * row.lag2);
    (phase < std::numbers::pi ? low : high) = omega;
  }
  return low;
}

std::vector<double> run_loop(const Row& row, double gain) {
  const double dt = 2e-4;
  View1<double> late("late", 3);
  const Loop loop{gain, row.delay, row.lag1, row.lag2, dt, DelayLine("loop", 1, dt, row.delay, 0.0), late};
  Kokkos::parallel_for("loop", Kokkos::RangePolicy<Execution>(0, 1), loop);
  return to_host(late);
}

class HopfOnset : public testing::TestWithParam<Row> {};

TEST_P(HopfOnset, IsWhereTheDelayEquationPutsIt) {
  const Row row = GetParam();
  const double omega = critical_omega(row);
  const double critical = std::hypot(1.0, omega * row.lag1) * std::hypot(1.0, omega * row.lag2);
  EXPECT_NEAR(critical, row.critical, 0.005 * row.critical);  // table has three digits
  EXPECT_NEAR(omega / (2.0 * std::numbers::pi), row.frequency, 0.005 * row.frequency);

  const std::vector<double> below = run_loop(row, 0.95 * critical), above = run_loop(row, 1.05 * critical);
  EXPECT_LT(below[1], below[0]);
  EXPECT_GT(above[1], above[0]);
  // The frequency moves by 1.5 % at most over +-5 % of gain (table), and 4 s count whole cycles only.
  EXPECT_NEAR(above[2] / 4.0, row.frequency, 0.02 * row.frequency + 0.25);
}

INSTANTIATE_TEST_SUITE_P(Table, HopfOnset,
                         testing::Values(Row{0.015, 0.030, 0.030, 10.19, 4.69}, Row{0.025, 0.030, 0.030, 7.69, 3.10},
                                         Row{0.040, 0.040, 0.0, 8.07, 2.26}, Row{0.060, 0.050, 0.050, 3.74, 2.38}));

}  // namespace
}  // namespace tautband
