// [spindles], [reflex], [motor_pool] and [[misfire]]: from the stretch of a spindle to the excitation of motor units.
// SI units, rates in 1/s (pulses per second), drive and excitation 0..1.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tautband::spec {

enum class RecruitmentOrder { centre_first, random };
template <>
inline constexpr std::array enum_table<RecruitmentOrder> = {
    EnumEntry<RecruitmentOrder>{"centre_first", RecruitmentOrder::centre_first},
    EnumEntry<RecruitmentOrder>{"random", RecruitmentOrder::random}};

/// [spindles]: where they lie and how they fire (docs/model.md 7.4):
/// rate = resting_rate + stretch_gain (lambda - lambda_ref) + velocity_gain |v|^velocity_exponent sgn(v) +
/// fusimotor_gain fusimotor, v = d lambda / dt in 1/s, kept within 0..highest_rate.
struct Spindles {
  int count = 40;                                ///< placed evenly by volume, seeded; ignored with positions
  std::vector<std::array<double, 3>> positions;  ///< m, reference configuration
  std::uint64_t seed = 1;
  double resting_rate = 10.0;   ///< r0, 1/s
  double stretch_gain = 150.0;  ///< k_P, 1/s per unit stretch
  double velocity_gain = 30.0;  ///< k_V, 1/s per (1/s)^velocity_exponent
  double velocity_exponent = 0.5;
  double velocity_floor = 0.5;  ///< 1/s: below it the power law is smoothed
  double fusimotor_gain = 0.0;  ///< k_G, 1/s
  double fusimotor = 0.2;       ///< G, 1 = 100 pps
  double highest_rate = 300.0;  ///< 1/s

  bool operator==(const Spindles&) const = default;
};

/// [reflex]: afferent rate to drive
struct Reflex {
  double gain = 1.0;             ///< 0 opens the loop; 1 = drive_per_rate as given
  double drive_per_rate = 5e-4;  ///< unit drive per pps
  double global_weight = 1.0;    ///< w_g
  double local_weight = 0.0;     ///< w_l
  double local_length = 10e-3;   ///< l, m
  double afferent_delay = 7e-3;  ///< s, nerve and synapse
  double efferent_delay = 8e-3;  ///< s, nerve and end plate

  bool operator==(const Reflex&) const = default;
};

/// [motor_pool]: drive to excitation of each motor unit, and where the units lie
struct MotorPool {
  double tonic_drive = 0.01;  ///< E_d, fraction of MVC
  std::string tonic_curve;    ///< time factor
  int units = 7;              ///< territories: clusters of neighbouring fibres
  std::uint64_t seed = 1;
  double territory_width = 0.3e-3;  ///< m, width over which neighbouring territories blend
  double gain = 4.0;                ///< kappa_C, activation of a unit per drive above its threshold
  double threshold_first = 0.0;     ///< drive at which the first unit is recruited
  double threshold_last = 0.0;      ///< and the last; in between linear over units
  RecruitmentOrder order = RecruitmentOrder::centre_first;

  bool operator==(const MotorPool&) const = default;
};

/// [[misfire]]: ectopic rate on the spindles within a radius
struct Misfire {
  std::array<double, 3> centre{0, 0, 0};  ///< m
  double radius = 10e-3;                  ///< m
  double rate = 120.0;                    ///< 1/s
  double start = 0.0, end = infinity;     ///< s
  double gain = 1.0;                      ///< 0 switches it off

  bool operator==(const Misfire&) const = default;
};

template <Of<Spindles> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("positions", self.positions,
        {.unit = "mm",
         .meaning = "where the spindles lie, as a list of [x, y, z] in the reference configuration",
         .default_text = "placed by count and seed"});
  const bool scattered = self.positions.empty();
  visit("count", self.count,
        {.lowest = 1,
         .highest = 100000,
         .meaning = "spindles, spread evenly over the volume of the muscle",
         .source = "Loeb & Mileusnic 2015, Scholarpedia 10:1705: 20-500 per limb muscle",
         .used = scattered,
         .when = "positions are not given"});
  visit("seed", self.seed, {.meaning = "of the random places", .used = scattered, .when = "positions are not given"});
  visit("resting_rate", self.resting_rate,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "r0: rate at rest, at the stretch of t = 0",
         .source = "calibrated"});
  visit("stretch_gain", self.stretch_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e5,
         .meaning = "k_P: rate per unit of fibre stretch",
         .source = "calibrated: docs/model.md 3.5, 100-200 pps per rest length"});
  visit("velocity_gain", self.velocity_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e5,
         .meaning = "k_V: rate at a stretch rate of 1 per second",
         .source = "calibrated"});
  visit("velocity_exponent", self.velocity_exponent,
        {.lowest = 0.1,
         .highest = 2.0,
         .meaning = "power of the stretch rate",
         .source = "Prochazka & Gorassini 1998, J Physiol 507:277: 0.5-0.6"});
  visit("velocity_floor", self.velocity_floor,
        {.unit = "1/s",
         .lowest = 1e-9,
         .highest = 10.0,
         .meaning = "stretch rate below which the power law is smoothed; a small one makes the loop's gain for small "
                    "movements so large that it trembles",
         .source = "calibrated: loop gain below 1 (docs/model.md 3.5)"});
  visit("fusimotor_gain", self.fusimotor_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "k_G: rate per fusimotor level; 0 switches it off",
         .source = "calibrated"});
  visit("fusimotor", self.fusimotor,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "G: fusimotor (gamma) level, 1 = 100 pps",
         .source = "calibrated: docs/model.md 7.4"});
  visit("highest_rate", self.highest_rate,
        {.unit = "pps", .lowest = 1.0, .highest = 1e5, .meaning = "rates saturate here", .source = "calibrated"});
}

