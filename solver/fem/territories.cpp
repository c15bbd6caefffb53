#include "fem/territories.hpp"

#include "base/copies.hpp"
#include "base/error.hpp"
#include "fem/power_diagram.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

template <class Function> void for_each_point(const std::vector<RegionBatches>& muscle, int points, Function function) {
  for (const RegionBatches& region : muscle)
    for (Index b = region.first_batch; b < region.first_batch + region.n_batches; ++b)
      for (int q = 0; q < points; ++q)
        for (int l = 0; l < lanes; ++l) function(b, q, l);
}

/// Cross-section coordinates of the quadrature points on the host.
struct PointCoordinates {
  HostMirror<PointField> x[2];

  PointCoordinates(const LocalMesh& mesh, const View2<double>& cross_section) {
    View1<double> column("tautband::cross_section_column", mesh.n_nodes);
    for (int a = 0; a < 2; ++a) {
      Kokkos::deep_copy(column, Kokkos::subview(cross_section, Kokkos::ALL, a));
      x[a] = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), nodes_to_points(mesh, column));
    }
  }
};

CrossSection measure(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                     const PointCoordinates& position) {
  const auto jacobian = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), geometry.jacobian);
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  const auto volume = [&](Index b, int q, int l) { return cell(b, l) < 0 ? 0.0 : jacobian(b, q, 9, l); };
  const auto& x = position.x;
  const int points = nodes_per_element(mesh.kind);
  double highest[5] = {-1e300, -1e300, -1e300, -1e300, 0.0};  // -x, -y, x, y, volume
  for_each_point(muscle, points, [&](Index b, int q, int l) {
    for (int a = 0; a < 2; ++a) {
      highest[a] = std::max(highest[a], -x[a](b, q, l));
      highest[2 + a] = std::max(highest[2 + a], x[a](b, q, l));
    }
    highest[4] = std::max(highest[4], volume(b, q, l));
  });
  MPI_Allreduce(MPI_IN_PLACE, highest, 5, MPI_DOUBLE, MPI_MAX, mesh.comm);
  CrossSection section{{-highest[0], -highest[1]}, {highest[2], highest[3]}, {}};
  if (!(section.high[0] > section.low[0]) || !(section.high[1] > section.low[1]))
    throw CaseError("motor-unit territories: the muscle's cross-section coordinates have no extent");
  section.volume.assign(CrossSection::bins_per_side * CrossSection::bins_per_side, 0);
  for_each_point(muscle, points, [&](Index b, int q, int l) {
    int bin[2];
    for (int a = 0; a < 2; ++a)
      bin[a] = std::min(static_cast<int>((x[a](b, q, l) - section.low[a]) / section.bin_size(a)),
                        CrossSection::bins_per_side - 1);
    // 2^20 steps up to the largest point volume: 1e-6 of it is resolved, 2^43 points can be summed.
    section.volume[bin[0] + CrossSection::bins_per_side * bin[1]] +=
        std::llround(volume(b, q, l) / highest[4] * 1048576.0);
  });
  MPI_Allreduce(MPI_IN_PLACE, section.volume.data(), static_cast<int>(section.volume.size()), MPI_INT64_T, MPI_SUM,
                mesh.comm);
  return section;
}

/// Weights of one point: a soft minimum of the power distances, the strongest units kept.
void blend(const PowerDiagram& diagram, double sharpness, double x, double y, double* weight, int* unit) {
  int kept = 0;
  double distance[kept_units];
  for (int j = 0; j < static_cast<int>(diagram.centre.size()); ++j) {
    const double d = diagram.distance(j, x, y);
    int at = kept;
    while (at > 0 && d < distance[at - 1]) --at;
    if (at == kept_units) continue;
    kept = std::min(kept + 1, kept_units);
    for (int k = kept - 1; k > at; --k) {
      distance[k] = distance[k - 1];
      unit[k] = unit[k - 1];
    }
    distance[at] = d;
    unit[at] = j;
  }
  double sum = 0.0;
  for (int k = 0; k < kept_units; ++k) {
    weight[k] = k < kept ? std::exp(-sharpness * (distance[k] - distance[0])) : 0.0;
    if (k >= kept) unit[k] = unit[0];
    sum += weight[k];
  }
  for (int k = 0; k < kept_units; ++k) weight[k] /= sum;
}

