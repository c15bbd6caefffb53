// [output] and [[probe]]: what is written, where and how often.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>

namespace tautband::spec {

/// [[probe]]: a material point whose values go to history: u, fibre_stretch, fibre_stress, lateral_pressure
struct Probe {
  std::string name;
  std::array<double, 3> position{0, 0, 0};  ///< reference position, m

  bool operator==(const Probe&) const = default;
};

/// [output]
struct Output {
  double interval = 0.1;               ///< s between fields
  double history_interval = 0.0;       ///< s; 0 = every mechanics step
  double from = -infinity;             ///< s; first time written
  bool linearise = false;              ///< write hex27 as 8 hex8 cells
  int compression = 4;                 ///< gzip level
  double checkpoint_interval = 600.0;  ///< s of wall time; 0 = every mechanics step

  bool operator==(const Output&) const = default;
};

template <Of<Probe> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("name", self.name, {.meaning = "begins the names of its history columns", .required = true});
  visit("position", self.position,
        {.unit = "mm", .meaning = "position in the reference configuration", .required = true});
}

template <Of<Output> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("interval", self.interval,
        {.unit = "s", .lowest = 1e-9, .highest = 1e9, .meaning = "time between the fields that are written"});
  visit("history_interval", self.history_interval,
        {.unit = "s",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "time between rows of the history; 0 = every mechanics step"});
  visit("from", self.from,
        {.unit = "s",
         .may_be_infinite = true,
         .meaning = "nothing is written before this time",
         .default_text = "from the start"});
  visit("linearise", self.linearise,
        {.meaning = "write hex27 as 8 hex8 cells, for viewers that draw quadratic cells flat"});
  visit("compression", self.compression,
        {.lowest = 0, .highest = 9, .meaning = "gzip level of the arrays; 0 = none", .source = "numerical"});
  visit("checkpoint_interval", self.checkpoint_interval,
        {.unit = "min",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "wall time between checkpoints; 0 = every mechanics step"});
}

}  // namespace tautband::spec
