// Reflex arc, energy crisis, pain and treatments as plain data.
#pragma once

#include "spec/activation.hpp"
#include "spec/chemistry.hpp"
#include "spec/diffusion.hpp"
#include "spec/mechanisms.hpp"
#include "spec/motor_pool.hpp"
#include "spec/pain.hpp"
#include "spec/reflex.hpp"
#include "spec/trigger_point.hpp"

namespace tautband::spec {

struct Physiology {
  bool active = false;  ///< true when any of the sections is in the case
  Spindles spindles;
  std::vector<Golgi> golgi;
  Reflex reflex;
  MotorPool motor_pool;
  std::vector<Misfire> misfires;
  FusimotorLoop fusimotor;
  Activation activation;
  Contracture contracture;
  Mechanisms mechanisms;
  Chemistry chemistry;
  std::vector<LatentPoint> latent_points;
  Diffusion diffusion;
  Pain pain;
  Adaptation adaptation;
  TriggerPoint trigger_point;

  bool operator==(const Physiology&) const = default;
};

template <Of<Physiology> Self, class Visitor> void describe_sections(Self& self, Visitor& visit) {
  visit.section("spindles", self.spindles, {.meaning = "muscle spindles: places and firing rate"});
  visit.list("golgi", self.golgi, {.meaning = "tendon organs"});
  visit.section("reflex", self.reflex, {.meaning = "from afferent rates to drive, with delays"});
  visit.section("motor_pool", self.motor_pool, {.meaning = "from drive to motor units and their territories"});
  visit.list("misfire", self.misfires, {.meaning = "spindles that fire without cause"});
  visit.section("fusimotor", self.fusimotor, {.meaning = "how nociception raises the drive to the spindles"});
  visit.section("activation", self.activation, {.meaning = "from excitation to activation of the fibres"});
  visit.section(
      "contracture", self.contracture,
      {.meaning = "shortening of the end-plate zone while calcium stays high in it", .used = self.chemistry.active});
  visit.section("mechanisms", self.mechanisms, {.meaning = "a gain for each mechanism: 1 as described, 0 without it"});
  visit.section("chemistry", self.chemistry,
                {.meaning = "the energy crisis of the end plate: calcium, energy, acetylcholine and memory, and what "
                            "they exchange with oxygen, acid and sensitiser",
                 .used = self.chemistry.active});
  visit.section("diffusion", self.diffusion,
                {.meaning = "how oxygen, acid and sensitiser spread", .used = self.chemistry.active});
  visit.list("latent_point", self.latent_points,
             {.meaning = "places with a contracture memory from the start", .used = self.chemistry.active});
  visit.section("pain", self.pain,
                {.meaning = "nociception, central sensitisation, referred pain and pain threshold",
                 .used = self.chemistry.active});
  visit.section("adaptation", self.adaptation,
                {.meaning = "strength lost by disuse and regained", .used = self.chemistry.active});
  visit.section("trigger_point", self.trigger_point,
                {.meaning = "one end-plate zone without space, for `tautband point` and `tautband map`",
                 .used = self.trigger_point.active});
}

}  // namespace tautband::spec
