// The mean over the worst volume, and the pain stage on a block, on any number of ranks.
#include "operators/worst_volume.hpp"
#include "stages/pain.hpp"

#include "fem/field_range.hpp"
#include "support/muscle_block.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tautband {
namespace {

using testing_support::block_mesh;
using testing_support::MuscleBlock;

constexpr double day = 86400.0;

/// 4 x 4 x 40 mm of muscle beside 2 x 4 x 40 mm of tendon; 28 cells of muscle do not fill their batches.
Mesh muscle_and_tendon() { return block_mesh(ElementKind::hex27, {3, 2, 7}, {6e-3, 4e-3, 40e-3}, 2); }

/// f(x, y, z) at the muscle's quadrature points, 1 in the tendon.
template <class Function> PointField field_of(const MuscleBlock& block, Function f) {
  const PointField field = block.point_field(1.0);
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), field);
  const auto x = block.coordinate(0), y = block.coordinate(1), z = block.coordinate(2);
  block.for_each_point([&](Index b, int q, int l, double) { host(b, q, l) = f(x(b, q, l), y(b, q, l), z(b, q, l)); });
  Kokkos::deep_copy(field, host);
  return field;
}

double along(double, double, double z) { return z / 40e-3; }
double knot(double x, double y, double z) {
  const double r = std::hypot(x - 2e-3, y - 1e-3) / 1e-3, s = (z - 17e-3) / 2.5e-3;
  return 0.8 * std::exp(-r * r - s * s);
}

/// The same by sorting all points. The block is whole on this rank.
double by_sorting(const MuscleBlock& block, const PointField& field, double volume) {
  std::vector<std::pair<double, double>> points;  // value, volume
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), field);
  block.for_each_point([&](Index b, int q, int l, double v) { points.emplace_back(host(b, q, l), v); });
  std::sort(points.rbegin(), points.rend());
  double sum = 0.0, taken = 0.0;
  for (const auto& [value, v] : points) {
    const double part = std::min(v, volume - taken);
    sum += part * value;
    taken += part;
  }
  return sum / taken;
}

TEST(WorstVolume, IsTheMeanOverTheHighestValues) {
  const MuscleBlock whole(muscle_and_tendon(), MPI_COMM_SELF), shared(muscle_and_tendon());
  for (const double volume : {5e-9, 50e-9, 300e-9})
    for (const auto& f : {along, knot}) {
      WorstVolume worst(shared.local, shared.geometry, shared.muscle, volume);
      const double mean = worst.mean(field_of(shared, f));
      EXPECT_NEAR(mean, by_sorting(whole, field_of(whole, f), volume), 1.0 / 64) << volume;
      WorstVolume alone(whole.local, whole.geometry, whole.muscle, volume);
      EXPECT_EQ(mean, alone.mean(field_of(whole, f))) << "not the same bits as on one rank";
    }
}

TEST(WorstVolume, TakesEverythingWhereTheTissueIsSmaller) {
  const MuscleBlock block(muscle_and_tendon());
  const PointField field = field_of(block, along);
  WorstVolume worst(block.local, block.geometry, block.muscle, 1e-6);
  EXPECT_NEAR(worst.mean(field), 0.5, 1e-12);
  EXPECT_NEAR(worst.mean(field), field_range(block.local, block.geometry, block.muscle, field).mean, 1e-12);
  EXPECT_EQ(worst.mean(block.point_field(0.0)), 0.0);
  EXPECT_NEAR(worst.mean(block.point_field(1.0)), 1.0, 1e-12);
}

TEST(WorstVolume, WithoutVolumeIsTheHighestClass) {
  const MuscleBlock block(muscle_and_tendon());
  const PointField field = field_of(block, along);
  WorstVolume worst(block.local, block.geometry, block.muscle, 0.0);
  EXPECT_NEAR(worst.mean(field), field_range(block.local, block.geometry, block.muscle, field).highest, 1.0 / 64);
}

spec::ReferralPattern trapezius() {
  return {"upper trapezius",
          {1, 2, 3},
          {{7, "back_of_neck", "back of the neck", true}, {6, "occiput", "back of the head", false}}};
}

/// A muscle whose nociceptors all fire with n, at sensitiser S and excess acetylcholine A.
struct Patient {
  MuscleBlock block{muscle_and_tendon()};
  PainStage stage;
  NervousState state;

  explicit Patient(const spec::Physiology& physiology = {}, const spec::ReferralPattern& referral = trapezius())
      : stage(physiology, referral, block.local, block.geometry, block.muscle,
              {{"needle", {2e-3, 1e-3, 17e-3}}, {"outside", {5e-3, 1e-3, 17e-3}}}),
        state(stage.initial_state()) {}

  void suffer(double n, double s, double a, double dt) {
    stage.advance(block.point_field(n), block.point_field(s), block.point_field(a), dt, state);
  }
  double reported(const std::string& name) const {
    for (const PainStage::Reported& number : stage.report(state))
      if (number.name == name) return number.value;
    ADD_FAILURE() << "nothing called " << name;
    return 0.0;
  }
};

