#include "stages/reflex_wiring.hpp"

#include "base/copies.hpp"
#include "fem/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tautband {
namespace {

using Positions = std::vector<std::array<double, 3>>;

View2<double> table_on_device(const std::string& label, const std::vector<double>& values, std::size_t rows,
                              std::size_t columns) {
  View2<double> view(label, rows, columns);
  const auto host = Kokkos::create_mirror_view(view);
  std::copy(values.begin(), values.end(), host.data());
  Kokkos::deep_copy(view, host);
  return view;
}

View1<double> column_of(const View2<double>& table, int column) {
  View1<double> values("tautband::column", table.extent(0));
  Kokkos::deep_copy(values, Kokkos::subview(table, Kokkos::ALL, column));
  return values;
}

/// Cross-section coordinates (m) of each spindle.
std::vector<std::array<double, 2>> in_cross_section(const LocalMesh& mesh, const Positions& positions,
                                                    const View2<double>& cross_section) {
  PointSampler sampler(mesh, positions, "spindle", ElementVector(), 2);
  sampler.sample(NodeVector("tautband::at_rest", mesh.n_nodes), {nodes_to_points(mesh, column_of(cross_section, 0)),
                                                                 nodes_to_points(mesh, column_of(cross_section, 1))});
  std::vector<std::array<double, 2>> found;
  for (int i = 0; i < sampler.size(); ++i)
    found.push_back(
        {sampler.host_values()(i, PointSampler::first_field), sampler.host_values()(i, PointSampler::first_field + 1)});
  return found;
}

/// W_ji of laws/motor_drive.hpp for one unit.
std::vector<double> weights_of(const std::array<double, 2>& centre, const std::vector<std::array<double, 2>>& spindles,
                               const spec::Reflex& reflex) {
  std::vector<double> distance, weight;
  for (const auto& x : spindles) distance.push_back(std::hypot(x[0] - centre[0], x[1] - centre[1]));
  if (distance.empty()) return weight;
  // Relative to the nearest spindle, so that the sum stays above zero for any local length.
  const double nearest = *std::min_element(distance.begin(), distance.end());
  for (double d : distance)
    weight.push_back(std::exp(-0.5 * (d * d - nearest * nearest) / (reflex.local_length * reflex.local_length)));
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (double& w : weight)
    w = reflex.global_weight / static_cast<double>(spindles.size()) + reflex.local_weight * w / sum;
  return weight;
}

void wire_territories(const spec::Physiology& physiology, const std::vector<std::array<double, 2>>& spindles,
                      const Territories& territories, ReflexNetwork& network) {
  std::vector<double> all, sums;
  for (int j = 0; j < territories.units; ++j) {
    const std::vector<double> weights = weights_of(territories.centres[j], spindles, physiology.reflex);
    all.insert(all.end(), weights.begin(), weights.end());
    sums.push_back(std::accumulate(weights.begin(), weights.end(), 0.0));
  }
  network.weight = table_on_device("tautband::reflex_weight", all, territories.units, spindles.size());
  network.weight_sum = to_device("tautband::reflex_weight_sum", sums);
}

void wire_misfires(const std::vector<spec::Misfire>& misfires, double gain, const Positions& positions,
                   ReflexNetwork& network) {
  std::vector<double> rates, spans;
  for (const spec::Misfire& misfire : misfires) {
    for (const auto& x : positions) {
      const auto& c = misfire.centre;
      const bool within = std::hypot(x[0] - c[0], x[1] - c[1], x[2] - c[2]) <= misfire.radius;
      rates.push_back(within ? gain * misfire.gain * misfire.rate : 0.0);
    }
    spans.insert(spans.end(), {misfire.start, misfire.end});
  }
  network.ectopic = table_on_device("tautband::ectopic_rate", rates, misfires.size(), positions.size());
  network.ectopic_span = table_on_device("tautband::ectopic_span", spans, misfires.size(), 2);
}

}  // namespace

ReflexNetwork wire_reflex(const spec::Physiology& physiology, double network_step, const LocalMesh& mesh,
                          const Positions& positions, const View2<double>& cross_section,
                          const Territories& territories) {
  const spec::Spindles& s = physiology.spindles;
  const spec::Reflex& reflex = physiology.reflex;
  const double gain = physiology.mechanisms.reflex;
  ReflexNetwork network;
  network.step = network_step;
  network.spindle_model = s.model;
  network.linear = AfferentRate{s.resting_rate,
                                s.stretch_gain,
                                s.velocity_gain,
                                s.velocity_exponent,
                                s.velocity_floor,
                                s.fusimotor_gain,
                                physiology.fusimotor.resting,
                                s.highest_rate};
  network.rest_length = s.rest_length;
  network.static_drive = s.static_drive;
  network.dynamic_drive = s.dynamic_drive;
  NeuralInfluence rest;
  rest.fusimotor = physiology.fusimotor.resting;
  const SpindleMileusnic2006::Rates at_rest = steady_rates(network, rest, 1.0, 1.0, 0.0);
  network.drive = MotorDrive{gain * reflex.drive_per_rate,
                             gain * reflex.secondary_drive_per_rate,
                             gain * reflex.tendon_drive_per_rate,
                             at_rest.primary,
                             at_rest.secondary,
                             reflex.central_gain,
                             physiology.motor_pool.gain};
  network.primary_delay = reflex.afferent_delay;
  network.secondary_delay = reflex.secondary_delay;
  network.tendon_delay = reflex.tendon_delay;
  network.efferent_delay = reflex.efferent_delay;
  wire_territories(physiology, in_cross_section(mesh, positions, cross_section), territories, network);
  wire_misfires(physiology.misfires, physiology.mechanisms.misfire, positions, network);
  wire_pool(physiology, territories.units, network);
  return network;
}

}  // namespace tautband
