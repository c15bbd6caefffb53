#include "io/network_rules.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace tautband {

std::vector<NetworkFault> network_faults(const spec::Case& values) {
  std::vector<NetworkFault> faults;
  const auto require = [&](bool good, const std::string& key, const std::string& message) {
    if (!good) faults.push_back({key, message});
  };
  const spec::Physiology& p = values.physiology;
  for (std::size_t i = 0; i < p.golgi.size(); ++i) {
    const auto there = [&](const spec::Boundary& b) { return b.set == p.golgi[i].set; };
    require(std::any_of(values.boundaries.begin(), values.boundaries.end(), there),
            "golgi." + std::to_string(i) + ".set",
            "no [[boundary]] on the set " + in_quotes(p.golgi[i].set) + " whose force a tendon organ could feel");
  }
  const spec::Reflex usual;
  const auto needs = [&](bool there, const std::string& what, const std::string& key, double spec::Reflex::*number) {
    require(there || p.reflex.*number == usual.*number, "reflex." + key, "it has no use without " + what);
  };
  const bool secondary = p.spindles.model == spec::SpindleModel::mileusnic2006;
  const std::string model = "spindles.model = \"mileusnic2006\"", organ = "a tendon organ, [[golgi]]";
  needs(secondary, model, "secondary_delay", &spec::Reflex::secondary_delay);
  needs(secondary, model, "secondary_drive_per_rate", &spec::Reflex::secondary_drive_per_rate);
  needs(!p.golgi.empty(), organ, "tendon_delay", &spec::Reflex::tendon_delay);
  needs(!p.golgi.empty(), organ, "tendon_drive_per_rate", &spec::Reflex::tendon_drive_per_rate);
  const bool fuglevand = p.motor_pool.model == spec::PoolModel::fuglevand1993;
  require(fuglevand || p.activation.model != spec::ActivationModel::twitch, "activation.model",
          "twitches belong to motor_pool.model = \"fuglevand1993\"");
  require(!fuglevand || p.motor_pool.units >= p.motor_pool.territories, "motor_pool.territories",
          "there are more territories than motor units");
  return faults;
}

}  // namespace tautband
