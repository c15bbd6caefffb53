#include "fem/field_range.hpp"

#include <algorithm>
#include <limits>

namespace tautband {

FieldRange field_range(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                       const PointField& field) {
  const PointArray jacobian = geometry.jacobian;
  const View2<GlobalIndex> cell = mesh.cell;
  const int points = nodes_per_element(mesh.kind);
  double sums[2] = {0.0, 0.0};
  double ends[2] = {-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};  // -low, high
  for (const RegionBatches& region : regions) {
    const Index first = region.first_batch;
    double volume, integral, low, high;
    Kokkos::parallel_reduce(
        "tautband::field_range", Kokkos::RangePolicy<Execution>(0, region.n_batches * points * lanes),
        KOKKOS_LAMBDA(const Index item, double& v, double& s, double& lowest, double& highest) {
          const int l = item % lanes, q = (item / lanes) % points;
          const Index b = first + item / (lanes * points);
          if (cell(b, l) < 0) return;
          const double value = field(b, q, l), weight = jacobian(b, q, 9, l);
          v += weight;
          s += weight * value;
          lowest = value < lowest ? value : lowest;
          highest = value > highest ? value : highest;
        },
        volume, integral, Kokkos::Min<double>(low), Kokkos::Max<double>(high));
    sums[0] += volume;
    sums[1] += integral;
    ends[0] = std::max(ends[0], -low);
    ends[1] = std::max(ends[1], high);
  }
  MPI_Allreduce(MPI_IN_PLACE, sums, 2, MPI_DOUBLE, MPI_SUM, mesh.comm);
  MPI_Allreduce(MPI_IN_PLACE, ends, 2, MPI_DOUBLE, MPI_MAX, mesh.comm);
  if (!(sums[0] > 0.0)) return {0.0, 0.0, 0.0};
  return {sums[1] / sums[0], -ends[0], ends[1]};
}

double volume_above(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                    const PointField& field, double level) {
  const PointArray jacobian = geometry.jacobian;
  const View2<GlobalIndex> cell = mesh.cell;
  const int points = nodes_per_element(mesh.kind);
  double volume = 0.0;
  for (const RegionBatches& region : regions) {
    const Index first = region.first_batch;
    double part = 0.0;
    Kokkos::parallel_reduce(
        "tautband::volume_above", Kokkos::RangePolicy<Execution>(0, region.n_batches * points * lanes),
        KOKKOS_LAMBDA(const Index item, double& sum) {
          const int l = item % lanes, q = (item / lanes) % points;
          const Index b = first + item / (lanes * points);
          if (cell(b, l) >= 0 && field(b, q, l) > level) sum += jacobian(b, q, 9, l);
        },
        part);
    volume += part;
  }
  MPI_Allreduce(MPI_IN_PLACE, &volume, 1, MPI_DOUBLE, MPI_SUM, mesh.comm);
  return volume;
}

}  // namespace tautband