template <Of<Reflex> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("gain", self.gain,
        {.lowest = 0.0, .highest = 1e4, .meaning = "multiplies the reflex: 0 opens the loop, 1 is as given below"});
  visit("drive_per_rate", self.drive_per_rate,
        {.unit = "1/pps",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive per mean afferent rate",
         .source = "calibrated: docs/model.md 3.4, drive = Ia / 2000 pps in published simulation code"});
  visit("global_weight", self.global_weight,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "w_g: share of every spindle in the drive of every unit",
         .source = "calibrated"});
  visit("local_weight", self.local_weight,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "w_l: extra share of the spindles near a unit (partitioned reflex)",
         .source = "calibrated"});
  visit("local_length", self.local_length,
        {.unit = "mm",
         .lowest = 1e-3,
         .highest = 1e4,
         .meaning = "l: distance over which the extra share falls off",
         .source = "calibrated: docs/model.md 7.4"});
  visit("afferent_delay", self.afferent_delay,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "spindle to motor neuron: Ia nerve and synapse",
         .source = "calibrated: docs/model.md 3.4, estimate from a path of 0.25-0.3 m at 64.5 m/s"});
  visit("efferent_delay", self.efferent_delay,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "motor neuron to fibre: alpha nerve and end plate",
         .source = "calibrated: docs/model.md 3.4, estimate from a path of 0.25-0.3 m at 48.5 m/s"});
}

template <Of<MotorPool> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("tonic_drive", self.tonic_drive,
        {.lowest = 0.0, .highest = 1.0, .meaning = "E_d: drive without any reflex, as a fraction of the maximum"});
  visit("tonic_curve", self.tonic_curve,
        {.meaning = "time factor of the tonic drive", .default_text = "1 at all times", .names_curve = true});
  visit("units", self.units,
        {.lowest = 1, .highest = 10000, .meaning = "motor units; each one's territory is a cluster of fibres"});
  visit("seed", self.seed, {.meaning = "of the places of the territories and of a random order"});
  visit("territory_width", self.territory_width,
        {.unit = "mm",
         .lowest = 1e-6,
         .highest = 1e3,
         .meaning = "width over which neighbouring territories blend",
         .source = "calibrated"});
  visit("gain", self.gain,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "kappa_C: activation of a unit per drive above its threshold",
         .source = "calibrated: docs/model.md 7.4, low-threshold units work at several times the mean level"});
  visit(
      "threshold_first", self.threshold_first,
      {.lowest = 0.0, .highest = 1.0, .meaning = "drive at which the first unit is recruited", .source = "calibrated"});
  visit("threshold_last", self.threshold_last,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive at which the last unit is recruited; linear between",
         .source = "calibrated"});
  visit("order", self.order, {.meaning = "which units are recruited first"});
}

template <Of<Misfire> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("centre", self.centre, {.unit = "mm", .meaning = "centre of the misfire", .required = true});
  visit("radius", self.radius,
        {.unit = "mm",
         .lowest = 1e-6,
         .highest = 1e6,
         .meaning = "spindles within it misfire",
         .source = "calibrated: docs/model.md 7.4"});
  visit("rate", self.rate,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "ectopic rate added to the spindle's own",
         .source = "calibrated: docs/model.md 7.4, 70-150 pps"});
  visit("start", self.start, {.unit = "s", .meaning = "onset", .required = true});
  visit("end", self.end, {.unit = "s", .may_be_infinite = true, .meaning = "end", .default_text = "never"});
  visit("gain", self.gain, {.lowest = 0.0, .highest = 100.0, .meaning = "multiplies the rate; 0 switches it off"});
}

}  // namespace tautband::spec
