#include "operators/observables.hpp"

#include <limits>

namespace tautband {

namespace {

Kokkos::RangePolicy<Execution> range(Index n) { return Kokkos::RangePolicy<Execution>(0, n); }

/// Extreme of one quantity over the quadrature points of a region: Sign = 1 largest, -1 smallest.
template <int Sign, class Value>
double extreme(const LocalMesh& mesh, const std::vector<RegionBatches>& regions, const Value& value) {
  constexpr double none = -std::numeric_limits<double>::max();
  double result = none;
  const int points = nodes_per_element(mesh.kind);
  const View2<GlobalIndex> cell = mesh.cell;
  for (const RegionBatches& r : regions) {
    double best = none;
    const Index first = r.first_batch;
    Kokkos::parallel_reduce(
        "tautband::extreme", range(r.n_batches * points * lanes),
        KOKKOS_LAMBDA(const Index item, double& s) {
          const int lane = item % lanes, q = (item / lanes) % points;
          const Index b = first + item / (lanes * points);
          if (cell(b, lane) < 0) return;
          const double v = Sign * value(b, q, lane);
          s = v > s ? v : s;
        },
        Kokkos::Max<double>(best));
    result = best > result ? best : result;
  }
  MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_DOUBLE, MPI_MAX, mesh.comm);
  return result == none ? std::numeric_limits<double>::quiet_NaN() : Sign * result;
}

/// Sum over quadrature points of weight x value.
template <class Value>
double integral(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                const Value& value) {
  double result = 0.0;
  const int points = nodes_per_element(mesh.kind);
  const View2<GlobalIndex> cell = mesh.cell;
  const PointArray jacobian = geometry.jacobian;
  for (const RegionBatches& r : regions) {
    double sum = 0.0;
    const Index first = r.first_batch;
    Kokkos::parallel_reduce(
        "tautband::integral", range(r.n_batches * points * lanes),
        KOKKOS_LAMBDA(const Index item, double& s) {
          const int lane = item % lanes, q = (item / lanes) % points;
          const Index b = first + item / (lanes * points);
          if (cell(b, lane) >= 0) s += jacobian(b, q, 9, lane) * value(b, q, lane);
        },
        sum);
    result += sum;
  }
  MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_DOUBLE, MPI_SUM, mesh.comm);
  return result;
}

/// One component of the report, as a callable for kernels.
struct Component {
  PointArray values;
  int c;
  KOKKOS_INLINE_FUNCTION double operator()(Index b, int q, int lane) const { return values(b, q, c, lane); }
};

struct One {
  KOKKOS_INLINE_FUNCTION double operator()(Index, int, int) const { return 1.0; }
};

/// The report's stretch inside the mask, a large value outside.
struct Masked {
  PointArray values;
  PointField mask;
  KOKKOS_INLINE_FUNCTION double operator()(Index b, int q, int lane) const {
    return mask(b, q, lane) > 0.5 ? values(b, q, int(report::stretch), lane) : 1e300;
  }
};

/// Cell of the mesh file that holds the value `smallest` of the volume ratio; the highest number when several do.
GlobalIndex cell_with(const LocalMesh& mesh, const PointArray& values, double smallest) {
  const View2<GlobalIndex> cell = mesh.cell;
  const int points = nodes_per_element(mesh.kind);
  GlobalIndex found = -1;
  Kokkos::parallel_reduce(
      "tautband::worst_cell", range(mesh.n_batches * points * lanes),
      KOKKOS_LAMBDA(const Index item, GlobalIndex& s) {
        const int lane = item % lanes, q = (item / lanes) % points;
        const Index b = item / (lanes * points);
        if (values(b, q, int(report::volume_ratio), lane) <= smallest && cell(b, lane) > s) s = cell(b, lane);
      },
      Kokkos::Max<GlobalIndex>(found));
  MPI_Allreduce(MPI_IN_PLACE, &found, 1, MPI_INT64_T, MPI_MAX, mesh.comm);
  return found;
}

}  // namespace

