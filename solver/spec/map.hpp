// [map] and [[axis]]: the trigger point without space over a plane of two parameters.
#pragma once

#include "spec/trigger_point.hpp"

#include <string>
#include <vector>

namespace tautband::spec {

struct Map {
  bool active = false;            ///< true when the section is in the case
  double duration = 12.0 * hour;  ///< s, model time
  std::vector<Condition> starts{Condition::healthy, Condition::latent, Condition::active};

  bool operator==(const Map&) const = default;
};

/// [[axis]]: one of the two parameters of the plane.
struct MapAxis {
  std::string key;       ///< "section.key" of the physiology
  AnyQuantity from, to;  ///< with the unit of the key
  int count = 101;       ///< values, both ends included

  bool operator==(const MapAxis&) const = default;
};

template <Of<Map> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("duration", self.duration,
        {.unit = "h",
         .lowest = 1e-6,
         .highest = 1e6,
         .meaning = "model time after which a state is judged healthy, latent or active"});
  visit("starts", self.starts, {.meaning = "where trajectories begin; every point of the plane has one of each"});
}

template <Of<MapAxis> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("key", self.key,
        {.meaning = "what varies: a number of the physiology as SECTION.KEY, such as motor_pool.tonic_drive",
         .required = true});
  visit("from", self.from, {.meaning = "its first value, with the unit of the key", .required = true});
  visit("to", self.to, {.meaning = "its last value", .required = true});
  visit("count", self.count,
        {.lowest = 2, .highest = 100000, .meaning = "values from first to last, evenly spaced, both included"});
}

}  // namespace tautband::spec