TEST(PainStage, FollowsTheLawsForAnyStep) {
  for (const double dt : {1e-3, 1.0, 60.0, day}) {
    Patient patient;
    const int steps = 5;
    for (int i = 0; i < steps; ++i) patient.suffer(0.6, 0.5, 0.0, dt);
    const NervousState& s = patient.state;
    EXPECT_NEAR(s.nociception, 0.6, 1e-12);
    EXPECT_NEAR(s.central_sensitisation, 0.8 * (1.0 - std::exp(-steps * dt / 1800.0)), 1e-12) << dt;
    EXPECT_NEAR(s.pain, 0.6 * (1.0 + 0.5 * s.central_sensitisation), 1e-12);
    EXPECT_NEAR(s.pressure_pain_threshold, 300e3 * 0.75, 1e-6);
    EXPECT_GE(s.strength, 0.5);
    EXPECT_LE(s.strength, 1.0);
    for (const double x : s.segments) {
      EXPECT_GE(x, 0.0);
      EXPECT_LE(x, 0.6);
    }
  }
}

TEST(PainStage, RefersAfterHalfAMinuteAndSpillsOverLater) {
  Patient patient;
  double first = 0.0;
  for (int i = 1; i <= 120; ++i) {
    patient.suffer(0.6, 0.6, 0.5, 1.0);
    if (first == 0.0 && patient.state.referred[7] > 0.0) first = i;
  }
  EXPECT_GE(first, 20.0);
  EXPECT_LE(first, 60.0);
  EXPECT_NEAR(patient.state.referred[7], 0.6, 1e-12);
  const double sensitised = patient.state.central_sensitisation;
  EXPECT_NEAR(patient.state.referred[6], 0.6 * sensitised, 1e-12);
  EXPECT_NEAR(patient.reported("pain_total"), 0.6 * (1.0 + sensitised), 1e-12);
  EXPECT_EQ(patient.state.referred[5], 0.0);
  for (int i = 0; i < 120; ++i) patient.suffer(0.0, 0.1, 0.1, 1.0);
  EXPECT_EQ(patient.reported("pain_back_of_neck"), 0.0);
}

TEST(PainStage, AMonthOfPainCostsStrengthUnlessDisuseIsOff) {
  Patient patient;
  for (int i = 0; i < 30; ++i) patient.suffer(0.7, 0.6, 0.5, day);
  EXPECT_NEAR(patient.state.strength, 0.68, 5e-3);  // pain 0.99: full loss
  spec::Physiology physiology;
  physiology.mechanisms.disuse = 0.0;
  Patient active(physiology);
  for (int i = 0; i < 30; ++i) active.suffer(0.7, 0.6, 0.5, day);
  EXPECT_EQ(active.state.strength, 1.0);
}

TEST(PainStage, ElectrodesSeeTheSourceNearby) {
  Patient patient;
  const MuscleBlock whole(muscle_and_tendon(), MPI_COMM_SELF);
  const auto source = [](double x, double y, double z) { return 2.0 * knot(x, y, z); };
  patient.stage.advance(patient.block.point_field(0.0), patient.block.point_field(0.0), field_of(patient.block, source),
                        1.0, patient.state);
  double most = 0.0, needle = 0.0, outside = 0.0;
  const auto x = whole.coordinate(0), y = whole.coordinate(1), z = whole.coordinate(2);
  whole.for_each_point([&](Index b, int q, int l, double) {
    const double a = source(x(b, q, l), y(b, q, l), z(b, q, l));
    const auto falloff = [&](double from) {
      const double d = std::hypot(x(b, q, l) - from, y(b, q, l) - 1e-3, z(b, q, l) - 17e-3) / 0.5e-3;
      return std::exp(-d * d);
    };
    most = std::max(most, a);
    needle = std::max(needle, a * falloff(2e-3));
    outside = std::max(outside, a * falloff(5e-3));
  });
  EXPECT_NEAR(patient.state.emg_amplitude, 20e-6 * most, 1e-15);
  EXPECT_NEAR(patient.reported("needle_emg_sea"), 20e-6 * needle, 1e-15);
  EXPECT_NEAR(patient.reported("outside_emg_sea"), 20e-6 * outside, 1e-15);
  EXPECT_LT(outside, 0.01 * needle);  // silent 3 mm away
}

TEST(PainStage, WithoutAMuscleRefersNothing) {
  Patient patient({}, {});
  patient.suffer(0.7, 0.6, 0.5, 600.0);
  EXPECT_GT(patient.reported("pain_local"), 0.7);
  for (const double r : patient.state.referred) EXPECT_EQ(r, 0.0);
  for (const PainStage::Reported& number : patient.stage.report(patient.state)) EXPECT_NE(number.name, "pain_total");
}

}  // namespace
}  // namespace tautband
