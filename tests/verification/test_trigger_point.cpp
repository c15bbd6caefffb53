// The trigger point without space against the figures of docs/model.md 9.4, which an independent program found by
// integrating the same equations: steady states, folds on a grid of 0.0025 of the drive, treatments, weeks of disuse.
#include "laws/trigger_point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

namespace tautband {
namespace {

using Condition = TriggerPoint::Condition;
using State = TriggerPoint::State;
using Influence = TriggerPoint::Influence;
using Signals = TriggerPoint::Signals<double>;

constexpr double minute = 60.0, hour = 3600.0, day = 86400.0;

/// The default law with strength held.
TriggerPoint rested() {
  TriggerPoint law;
  law.adaptation.largest_loss = 0.0;
  return law;
}

Influence load(double tonic_drive) {
  Influence from;
  from.tonic_drive = tonic_drive;
  return from;
}

void advance(const TriggerPoint& law, State& state, const Influence& from, double duration) {
  double step = 1e-3;
  ASSERT_TRUE(law.advance(state, from, duration, 1e-5, step).good);
}

State after(const TriggerPoint& law, State state, const Influence& from, double duration) {
  advance(law, state, from, duration);
  return state;
}

/// H, L or X after 12 hours.
char letter(const TriggerPoint& law, const State& start, const Influence& from) {
  return "HLX"[static_cast<int>(law.condition(after(law, start, from, 12 * hour), from))];
}
char letter(const TriggerPoint& law, Condition start, const Influence& from) {
  return letter(law, TriggerPoint::start(start), from);
}

/// Time (s) until nociceptors fire (or are silent), looked at every 2 s; -1 for never within two hours.
double time_until(bool firing, const TriggerPoint& law, State state, const Influence& from) {
  for (double time = 0.0; time < 2 * hour; time += 2.0) {
    if ((law.signals(state.y, from).nociception > 0.0) == firing) return time;
    advance(law, state, from, 2.0);
  }
  return -1.0;
}

// --- Steady states ---------------------------------------------------------------------------------------------------

struct Row {
  double drive;
  Condition start;
  double c, e, oxygen, ph, sensitiser, acetylcholine, memory, activation, contracture, pressure, perfusion, nociception;
};

// Latent rows are states after 24 h from full memory, which fades over days.
const Row table[] = {
    {0.02, Condition::healthy, 0.083, 0.990, 25.5, 7.09, 0.013, 0.060, 0, 0.080, 0.003, 1.50, 1.00, 0},
    {0.02, Condition::latent, 0.460, 0.987, 22.3, 7.09, 0.025, 0.060, 0.99, 0.080, 0.311, 3.09, 0.93, 0},
    {0.02, Condition::active, 1.496, 0.104, 0.1, 6.26, 0.651, 0.874, 1.00, 0.131, 0.939, 6.99, 0.32, 0.718},
    {0.04, Condition::healthy, 0.096, 0.979, 20.1, 7.08, 0.038, 0.101, 0, 0.160, 0.004, 3.00, 0.93, 0},
    {0.04, Condition::latent, 0.474, 0.974, 10.4, 7.06, 0.116, 0.104, 0.99, 0.160, 0.330, 4.52, 0.73, 0},
    {0.01, Condition::active, 1.321, 0.273, 0.1, 6.29, 0.616, 0.777, 1.00, 0.089, 0.914, 6.31, 0.42, 0.692}};

/// Half of the last printed digit, and a little for numbers that end in 5.
constexpr double digits(int decimals) { return (decimals == 1 ? 0.05 : decimals == 2 ? 0.005 : 0.0005) * 1.1; }

TEST(TriggerPoint, SettlesWhereTheTableSays) {
  const TriggerPoint law = rested();
  for (const Row& row : table) {
    SCOPED_TRACE(testing::Message() << "drive " << row.drive << ", from " << static_cast<int>(row.start));
    const Influence from = load(row.drive);
    const State state = after(law, TriggerPoint::start(row.start), from, day);
    const Signals now = law.signals(state.y, from);
    EXPECT_NEAR(state[TriggerPoint::calcium], row.c, digits(3));
    EXPECT_NEAR(state[TriggerPoint::energy], row.e, digits(3));
    EXPECT_NEAR(state[TriggerPoint::oxygen], row.oxygen, digits(1));
    EXPECT_NEAR(7.1 - state[TriggerPoint::acid], row.ph, digits(2));
    EXPECT_NEAR(state[TriggerPoint::sensitiser], row.sensitiser, digits(3));
    EXPECT_NEAR(state[TriggerPoint::acetylcholine], row.acetylcholine, digits(3));
    EXPECT_NEAR(state[TriggerPoint::memory], row.memory, digits(2));
    EXPECT_NEAR(now.activation, row.activation, digits(3));
    EXPECT_NEAR(now.contracture_activation, row.contracture, digits(3));
    EXPECT_NEAR(now.capillary_pressure, 1e3 * row.pressure, 1e3 * digits(2));
    EXPECT_NEAR(now.perfusion, row.perfusion, digits(2));
    EXPECT_NEAR(now.nociception, row.nociception, digits(3));
  }
}

TEST(TriggerPoint, MemoryOfALatentPointLastsOnlyUnderLoad) {
  const TriggerPoint law = rested();
  const State latent = TriggerPoint::start(Condition::latent);
  EXPECT_GT(after(law, latent, load(0.02), 200 * day)[TriggerPoint::memory], 0.9);
  EXPECT_GT(after(law, latent, load(0.0), 20 * day)[TriggerPoint::memory], 0.5);
  EXPECT_LT(after(law, latent, load(0.0), 60 * day)[TriggerPoint::memory], 0.01);
}

// --- Folds -----------------------------------------------------------------------------------------------------------

constexpr double grid = 0.0025;

/// From `drive` on, and not one grid step below, this start ends active.
void expect_fold(const TriggerPoint& law, Condition start, const Influence& from, double drive) {
  Influence at = from;
  at.tonic_drive = drive;
  EXPECT_EQ(letter(law, start, at), 'X') << "from " << static_cast<int>(start) << " at " << drive;
  at.tonic_drive = drive - grid;
  EXPECT_NE(letter(law, start, at), 'X') << "from " << static_cast<int>(start) << " at " << at.tonic_drive;
}

/// Drives at which H turns active, L turns active and X begins to last; 0: X lasts at any drive.
void expect_folds(const TriggerPoint& law, double healthy, double latent, double active, const Influence& from = {}) {
  expect_fold(law, Condition::healthy, from, healthy);
  expect_fold(law, Condition::latent, from, latent);
  if (active > 0.0) return expect_fold(law, Condition::active, from, active);
  EXPECT_EQ(letter(law, Condition::active, load(0.0)), 'X');
}

template <class Change> TriggerPoint changed(Change change) {
  TriggerPoint law = rested();
  change(law);
  return law;
}

TEST(TriggerPoint, HasThreeStatesBetweenItsFolds) {
  expect_folds(rested(), 0.070, 0.0475, 0.010);
  EXPECT_EQ(letter(rested(), Condition::healthy, load(0.03)), 'H');
  EXPECT_EQ(letter(rested(), Condition::latent, load(0.03)), 'L');
  EXPECT_EQ(letter(rested(), Condition::active, load(0.03)), 'X');
  EXPECT_EQ(letter(rested(), Condition::active, load(0.0075)), 'L');
}

TEST(TriggerPoint, ReflexMovesOnlyTheFoldOfTheActiveState) {
  expect_folds(changed([](TriggerPoint& law) { law.reflex_gain = 0.0; }), 0.070, 0.0475, 0.0225);
  expect_folds(changed([](TriggerPoint& law) { law.reflex_gain = 0.02; }), 0.070, 0.0475, 0.0175);
  expect_folds(changed([](TriggerPoint& law) { law.reflex_gain = 0.10; }), 0.070, 0.0475, 0.0);
}

TEST(TriggerPoint, CapillariesAndRecruitmentMoveAllFolds) {
  expect_folds(changed([](TriggerPoint& law) { law.crisis.half_flow_pressure = 4.5e3; }), 0.055, 0.035, 0.0);
  expect_folds(changed([](TriggerPoint& law) { law.crisis.half_flow_pressure = 7.0e3; }), 0.0825, 0.060, 0.025);
  expect_folds(changed([](TriggerPoint& law) { law.pressure_by_activation = 0.07; }), 0.090, 0.0675, 0.035);
  expect_folds(changed([](TriggerPoint& law) { law.pressure_by_activation = 0.12; }), 0.055, 0.0325, 0.0);
  expect_folds(changed([](TriggerPoint& law) { law.excitation_gain = 3.0; }), 0.0925, 0.0625, 0.0175);
  expect_folds(changed([](TriggerPoint& law) { law.excitation_gain = 6.0; }), 0.0475, 0.0325, 0.0025);
}

TEST(TriggerPoint, LeakAndMitochondriaMoveTheFoldOfTheLatentState) {
  const double leaks[] = {0.1, 0.25, 0.5, 1.0}, folds[] = {0.045, 0.040, 0.0325, 0.025};
  for (int i = 0; i < 4; ++i) {
    Influence statin;
    statin.local.leak = leaks[i];
    expect_folds(rested(), 0.0675, folds[i], 0.010, statin);
  }
  Influence weak;
  weak.local.mitochondria = 0.5;
  expect_folds(rested(), 0.0675, 0.045, 0.010, weak);
  weak.local.mitochondria = 0.3;
  expect_folds(rested(), 0.065, 0.0425, 0.010, weak);
  expect_folds(changed([](TriggerPoint& law) { law.crisis.memory_leak = 1.1; }), 0.070, 0.0425, 0.010);
}

// --- Loads -----------------------------------------------------------------------------------------------------------

TEST(TriggerPoint, OverloadTakesMinutes) {
  const TriggerPoint law = rested();
  const State healthy = after(law, TriggerPoint::start(Condition::healthy), load(0.02), 6 * hour);
  EXPECT_NEAR(time_until(true, law, healthy, load(0.07)) / minute, 6.5, 0.25);
  EXPECT_NEAR(time_until(true, law, healthy, load(0.10)) / minute, 3.0, 0.25);
  for (double drive : {0.05, 0.065}) EXPECT_EQ(letter(law, healthy, load(drive)), 'H');
  const State latent = after(law, TriggerPoint::start(Condition::latent), load(0.02), 6 * hour);
  EXPECT_NEAR(time_until(true, law, latent, load(0.05)) / minute, 7.7, 0.25);
}

TEST(TriggerPoint, MemoryNeedsHoursOfContracture) {
  const TriggerPoint law = rested();
  State state = TriggerPoint::start(Condition::healthy);
  advance(law, state, load(0.07), 1.25 * hour);
  EXPECT_LT(state[TriggerPoint::memory], 0.5);
  EXPECT_EQ(letter(law, after(law, state, load(0.0), hour), load(0.02)), 'H');  // an acute cramp
  advance(law, state, load(0.07), 0.5 * hour);
  EXPECT_GT(state[TriggerPoint::memory], 0.5);
  // At the light load the way back to health is cut off above a memory of about two thirds.
  advance(law, state, load(0.07), 1.25 * hour);
  EXPECT_EQ(letter(law, after(law, state, load(0.0), hour), load(0.02)), 'L');
}

TEST(TriggerPoint, RestEndsPainWithinHalfAnHour) {
  const TriggerPoint law = rested();
  for (const auto& [drive, minutes] : {std::pair(0.0, 8.8), std::pair(0.0075, 26.0)}) {
    const State active = after(law, TriggerPoint::start(Condition::active), load(0.02), 6 * hour);
    EXPECT_NEAR(time_until(false, law, active, load(drive)) / minute, minutes, 0.5);
    EXPECT_EQ(letter(law, active, load(drive)), 'L');
  }
}

Influence misfire(double rate) {
  Influence from = load(0.015);
  from.ectopic_rate = rate;
  return from;
}

TEST(TriggerPoint, AMisfireAloneCanMakeOne) {
  const TriggerPoint law = rested();
  EXPECT_EQ(letter(law, Condition::latent, misfire(0.6)), 'L');
  EXPECT_EQ(letter(law, Condition::latent, misfire(0.7)), 'X');
  EXPECT_EQ(letter(law, Condition::healthy, misfire(1.0)), 'H');
  EXPECT_EQ(letter(law, Condition::healthy, misfire(1.1)), 'X');
  const State healthy = after(law, TriggerPoint::start(Condition::healthy), load(0.015), 6 * hour);
  const State latent = after(law, TriggerPoint::start(Condition::latent), load(0.015), 6 * hour);
  EXPECT_NEAR(time_until(true, law, healthy, misfire(1.1)) / minute, 6.5, 0.25);
  for (double rate : {0.8, 1.0, 1.2}) {
    const double minutes = time_until(true, law, latent, misfire(rate)) / minute;
    EXPECT_GT(minutes, 2.0) << rate;
    EXPECT_LT(minutes, 5.0) << rate;
  }
}

// --- Treatments of an active point at a drive of 0.02
// ------------------------------------------------------------------

class Treatment : public testing::Test {
 protected:
  void lie(double minutes) { advance(law, state, load(0.0), minutes * minute); }
  void reset(double drive) {
    Influence from = load(drive);
    from.local.reset_rate = 0.01;
    advance(law, state, from, 90.0);
  }
  char outcome() const { return letter(law, state, load(0.02)); }
  /// Minutes from the end of 90 s of treatment to the end of pain, lying all the time.
  double pain_left(double reset_rate, double pressure) {
    Influence from = load(0.0);
    from.local.reset_rate = reset_rate;
    from.external_pressure = pressure;
    return time_until(false, law, after(law, state, from, 90.0), load(0.0)) / minute;
  }

