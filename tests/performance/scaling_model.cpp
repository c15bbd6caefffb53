#include "performance/scaling_model.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::performance {

namespace {

constexpr int unknowns = 3;                      // per node
constexpr double fine_over_coarse = 8.0;         // nodes of triquadratic over those of trilinear hexahedra
constexpr double coarsening = 8.0;               // per level, as of aggressive or 3-D standard coarsening
constexpr double smallest_level = 3000.0;        // DoF: solved directly
constexpr double row_bytes = 27.0 * 3.0 * 12.0;  // of a trilinear row: 27 nodes of 3 values and columns
constexpr double products_per_level = 4.0;       // two smoothing sweeps, residual, transfers
constexpr int densest_messages = 50;             // neighbours on a level whose stencils have grown (Gahvari 2011)
constexpr int kernels_of_operator = 3;           // zero, sweep, halo

/// Sum over the neighbours of a part in the middle of the nodes they share with it: (n + neighbours) for each direction
/// multiplied out, less the part's own nodes.
double shared(const std::array<int, 3>& count, const std::array<double, 3>& size) {
  double all = 1.0, own = 1.0;
  for (int axis = 0; axis < 3; ++axis) {
    all *= size[axis] + std::min(2, count[axis] - 1);
    own *= size[axis];
  }
  return all - own;
}

double exchange(const Network& network, int messages, double bytes) {
  return network.latency + (messages - 1) * network.gap + bytes / network.bandwidth;
}

double doublings(int ranks) { return std::ceil(std::log2(static_cast<double>(ranks))); }

}  // namespace

Parts divide(const std::array<double, 3>& nodes, int ranks) {
  Parts best;
  double least = 1e300;
  for (int i = 1; i <= ranks; ++i) {
    if (ranks % i) continue;
    for (int j = 1; j <= ranks / i; ++j) {
      if (ranks / i % j) continue;
      Parts parts{{i, j, ranks / i / j}, 0.0, 0.0, 0};
      std::array<double, 3> size;
      for (int axis = 0; axis < 3; ++axis) size[axis] = 1.0 + (nodes[axis] - 1.0) / parts.count[axis];
      const double met = shared(parts.count, size);
      if (met >= least) continue;
      least = met;
      parts.nodes = size[0] * size[1] * size[2];
      parts.shared_nodes = met;
      parts.messages = 1;
      for (int count : parts.count) parts.messages *= 1 + std::min(2, count - 1);
      --parts.messages;
      best = parts;
    }
  }
  return best;
}

std::vector<double> coarse_levels(double fine_dofs) {
  std::vector<double> levels{fine_dofs / fine_over_coarse};
  while (levels.back() > smallest_level) levels.push_back(levels.back() / coarsening);
  return levels;
}

namespace {

/// One V-cycle. A level whose part has fewer unknowns than a rank has neighbours leaves ranks idle: its cost is the
/// latency of its messages.
void add_coarse(const Worker& worker, const Network& network, double fine_dofs, const Parts& parts, int ranks,
                Cost& cost) {
  for (double level : coarse_levels(fine_dofs)) {
    const double here = level / ranks;
    cost.coarse_work +=
        products_per_level * (std::max(here, static_cast<double>(unknowns)) * row_bytes / worker.coarse_rate +
                              kernels_of_operator * worker.kernel_latency);
    if (ranks == 1) continue;
    const double share = std::pow(here / (unknowns * parts.nodes), 2.0 / 3.0);
    const int messages = std::min({densest_messages, ranks - 1, 2 * parts.messages});
    cost.coarse_network +=
        products_per_level * exchange(network, messages, share * parts.shared_nodes * unknowns * sizeof(double));
  }
  if (ranks > 1) cost.coarse_network += 2.0 * doublings(ranks) * network.latency;  // to the direct solve and back
  if (worker.coarse_transfer > 0.0)
    cost.coarse_work += 2.0 * fine_dofs / fine_over_coarse / ranks * sizeof(double) / worker.coarse_transfer;
}

}  // namespace

Cost cost(const Iteration& it, const Worker& worker, const Network& network, const std::array<double, 3>& nodes,
          int ranks, double hidden) {
  const Parts parts = divide(nodes, ranks);
  const double dofs = unknowns * parts.nodes;
  const double kernels = kernels_of_operator * (it.operators + it.smoothings) + it.kernels;
  const double products = it.operators * dofs / worker.operator_rate +
                          (it.smoothings > 0 ? it.smoothings * dofs / worker.smoother_rate : 0.0);
  Cost cost;
  cost.work = products + it.vector_bytes * dofs / worker.stream_rate + kernels * worker.kernel_latency;
  if (ranks > 1) {
    const double values = unknowns * parts.shared_nodes;
    const double travel = it.operators * exchange(network, parts.messages, sizeof(double) * values) +
                          it.smoothings * exchange(network, parts.messages, it.smoother_bytes * values);
    cost.halo = std::max(0.0, travel - hidden * products);
    cost.sums = it.sums * doublings(ranks) * network.sum_latency;
  }
  if (it.coarse) add_coarse(worker, network, unknowns * nodes[0] * nodes[1] * nodes[2], parts, ranks, cost);
  return cost;
}

}  // namespace tautband::performance
