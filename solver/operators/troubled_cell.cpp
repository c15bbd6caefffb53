#include "operators/troubled_cell.hpp"

#include "operators/law_ops.hpp"

#include <fmt/format.h>
#include <cmath>
#include <limits>

namespace tautband {

namespace {

constexpr double huge = std::numeric_limits<double>::max();
constexpr GlobalIndex none = std::numeric_limits<GlobalIndex>::max();

Kokkos::RangePolicy<Execution> range(Index n) { return Kokkos::RangePolicy<Execution>(0, n); }

template <class T> T over_ranks(const LocalMesh& mesh, T value, MPI_Datatype type, MPI_Op op) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, type, op, mesh.comm);
  return value;
}

/// Size of the unbalanced force at a node; huge when it is no number.
struct ForceAt {
  NodeVector force, mask;
  KOKKOS_INLINE_FUNCTION double operator()(Index n) const {
    double square = 0.0;
    for (int c = 0; c < 3; ++c)
      if (mask(n, c) != 0.0) square += force(n, c) * force(n, c);
    return square <= huge ? ::sqrt(square) : huge;
  }
};

/// det F at a point; -huge when it is no number.
struct VolumeRatioAt {
  PointArray report;
  KOKKOS_INLINE_FUNCTION double operator()(Index b, int q, int lane) const {
    const double ratio = report(b, q, int(report::volume_ratio), lane);
    return ratio >= -huge && ratio <= huge ? ratio : -huge;
  }
};

double largest_force(const LocalMesh& mesh, const ForceAt& force) {
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::largest_force", range(mesh.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) { s = force(n) > s ? force(n) : s; }, Kokkos::Max<double>(largest));
  return over_ranks(mesh, largest, MPI_DOUBLE, MPI_MAX);
}

/// Lowest node of the mesh file whose force is `size`.
GlobalIndex node_with(const LocalMesh& mesh, const ForceAt& force, double size) {
  const View1<GlobalIndex> number = mesh.global_node;
  GlobalIndex lowest = none;
  Kokkos::parallel_reduce(
      "tautband::node_with", range(mesh.n_owned),
      KOKKOS_LAMBDA(const Index n, GlobalIndex& s) {
        if (force(n) >= size * (1.0 - 1e-6) && number(n) < s) s = number(n);
      },
      Kokkos::Min<GlobalIndex>(lowest));
  return over_ranks(mesh, lowest, MPI_INT64_T, MPI_MIN);
}

/// Lowest cell of the mesh file that touches a node of it.
GlobalIndex cell_at(const LocalMesh& mesh, GlobalIndex node) {
  const View1<GlobalIndex> number = mesh.global_node;
  const View2<GlobalIndex> cell = mesh.cell;
  const Connectivity nodes = mesh.nodes;
  const auto n = static_cast<int>(nodes.extent(1));
  GlobalIndex lowest = none;
  Kokkos::parallel_reduce(
      "tautband::cell_at", range(mesh.n_batches * lanes),
      KOKKOS_LAMBDA(const Index item, GlobalIndex& s) {
        const Index b = item / lanes;
        const int lane = item % lanes;
        if (cell(b, lane) < 0 || cell(b, lane) >= s) return;
        for (int i = 0; i < n; ++i)
          if (number(nodes(b, i, lane)) == node) s = cell(b, lane);
      },
      Kokkos::Min<GlobalIndex>(lowest));
  return over_ranks(mesh, lowest, MPI_INT64_T, MPI_MIN);
}

/// Smallest det F in a cell, or anywhere when cell < 0.
double smallest_ratio(const LocalMesh& mesh, const VolumeRatioAt& ratio, GlobalIndex wanted) {
  const View2<GlobalIndex> cell = mesh.cell;
  const auto points = static_cast<int>(ratio.report.extent(1));
  double smallest = huge;
  Kokkos::parallel_reduce(
      "tautband::smallest_ratio", range(mesh.n_batches * points * lanes),
      KOKKOS_LAMBDA(const Index item, double& s) {
        const int lane = item % lanes, q = (item / lanes) % points;
        const Index b = item / (lanes * points);
        if (cell(b, lane) < 0 || (wanted >= 0 && cell(b, lane) != wanted)) return;
        s = ratio(b, q, lane) < s ? ratio(b, q, lane) : s;
      },
      Kokkos::Min<double>(smallest));
  return over_ranks(mesh, smallest, MPI_DOUBLE, MPI_MIN);
}