  const TriggerPoint law = rested();
  State state = after(law, TriggerPoint::start(Condition::active), load(0.02), 6 * hour);
};

TEST_F(Treatment, ResetUnderLoadRelapses) {
  reset(0.02);
  EXPECT_EQ(outcome(), 'X');
}

TEST_F(Treatment, LyingAloneLeavesItLatent) {
  lie(8.0);
  EXPECT_EQ(outcome(), 'L');
}

TEST_F(Treatment, TooShortARestRelapses) {
  lie(5.0);
  EXPECT_EQ(outcome(), 'X');
}

TEST_F(Treatment, LyingAndResetHeal) {
  lie(5.0);
  reset(0.0);
  EXPECT_NEAR(state[TriggerPoint::memory], 0.41, digits(2));
  EXPECT_EQ(outcome(), 'H');
}

TEST_F(Treatment, NeedlingHealsWithRest) {
  state[TriggerPoint::memory] *= 0.5;
  EXPECT_EQ(outcome(), 'X');
  lie(10.0);
  EXPECT_EQ(outcome(), 'H');
}

TEST_F(Treatment, BotulinumOrAReflexBlockLeaveItLatent) {
  Influence botulinum = load(0.02), block = load(0.02);
  botulinum.local.botulinum = 0.5;
  block.reflex_factor = 0.1;
  EXPECT_EQ(letter(law, state, botulinum), 'L');
  EXPECT_EQ(letter(law, state, block), 'L');
  botulinum.local.botulinum = 0.2;
  block.reflex_factor = 0.2;
  EXPECT_EQ(letter(law, state, botulinum), 'X');
  EXPECT_EQ(letter(law, state, block), 'X');
}

TEST_F(Treatment, PressureWithoutStretchDelaysTheEndOfPain) {
  // The figures of the table were read to about 0.1 min.
  EXPECT_NEAR(pain_left(0.0, 0.0), 7.2, 0.2);
  EXPECT_NEAR(pain_left(0.0, 10e3), 9.2, 0.2);
  EXPECT_NEAR(pain_left(0.01, 0.0), 5.4, 0.2);
  EXPECT_NEAR(pain_left(0.01, 10e3), 7.3, 0.2);
}

// --- Weeks -----------------------------------------------------------------------------------------------------------

TEST(TriggerPoint, DisuseMakesTheSameLoadRelativelyHeavier) {
  const TriggerPoint law;
  State state = TriggerPoint::start(Condition::active);
  const Influence from = load(0.035);
  double reached = 0.0;
  for (const auto& [days, strength] : {std::pair(14.0, 0.81), std::pair(30.0, 0.68), std::pair(90.0, 0.52)}) {
    advance(law, state, from, (days - reached) * day);
    reached = days;
    EXPECT_NEAR(state[TriggerPoint::strength], strength, digits(2)) << days;
  }
  EXPECT_NEAR(0.035 / state[TriggerPoint::strength], 0.067, digits(3));
  const TriggerPoint no_reflex = changed([](TriggerPoint& each) { each.reflex_gain = 0.0; });
  EXPECT_NEAR(no_reflex.signals(state.y, from).activation, 4.0 * 0.067, 4.0 * digits(3));
  advance(law, state, from, 275 * day);
  EXPECT_NEAR(0.035 / state[TriggerPoint::strength], 0.070, digits(3));  // the fold of healthy tissue
}

}  // namespace
}  // namespace tautband
