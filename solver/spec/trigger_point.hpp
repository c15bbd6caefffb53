// [trigger_point]: one end-plate zone without space, for `tautband point` and `tautband map`. Equations and symbols:
// laws/trigger_point.hpp. SI units.
#pragma once

#include "spec/chemistry.hpp"

#include <array>

namespace tautband::spec {

enum class Condition { healthy, latent, active };
template <>
inline constexpr std::array enum_table<Condition> = {EnumEntry<Condition>{"healthy", Condition::healthy},
                                                     EnumEntry<Condition>{"latent", Condition::latent},
                                                     EnumEntry<Condition>{"active", Condition::active}};

struct TriggerPoint {
  bool active = false;  ///< [trigger_point] is in the case
  Condition start = Condition::healthy;
  double ectopic_rate = 0.0;       ///< I_ab, 1/s
  double oxygen_exchange = 0.015;  ///< d_O, 1/s
  double tissue_oxygen = 30.0 * mmHg;
  double acid_exchange = 0.008;     ///< d_H, 1/s
  double isometric_stress = 200e3;  ///< sigma_0, Pa
  double knot_pressure = 0.30;      ///< z_c
  double tolerance = 1e-4;

  bool operator==(const TriggerPoint&) const = default;
};

template <Of<TriggerPoint> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  constexpr std::string_view calibrated = "calibrated: docs/model.md 9.3";
  visit("start", self.start,
        {.meaning = "healthy: at rest, with chemistry.initial_memory; latent: with full memory; active: painful"});
  visit("ectopic_rate", self.ectopic_rate,
        {.unit = "pps",
         .lowest = 0.0,
         .highest = 1e4,
         .meaning = "I_ab: misfire that all spindles have at all times, besides [[misfire]]"});
  visit("oxygen_exchange", self.oxygen_exchange,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "d_O: exchange of oxygen with the tissue around",
         .source = calibrated});
  visit("tissue_oxygen", self.tissue_oxygen,
        {.unit = "mmHg",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "P_t: oxygen pressure of the tissue around",
         .source = calibrated});
  visit("acid_exchange", self.acid_exchange,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1e3,
         .meaning = "d_H: loss of acid to the tissue around",
         .source = calibrated});
  visit("isometric_stress", self.isometric_stress,
        {.unit = "kPa",
         .lowest = 0.0,
         .highest = 1e6,
         .meaning = "sigma_0: fibre stress of full activation, that of the law without space",
         .source = "calibrated: docs/model.md 7.2"});
  visit("knot_pressure", self.knot_pressure,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "z_c: pressure on capillaries by full contracture, as a part of that by full activation",
         .source = calibrated});
  visit("tolerance", self.tolerance,
        {.lowest = 1e-10,
         .highest = 0.1,
         .meaning = "error allowed in each step, as a part of the size of an unknown",
         .source = "numerical"});
}

}  // namespace tautband::spec
