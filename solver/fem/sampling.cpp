#include "fem/sampling.hpp"

#include "fem/locate.hpp"

namespace tautband {
namespace {

/// Fills the tables of one point on the host.
template <class E, class Host> void tabulate(const Host& h, int here, const Location& at) {
  Mat3<double> jacobian{};
  double slope[E::nodes][3];
  for (int n = 0; n < E::nodes; ++n) {
    double value = 1.0, through = 1.0;
    for (int a = 0; a < 3; ++a) {
      value *= Line<E::line>::shape(E::index(n, a), at.xi[a]);
      through *= Line<E::line>::through_gauss(E::index(n, a), at.xi[a]);
      slope[n][a] = Line<E::line>::slope(E::index(n, a), at.xi[a]);
      for (int b = 0; b < 3; ++b)
        if (b != a) slope[n][a] *= Line<E::line>::shape(E::index(n, b), at.xi[b]);
    }
    h.shape(here, n) = value;
    h.gauss(here, n) = through;
    for (int i = 0; i < 3; ++i)
      for (int a = 0; a < 3; ++a) jacobian(i, a) += h.X(h.nodes(at.batch, n, at.lane), i) * slope[n][a];
  }
  const Mat3<double> back = inverse(jacobian, determinant(jacobian));
  for (int n = 0; n < E::nodes; ++n)
    for (int i = 0; i < 3; ++i)
      h.slope(here, 3 * n + i) = slope[n][0] * back(0, i) + slope[n][1] * back(1, i) + slope[n][2] * back(2, i);
  if (h.fibre.extent(0) == 0) return;
  for (int i = 0; i < 3; ++i) h.fibre(here, i) = h.direction(at.batch, i, at.lane);
}

/// Host copies while the tables are filled.
struct HostTables {
  HostMirror<Connectivity> nodes;
  HostMirror<NodeVector> X;
  HostMirror<ElementVector> direction;
  HostMirror<View2<double>> shape, slope, gauss, fibre;
};

void build(const LocalMesh& mesh, const std::vector<Location>& locations, const ElementVector& fibre,
           PointSampler::Points& points) {
  std::vector<int> mine;
  for (std::size_t i = 0; i < locations.size(); ++i)
    if (locations[i].batch >= 0) mine.push_back(static_cast<int>(i));
  const std::size_t here = mine.size(), n = nodes_per_element(mesh.kind);
  points.number = View1<int>("sampled_number", here);
  points.batch = View1<Index>("sampled_batch", here);
  points.lane = View1<int>("sampled_lane", here);
  points.shape = View2<double>("sampled_shape", here, n);
  points.slope = View2<double>("sampled_slope", here, 3 * n);
  points.gauss = View2<double>("sampled_gauss", here, n);
  if (fibre.extent(0) > 0) points.fibre = View2<double>("sampled_fibre", here, 3);

  const auto number = Kokkos::create_mirror_view(points.number);
  const auto batch = Kokkos::create_mirror_view(points.batch);
  const auto lane = Kokkos::create_mirror_view(points.lane);
  const Kokkos::HostSpace host;
  HostTables h{Kokkos::create_mirror_view_and_copy(host, mesh.nodes),
               Kokkos::create_mirror_view_and_copy(host, mesh.X),
               Kokkos::create_mirror_view_and_copy(host, fibre),
               Kokkos::create_mirror_view(points.shape),
               Kokkos::create_mirror_view(points.slope),
               Kokkos::create_mirror_view(points.gauss),
               Kokkos::create_mirror_view(points.fibre)};
  for (std::size_t p = 0; p < here; ++p) {
    const Location& at = locations[mine[p]];
    number(p) = mine[p];
    batch(p) = at.batch;
    lane(p) = at.lane;
    if (mesh.kind == ElementKind::hex8)
      tabulate<Hex8>(h, static_cast<int>(p), at);
    else
      tabulate<Hex27>(h, static_cast<int>(p), at);
  }
  Kokkos::deep_copy(points.number, number);
  Kokkos::deep_copy(points.batch, batch);
  Kokkos::deep_copy(points.lane, lane);
  Kokkos::deep_copy(points.shape, h.shape);
  Kokkos::deep_copy(points.slope, h.slope);
  Kokkos::deep_copy(points.gauss, h.gauss);
  Kokkos::deep_copy(points.fibre, h.fibre);
}

void sample_motion(const PointSampler::Points& points, const Connectivity& nodes, const NodeVector& u,
                   const View2<double>& values) {
  const int n_nodes = static_cast<int>(points.shape.extent(1));
  const bool fibres = points.fibre.extent(1) > 0;
  Kokkos::parallel_for(
      "tautband::sample_motion", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(points.number.extent(0))),
      KOKKOS_LAMBDA(const Index p) {
        const int row = points.number(p), lane = points.lane(p);
        const Index batch = points.batch(p);
        Vec3<double> moved{};
        Mat3<double> F{};
        for (int i = 0; i < 3; ++i) F(i, i) = 1.0;
        for (int n = 0; n < n_nodes; ++n) {
          const Index node = nodes(batch, n, lane);
          for (int i = 0; i < 3; ++i) {
            moved(i) += points.shape(p, n) * u(node, i);
            for (int j = 0; j < 3; ++j) F(i, j) += u(node, i) * points.slope(p, 3 * n + j);
          }
        }
        for (int i = 0; i < 3; ++i) values(row, PointSampler::displacement + i) = moved(i);
        for (int i = 0; i < 9; ++i) values(row, PointSampler::gradient + i) = F.m[i];
        if (!fibres) return;
        const Vec3<double> stretched = F * Vec3<double>{{points.fibre(p, 0), points.fibre(p, 1), points.fibre(p, 2)}};
        values(row, PointSampler::stretch) = sqrt(dot(stretched, stretched));
      });
}

void sample_field(const PointSampler::Points& points, const PointField& field, int column,
                  const View2<double>& values) {
  const int n_points = static_cast<int>(points.gauss.extent(1));
  Kokkos::parallel_for(
      "tautband::sample_field", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(points.number.extent(0))),
      KOKKOS_LAMBDA(const Index p) {
        double sum = 0.0;
        for (int q = 0; q < n_points; ++q) sum += points.gauss(p, q) * field(points.batch(p), q, points.lane(p));
        values(points.number(p), column) = sum;
      });
}

}  // namespace

PointSampler::PointSampler(const LocalMesh& mesh, const std::vector<std::array<double, 3>>& positions,
                           std::string_view what, const ElementVector& fibre, int fields)
    : comm_(mesh.comm),
      nodes_(mesh.nodes),
      values_("sampled_values", positions.size(), first_field + fields),
      host_values_(Kokkos::create_mirror_view(values_)) {
  build(mesh, locate(mesh, positions, what), fibre, points_);
}

void PointSampler::sample(const NodeVector& u, const std::vector<PointField>& fields) {
  Kokkos::deep_copy(values_, 0.0);
  sample_motion(points_, nodes_, u, values_);
  for (std::size_t f = 0; f < fields.size(); ++f)
    sample_field(points_, fields[f], first_field + static_cast<int>(f), values_);
  Kokkos::deep_copy(host_values_, values_);
  // Each row is non-zero on one rank only, so the sum is exact and the same everywhere.
  MPI_Allreduce(MPI_IN_PLACE, host_values_.data(), static_cast<int>(host_values_.size()), MPI_DOUBLE, MPI_SUM, comm_);
  Kokkos::deep_copy(values_, host_values_);
}

}  // namespace tautband
