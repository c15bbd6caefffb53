// [spindles], [[golgi]], [reflex], [[misfire]] and [fusimotor]: from the stretch of a spindle to the drive of the motor
// pool. SI units, rates in 1/s (pulses per second), drive 0..1.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tautband::spec {

enum class SpindleModel { linear, mileusnic2006 };
template <>
inline constexpr std::array enum_table<SpindleModel> = {
    EnumEntry<SpindleModel>{"linear", SpindleModel::linear},
    EnumEntry<SpindleModel>{"mileusnic2006", SpindleModel::mileusnic2006}};

/// [spindles]: where they lie and how they fire. linear: laws/afferent_rate.hpp, primary afferents only; mileusnic2006:
/// laws/spindle_mileusnic2006.hpp with the length rest_length lambda / lambda_ref.
struct Spindles {
  SpindleModel model = SpindleModel::linear;
  int count = 40;                                ///< placed evenly by volume, seeded; ignored with positions
  std::vector<std::array<double, 3>> positions;  ///< m, reference configuration
  std::uint64_t seed = 1;
  double resting_rate = 10.0;   ///< r0, 1/s
  double stretch_gain = 150.0;  ///< k_P, 1/s per unit stretch
  double velocity_gain = 30.0;  ///< k_V, 1/s per (1/s)^velocity_exponent
  double velocity_exponent = 0.5;
  double velocity_floor = 0.5;    ///< 1/s: below it the power law is smoothed
  double fusimotor_gain = 100.0;  ///< g_I, 1/s per fusimotor level
  double rest_length = 1.0;       ///< L0, at lambda_ref
  double static_drive = 100.0;    ///< static fusimotor rate per fusimotor level, 1/s
  double dynamic_drive = 100.0;   ///< dynamic fusimotor rate per fusimotor level, 1/s
  double highest_rate = 300.0;    ///< 1/s

  bool operator==(const Spindles&) const = default;
};

/// [[golgi]]: a tendon organ
struct Golgi {
  std::string set;     ///< face set of a boundary
  double share = 1.0;  ///< of the force on that set

  bool operator==(const Golgi&) const = default;
};

/// [reflex]: afferent rate to drive
struct Reflex {
  double drive_per_rate = 5e-4;               ///< of Ia, unit drive per pps
  double secondary_drive_per_rate = 1 / 3e3;  ///< of II
  double tendon_drive_per_rate = 2e-4;        ///< of Ib, taken off
  double central_gain = 0.5;                  ///< k_C
  double global_weight = 1.0;                 ///< w_g
  double local_weight = 0.0;                  ///< w_l
  double local_length = 10e-3;                ///< l, m
  double afferent_delay = 7e-3;               ///< s, Ia nerve and synapse
  double secondary_delay = 12e-3;             ///< s, II nerve and two synapses
  double tendon_delay = 9e-3;                 ///< s, Ib nerve and two synapses
  double efferent_delay = 8e-3;               ///< s, nerve and end plate

  bool operator==(const Reflex&) const = default;
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

/// [fusimotor]: level G of the drive to the spindles, 1 = 100 pps
struct FusimotorLoop {
  double resting = 0.2;  ///< G0
  double gain = 0.25;    ///< k_G, level per nociception
  double time = 10.0;    ///< tau_G, s

  bool operator==(const FusimotorLoop&) const = default;
};

template <Of<Spindles> Self, class Visitor> void describe_linear_spindle(Self& self, Visitor& visit) {
  const bool linear = self.model == SpindleModel::linear;
  constexpr std::string_view when = "model = linear";
  visit("resting_rate", self.resting_rate,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "r0: rate at rest, at the stretch of t = 0",
         .source = "calibrated",
         .used = linear,
         .when = when});
  visit("stretch_gain", self.stretch_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e5,
         .meaning = "k_P: rate per unit of fibre stretch",
         .source = "calibrated: docs/model.md 3.5, 100-200 pps per rest length",
         .used = linear,
         .when = when});
  visit("velocity_gain", self.velocity_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e5,
         .meaning = "k_V: rate at a stretch rate of 1 per second",
         .source = "calibrated",
         .used = linear,
         .when = when});
  visit("velocity_exponent", self.velocity_exponent,
        {.lowest = 0.1,
         .highest = 2.0,
         .meaning = "power of the stretch rate",
         .source = "Prochazka & Gorassini 1998, J Physiol 507:277: 0.5-0.6",
         .used = linear,
         .when = when});
  visit("velocity_floor", self.velocity_floor,
        {.unit = "1/s",
         .lowest = 1e-9,
         .highest = 10.0,
         .meaning = "stretch rate below which the power law is smoothed; a small one makes the loop's gain for small "
                    "movements so large that it trembles",
         .source = "calibrated: loop gain below 1 (docs/model.md 3.5)",
         .used = linear,
         .when = when});
  visit("fusimotor_gain", self.fusimotor_gain,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "g_I: rate per fusimotor level above rest; 0 switches it off",
         .source = "calibrated",
         .used = linear,
         .when = when});
}

