// What a Krylov iteration costs on many ranks: work from a rate measured or assumed on one, communication from latency,
// bandwidth and the surface of the parts. A box of nodes is divided into boxes; an exchange costs one latency, a gap
// for every further message, and bytes over bandwidth; a sum over ranks costs a latency per doubling. The coarse level
// costs what its algebraic multigrid levels cost, which are bound by latency when small (Gahvari et al. 2011, Proc ICS
// 25:172).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace tautband::performance {

struct Network {
  double latency = 0.0;      ///< s of a message alone
  double gap = 0.0;          ///< s until a rank can send another (Culler et al. 1993, LogP)
  double bandwidth = 0.0;    ///< bytes/s that one rank sends while it receives as many
  double sum_latency = 0.0;  ///< s of a sum over ranks, per doubling of ranks
};

/// One rank: a device, or a core of a processor.
struct Worker {
  double operator_rate = 0.0;    ///< DoF/s of the operator in double precision
  double smoother_rate = 0.0;    ///< DoF/s of the operator as the smoother applies it
  double stream_rate = 0.0;      ///< bytes/s of memory
  double kernel_latency = 0.0;   ///< s that a kernel takes however small
  double coarse_rate = 0.0;      ///< bytes/s at which the coarse matrices are read
  double coarse_transfer = 0.0;  ///< bytes/s between where fine and coarse level live; 0: the same memory
};

/// What one iteration does.
struct Iteration {
  int operators = 1;          ///< applications in double precision
  int smoothings = 0;         ///< applications in the smoother
  int smoother_bytes = 4;     ///< per number in the smoother's halo
  int sums = 2;               ///< sums over ranks
  double vector_bytes = 0.0;  ///< moved per DoF besides the operator's
  int kernels = 0;            ///< launched besides those of operators: each of these counts as three
  bool coarse = false;        ///< one V-cycle on the coarse level
};

/// Parts of a box of nodes.
struct Parts {
  std::array<int, 3> count;   ///< along x, y, z
  double nodes = 0.0;         ///< of one part
  double shared_nodes = 0.0;  ///< of the part with most neighbours, each counted once per neighbour
  int messages = 0;           ///< neighbours of that part
};

/// Most cubic division of a box of `nodes` (along x, y, z) into `ranks` boxes, neighbours sharing the nodes between.
Parts divide(const std::array<double, 3>& nodes, int ranks);

struct Cost {
  double work = 0.0, halo = 0.0, sums = 0.0, coarse_work = 0.0, coarse_network = 0.0;  ///< s
  double total() const { return work + halo + sums + coarse_work + coarse_network; }
};

/// Seconds of one iteration. hidden: share of the operators' work behind which halos travel.
Cost cost(const Iteration& iteration, const Worker& worker, const Network& network, const std::array<double, 3>& nodes,
          int ranks, double hidden);

/// Unknowns of the coarse level's levels, the trilinear one first.
std::vector<double> coarse_levels(double fine_dofs);

}  // namespace tautband::performance
