// [activation] and [contracture]: from the excitation of motor units to activation and to the shortening of knots.
#pragma once

#include "spec/describe.hpp"

#include <array>

namespace tautband::spec {

enum class ActivationModel { first_order, two_stage, twitch };
template <>
inline constexpr std::array enum_table<ActivationModel> = {
    EnumEntry<ActivationModel>{"first_order", ActivationModel::first_order},
    EnumEntry<ActivationModel>{"two_stage", ActivationModel::two_stage},
    EnumEntry<ActivationModel>{"twitch", ActivationModel::twitch}};

/// [activation]: excitation e to activation a. first_order: De Groote 2016, eq. 1-2, f = tanh(smoothing (e - a)) / 2;
/// two_stage and twitch: laws/two_stage_activation.hpp.
struct Activation {
  ActivationModel model = ActivationModel::first_order;
  double gain = 1.0;                               ///< 0: the drive sets no activation
  double time_up = 15e-3, time_down = 60e-3;       ///< s
  double smoothing = 10.0;                         ///< b of the tanh
  double first_time = 30e-3, second_time = 30e-3;  ///< t1, t2, s

  bool operator==(const Activation&) const = default;
};

/// [contracture]: how the end-plate zone shortens while calcium stays high in it
struct Contracture {
  double gain = 1.0;                            ///< 0: no contracture; 1: full
  double centre = 0.5;                          ///< of the end-plate zone, in the mesh array `fibre_position` 0..1
  double half_length = 2.5e-3;                  ///< m, along the fibre
  double sharpness = 4.0;                       ///< mask = exp(-(|s|/half_length)^sharpness)
  double lowest_stretch = 0.5;                  ///< lambda_min
  double time_shortening = 5.0;                 ///< s
  double time_lengthening = 2.0, rigor = 10.0;  ///< s; times 1 + rigor (1 - energy)
  double yield_stress = 40e3;                   ///< Pa
  double detachment_rate = 0.02;                ///< 1/s

  bool operator==(const Contracture&) const = default;
};

template <Of<Activation> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("gain", self.gain,
        {.lowest = 0.0, .highest = 100.0, .meaning = "multiplies the excitation; 0: the drive sets no activation"});
  visit("model", self.model,
        {.meaning = "first_order: one lag, faster up than down; two_stage: two linear lags in series; twitch: two lags "
                    "with the contraction time of each motor unit of motor_pool.model = fuglevand1993"});
  const bool first_order = self.model == ActivationModel::first_order;
  const bool two_stage = self.model == ActivationModel::two_stage;
  constexpr std::string_view when = "model = first_order", when_two = "model = two_stage";
  visit("first_time", self.first_time,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "t1: first lag",
         .source = "calibrated: docs/model.md 3.5",
         .used = two_stage,
         .when = when_two});
  visit("second_time", self.second_time,
        {.unit = "ms",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "t2: second lag",
         .source = "calibrated: docs/model.md 3.5",
         .used = two_stage,
         .when = when_two});
  visit("time_up", self.time_up,
        {.unit = "ms",
         .lowest = 0.1,
         .highest = 1e4,
         .meaning = "time constant of activation",
         .source = "De Groote 2016, Ann Biomed Eng 44:2922",
         .used = first_order,
         .when = when});
  visit("time_down", self.time_down,
        {.unit = "ms",
         .lowest = 0.1,
         .highest = 1e4,
         .meaning = "time constant of deactivation",
         .source = "De Groote 2016, Ann Biomed Eng 44:2922",
         .used = first_order,
         .when = when});
  visit("smoothing", self.smoothing,
        {.lowest = 0.01,
         .highest = 1e4,
         .meaning = "b of the tanh that blends the two",
         .source = "calibrated: De Groote 2016 has 0.1, which is slower to switch",
         .used = first_order,
         .when = when});
}

template <Of<Contracture> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("gain", self.gain,
        {.lowest = 0.0, .highest = 1.0, .meaning = "multiplies the contracture: 0 = none, 1 = full"});
  visit("centre", self.centre,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "middle of the end-plate zone along the fibre, 0..1 from end to end",
         .source = "calibrated: docs/model.md 7.5, mid-belly"});
  visit("half_length", self.half_length,
        {.unit = "mm",
         .lowest = 1e-3,
         .highest = 1e4,
         .meaning = "half length of the end-plate zone along the fibre",
         .source = "calibrated: docs/model.md 7.5, a zone of 2-5 mm"});
  visit("sharpness", self.sharpness,
        {.lowest = 1.0,
         .highest = 100.0,
         .meaning = "mask of the zone = exp(-(|s|/half_length)^sharpness)",
         .source = "calibrated"});
  visit("lowest_stretch", self.lowest_stretch,
        {.lowest = 0.1,
         .highest = 1.0,
         .meaning = "lambda_min: eigen-stretch of full contracture",
         .source = "calibrated: docs/model.md 7.5, mean of a bundle; knot sarcomeres at 0.25-0.45 (Gerwin 2020)"});
  visit("time_shortening", self.time_shortening,
        {.unit = "s",
         .lowest = 1e-3,
         .highest = 1e7,
         .meaning = "time constant of shortening",
         .source = "calibrated: docs/model.md 7.5"});
  visit("time_lengthening", self.time_lengthening,
        {.unit = "s",
         .lowest = 1e-3,
         .highest = 1e7,
         .meaning = "time constant of lengthening with full energy",
         .source = "calibrated: docs/model.md 7.5"});
  visit("rigor", self.rigor,
        {.lowest = 0.0,
         .highest = 1e4,
         .meaning = "lengthening takes 1 + rigor (1 - energy) times as long: cross-bridges need ATP to let go",
         .source = "calibrated: docs/model.md 7.5"});
  visit("yield_stress", self.yield_stress,
        {.unit = "kPa",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "fibre stress above which a contracture gives way",
         .source = "calibrated: docs/model.md 7.5"});
  visit("detachment_rate", self.detachment_rate,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "rate at which it gives way at twice the yield stress; 0 switches it off",
         .source = "calibrated: docs/model.md 7.5"});
}

}  // namespace tautband::spec