/// Lowest cell of the mesh file with a det F of `size`.
GlobalIndex cell_with(const LocalMesh& mesh, const VolumeRatioAt& ratio, double size) {
  const View2<GlobalIndex> cell = mesh.cell;
  const auto points = static_cast<int>(ratio.report.extent(1));
  const double limit = size + 1e-6 * std::abs(size);
  GlobalIndex lowest = none;
  Kokkos::parallel_reduce(
      "tautband::cell_with", range(mesh.n_batches * points * lanes),
      KOKKOS_LAMBDA(const Index item, GlobalIndex& s) {
        const int lane = item % lanes, q = (item / lanes) % points;
        const Index b = item / (lanes * points);
        if (cell(b, lane) >= 0 && cell(b, lane) < s && ratio(b, q, lane) <= limit) s = cell(b, lane);
      },
      Kokkos::Min<GlobalIndex>(lowest));
  return over_ranks(mesh, lowest, MPI_INT64_T, MPI_MIN);
}

std::array<double, 3> centre_of(const LocalMesh& mesh, GlobalIndex wanted) {
  const View2<GlobalIndex> cell = mesh.cell;
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  const auto n = static_cast<int>(nodes.extent(1));
  std::array<double, 3> centre{};
  for (int c = 0; c < 3; ++c)
    Kokkos::parallel_reduce(
        "tautband::centre_of", range(mesh.n_batches * lanes),
        KOKKOS_LAMBDA(const Index item, double& s) {
          const Index b = item / lanes;
          const int lane = item % lanes;
          if (cell(b, lane) != wanted) return;
          for (int i = 0; i < n; ++i) s += X(nodes(b, i, lane), c) / n;
        },
        centre[c]);
  MPI_Allreduce(MPI_IN_PLACE, centre.data(), 3, MPI_DOUBLE, MPI_SUM, mesh.comm);
  return centre;
}

}  // namespace

TroubledCell find_troubled_cell(const LocalMesh& mesh, const NodeVector& force, const NodeVector& mask,
                                const PointArray& report) {
  const ForceAt force_at{force, mask};
  const VolumeRatioAt ratio_at{report};
  TroubledCell found;
  found.force = largest_force(mesh, force_at);
  found.smallest_volume_ratio = smallest_ratio(mesh, ratio_at, -1);
  if (found.smallest_volume_ratio > 0.0) {
    found.cell = cell_at(mesh, node_with(mesh, force_at, found.force));
    found.smallest_volume_ratio = smallest_ratio(mesh, ratio_at, found.cell);
  } else {
    found.cell = cell_with(mesh, ratio_at, found.smallest_volume_ratio);
  }
  found.centre = centre_of(mesh, found.cell);
  if (found.force == huge) found.force = std::numeric_limits<double>::quiet_NaN();
  if (found.smallest_volume_ratio == -huge) found.smallest_volume_ratio = std::numeric_limits<double>::quiet_NaN();
  return found;
}

std::string describe(const TroubledCell& trouble) {
  const auto& x = trouble.centre;
  const std::string cell =
      fmt::format("cell {}, around ({:.4g}, {:.4g}, {:.4g}) mm", trouble.cell, 1e3 * x[0], 1e3 * x[1], 1e3 * x[2]);
  const double ratio = trouble.smallest_volume_ratio;
  if (std::isnan(ratio)) return fmt::format("the deformation of {}, is not a number", cell);
  if (ratio <= 0.0) return fmt::format("{}, is inverted: its smallest det F is {:.4g}", cell, ratio);
  if (std::isnan(trouble.force))
    return fmt::format("the force in {}, is not a number; its smallest det F is {:.4g}", cell, ratio);
  return fmt::format("the largest unbalanced force, {:.3g} N, is in {}, whose smallest det F is {:.4g}", trouble.force,
                     cell, ratio);
}

}  // namespace tautband
