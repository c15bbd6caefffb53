// The case as plain data, one struct per section. SI units. `describe` lists every member of a section once, and
// `describe_sections` every section.
#pragma once

#include "spec/curve.hpp"
#include "spec/domain.hpp"
#include "spec/event.hpp"
#include "spec/loads.hpp"
#include "spec/map.hpp"
#include "spec/mechanics.hpp"
#include "spec/output.hpp"
#include "spec/physiology.hpp"
#include "spec/point.hpp"
#include "spec/time.hpp"

#include <algorithm>

namespace tautband::spec {

struct Case {
  std::string title;  ///< [case] title
  Point point;
  Map map;
  std::vector<MapAxis> axes;
  MeshSection mesh;
  Time time;
  std::map<std::string, Curve> curves;
  std::vector<Region> regions;
  std::vector<Boundary> boundaries;
  BodyForce body_force;
  Prestretch prestretch;
  Mechanics mechanics;
  Output output;
  std::vector<Probe> probes;
  std::vector<Event> events;
  Physiology physiology;                ///< [reflex] [motor_pool] [spindles] [[misfire]] [activation] [contracture]
  std::string path;                     ///< where it was read
  std::map<std::string, Place> places;  ///< "boundary.0.set" -> where it was given; only for messages
};

/// [case]: the members of a case that belong to no other section.
template <Of<Case> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("title", self.title, {.meaning = "what the case shows, in one line"});
}

/// Every section but those of the physiology, which are listed by describe_sections(Physiology).
template <Of<Case> Self, class Visitor> void describe_sections(Self& self, Visitor& visit) {
  visit.section("case", self, {.meaning = "the case as a whole"});
  visit.section(
      "point", self.point,
      {.meaning = "an experiment at one point, without a mesh, that `tautband point` runs", .used = self.point.active});
  visit.section("map", self.map,
                {.meaning = "the trigger point without space over a plane of two parameters, without a mesh, that "
                            "`tautband map` computes",
                 .used = self.map.active});
  visit.list("axis", self.axes, {.meaning = "one of the two parameters of the plane"});
  const bool without_space = self.point.active || self.map.active;
  const bool meshless = without_space && self.mesh.file.empty();  // a case for `tautband point` or `map` alone
  visit.section("mesh", self.mesh,
                {.meaning = "the mesh and the finite elements on it", .required = !without_space, .used = !meshless});
  visit.section("time", self.time,
                {.meaning = "when the run starts and ends, and its steps", .required = !meshless, .used = !meshless});
  visit.named("curve", self.curves, {.meaning = "factors against time, used by name in other sections"});
  visit.list("region", self.regions,
             {.meaning = "what a region of the mesh is made of",
              .required = !meshless || (self.point.active && PointUses(self.point.protocol).bar)});
  visit.list("boundary", self.boundaries, {.meaning = "what is prescribed on a named set of the mesh"});
  visit.section("body_force", self.body_force, {.meaning = "force on the mass of the tissue"});
  const bool stretched = std::any_of(self.boundaries.begin(), self.boundaries.end(),
                                     [](const Boundary& boundary) { return boundary.prestretch; });
  visit.section("prestretch", self.prestretch, {.meaning = "stretch in situ, applied before t = 0", .used = stretched});
  visit.section("mechanics", self.mechanics, {.meaning = "how the equations of motion are solved"});
  visit.section("output", self.output, {.meaning = "what is written, and how often"});
  visit.list("probe", self.probes, {.meaning = "material points whose values go to the history"});
  visit.list("event", self.events, {.meaning = "treatments and perturbations that act from a time on"});
}

}  // namespace tautband::spec
