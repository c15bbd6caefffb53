// [curve.NAME]: a factor against time, and its value.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>
#include <vector>

namespace tautband::spec {

enum class CurveKind { table, ramp, sine, step, tanh, twitches };
template <>
inline constexpr std::array enum_table<CurveKind> = {
    EnumEntry<CurveKind>{"table", CurveKind::table}, EnumEntry<CurveKind>{"ramp", CurveKind::ramp},
    EnumEntry<CurveKind>{"sine", CurveKind::sine},   EnumEntry<CurveKind>{"step", CurveKind::step},
    EnumEntry<CurveKind>{"tanh", CurveKind::tanh},   EnumEntry<CurveKind>{"twitches", CurveKind::twitches}};

/// table: linear between its times, constant outside; ramp: 0 before start, 1 after end, linear between;
/// sine: offset + amplitude sin(2 pi frequency (t - start) + phase); step: 1 from start until end, 0 elsewhere;
/// tanh: tanh(rate (t - start)) after start, 0 before; twitches: the summed twitches of types i of motor units, each
/// stimulated at start, start + I_i, start + 2 I_i ... before end,
///   sum_i rho_i G_i F_i sum_j s exp(1 - s),  s = (t - t_j) / T_i > 0,
///   G_i = (1 - exp(-2 (T_i / I_i)^3)) I_i / T_i
struct Curve {
  CurveKind kind = CurveKind::table;
  std::vector<double> times, values;                                   ///< s, 1
  double start = 0.0, end = infinity;                                  ///< s
  double amplitude = 1.0, frequency = 1.0, phase = 0.0, offset = 0.0;  ///< 1, Hz, rad, 1
  double rate = 0.0;                                                   ///< 1/s
  std::vector<double> fractions, forces;                               ///< rho_i, F_i
  std::vector<double> contraction_times, intervals;                    ///< T_i, I_i, s

  bool operator==(const Curve&) const = default;
};

/// Value of a curve at time t (s). Needs curve_fault(curve) to be empty.
double evaluate(const Curve& curve, double t);

/// Times at which a curve has a corner, s; they may be infinite.
std::vector<double> corners(const Curve& curve);

/// What makes a curve unusable, such as times that do not increase; empty when it is good.
std::string curve_fault(const Curve& curve);

/// One entry per type of motor unit.
template <Of<Curve> Self, class Visitor> void describe_twitches(Self& self, Visitor& visit, bool used) {
  constexpr std::string_view source = "Ehret et al. 2011, J Mech Phys Solids 59:625", when = "kind = twitches";
  visit("fractions", self.fractions,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "share of each type among the motor units",
         .source = source,
         .required = true,
         .used = used,
         .when = when});
  visit("forces", self.forces,
        {.lowest = 0.0,
         .meaning = "peak force of one twitch of each type, in units of the value that the curve multiplies",
         .source = source,
         .required = true,
         .used = used,
         .when = when});
  visit("contraction_times", self.contraction_times,
        {.unit = "ms",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "time from a stimulus to the peak of the twitch of each type",
         .source = source,
         .required = true,
         .used = used,
         .when = when});
  visit("intervals", self.intervals,
        {.unit = "ms",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "time between stimuli of each type",
         .source = source,
         .required = true,
         .used = used,
         .when = when});
}

template <Of<Curve> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit(
      "kind", self.kind,
      {.meaning = "table: linear between its times, constant outside; ramp: 0 before start to 1 at end; sine: offset + "
                  "amplitude sin(2 pi frequency (t - start) + phase); step: 1 from start until end, 0 elsewhere; tanh: "
                  "tanh(rate (t - start)) after start; twitches: summed twitches of motor units of several types",
       .required = true});
  const bool table = self.kind == CurveKind::table;
  const bool ramp = self.kind == CurveKind::ramp;
  const bool sine = self.kind == CurveKind::sine;
  const bool tanh = self.kind == CurveKind::tanh;
  const bool twitches = self.kind == CurveKind::twitches;
  visit("times", self.times,
        {.unit = "s",
         .meaning = "increasing times, at least two",
         .required = true,
         .used = table,
         .when = "kind = table"});
  visit("values", self.values,
        {.meaning = "values at the times", .required = true, .used = table, .when = "kind = table"});
  visit("start", self.start,
        {.unit = "s",
         .meaning = "begin of the ramp, step, tanh or stimulation; time of phase zero of the sine",
         .used = !table,
         .when = "kind is not table"});
  visit("end", self.end,
        {.unit = "s",
         .may_be_infinite = !ramp,
         .meaning = "end of the ramp, step or stimulation",
         .required = ramp,
         .default_text = "inf s: a step or stimulation that lasts; a ramp has to end",
         .used = !table && !sine && !tanh,
         .when = "kind = ramp, step or twitches"});
  visit("amplitude", self.amplitude, {.meaning = "amplitude of the sine", .used = sine, .when = "kind = sine"});
  visit("frequency", self.frequency,
        {.unit = "Hz",
         .lowest = 0.0,
         .meaning = "frequency of the sine",
         .required = true,
         .used = sine,
         .when = "kind = sine"});
  visit("phase", self.phase, {.unit = "rad", .meaning = "phase of the sine", .used = sine, .when = "kind = sine"});
  visit("offset", self.offset, {.meaning = "mean of the sine", .used = sine, .when = "kind = sine"});
  visit("rate", self.rate,
        {.unit = "1/s", .meaning = "rate of the tanh", .required = true, .used = tanh, .when = "kind = tanh"});
  describe_twitches(self, visit, twitches);
}

}  // namespace tautband::spec
