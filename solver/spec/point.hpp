// [point]: an experiment on the laws of the case at one point, without a mesh.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>
#include <vector>

namespace tautband::spec {

enum class Protocol {
  isometric,
  ramp_and_hold,
  quick_release,
  isokinetic,
  twitch,
  tetanus,
  spindle_ramp_and_hold,
  trigger_point
};
template <>
inline constexpr std::array enum_table<Protocol> = {
    EnumEntry<Protocol>{"isometric", Protocol::isometric},
    EnumEntry<Protocol>{"ramp_and_hold", Protocol::ramp_and_hold},
    EnumEntry<Protocol>{"quick_release", Protocol::quick_release},
    EnumEntry<Protocol>{"isokinetic", Protocol::isokinetic},
    EnumEntry<Protocol>{"twitch", Protocol::twitch},
    EnumEntry<Protocol>{"tetanus", Protocol::tetanus},
    EnumEntry<Protocol>{"spindle_ramp_and_hold", Protocol::spindle_ramp_and_hold},
    EnumEntry<Protocol>{"trigger_point", Protocol::trigger_point}};

/// How the volume of the bar follows: from zero lateral stress, or constant.
enum class BarVolume { compressible, incompressible };
template <>
inline constexpr std::array enum_table<BarVolume> = {EnumEntry<BarVolume>{"compressible", BarVolume::compressible},
                                                     EnumEntry<BarVolume>{"incompressible", BarVolume::incompressible}};

/// SI. Times count from the begin of each trial. Stretches are of the fibre; the spindle's are lengths in L0.
struct Point {
  bool active = false;  ///< true when the section is in the case
  Protocol protocol = Protocol::isometric;
  double sample_step = 1e-3;  ///< s
  double duration = 1.0;      ///< s, of each trial
  std::string region;         ///< empty = the first
  BarVolume volume = BarVolume::compressible;
  std::vector<double> stretches;                           ///< isometric: one trial each
  double stretch = 1.0, stretch_end = 1.1;                 ///< where a movement begins and ends
  double rate = 0.1;                                       ///< 1/s, size of the stretch rate of a ramp
  std::vector<double> rates;                               ///< 1/s, isokinetic: one trial each, shortening < 0
  double travel = 0.05;                                    ///< stretch passed before `stretch` is reached
  double start = 0.0;                                      ///< s, begin of the movement or stimulation
  double excitation = 0.0;                                 ///< 0..1
  double onset = 0.0, offset = infinity;                   ///< s, of the excitation
  double stimulus_rate = 50.0;                             ///< 1/s
  double stimulus_duration = 1.0;                          ///< s
  double fusimotor_static = 0.0, fusimotor_dynamic = 0.0;  ///< 1/s

  bool operator==(const Point&) const = default;
};

/// Which keys a protocol uses.
struct PointUses {
  explicit PointUses(Protocol p)
      : release(p == Protocol::quick_release),
        isokinetic(p == Protocol::isokinetic),
        spindle(p == Protocol::spindle_ramp_and_hold),
        ramp(p == Protocol::ramp_and_hold || spindle),
        tetanus(p == Protocol::tetanus),
        stimulated(tetanus || p == Protocol::twitch),
        isometric(p == Protocol::isometric),
        bar(p != Protocol::trigger_point && !spindle),
        excited(bar && !stimulated) {}

  bool release, isokinetic, spindle, ramp, tetanus, stimulated, isometric;
  bool bar;      ///< a bar of the region's law
  bool excited;  ///< the bar's excitation is prescribed
};

template <Of<Point> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit(
      "protocol", self.protocol,
      {.meaning = "isometric: held at each of the stretches; ramp_and_hold: from stretch to stretch_end at rate; "
                  "quick_release: from stretch to stretch_end within one sample; isokinetic: through stretch at each "
                  "of the rates; twitch, tetanus: the whole motor pool is stimulated at a stretch; "
                  "spindle_ramp_and_hold: the spindle of Mileusnic 2006; trigger_point: the energy crisis, its reflex "
                  "and pain without space, over hours",
       .required = true});
  const PointUses uses(self.protocol);
  visit("sample_step", self.sample_step,
        {.unit = "ms",
         .lowest = 1e-3,
         .highest = 1e8,
         .meaning = "time between rows of the history; stretch rates are differences over it",
         .required = true});
  visit("duration", self.duration,
        {.unit = "s",
         .lowest = 1e-6,
         .highest = 1e9,
         .meaning = "of each trial",
         .required = true,
         .used = !uses.isokinetic,
         .when = "protocol is not isokinetic, whose trials end at `stretch`"});
  visit("region", self.region,
        {.meaning = "whose law, parameters and active stress the bar has",
         .default_text = "the first region",
         .used = uses.bar,
         .when = "the protocol is of a bar"});
  visit("volume", self.volume,
        {.meaning = "compressible: the lateral stretch is that of zero lateral stress with the region's volumetric "
                    "energy; incompressible: that of constant volume",
         .used = uses.bar,
         .when = "the protocol is of a bar"});
  describe_movement(self, visit, uses);
  describe_drive(self, visit, uses);
}

