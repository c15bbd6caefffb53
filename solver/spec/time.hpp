// [time]: when the run starts and ends, and how long its steps may be.
#pragma once

#include "spec/describe.hpp"

#include <array>

namespace tautband::spec {

/// How the reflex is followed: every network step, by its mean over them, or the first in short mechanics steps and the
/// second in long ones.
enum class ReflexForm { fast, slow, automatic };
template <>
inline constexpr std::array enum_table<ReflexForm> = {EnumEntry<ReflexForm>{"fast", ReflexForm::fast},
                                                      EnumEntry<ReflexForm>{"slow", ReflexForm::slow},
                                                      EnumEntry<ReflexForm>{"automatic", ReflexForm::automatic}};

/// All in s. Negative times are allowed (pre-stretch before t = 0).
struct Time {
  double start = 0.0, end = 1.0;
  double step = 0.01;
  double shortest_step = 1e-6;
  double longest_step = infinity;
  double network_step = 1e-3;
  double largest_change = 0.05;
  double tolerance = 0.005;
  ReflexForm reflex = ReflexForm::automatic;
  double longest_fast_step = 0.3;
  double check_interval = 3600.0;

  bool operator==(const Time&) const = default;
};

template <Of<Time> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("start", self.start,
        {.unit = "s",
         .meaning = "time at which the run starts",
         .default_text = "0 s, or -prestretch.duration where there is a [prestretch]"});
  visit("end", self.end, {.unit = "s", .meaning = "time at which the run ends", .required = true});
  visit("step", self.step,
        {.unit = "ms",
         .lowest = 1e-6,
         .highest = 1e9,
         .meaning = "first mechanics step",
         .source = "docs/model.md 7.7: 5-10 ms in fast windows, 0.5-5 s in slow ones",
         .required = true});
  visit("shortest_step", self.shortest_step,
        {.unit = "ms",
         .lowest = 1e-9,
         .highest = 1e9,
         .meaning = "a step cut below this is a failed run",
         .source = "numerical"});
  visit("longest_step", self.longest_step,
        {.unit = "ms",
         .lowest = 1e-6,
         .highest = 1e9,
         .meaning = "the step grows up to this",
         .source = "numerical",
         .default_text = "time.step"});
  visit("network_step", self.network_step,
        {.unit = "ms",
         .lowest = 1e-3,
         .highest = 1e3,
         .meaning = "step of reflex and activation",
         .source = "docs/model.md 7.7: 0.5-1 ms"});
  visit(
      "largest_change", self.largest_change,
      {.lowest = 1e-4,
       .highest = 1.0,
       .meaning = "most that activation or contracture stretch may change in a mechanics step; it is cut to keep this",
       .source = "numerical"});
  visit("tolerance", self.tolerance,
        {.lowest = 1e-6,
         .highest = 1.0,
         .meaning = "estimated error of a step in energy, contracture, memory, acid and sensitiser; it sets the step",
         .source = "numerical"});
  visit("reflex", self.reflex,
        {.meaning = "fast: every network step; slow: the mean over them; automatic: fast in mechanics steps up to "
                    "longest_fast_step, slow in longer ones"});
  visit("longest_fast_step", self.longest_fast_step,
        {.unit = "ms",
         .lowest = 1e-3,
         .highest = 1e9,
         .meaning = "longest mechanics step in which the network steps are followed",
         .source = "numerical",
         .used = self.reflex == ReflexForm::automatic,
         .when = "reflex = automatic"});
  visit("check_interval", self.check_interval,
        {.unit = "min",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "model time after which the slow form is compared with 2 s of the fast one; 0 = never",
         .source = "docs/model.md 13",
         .used = self.reflex != ReflexForm::fast,
         .when = "reflex = slow or automatic"});
}

}  // namespace tautband::spec