Observables observe(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values,
                    const PointField& activation, const PointField& contracture, const PointField& end_plate,
                    const std::vector<RegionBatches>& fibrous) {
  Observables o{};
  const Component stretch{values, report::stretch}, ratio{values, report::volume_ratio};
  o.fibre_stretch_min = extreme<-1>(mesh, fibrous, stretch);
  o.fibre_stretch_max = extreme<1>(mesh, fibrous, stretch);
  o.tension_max = extreme<1>(mesh, fibrous, Component{values, report::tension});
  o.knot_stretch = end_plate.size() ? extreme<-1>(mesh, fibrous, Masked{values, end_plate}) : 1.0;
  if (o.knot_stretch > 1e299) o.knot_stretch = 1.0;
  o.activation_max = extreme<1>(mesh, fibrous, activation);
  o.contracture_min = extreme<-1>(mesh, fibrous, contracture);
  const double fibrous_volume = integral(mesh, geometry, fibrous, One{});
  o.activation_mean = fibrous_volume > 0.0 ? integral(mesh, geometry, fibrous, activation) / fibrous_volume : 0.0;
  o.volume = integral(mesh, geometry, mesh.regions, ratio);
  o.smallest_volume_ratio = extreme<-1>(mesh, mesh.regions, ratio);
  o.worst_cell = cell_with(mesh, values, o.smallest_volume_ratio);
  double negative = 0.0;
  const View2<GlobalIndex> cell = mesh.cell;
  const int points = nodes_per_element(mesh.kind);
  Kokkos::parallel_reduce(
      "tautband::negative_tangents", range(mesh.n_batches * points * lanes),
      KOKKOS_LAMBDA(const Index item, double& s) {
        const int lane = item % lanes, q = (item / lanes) % points;
        const Index b = item / (lanes * points);
        if (cell(b, lane) >= 0) s += values(b, q, int(report::negative_tangent), lane);
      },
      negative);
  MPI_Allreduce(MPI_IN_PLACE, &negative, 1, MPI_DOUBLE, MPI_SUM, mesh.comm);
  o.negative_fibre_tangents = static_cast<long>(negative);
  return o;
}

NodalAverage::NodalAverage(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo)
    : mesh_(mesh),
      geometry_(geometry),
      halo_(halo),
      sums_("tautband::nodal_sums", mesh.n_nodes, 2),
      average_("tautband::nodal_average", mesh.n_nodes) {}

const View1<double>& NodalAverage::operator()(const PointArray& values, int component) {
  Kokkos::deep_copy(sums_, 0.0);
  add_points_to_nodes(mesh_, geometry_, values, component, sums_);
  halo_.add(sums_);
  const View2<double> sums = sums_;
  const View1<double> average = average_;
  Kokkos::parallel_for(
      "tautband::nodal_average", range(mesh_.n_nodes),
      KOKKOS_LAMBDA(const Index n) { average(n) = sums(n, 1) > 0.0 ? sums(n, 0) / sums(n, 1) : 0.0; });
  return average_;
}

const View1<double>& NodalAverage::operator()(const PointField& values) {
  using Unmanaged = Kokkos::View<double****, Kokkos::LayoutRight, Memory, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  const Unmanaged as_array(values.data(), values.extent(0), values.extent(1), 1, values.extent(2));
  return (*this)(PointArray(as_array), 0);
}

void cell_average(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values, int first, int count,
                  const ElementVector& out) {
  const int points = nodes_per_element(mesh.kind);
  const PointArray jacobian = geometry.jacobian;
  Kokkos::parallel_for(
      "tautband::cell_average", range(mesh.n_batches * lanes), KOKKOS_LAMBDA(const Index item) {
        const Index b = item / lanes;
        const int lane = item % lanes;
        double volume = 0.0;
        for (int q = 0; q < points; ++q) volume += jacobian(b, q, 9, lane);
        for (int c = 0; c < count; ++c) {
          double sum = 0.0;
          for (int q = 0; q < points; ++q) sum += jacobian(b, q, 9, lane) * values(b, q, first + c, lane);
          out(b, c, lane) = sum / volume;
        }
      });
}

}  // namespace tautband