template <Of<Point> Self, class Visitor> void describe_movement(Self& self, Visitor& visit, const PointUses& uses) {
  const bool moves = uses.ramp || uses.release;
  visit("stretches", self.stretches,
        {.lowest = 0.2,
         .highest = 5.0,
         .meaning = "fibre stretches that are held, one trial each",
         .required = true,
         .used = uses.isometric,
         .when = "protocol = isometric"});
  visit("stretch", self.stretch,
        {.lowest = 0.2,
         .highest = 5.0,
         .meaning = "fibre stretch (of a spindle: length in L0) at the begin; isokinetic: where trials end",
         .used = moves || uses.isokinetic || uses.stimulated,
         .when = "protocol is not isometric or trigger_point"});
  visit("stretch_end", self.stretch_end,
        {.lowest = 0.2,
         .highest = 5.0,
         .meaning = "fibre stretch (of a spindle: length in L0) after the movement",
         .required = true,
         .used = moves,
         .when = "protocol = ramp_and_hold, quick_release or spindle_ramp_and_hold"});
  visit("rate", self.rate,
        {.unit = "1/s",
         .lowest = 1e-9,
         .highest = 1e4,
         .meaning = "size of the stretch rate between the two",
         .required = true,
         .used = uses.ramp,
         .when = "protocol = ramp_and_hold or spindle_ramp_and_hold"});
  visit("rates", self.rates,
        {.unit = "1/s",
         .lowest = -1e4,
         .highest = 1e4,
         .meaning = "stretch rates, one trial each; shortening is negative",
         .required = true,
         .used = uses.isokinetic,
         .when = "protocol = isokinetic"});
  visit("travel", self.travel,
        {.lowest = 1e-6,
         .highest = 2.0,
         .meaning = "stretch passed at the rate before a trial ends at `stretch`",
         .used = uses.isokinetic,
         .when = "protocol = isokinetic"});
  visit("start", self.start,
        {.unit = "s",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "begin of the movement or stimulation",
         .used = moves || uses.isokinetic || uses.stimulated,
         .when = "protocol is not isometric or trigger_point"});
}

template <Of<Point> Self, class Visitor> void describe_drive(Self& self, Visitor& visit, const PointUses& uses) {
  visit("excitation", self.excitation,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "excitation that [activation] turns into activation",
         .used = uses.excited,
         .when = "protocol = isometric, ramp_and_hold, quick_release or isokinetic"});
  visit("onset", self.onset,
        {.unit = "s",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "begin of the excitation",
         .used = uses.excited,
         .when = "protocol = isometric, ramp_and_hold, quick_release or isokinetic"});
  visit("offset", self.offset,
        {.unit = "s",
         .lowest = 0.0,
         .may_be_infinite = true,
         .meaning = "end of the excitation",
         .used = uses.excited,
         .when = "protocol = isometric, ramp_and_hold, quick_release or isokinetic"});
  visit("stimulus_rate", self.stimulus_rate,
        {.unit = "1/s",
         .lowest = 0.01,
         .highest = 1e4,
         .meaning = "stimuli per second to every motor unit",
         .required = true,
         .used = uses.tetanus,
         .when = "protocol = tetanus"});
  visit("stimulus_duration", self.stimulus_duration,
        {.unit = "s",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "how long the train of stimuli lasts",
         .required = true,
         .used = uses.tetanus,
         .when = "protocol = tetanus"});
  visit("fusimotor_static", self.fusimotor_static,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "firing rate of static fusimotor neurones",
         .used = uses.spindle,
         .when = "protocol = spindle_ramp_and_hold"});
  visit("fusimotor_dynamic", self.fusimotor_dynamic,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "firing rate of dynamic fusimotor neurones",
         .used = uses.spindle,
         .when = "protocol = spindle_ramp_and_hold"});
}

}  // namespace tautband::spec
