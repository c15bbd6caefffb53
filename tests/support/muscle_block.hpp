// A block on this rank with its geometry and fibres, for tests of what happens inside a muscle.
#pragma once

#include "fem/geometry.hpp"
#include "mesh/partition.hpp"
#include "support/block_mesh.hpp"

namespace tautband::testing_support {

/// A distributed mesh; `muscle` are the batches of region 0.
struct MuscleBlock {
  LocalMesh local;
  Geometry geometry;
  std::vector<RegionBatches> muscle;

  explicit MuscleBlock(const Mesh& mesh, MPI_Comm comm = MPI_COMM_WORLD)
      : local(distribute(mesh, comm)), geometry(make_geometry(local)) {
    geometry.fibre = localise_cell_array(local, mesh.fibre, 3);
    for (const RegionBatches& region : local.regions)
      if (region.region == 0) muscle.push_back(region);
  }

  PointField point_field(double value) const {
    PointField field("point_field", local.n_batches, nodes_per_element(local.kind), lanes);
    Kokkos::deep_copy(field, value);
    return field;
  }

  /// u_i = f(X, i) at every node.
  template <class Function> NodeVector displacement(Function f) const {
    NodeVector u("displacement", local.n_nodes);
    const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.X);
    const auto host = Kokkos::create_mirror_view(u);
    for (Index n = 0; n < local.n_nodes; ++n) {
      const std::array<double, 3> at = {X(n, 0), X(n, 1), X(n, 2)};
      for (int i = 0; i < 3; ++i) host(n, i) = f(at, i);
    }
    Kokkos::deep_copy(u, host);
    return u;
  }

  /// Reference coordinate i at quadrature points, on the host.
  HostMirror<PointField> coordinate(int i) const {
    View1<double> x("coordinate", local.n_nodes);
    Kokkos::deep_copy(x, Kokkos::subview(local.X, Kokkos::ALL, i));
    return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), nodes_to_points(local, x));
  }

  /// f(batch, point, lane, volume) for the muscle's quadrature points of this rank, without padding.
  template <class Function> void for_each_point(Function f) const {
    const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.cell);
    const auto jacobian = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), geometry.jacobian);
    for (const RegionBatches& region : muscle)
      for (Index b = region.first_batch; b < region.first_batch + region.n_batches; ++b)
        for (int q = 0; q < nodes_per_element(local.kind); ++q)
          for (int l = 0; l < lanes; ++l)
            if (cell(b, l) >= 0) f(b, q, l, jacobian(b, q, 9, l));
  }
};

inline double sum_over_ranks(double value) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return value;
}

}  // namespace tautband::testing_support
