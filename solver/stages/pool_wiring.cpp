#include "base/copies.hpp"
#include "base/error.hpp"
#include "stages/reflex_wiring.hpp"

#include <fmt/format.h>

namespace tautband {
namespace {

Fuglevand1993 fuglevand_pool(const spec::MotorPool& pool) {
  return {pool.units,           pool.recruitment_range,   pool.lowest_rate,
          pool.first_peak_rate, pool.peak_rate_range,     pool.drive_gain,
          pool.force_range,     pool.longest_contraction, pool.contraction_range};
}

/// Territory of each unit so that each holds consecutive units of about the same strength, and at least one.
std::vector<int> by_threshold(const std::vector<double>& strength, int territories) {
  double total = 0.0, below = 0.0;
  for (double s : strength) total += s;
  const int units = static_cast<int>(strength.size());
  std::vector<int> territory(units);
  int now = 0;
  for (int i = 0; i < units; ++i) {
    const bool filled = i > 0 && below + 0.5 * strength[i] > total * (now + 1) / territories;
    const bool needed = units - i <= territories - 1 - now;  // one unit for each territory still empty
    if (now + 1 < territories && (filled || needed)) ++now;
    territory[i] = now;
    below += strength[i];
  }
  return territory;
}

View1<int> integers_to_device(const std::string& label, const std::vector<int>& values) {
  View1<int> view(label, values.size());
  const auto host = Kokkos::create_mirror_view(view);
  std::copy(values.begin(), values.end(), host.data());
  Kokkos::deep_copy(view, host);
  return view;
}

/// first_member, member and share of the network.
void group(const std::vector<int>& territory, const std::vector<double>& strength, int territories,
           ReflexNetwork& network) {
  std::vector<double> sum(territories, 0.0), share(strength);
  std::vector<int> first{0}, member;
  for (std::size_t i = 0; i < strength.size(); ++i) sum[territory[i]] += strength[i];
  for (std::size_t i = 0; i < strength.size(); ++i) share[i] /= sum[territory[i]];
  for (int j = 0; j < territories; ++j) {
    for (std::size_t i = 0; i < territory.size(); ++i)
      if (territory[i] == j) member.push_back(static_cast<int>(i));
    first.push_back(static_cast<int>(member.size()));
  }
  network.territory = integers_to_device("tautband::unit_territory", territory);
  network.first_member = integers_to_device("tautband::first_member", first);
  network.member = integers_to_device("tautband::member", member);
  network.share = to_device("tautband::unit_share", share);
}

void wire_activation(const spec::Physiology& physiology, ReflexNetwork& network) {
  const spec::Activation& activation = physiology.activation;
  if (activation.model == spec::ActivationModel::first_order) return;
  const int units = network.units();
  network.activation_times = View2<double>("tautband::unit_activation_times", units, 2);
  const auto host = Kokkos::create_mirror_view(network.activation_times);
  for (int i = 0; i < units; ++i) {
    const bool twitch = activation.model == spec::ActivationModel::twitch;
    host(i, 0) = twitch ? network.fuglevand.contraction_time(i) : activation.first_time;
    host(i, 1) = twitch ? network.fuglevand.contraction_time(i) : activation.second_time;
  }
  Kokkos::deep_copy(network.activation_times, host);
}

}  // namespace

void wire_pool(const spec::Physiology& physiology, int territories, ReflexNetwork& network) {
  const spec::MotorPool& pool = physiology.motor_pool;
  const bool linear = pool.model == spec::PoolModel::linear;
  network.pool_model = pool.model;
  network.fuglevand = fuglevand_pool(pool);
  network.noise = pool.noise;
  network.noise_time = pool.noise_time;
  network.noise_seed = pool.noise_seed;
  const int units = linear ? territories : pool.units;
  if (units < territories)
    throw CaseError(fmt::format("motor_pool.units = {} is less than motor_pool.territories = {}", units, territories));
  std::vector<double> strength(units, 1.0), threshold(units, 0.0);
  std::vector<int> territory(units);
  for (int i = 0; i < units; ++i) {
    territory[i] = i % territories;
    const double share = units > 1 ? static_cast<double>(i) / (units - 1) : 0.0;
    threshold[i] = pool.threshold_first + share * (pool.threshold_last - pool.threshold_first);
    if (!linear) strength[i] = network.fuglevand.strength(i);
  }
  if (!linear && pool.dealing == spec::Dealing::by_threshold) territory = by_threshold(strength, territories);
  network.threshold = to_device("tautband::recruitment_threshold", threshold);
  group(territory, strength, territories, network);
  wire_activation(physiology, network);
}

}  // namespace tautband
