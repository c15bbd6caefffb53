// A case's trigger point without space: defaults, gains, and what acts on it when.
#include "stages/trigger_point_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace tautband {
namespace {

using Condition = TriggerPoint::Condition;
using Signals = TriggerPoint::Signals<double>;

constexpr double minute = 60.0, hour = 3600.0, day = 86400.0;

spec::Case under_load(double tonic_drive, spec::Condition start = spec::Condition::healthy) {
  spec::Case values;
  values.physiology.motor_pool.tonic_drive = tonic_drive;
  values.physiology.trigger_point.start = start;
  return values;
}

spec::Event event(spec::EventKind kind, double start, double duration) {
  spec::Event made;
  made.kind = kind;
  made.start = start;
  made.duration = duration;
  made.ramp = 0.0;
  return made;
}

Condition condition_after(const spec::Case& values, double duration) {
  TriggerPointRun run(values);
  run.advance(duration);
  return run.condition();
}

TEST(TriggerPointSetup, DefaultsAreThoseOfTheLaw) {
  const TriggerPoint made = make_trigger_point({}), law;
  const auto same = [](double a, double b) { EXPECT_NEAR(a, b, 1e-14 * b); };
  same(made.oxygen_exchange, law.oxygen_exchange);
  same(made.tissue_oxygen, law.tissue_oxygen);
  same(made.acid_exchange, law.acid_exchange);
  same(made.pressure_by_activation, law.pressure_by_activation);
  same(made.isometric_stress, law.isometric_stress);
  same(made.knot_pressure, law.knot_pressure);
  same(made.fusimotor_rest, law.fusimotor_rest);
  same(made.fusimotor_nociception, law.fusimotor_nociception);
  same(made.fusimotor_time, law.fusimotor_time);
  same(made.afferent_gain, law.afferent_gain);
  same(made.reflex_gain, law.reflex_gain);
  same(made.reflex_sensitisation, law.reflex_sensitisation);
  same(made.excitation_gain, law.excitation_gain);
  same(made.misfire_gain, law.misfire_gain);
  same(made.nociceptor.half_activity, law.nociceptor.half_activity);
  same(made.central.time_up, law.central.time_up);
  same(made.adaptation.time_loss, law.adaptation.time_loss);
  same(made.crisis.memory_leak, law.crisis.memory_leak);
}

/// Signals of the active state with one mechanism off.
Signals active_without(double spec::Mechanisms::*mechanism, const TriggerPoint::Influence& from) {
  spec::Physiology physiology;
  physiology.mechanisms.*mechanism = 0.0;
  return make_trigger_point(physiology).signals(TriggerPoint::start(Condition::active).y, from);
}

TEST(TriggerPointSetup, AGainOfZeroTakesItsMechanismOut) {
  using M = spec::Mechanisms;
  TriggerPoint::Influence from;
  from.ectopic_rate = 1.0;
  const TriggerPoint law;
  const double without_reflex = law.excitation_gain * from.tonic_drive;
  EXPECT_DOUBLE_EQ(active_without(&M::reflex, from).activation, without_reflex);
  from.ectopic_rate = 0.0;
  const Signals silent = law.signals(TriggerPoint::start(Condition::active).y, from);
  from.ectopic_rate = 1.0;
  EXPECT_DOUBLE_EQ(active_without(&M::misfire, from).activation, silent.activation);
  EXPECT_EQ(active_without(&M::perfusion_loss, from).perfusion, 1.0);
  from.local.botulinum = 0.7;
  EXPECT_GT(active_without(&M::botulinum, from).activation, without_reflex);

  spec::Case calm = under_load(0.02, spec::Condition::active);
  calm.physiology.mechanisms.fusimotor = 0.0;
  TriggerPointRun run(calm);
  run.advance(10 * minute);
  EXPECT_NEAR(run.state()[TriggerPoint::fusimotor], 0.2, 1e-3);
}

TEST(TriggerPointSetup, DisuseHasASwitch) {
  for (double gain : {0.0, 0.5, 1.0}) {
    spec::Case values = under_load(0.035, spec::Condition::active);
    values.physiology.mechanisms.disuse = gain;
    TriggerPointRun run(values);
    run.advance(90 * day);
    EXPECT_NEAR(run.state()[TriggerPoint::strength], 1.0 - gain * 0.5 * (1.0 - std::exp(-3.0)), 1e-3);
  }
}

TEST(TriggerPointRun, StartsWhereTheCaseSays) {
  spec::Case values = under_load(0.02);
  values.physiology.chemistry.initial_memory = 0.4;
  EXPECT_EQ(TriggerPointRun(values).state()[TriggerPoint::memory], 0.4);
  EXPECT_EQ(condition_after(under_load(0.02), hour), Condition::healthy);
  EXPECT_EQ(condition_after(under_load(0.02, spec::Condition::latent), hour), Condition::latent);
  EXPECT_EQ(condition_after(under_load(0.02, spec::Condition::active), hour), Condition::active);
}

TEST(TriggerPointRun, OutputTimesDoNotMatter) {
  const spec::Case values = under_load(0.08);
  TriggerPointRun in_one(values), in_parts(values);
  in_one.advance(20 * minute);
  for (int i = 1; i <= 120; ++i) in_parts.advance(10.0 * i);
  EXPECT_EQ(in_one.condition(), Condition::active);
  for (int i = 0; i < TriggerPoint::unknowns; ++i)
    EXPECT_NEAR(in_one.state().y[i], in_parts.state().y[i], 2e-3 * (1.0 + in_one.state().y[i])) << i;
}

TEST(TriggerPointRun, MisfiresActWhileTheyLast) {
  spec::Case values = under_load(0.015);
  spec::Misfire misfire;
  misfire.rate = 120.0;
  misfire.start = 1000.0;
  misfire.end = 1000.0 + 15 * minute;
  values.physiology.misfires.push_back(misfire);
  const TriggerPointRun run(values);
  EXPECT_EQ(run.influence(999.0).ectopic_rate, 0.0);
  EXPECT_EQ(run.influence(1000.0).ectopic_rate, 1.2);
  EXPECT_EQ(run.influence(misfire.end).ectopic_rate, 0.0);
  EXPECT_EQ(condition_after(values, 1000.0), Condition::healthy);
  // One advance over the corners: 15 min of misfire are enough, and it stays when they end.
  EXPECT_EQ(condition_after(values, 2 * hour), Condition::active);
}

TEST(TriggerPointRun, TheTonicDriveFollowsItsCurve) {
  spec::Case values = under_load(0.08);
  values.physiology.motor_pool.tonic_curve = "work";
  spec::Curve& work = values.curves["work"];
  work.kind = spec::CurveKind::step;
  work.start = 0.0;
  work.end = 2 * minute;
  EXPECT_EQ(TriggerPointRun(values).influence(60.0).tonic_drive, 0.08);
  EXPECT_EQ(TriggerPointRun(values).influence(121.0).tonic_drive, 0.0);
  EXPECT_EQ(condition_after(values, hour), Condition::healthy);
  work.end = 20 * minute;
  EXPECT_EQ(condition_after(values, 20 * minute), Condition::active);
}

TEST(TriggerPointRun, TreatmentsAreThoseOfTheTable) {
  using spec::EventKind;
  const spec::Case ill = under_load(0.02, spec::Condition::active);
  spec::Case rest = ill;
  rest.events.push_back(event(EventKind::unloading, hour, 10 * minute));
  EXPECT_EQ(condition_after(rest, 12 * hour), Condition::latent);

  spec::Case stretched = rest;  // rest, and a stretch of 15 %, which is the reset rate of 0.01 /s, for 90 s of it
  stretched.events.push_back(event(EventKind::stretch, hour + 6 * minute, 90.0));
  stretched.events.back().fraction = 0.15;
  EXPECT_NEAR(TriggerPointRun(stretched).influence(hour + 7 * minute).local.reset_rate, 0.01, 1e-15);
  EXPECT_EQ(condition_after(stretched, 12 * hour), Condition::healthy);

  spec::Case needled = ill;
  needled.events.push_back(event(EventKind::needling, hour, 0.0));
  EXPECT_EQ(condition_after(needled, 12 * hour), Condition::active);
  needled.events.push_back(rest.events.front());
  EXPECT_EQ(condition_after(needled, 12 * hour), Condition::healthy);

  spec::Case blocked = ill;
  blocked.events.push_back(event(EventKind::reflex_block, 0.0, 12 * hour));
  EXPECT_EQ(condition_after(blocked, 12 * hour), Condition::latent);
  blocked.events.front().kind = EventKind::gamma_block;
  EXPECT_EQ(condition_after(blocked, 12 * hour), Condition::latent);
}

TEST(TriggerPointRun, NeedlingActsInItsInstant) {
  spec::Case values = under_load(0.02, spec::Condition::active);
  values.events.push_back(event(spec::EventKind::needling, hour, 0.0));
  TriggerPointRun before(values), after(values);
  before.advance(std::nextafter(hour, 0.0));
  after.advance(hour);
  EXPECT_NEAR(after.state()[TriggerPoint::memory], 0.5 * before.state()[TriggerPoint::memory], 1e-9);
  EXPECT_NEAR(after.state()[TriggerPoint::sensitiser], 0.5 * before.state()[TriggerPoint::sensitiser], 1e-9);
  EXPECT_EQ(after.state()[TriggerPoint::acetylcholine], 0.0);
}

TEST(TriggerPointRun, PressureReachesTheMuscleInPart) {
  spec::Case values = under_load(0.02, spec::Condition::active);
  values.events.push_back(event(spec::EventKind::pressure, 0.0, 90.0));
  values.events.back().pressure = 50e3;
  EXPECT_NEAR(TriggerPointRun(values).influence(10.0).external_pressure, 10e3, 1e-9);
  EXPECT_EQ(TriggerPointRun(values).influence(100.0).external_pressure, 0.0);
}

TEST(TriggerPointRun, ADisplacementNeedsAMesh) {
  spec::Case values = under_load(0.02);
  values.events.push_back(event(spec::EventKind::stretch, 0.0, 90.0));
  values.events.back().displacement = 1e-3;
  EXPECT_THROW(TriggerPointRun{values}, CaseError);
}

}  // namespace
}  // namespace tautband