View1<double> strongest_at_nodes(const PowerDiagram& diagram, double sharpness, const View2<double>& cross_section) {
  const auto at = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), cross_section);
  std::vector<double> strongest(at.extent(0));
  for (std::size_t n = 0; n < strongest.size(); ++n) {
    double w[kept_units];
    int j[kept_units] = {0, 0, 0, 0};
    blend(diagram, sharpness, at(n, 0), at(n, 1), w, j);
    strongest[n] = j[0];
  }
  return to_device("tautband::strongest_unit", strongest);
}

}  // namespace

View2<double> perpendicular_coordinates(const LocalMesh& mesh, const std::array<double, 3>& axis) {
  // First direction: the coordinate axis least along `axis`, made perpendicular to it.
  int least = 0;
  for (int i = 1; i < 3; ++i)
    if (std::abs(axis[i]) < std::abs(axis[least])) least = i;
  Vec3<double> first{}, second;
  first(least) = 1.0;
  for (int i = 0; i < 3; ++i) first(i) -= axis[least] * axis[i];
  const double length = std::sqrt(dot(first, first));
  for (int i = 0; i < 3; ++i) first(i) /= length;
  for (int i = 0; i < 3; ++i)
    second(i) = axis[(i + 1) % 3] * first((i + 2) % 3) - axis[(i + 2) % 3] * first((i + 1) % 3);

  View2<double> coordinates("tautband::cross_section", mesh.n_nodes, 2);
  const NodeVector X = mesh.X;
  Kokkos::parallel_for(
      "tautband::perpendicular_coordinates", Kokkos::RangePolicy<Execution>(0, mesh.n_nodes),
      KOKKOS_LAMBDA(const Index n) {
        coordinates(n, 0) = X(n, 0) * first(0) + X(n, 1) * first(1) + X(n, 2) * first(2);
        coordinates(n, 1) = X(n, 0) * second(0) + X(n, 1) * second(1) + X(n, 2) * second(2);
      });
  return coordinates;
}

Territories make_territories(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                             const View2<double>& cross_section, const TerritorySettings& settings) {
  const int points = nodes_per_element(mesh.kind);
  const PointCoordinates position(mesh, cross_section);
  const CrossSection section = measure(mesh, geometry, muscle, position);
  const PowerDiagram diagram = balanced_diagram(section, settings.units, settings.seed, settings.centre_first);

  Territories result;
  result.units = settings.units;
  result.centres = diagram.centre;
  result.shares = diagram.share;
  result.weight = PointArray("tautband::territory_weight", mesh.n_batches, points, kept_units, lanes);
  result.unit = decltype(result.unit)("tautband::territory_unit", mesh.n_batches, points, kept_units, lanes);

  // Power distances of two units differ by 2 |c_i - c_j| s at a distance s from their border.
  const double sharpness = settings.units < 2 ? 0.0 : 2.0 / (std::max(settings.width, 1e-9) * diagram.spacing());
  const auto weight = Kokkos::create_mirror_view(result.weight);
  const auto unit = Kokkos::create_mirror_view(result.unit);
  for_each_point(muscle, points, [&](Index b, int q, int l) {
    double w[kept_units];
    int j[kept_units] = {0, 0, 0, 0};
    blend(diagram, sharpness, position.x[0](b, q, l), position.x[1](b, q, l), w, j);
    for (int k = 0; k < kept_units; ++k) {
      weight(b, q, k, l) = w[k];
      unit(b, q, k, l) = j[k];
    }
  });
  Kokkos::deep_copy(result.weight, weight);
  Kokkos::deep_copy(result.unit, unit);
  result.strongest = strongest_at_nodes(diagram, sharpness, cross_section);
  return result;
}

}  // namespace tautband
