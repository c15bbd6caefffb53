// [[event]]: treatments and perturbations, things that act on the muscle from a time on (docs/model.md 12).
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace tautband::spec {

enum class EventKind {
  pressure,
  stretch,
  needling,
  botulinum,
  reflex_block,
  gamma_block,
  unloading,
  cause_removed,
  statin,
  mitochondria,
  posture_load,
  mental_stress
};
template <>
inline constexpr std::array enum_table<EventKind> = {EnumEntry<EventKind>{"pressure", EventKind::pressure},
                                                     EnumEntry<EventKind>{"stretch", EventKind::stretch},
                                                     EnumEntry<EventKind>{"needling", EventKind::needling},
                                                     EnumEntry<EventKind>{"botulinum", EventKind::botulinum},
                                                     EnumEntry<EventKind>{"reflex_block", EventKind::reflex_block},
                                                     EnumEntry<EventKind>{"gamma_block", EventKind::gamma_block},
                                                     EnumEntry<EventKind>{"unloading", EventKind::unloading},
                                                     EnumEntry<EventKind>{"cause_removed", EventKind::cause_removed},
                                                     EnumEntry<EventKind>{"statin", EventKind::statin},
                                                     EnumEntry<EventKind>{"mitochondria", EventKind::mitochondria},
                                                     EnumEntry<EventKind>{"posture_load", EventKind::posture_load},
                                                     EnumEntry<EventKind>{"mental_stress", EventKind::mental_stress}};

/// [[event]]: what it does, when, and its dose. Lengths in the reference configuration.
struct Event {
  EventKind kind = EventKind::pressure;
  double start = 0.0;                        ///< s
  double duration = infinity;                ///< s, of one episode, ramps included; not of needling and botulinum
  double ramp = 1.0;                         ///< s, of rise and of fall
  int repeats = 1;                           ///< episodes
  double interval = infinity;                ///< s, from the start of one episode to that of the next
  std::string set = {};                      ///< pressure: face set; stretch: set of boundaries
  std::array<double, 3> centre{0, 0, 0};     ///< m: pressure, needling
  double radius = 0.0;                       ///< m: pressure, needling
  double pressure = 0.0;                     ///< Pa in the middle of the patch, positive pushes in
  std::array<double, 3> velocity{0, 0, 0};   ///< m/s, of the patch
  std::array<double, 3> stroke{0, 0, 0};     ///< m, amplitude of the patch's swing to and fro
  double frequency = 0.0;                    ///< Hz, of the strokes
  std::array<double, 3> direction{0, 0, 1};  ///< stretch: unit vector
  std::optional<double> displacement = {};   ///< stretch: m along direction
  double fraction = 0.05;                    ///< stretch: of the mesh's extent along direction
  double memory_reset = 0.5;                 ///< needling: n_D, share of the contracture memory taken away
  double sensitiser_left = 0.5;              ///< needling
  double block = 0.8;                        ///< botulinum: B at its peak
  double rise = 5 * 86400.0;                 ///< botulinum: s
  double decay = 90 * 86400.0;               ///< botulinum: s
  double factor = 0.0;                       ///< reflex_block, gamma_block, unloading: what is left, 0..1
  double leak = 0.5;                         ///< statin: l_st
  double capacity = 0.5;                     ///< mitochondria: m
  double tonic_drive = 0.0;                  ///< posture_load: E_d, fraction of MVC
  double fusimotor = 0.2;                    ///< mental_stress: added to G, 1 = 100 pps

  bool operator==(const Event&) const = default;
};

/// True for events that push or pull the tissue; the others need the physiology.
constexpr bool is_mechanical(EventKind kind) { return kind == EventKind::pressure || kind == EventKind::stretch; }

/// What makes an event unusable, such as episodes that overlap; empty when it is good.
std::string event_fault(const Event& event);

/// How much of the event acts at time t (s), 0..1: rises over the ramp, stays, falls, in every episode. Botulinum: the
/// share of its peak. 0 for needling, which acts in an instant. Needs event_fault(event) to be empty.
double share_at(const Event& event, double t);

/// Start of episode k, s; of needling, the instant.
inline double episode_start(const Event& event, int k) {
  return k == 0 ? event.start : event.start + k * event.interval;
}

/// Finite times at which share_at has a corner or something happens at once, s; increasing.
std::vector<double> corners(const Event& event);

/// Centre of a pressure's patch at time t (s), m: where the last episode left it before the next begins.
std::array<double, 3> centre_at(const Event& event, double t);

template <Of<Event> Self, class Visitor> void describe_timing(Self& self, Visitor& visit) {
  const bool lasts = self.kind != EventKind::needling && self.kind != EventKind::botulinum;
  visit("start", self.start, {.unit = "s", .meaning = "onset of the first episode", .required = true});
  visit("duration", self.duration,
        {.unit = "s",
         .lowest = 1e-3,
         .may_be_infinite = true,
         .meaning = "of one episode, ramps included; pressure and stretch have to end",
         .default_text = "inf s: to the end of the run",
         .used = lasts,
         .when = "kind is not needling or botulinum"});
  visit("ramp", self.ramp,
        {.unit = "s",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "linear rise at the begin and fall at the end of an episode; 0 = at once",
         .used = lasts,
         .when = "kind is not needling or botulinum"});
  visit("repeats", self.repeats, {.lowest = 1, .highest = 10000, .meaning = "episodes, sessions or injections"});
  visit("interval", self.interval,
        {.unit = "s",
         .lowest = 1e-3,
         .may_be_infinite = true,
         .meaning = "from the start of one episode to the start of the next",
         .default_text = "none",
         .used = self.repeats > 1,
         .when = "repeats is above 1"});
}

template <Of<Event> Self, class Visitor> void describe_mechanical(Self& self, Visitor& visit) {
  const bool pressure = self.kind == EventKind::pressure, stretch = self.kind == EventKind::stretch;
  const bool placed = pressure || self.kind == EventKind::needling;
  visit("set", self.set,
        {.meaning = "pressure: face set it acts on; stretch: set of the [[boundary]] that it moves, of kind "
                    "displacement or spring",
         .required = true,
         .used = pressure || stretch,
         .when = "kind = pressure or stretch"});
  visit("centre", self.centre,
        {.unit = "mm",
         .meaning = "of the pressed patch or of the needle's sphere, in the reference configuration",
         .required = true,
         .used = placed,
         .when = "kind = pressure or needling"});
  visit("radius", self.radius,
        {.unit = "mm",
         .lowest = 1e-3,
         .highest = 1e3,
         .meaning = "pressure: where it has fallen to 0, p (1 - (d/radius)^2)^2, so that its force is a third of "
                    "pressure times area; a thumb presses on 1-3 cm^2. Needling: of the sphere, 1-2 mm",
         .source = "calibrated: docs/model.md 12.2 and 12.4",
         .required = true,
         .used = placed,
         .when = "kind = pressure or needling"});
  visit("pressure", self.pressure,
        {.unit = "kPa",
         .meaning = "in the middle of the patch, follows the surface, positive pushes in; by hand 50-250 kPa",
         .source = "Fernandez-de-las-Penas et al. 2006: test pressure 2.5 kg/cm^2 (docs/model.md 12.2)",
         .required = true,
         .used = pressure,
         .when = "kind = pressure"});
  visit("velocity", self.velocity,
        {.unit = "mm/s",
         .meaning = "of the patch while an episode lasts: stripping massage",
         .used = pressure,
         .when = "kind = pressure"});
  visit("stroke", self.stroke,
        {.unit = "mm",
         .meaning = "amplitude of the patch's swing to and fro about its centre: rubbing massage",
         .used = pressure,
         .when = "kind = pressure"});
  const bool rubs = self.stroke != std::array<double, 3>{0, 0, 0};
  visit("frequency", self.frequency,
        {.unit = "Hz",
         .lowest = 1e-6,
         .highest = 100.0,
         .meaning = "of the strokes; steps get no longer than an eighth of their period",
         .required = true,
         .used = pressure && rubs,
         .when = "stroke is given"});
  visit("direction", self.direction,
        {.lowest = -1.0,
         .highest = 1.0,
         .meaning = "unit vector along which the set moves",
         .required = true,
         .used = stretch,
         .when = "kind = stretch"});
  visit("displacement", self.displacement,
        {.unit = "mm", .meaning = "how far the set moves", .used = stretch, .when = "kind = stretch"});
  visit("fraction", self.fraction,
        {.lowest = -0.5,
         .highest = 0.5,
         .meaning = "how far the set moves, as a fraction of the mesh's extent along direction: 3-8 %",
         .source = "calibrated: docs/model.md 12.3",
         .used = stretch && !self.displacement,
         .when = "kind = stretch without displacement"});
}

template <Of<Event> Self, class Visitor> void describe_local_dose(Self& self, Visitor& visit) {
  const bool needling = self.kind == EventKind::needling, botulinum = self.kind == EventKind::botulinum;
  visit("memory_reset", self.memory_reset,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "n_D: share of the contracture memory that the needle takes away; it also empties acetylcholine",
         .source = "calibrated: docs/model.md 12.4, 0.5-0.7",
         .used = needling,
         .when = "kind = needling"});
  visit("sensitiser_left", self.sensitiser_left,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "share of the sensitising substances left after needling",
         .source = "calibrated: docs/model.md 12.4",
         .used = needling,
         .when = "kind = needling"});
  visit("block", self.block,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "B: share of transmission at the end plates blocked at the peak of the effect",
         .source = "calibrated: docs/model.md 12.5",
         .used = botulinum,
         .when = "kind = botulinum"});
  visit("rise", self.rise,
        {.unit = "d",
         .lowest = 1e-6,
         .highest = 1e4,
         .meaning = "time constant of the onset, 3-7 days",
         .source = "calibrated: docs/model.md 12.5",
         .used = botulinum,
         .when = "kind = botulinum"});
  visit("decay", self.decay,
        {.unit = "d",
         .lowest = 1e-6,
         .highest = 1e5,
         .meaning = "time constant of the recovery, about 90 days",
         .source = "calibrated: docs/model.md 12.5",
         .used = botulinum,
         .when = "kind = botulinum"});
}

