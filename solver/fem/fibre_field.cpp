#include "fem/fibre_field.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tautband {
namespace {

template <class E>
void differentiate(const LocalMesh& mesh, const Geometry& geometry, const PointField& values, const PointField& slope) {
  const PointArray jacobian = geometry.jacobian;
  const ElementVector fibre = geometry.fibre;
  Kokkos::parallel_for(
      "tautband::slope_along_fibre", Kokkos::RangePolicy<Execution>(0, mesh.n_batches * lanes),
      KOKKOS_LAMBDA(const Index item) {
        constexpr int N = E::line;
        const Index b = item / lanes;
        const int l = item % lanes;
        for (int q = 0; q < E::points; ++q) {
          double sum = 0.0;
          for (int a = 0; a < 3; ++a) {
            double along = 0.0, step = 0.0;
            const int row = E::index(q, a), start = q - row * E::stride(a);
            for (int r = 0; r < N; ++r)
              along += Line<N>::gauss_slope(r, Line<N>::gauss(row)) * values(b, start + r * E::stride(a), l);
            for (int i = 0; i < 3; ++i) step += jacobian(b, q, 3 * a + i, l) * fibre(b, i, l);
            sum += along * step;
          }
          slope(b, q, l) = sum;
        }
      });
}

}  // namespace

PointField slope_along_fibre(const LocalMesh& mesh, const Geometry& geometry, const PointField& values) {
  PointField slope("tautband::slope_along_fibre", mesh.n_batches, nodes_per_element(mesh.kind), lanes);
  if (mesh.kind == ElementKind::hex8)
    differentiate<Hex8>(mesh, geometry, values, slope);
  else
    differentiate<Hex27>(mesh, geometry, values, slope);
  return slope;
}

std::array<double, 3> mean_fibre(const LocalMesh& mesh, const Geometry& geometry,
                                 const std::vector<RegionBatches>& regions) {
  const PointArray jacobian = geometry.jacobian;
  const ElementVector fibre = geometry.fibre;
  const View2<GlobalIndex> cell = mesh.cell;
  const int points = nodes_per_element(mesh.kind);
  double total[4] = {0.0, 0.0, 0.0, 0.0};
  for (const RegionBatches& region : regions) {
    const Index first = region.first_batch;
    double sum[4];
    Kokkos::parallel_reduce(
        "tautband::mean_fibre", Kokkos::RangePolicy<Execution>(0, region.n_batches * lanes),
        KOKKOS_LAMBDA(const Index item, double& x, double& y, double& z, double& v) {
          const Index b = first + item / lanes;
          const int l = item % lanes;
          if (cell(b, l) < 0) return;
          double volume = 0.0;
          for (int q = 0; q < points; ++q) volume += jacobian(b, q, 9, l);
          x += volume * fibre(b, 0, l);
          y += volume * fibre(b, 1, l);
          z += volume * fibre(b, 2, l);
          v += volume;
        },
        sum[0], sum[1], sum[2], sum[3]);
    for (int i = 0; i < 4; ++i) total[i] += sum[i];
  }
  MPI_Allreduce(MPI_IN_PLACE, total, 4, MPI_DOUBLE, MPI_SUM, mesh.comm);
  const double length = std::hypot(total[0], total[1], total[2]);
  if (!(length > 0.1 * total[3]))
    throw CaseError(
        fmt::format("the fibres have no common direction: the length of their mean is {:.3g}, at least 0.1 is needed",
                    length / total[3]));
  std::array<double, 3> mean;
  for (int i = 0; i < 3; ++i) mean[i] = std::round(total[i] / length * 1e9) * 1e-9;
  return mean;
}

View1<double> straight_fibre_position(const LocalMesh& mesh, const std::vector<RegionBatches>& regions,
                                      const std::array<double, 3>& axis) {
  View1<double> position("tautband::fibre_position", mesh.n_nodes);
  const NodeVector X = mesh.X;
  const double ax = axis[0], ay = axis[1], az = axis[2];
  Kokkos::parallel_for(
      "tautband::along_axis", Kokkos::RangePolicy<Execution>(0, mesh.n_nodes),
      KOKKOS_LAMBDA(const Index n) { position(n) = ax * X(n, 0) + ay * X(n, 1) + az * X(n, 2); });
  const Connectivity nodes = mesh.nodes;
  const int per_element = nodes_per_element(mesh.kind);
  double ends[2] = {-1e300, -1e300};  // -lowest, highest
  for (const RegionBatches& region : regions) {
    const Index first = region.first_batch;
    double low, high;
    Kokkos::parallel_reduce(
        "tautband::ends_along_axis", Kokkos::RangePolicy<Execution>(0, region.n_batches * lanes),
        KOKKOS_LAMBDA(const Index item, double& lowest, double& highest) {
          for (int n = 0; n < per_element; ++n) {
            const double x = position(nodes(first + item / lanes, n, item % lanes));
            lowest = x < lowest ? x : lowest;
            highest = x > highest ? x : highest;
          }
        },
        Kokkos::Min<double>(low), Kokkos::Max<double>(high));
    ends[0] = std::max(ends[0], -low);
    ends[1] = std::max(ends[1], high);
  }
  MPI_Allreduce(MPI_IN_PLACE, ends, 2, MPI_DOUBLE, MPI_MAX, mesh.comm);
  const double low = -ends[0], scale = 1.0 / (ends[1] - low);
  Kokkos::parallel_for(
      "tautband::fibre_position", Kokkos::RangePolicy<Execution>(0, mesh.n_nodes),
      KOKKOS_LAMBDA(const Index n) { position(n) = (position(n) - low) * scale; });
  return position;
}

PointField distance_along_fibre(const LocalMesh& mesh, const Geometry& geometry, const View1<double>& position,
                                double centre) {
  const PointField at = nodes_to_points(mesh, position);
  const PointField slope = slope_along_fibre(mesh, geometry, at);
  PointField distance("tautband::distance_along_fibre", at.extent(0), at.extent(1), at.extent(2));
  Kokkos::parallel_for(
      "tautband::distance_along_fibre", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(at.size())),
      KOKKOS_LAMBDA(const Index i) { distance.data()[i] = (at.data()[i] - centre) / slope.data()[i]; });
  return distance;
}

}  // namespace tautband
