// [curve.NAME]: a factor against time, and its value.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>
#include <vector>

namespace tautband::spec {

enum class CurveKind { table, ramp, sine, step };
template <>
inline constexpr std::array enum_table<CurveKind> = {
    EnumEntry<CurveKind>{"table", CurveKind::table}, EnumEntry<CurveKind>{"ramp", CurveKind::ramp},
    EnumEntry<CurveKind>{"sine", CurveKind::sine}, EnumEntry<CurveKind>{"step", CurveKind::step}};

/// table: linear between its times, constant outside; ramp: 0 before start, 1 after end, linear between;
/// sine: offset + amplitude sin(2 pi frequency (t - start) + phase); step: 1 from start until end, 0 elsewhere.
struct Curve {
  CurveKind kind = CurveKind::table;
  std::vector<double> times, values;                                   ///< s, 1
  double start = 0.0, end = infinity;                                  ///< s
  double amplitude = 1.0, frequency = 1.0, phase = 0.0, offset = 0.0;  ///< 1, Hz, rad, 1

  bool operator==(const Curve&) const = default;
};

/// Value of a curve at time t (s). Needs curve_fault(curve) to be empty.
double evaluate(const Curve& curve, double t);

/// What makes a curve unusable, such as times that do not increase; empty when it is good.
std::string curve_fault(const Curve& curve);

template <Of<Curve> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit(
      "kind", self.kind,
      {.meaning = "table: linear between its times, constant outside; ramp: 0 before start to 1 at end; sine: offset + "
                  "amplitude sin(2 pi frequency (t - start) + phase); step: 1 from start until end, 0 elsewhere",
       .required = true});
  const bool table = self.kind == CurveKind::table;
  const bool ramp = self.kind == CurveKind::ramp;
  const bool sine = self.kind == CurveKind::sine;
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
         .meaning = "begin of the ramp or step; time of phase zero of the sine",
         .used = !table,
         .when = "kind = ramp, sine or step"});
  visit("end", self.end,
        {.unit = "s",
         .may_be_infinite = !ramp,
         .meaning = "end of the ramp or step",
         .required = ramp,
         .default_text = "inf s: a step that lasts; a ramp has to end",
         .used = !table && !sine,
         .when = "kind = ramp or step"});
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
}

}  // namespace tautband::spec
