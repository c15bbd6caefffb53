#include "fem/placement.hpp"

#include "base/counter_random.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace tautband {
namespace {

using Position = std::array<double, 3>;
constexpr int candidates_per_place = 32;

struct Place {
  Index batch;
  int lane;
};

/// Volumes of all cells of the regions, by cell of the mesh file, summed up; the cells of this rank go to `here`.
std::vector<double> cumulated_volumes(const LocalMesh& mesh, const Geometry& geometry,
                                      const std::vector<RegionBatches>& regions,
                                      std::unordered_map<GlobalIndex, Place>& here) {
  const auto jacobian = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), geometry.jacobian);
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  std::vector<double> sum(mesh.n_global_cells, 0.0);
  for (const RegionBatches& region : regions)
    for (Index b = region.first_batch; b < region.first_batch + region.n_batches; ++b)
      for (int l = 0; l < lanes; ++l) {
        if (cell(b, l) < 0) continue;
        here[cell(b, l)] = Place{b, l};
        for (std::size_t q = 0; q < jacobian.extent(1); ++q) sum[cell(b, l)] += jacobian(b, q, 9, l);
      }
  MPI_Allreduce(MPI_IN_PLACE, sum.data(), static_cast<int>(sum.size()), MPI_DOUBLE, MPI_SUM, mesh.comm);
  for (std::size_t i = 1; i < sum.size(); ++i) sum[i] += sum[i - 1];
  return sum;
}

template <class E>
Position position_in(const HostMirror<Connectivity>& nodes, const HostMirror<NodeVector>& X, Place at,
                     const double* xi) {
  Position position{0.0, 0.0, 0.0};
  for (int n = 0; n < E::nodes; ++n) {
    double shape = 1.0;
    for (int a = 0; a < 3; ++a) shape *= Line<E::line>::shape(E::index(n, a), xi[a]);
    for (int i = 0; i < 3; ++i) position[i] += shape * X(nodes(at.batch, n, at.lane), i);
  }
  return position;
}

std::vector<Position> draw_candidates(const LocalMesh& mesh, const Geometry& geometry,
                                      const std::vector<RegionBatches>& regions, int number, std::uint64_t seed) {
  std::unordered_map<GlobalIndex, Place> here;
  const std::vector<double> volume = cumulated_volumes(mesh, geometry, regions, here);
  if (volume.empty() || !(volume.back() > 0.0)) throw CaseError("no volume to place spindles in: the muscle is empty");
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.X);
  std::vector<Position> candidates(number, Position{0.0, 0.0, 0.0});
  for (int c = 0; c < number; ++c) {
    double draw[4];
    for (int i = 0; i < 4; ++i) draw[i] = random_uniform(seed, 4 * static_cast<std::uint64_t>(c) + i);
    const auto chosen = std::upper_bound(volume.begin(), volume.end(), draw[3] * volume.back());
    const auto found = here.find(std::min<GlobalIndex>(chosen - volume.begin(), mesh.n_global_cells - 1));
    if (found == here.end()) continue;
    const double xi[3] = {2.0 * draw[0] - 1.0, 2.0 * draw[1] - 1.0, 2.0 * draw[2] - 1.0};
    candidates[c] = mesh.kind == ElementKind::hex8 ? position_in<Hex8>(nodes, X, found->second, xi)
                                                   : position_in<Hex27>(nodes, X, found->second, xi);
  }
  MPI_Allreduce(MPI_IN_PLACE, candidates.data(), 3 * number, MPI_DOUBLE, MPI_SUM, mesh.comm);
  return candidates;
}

}  // namespace

std::vector<Position> place_evenly(const LocalMesh& mesh, const Geometry& geometry,
                                   const std::vector<RegionBatches>& regions, int count, std::uint64_t seed) {
  if (count == 0) return {};
  const std::vector<Position> candidates = draw_candidates(mesh, geometry, regions, candidates_per_place * count, seed);
  std::vector<Position> places;
  for (int p = 0; p < count; ++p) {
    Position best = candidates[candidates_per_place * p];
    double farthest = -1.0;
    for (int c = 0; c < candidates_per_place; ++c) {
      const Position& x = candidates[candidates_per_place * p + c];
      double nearest = std::numeric_limits<double>::infinity();
      for (const Position& y : places) nearest = std::min(nearest, std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]));
      if (nearest > farthest) {
        farthest = nearest;
        best = x;
      }
    }
    places.push_back(best);
  }
  return places;
}

}  // namespace tautband