template <Of<Spindles> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("model", self.model,
        {.meaning = "linear: rate = resting_rate + stretch_gain (stretch - that at t = 0) + velocity_gain |stretch "
                    "rate|^velocity_exponent + fusimotor_gain (G - G0)_+, primary afferents only; mileusnic2006: bag1, "
                    "bag2 and chain fibres, primary and secondary afferents"});
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
  visit("highest_rate", self.highest_rate,
        {.unit = "pps", .lowest = 1.0, .highest = 1e5, .meaning = "rates saturate here", .source = "calibrated"});
  describe_linear_spindle(self, visit);
  const bool built = self.model == SpindleModel::mileusnic2006;
  constexpr std::string_view when = "model = mileusnic2006";
  visit("rest_length", self.rest_length,
        {.lowest = 0.8,
         .highest = 1.2,
         .meaning = "length of a spindle at t = 0, in its optimal lengths L0",
         .source = "calibrated: docs/model.md 10.1, near the linear spindle's resting rate",
         .used = built,
         .when = when});
  visit("static_drive", self.static_drive,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "rate of static fusimotor neurons at a fusimotor level of 1",
         .source = "calibrated: docs/model.md 10.1",
         .used = built,
         .when = when});
  visit("dynamic_drive", self.dynamic_drive,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "rate of dynamic fusimotor neurons at a fusimotor level of 1",
         .source = "calibrated: docs/model.md 10.1",
         .used = built,
         .when = when});
}

template <Of<Golgi> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("set", self.set, {.meaning = "face set of a [[boundary]] where the tendon begins", .required = true});
  visit("share", self.share,
        {.lowest = 0.0,
         .highest = 1e6,
         .meaning = "multiplies the force on that set: what the organ feels of it; above 1 for a model of a part of a "
                    "muscle"});
}

template <Of<Reflex> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  constexpr std::string_view per_rate = "calibrated: docs/model.md 10.4, published simulation code";
  visit("drive_per_rate", self.drive_per_rate,
        {.unit = "1/pps",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive per mean primary (Ia) rate above rest",
         .source = "calibrated: docs/model.md 3.4, drive = Ia / 2000 pps in published simulation code"});
  visit("secondary_drive_per_rate", self.secondary_drive_per_rate,
        {.unit = "1/pps",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive per mean secondary (II) rate above rest; the linear spindle has none",
         .source = per_rate});
  visit("tendon_drive_per_rate", self.tendon_drive_per_rate,
        {.unit = "1/pps",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "drive taken off per mean rate of tendon organs (Ib) above that at t = 0",
         .source = per_rate});
  visit("central_gain", self.central_gain,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "k_C: central sensitisation C multiplies the reflex by 1 + k_C C",
         .source = "calibrated: docs/model.md 10.5"});
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
  visit("secondary_delay", self.secondary_delay,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "spindle to motor neuron: II nerve and two synapses",
         .source = "calibrated: docs/model.md 10.4, a path of 0.25-0.3 m at 32.5 m/s"});
  visit("tendon_delay", self.tendon_delay,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "tendon organ to motor neuron: Ib nerve and two synapses",
         .source = "calibrated: docs/model.md 10.4, a path of 0.25-0.3 m at 59 m/s"});
  visit("efferent_delay", self.efferent_delay,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "motor neuron to fibre: alpha nerve and end plate",
         .source = "calibrated: docs/model.md 3.4, estimate from a path of 0.25-0.3 m at 48.5 m/s"});
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

template <Of<FusimotorLoop> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("resting", self.resting,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "G0: fusimotor level without nociception, 1 = 100 pps",
         .source = "calibrated: docs/model.md 10.5"});
  visit("gain", self.gain,
        {.lowest = 0.0,
         .highest = 1e3,
         .meaning = "k_G: level that full nociception adds",
         .source = "calibrated: docs/model.md 10.5"});
  visit("time", self.time,
        {.unit = "s",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "tau_G: time constant of the level",
         .source = "calibrated: docs/model.md 10.5"});
}

}  // namespace tautband::spec
