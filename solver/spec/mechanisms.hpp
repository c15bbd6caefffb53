// [mechanisms]: one gain for each mechanism in dispute, so that a result can say which were on.
#pragma once

#include "spec/describe.hpp"

namespace tautband::spec {

/// 1 is the mechanism as described, 0 leaves it out.
struct Mechanisms {
  double end_plate_leak = 1.0;
  double reflex = 1.0;
  double misfire = 1.0;
  double fusimotor = 1.0;
  double perfusion_loss = 1.0;
  double acid = 1.0;
  double sensitiser = 1.0;
  double contracture_memory = 1.0;
  double statin_leak = 1.0;
  double mitochondria = 1.0;
  double botulinum = 1.0;
  double disuse = 1.0;

  bool operator==(const Mechanisms&) const = default;
};

template <Of<Mechanisms> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  const auto gain = [](std::string_view meaning) { return About{.lowest = 0.0, .highest = 1e4, .meaning = meaning}; };
  const auto share = [](std::string_view meaning) { return About{.lowest = 0.0, .highest = 1.0, .meaning = meaning}; };
  visit("end_plate_leak", self.end_plate_leak, gain("multiplies the calcium that acetylcholine lets in at end plates"));
  visit("reflex", self.reflex, gain("multiplies what afferents add to the drive; 0 opens the loop"));
  visit("misfire", self.misfire, gain("multiplies the rates of spindles that fire without cause"));
  visit("fusimotor", self.fusimotor, gain("multiplies what nociception adds to the fusimotor level"));
  visit("perfusion_loss", self.perfusion_loss, gain("multiplies the pressure on capillaries; 0: always perfused"));
  visit("acid", self.acid, gain("multiplies the acid that glycolysis makes"));
  visit("sensitiser", self.sensitiser, gain("multiplies the making of sensitising substances"));
  visit("contracture_memory", self.contracture_memory, gain("multiplies the calcium leak that contracture leaves"));
  visit("statin_leak", self.statin_leak, gain("multiplies the extra leak by a statin, chemistry.statin_leak"));
  visit("mitochondria", self.mitochondria, share("multiplies the loss 1 - m of oxidative capacity"));
  visit("botulinum", self.botulinum, share("multiplies the block of transmission by botulinum toxin"));
  visit("disuse", self.disuse, share("multiplies the loss of strength 1 - w"));
}

}  // namespace tautband::spec
