#include "operators/worst_volume.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

/// Reference volume of the regions on all ranks, m^3.
double volume_of(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions) {
  const PointArray jacobian = geometry.jacobian;
  const View2<GlobalIndex> cell = mesh.cell;
  const auto points = static_cast<int>(jacobian.extent(1));
  double volume = 0.0;
  for (const RegionBatches& region : regions) {
    const Index first = region.first_batch;
    double part = 0.0;
    Kokkos::parallel_reduce(
        "tautband::volume_of", Kokkos::RangePolicy<Execution>(0, region.n_batches * points * lanes),
        KOKKOS_LAMBDA(const Index item, double& sum) {
          const int lane = item % lanes, q = (item / lanes) % points;
          const Index b = first + item / (lanes * points);
          if (cell(b, lane) >= 0) sum += jacobian(b, q, 9, lane);
        },
        part);
    volume += part;
  }
  MPI_Allreduce(MPI_IN_PLACE, &volume, 1, MPI_DOUBLE, MPI_SUM, mesh.comm);
  return volume;
}

using Counts = View1<unsigned long long>;

/// Adds the quadrature points of a region to `counts`: volume of each class, then its sum of volume x value. Each team
/// sorts one batch on its own first, so that few additions meet at the same place.
void sort(const RegionBatches& region, const LocalMesh& mesh, const PointArray& jacobian, const PointField& values,
          double scale, const Counts& counts) {
  using Policy = Kokkos::TeamPolicy<Execution>;
  using Scratch = Kokkos::View<unsigned long long*, Execution::scratch_memory_space, Kokkos::MemoryUnmanaged>;
  const View2<GlobalIndex> cell = mesh.cell;
  const auto classes = static_cast<int>(counts.extent(0) / 2);
  const Index first = region.first_batch;
  const auto points = static_cast<int>(values.extent(1));
  Kokkos::parallel_for(
      "tautband::worst_volume",
      Policy(region.n_batches, Kokkos::AUTO)
          .set_scratch_size(0, Kokkos::PerTeam(static_cast<int>(Scratch::shmem_size(2 * classes)))),
      KOKKOS_LAMBDA(const Policy::member_type& team) {
        const Index b = first + team.league_rank();
        const Scratch mine(team.team_scratch(0), 2 * classes);
        Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 2 * classes), [&](const int i) { mine(i) = 0; });
        team.team_barrier();
        Kokkos::parallel_for(Kokkos::TeamThreadRange(team, points * lanes), [&](const int item) {
          const int lane = item % lanes, q = item / lanes;
          if (cell(b, lane) < 0) return;
          const double value = min(max(values(b, q, lane), 0.0), 1.0);
          const double volume = scale * jacobian(b, q, 9, lane);
          const int c = value < 1.0 ? static_cast<int>(value * classes) : classes - 1;
          Kokkos::atomic_add(&mine(c), static_cast<unsigned long long>(volume + 0.5));
          Kokkos::atomic_add(&mine(classes + c), static_cast<unsigned long long>(volume * value + 0.5));
        });
        team.team_barrier();
        Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 2 * classes), [&](const int i) {
          if (mine(i) > 0) Kokkos::atomic_add(&counts(i), mine(i));
        });
      });
}

}  // namespace

WorstVolume::WorstVolume(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                         double volume)
    : mesh_(mesh),
      jacobian_(geometry.jacobian),
      regions_(regions),
      counts_("tautband::worst_volume", 2 * classes),
      host_counts_(Kokkos::create_mirror_view(counts_)) {
  // A power of two leaves the sum of all volumes below 2^62, and does not follow the round-off in `whole`.
  const double whole = volume_of(mesh, geometry, regions);
  scale_ = whole > 0.0 ? std::ldexp(1.0, 61 - std::ilogb(whole)) : 1.0;
  wanted_ = scale_ * volume;
}

double WorstVolume::mean(const PointField& values) {
  Kokkos::deep_copy(counts_, 0ull);
  for (const RegionBatches& region : regions_) sort(region, mesh_, jacobian_, values, scale_, counts_);
  Kokkos::deep_copy(host_counts_, counts_);
  MPI_Allreduce(MPI_IN_PLACE, host_counts_.data(), 2 * classes, MPI_UNSIGNED_LONG_LONG, MPI_SUM, mesh_.comm);
  double sum = 0.0, taken = 0.0;
  for (int c = classes - 1; c >= 0; --c) {
    const auto volume = static_cast<double>(host_counts_(c));
    if (volume == 0.0) continue;
    const double part = wanted_ > 0.0 ? std::min(volume, wanted_ - taken) : volume;
    sum += part * static_cast<double>(host_counts_(classes + c)) / volume;
    taken += part;
    if (taken >= wanted_) break;
  }
  return taken > 0.0 ? sum / taken : 0.0;
}

}  // namespace tautband
