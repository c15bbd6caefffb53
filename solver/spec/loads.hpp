// [[boundary]], [body_force] and [prestretch]: what moves and loads the tissue.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>

namespace tautband::spec {

enum class BoundaryKind { displacement, spring, traction, pressure };
template <>
inline constexpr std::array enum_table<BoundaryKind> = {
    EnumEntry<BoundaryKind>{"displacement", BoundaryKind::displacement},
    EnumEntry<BoundaryKind>{"spring", BoundaryKind::spring},
    EnumEntry<BoundaryKind>{"traction", BoundaryKind::traction},
    EnumEntry<BoundaryKind>{"pressure", BoundaryKind::pressure}};

/// [[boundary]]: on a named set
struct Boundary {
  std::string set;  ///< node set (displacement) or face set (others)
  BoundaryKind kind = BoundaryKind::displacement;
  std::string components = "xyz";            ///< displacement: which of x, y, z are prescribed
  std::array<double, 3> value{0, 0, 0};      ///< displacement m; dead traction Pa of the reference area
  double pressure = 0.0;                     ///< follower pressure, Pa, positive pushes in
  std::array<double, 3> stiffness{0, 0, 0};  ///< spring to ground per reference area, Pa/m
  std::string curve;                         ///< time factor of value / pressure / anchor
  std::array<double, 3> anchor{0, 0, 0};     ///< spring: displacement of its far end, m, times curve
  bool prestretch = false;                   ///< also moved by [prestretch]

  bool operator==(const Boundary&) const = default;
};

/// [body_force]
struct BodyForce {
  std::array<double, 3> acceleration{0, 0, 0};  ///< m/s^2, times density
  std::string curve;

  bool operator==(const BodyForce&) const = default;
};

/// [prestretch]: before t = 0 boundaries with `prestretch = true` move by (stretch - 1) (X - centre).axis along axis,
/// ramped from -duration to 0 and kept; the run then starts at -duration.
struct Prestretch {
  double stretch = 1.0;
  std::array<double, 3> axis{0, 0, 1};
  std::array<double, 3> centre{0, 0, 0};  ///< m
  double duration = 1.0;                  ///< s
  int steps = 4;

  bool operator==(const Prestretch&) const = default;
};

template <Of<Boundary> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("set", self.set, {.meaning = "node set (displacement) or face set (the others) of the mesh", .required = true});
  visit("kind", self.kind,
        {.meaning = "displacement: prescribed components, a roller when one is 0; spring: to ground, as a tendon; "
                    "traction: dead load; pressure: follows the surface",
         .required = true});
  const bool displacement = self.kind == BoundaryKind::displacement;
  const bool traction = self.kind == BoundaryKind::traction;
  const bool spring = self.kind == BoundaryKind::spring;
  const bool pressure = self.kind == BoundaryKind::pressure;
  visit("components", self.components,
        {.meaning = "which of x, y, z are prescribed, such as \"z\" or \"xy\"",
         .used = displacement,
         .when = "kind = displacement"});
  visit("value", self.value,
        {.unit = traction ? "kPa" : "mm",
         .unit_note = "with kind = traction: kPa of the reference area",
         .meaning = "prescribed displacement, or traction vector",
         .required = traction,
         .used = displacement || traction,
         .when = "kind = displacement or traction"});
  visit("pressure", self.pressure,
        {.unit = "kPa",
         .meaning = "follower pressure, positive pushes in",
         .required = true,
         .used = pressure,
         .when = "kind = pressure"});
  visit("stiffness", self.stiffness,
        {.unit = "kPa/mm",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "stiffness per reference area along x, y, z",
         .required = true,
         .used = spring,
         .when = "kind = spring"});
  visit("anchor", self.anchor,
        {.unit = "mm", .meaning = "displacement of the spring's far end", .used = spring, .when = "kind = spring"});
  visit("curve", self.curve,
        {.meaning = "time factor of value, pressure or anchor", .default_text = "1 at all times", .names_curve = true});
  visit("prestretch", self.prestretch,
        {.meaning = "the set, or the springs' far ends, are also moved by [prestretch]",
         .used = displacement || spring,
         .when = "kind = displacement or spring"});
}

template <Of<BodyForce> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("acceleration", self.acceleration, {.unit = "m/s^2", .meaning = "force per mass on every region"});
  visit("curve", self.curve,
        {.meaning = "time factor of the acceleration", .default_text = "1 at all times", .names_curve = true});
}

template <Of<Prestretch> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("stretch", self.stretch,
        {.lowest = 0.5,
         .highest = 2.0,
         .meaning = "stretch between the moved boundaries at t = 0; 1 = none. A resting muscle is not slack: 1.08",
         .source = "calibrated: docs/model.md 7.2"});
  visit("axis", self.axis, {.lowest = -1.0, .highest = 1.0, .meaning = "unit direction of the stretch"});
  visit("centre", self.centre, {.unit = "mm", .meaning = "point that stays"});
  visit("duration", self.duration,
        {.unit = "s",
         .lowest = 1e-6,
         .highest = 1e9,
         .meaning = "time before t = 0 over which it is ramped",
         .source = "numerical"});
  visit("steps", self.steps,
        {.lowest = 1, .highest = 10000, .meaning = "mechanics steps of the ramp", .source = "numerical"});
}

}  // namespace tautband::spec
