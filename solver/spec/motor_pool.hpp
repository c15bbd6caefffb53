// [motor_pool]: from drive to the excitation of motor units, and where they lie. SI units, drive and excitation 0..1.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace tautband::spec {

enum class PoolModel { linear, fuglevand1993 };
template <>
inline constexpr std::array enum_table<PoolModel> = {EnumEntry<PoolModel>{"linear", PoolModel::linear},
                                                     EnumEntry<PoolModel>{"fuglevand1993", PoolModel::fuglevand1993}};

enum class RecruitmentOrder { centre_first, random };
template <>
inline constexpr std::array enum_table<RecruitmentOrder> = {
    EnumEntry<RecruitmentOrder>{"centre_first", RecruitmentOrder::centre_first},
    EnumEntry<RecruitmentOrder>{"random", RecruitmentOrder::random}};

enum class Dealing { by_threshold, in_turn };
template <>
inline constexpr std::array enum_table<Dealing> = {EnumEntry<Dealing>{"by_threshold", Dealing::by_threshold},
                                                   EnumEntry<Dealing>{"in_turn", Dealing::in_turn}};

struct MotorPool {
  PoolModel model = PoolModel::linear;
  double tonic_drive = 0.01;  ///< E_d, fraction of the full drive
  std::string tonic_curve;    ///< time factor
  int territories = 7;        ///< clusters of neighbouring fibres
  std::uint64_t seed = 1;
  double territory_width = 0.3e-3;  ///< m, width over which neighbouring territories blend
  RecruitmentOrder order = RecruitmentOrder::centre_first;
  double gain = 4.0;             ///< kappa_C, activation of a unit per drive above its threshold
  double threshold_first = 0.0;  ///< drive at which the first unit is recruited
  double threshold_last = 0.0;   ///< and the last; in between linear over units
  int units = 120;               ///< n of laws/fuglevand1993.hpp, as all down to contraction_range
  Dealing dealing = Dealing::by_threshold;
  double recruitment_range = 30.0;
  double lowest_rate = 8.0, first_peak_rate = 45.0, peak_rate_range = 10.0;  ///< 1/s
  double drive_gain = 1.5;                                                   ///< 1/s per drive
  double force_range = 100.0;
  double longest_contraction = 90e-3;  ///< s
  double contraction_range = 3.0;
  double noise = 0.0;       ///< standard deviation of a unit's drive, share of the drive
  double noise_time = 0.1;  ///< s, between independent values
  std::uint64_t noise_seed = 1;

  bool operator==(const MotorPool&) const = default;
};

template <Of<MotorPool> Self, class Visitor> void describe_linear_pool(Self& self, Visitor& visit) {
  const bool linear = self.model == PoolModel::linear;
  constexpr std::string_view when = "model = linear";
  visit("gain", self.gain,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "kappa_C: activation of a unit per drive above its threshold",
         .source = "calibrated: docs/model.md 7.4, low-threshold units work at several times the mean level",
         .used = linear,
         .when = when});
  visit("threshold_first", self.threshold_first,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive at which the first unit is recruited",
         .source = "calibrated",
         .used = linear,
         .when = when});
  visit("threshold_last", self.threshold_last,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive at which the last unit is recruited; linear between",
         .source = "calibrated",
         .used = linear,
         .when = when});
}

template <Of<MotorPool> Self, class Visitor> void describe_fuglevand_pool(Self& self, Visitor& visit) {
  const bool pool = self.model == PoolModel::fuglevand1993;
  constexpr std::string_view when = "model = fuglevand1993";
  constexpr std::string_view source = "Fuglevand, Winter & Patla 1993, J Neurophysiol 70:2470";
  const auto known = [&](About about) {
    about.source = source;
    about.used = pool;
    about.when = when;
    return about;
  };
  visit("units", self.units,
        known({.lowest = 1, .highest = 10000, .meaning = "motor units; at least as many as territories"}));
  visit(
      "dealing", self.dealing,
      {.meaning = "by_threshold: each territory holds the next units to be recruited, as many as make up its share of "
                  "the strength; in_turn: units are dealt to the territories one by one",
       .source = "calibrated: docs/model.md 10.3",
       .used = pool,
       .when = when});
  visit("recruitment_range", self.recruitment_range,
        known({.lowest = 1.001, .highest = 1e4, .meaning = "RR: last over first recruitment threshold"}));
  visit("lowest_rate", self.lowest_rate,
        known({.unit = "pps", .lowest = 0.1, .highest = 1e3, .meaning = "MFR: rate of a unit when it is recruited"}));
  visit("first_peak_rate", self.first_peak_rate,
        known({.unit = "pps", .lowest = 0.1, .highest = 1e3, .meaning = "PFR1: highest rate of the first unit"}));
  visit("peak_rate_range", self.peak_rate_range,
        known({.unit = "pps", .lowest = 0.0, .highest = 1e3, .meaning = "PFRD: by how much the last unit's is lower"}));
  visit("drive_gain", self.drive_gain,
        known({.unit = "pps",
               .lowest = 1e-3,
               .highest = 1e3,
               .meaning = "g_e: rate per drive, in units in which RR is the last threshold"}));
  visit("force_range", self.force_range,
        known({.lowest = 1.001, .highest = 1e6, .meaning = "RP: largest over smallest twitch force"}));
  visit("longest_contraction", self.longest_contraction,
        known({.unit = "ms", .lowest = 1.0, .highest = 1e3, .meaning = "contraction time of the smallest unit"}));
  visit("contraction_range", self.contraction_range,
        known({.lowest = 1.001, .highest = 100.0, .meaning = "longest over shortest contraction time"}));
}

template <Of<MotorPool> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("model", self.model,
        {.meaning = "linear: one graded unit per territory, excitation = gain (drive - its threshold); fuglevand1993: "
                    "many units that are recruited one after the other, with rates and twitches"});
  visit("tonic_drive", self.tonic_drive,
        {.lowest = 0.0, .highest = 1.0, .meaning = "E_d: drive without any reflex, as a fraction of the maximum"});
  visit("tonic_curve", self.tonic_curve,
        {.meaning = "time factor of the tonic drive", .default_text = "1 at all times", .names_curve = true});
  visit("territories", self.territories,
        {.lowest = 1, .highest = 10000, .meaning = "territories of motor units: clusters of neighbouring fibres"});
  visit("seed", self.seed, {.meaning = "of the places of the territories and of a random order"});
  visit("territory_width", self.territory_width,
        {.unit = "mm",
         .lowest = 1e-6,
         .highest = 1e3,
         .meaning = "width over which neighbouring territories blend",
         .source = "calibrated"});
  visit("order", self.order, {.meaning = "which units are recruited first"});
  visit("noise", self.noise,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "standard deviation of the drive of each unit, as a share of it; independent between units",
         .source = "calibrated: docs/model.md 10.4, interspike intervals vary by 0.2"});
  const bool noisy = self.noise > 0.0;
  visit("noise_time", self.noise_time,
        {.unit = "ms",
         .lowest = 0.1,
         .highest = 1e5,
         .meaning = "time between independent values of the noise; in between it is blended",
         .source = "calibrated: docs/model.md 10.4, about one interspike interval",
         .used = noisy,
         .when = "noise is above 0"});
  visit("noise_seed", self.noise_seed, {.meaning = "of the noise", .used = noisy, .when = "noise is above 0"});
  describe_linear_pool(self, visit);
  describe_fuglevand_pool(self, visit);
}

}  // namespace tautband::spec