template <Of<Event> Self, class Visitor> void describe_general_dose(Self& self, Visitor& visit) {
  const EventKind kind = self.kind;
  visit("factor", self.factor,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "what is left of the reflex gain, the fusimotor level or the tonic drive; 0 = nothing",
         .used = kind == EventKind::reflex_block || kind == EventKind::gamma_block || kind == EventKind::unloading,
         .when = "kind = reflex_block, gamma_block or unloading"});
  visit("leak", self.leak,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "l_st: added to the calcium leak of the statin, 0.5 = half as much again as without",
         .source = "calibrated: docs/model.md 12.6",
         .used = kind == EventKind::statin,
         .when = "kind = statin"});
  visit("capacity", self.capacity,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "m: multiplies the oxidative capacity, 1 = healthy",
         .source = "calibrated: docs/model.md 12.6",
         .used = kind == EventKind::mitochondria,
         .when = "kind = mitochondria"});
  visit("tonic_drive", self.tonic_drive,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "E_d in the place of that of [motor_pool], as a fraction of the maximum",
         .required = true,
         .used = kind == EventKind::posture_load,
         .when = "kind = posture_load"});
  visit("fusimotor", self.fusimotor,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "added to the fusimotor level G, 1 = 100 pps",
         .source = "calibrated: docs/model.md 12.6",
         .used = kind == EventKind::mental_stress,
         .when = "kind = mental_stress"});
}

template <Of<Event> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("kind", self.kind,
        {.meaning = "pressure: a soft-edged patch, at rest or moved (massage); stretch: moves a boundary; needling; "
                    "botulinum: blocks end plates for months; reflex_block, gamma_block, unloading: take away reflex, "
                    "fusimotor level, tonic drive; cause_removed: ends misfires; statin: calcium leak; mitochondria: "
                    "oxidative capacity; posture_load: another tonic drive; mental_stress: more fusimotor level",
         .required = true});
  describe_timing(self, visit);
  describe_mechanical(self, visit);
  describe_local_dose(self, visit);
  describe_general_dose(self, visit);
}

}  // namespace tautband::spec
