#include "operators/transport.hpp"

#include "base/large_pages.hpp"
#include "operators/team_sweep.hpp"
#include "operators/transfer.hpp"
#include "operators/transport_ops.hpp"

namespace tautband {
namespace {

/// f(element) for the element of the mesh.
template <class F> void with_element(const LocalMesh& mesh, const F& f) {
  if (mesh.kind == ElementKind::hex8)
    f(Hex8());
  else
    f(Hex27());
}

void multiply(const View1<double>& factor, const View1<double>& x, Index n, const View1<double>& y) {
  Kokkos::parallel_for(
      "tautband::transport_diagonal", Kokkos::RangePolicy<Execution>(0, n),
      KOKKOS_LAMBDA(const Index i) { y(i) = factor(i) * x(i); });
}

void divide(const View1<double>& x, const View1<double>& by) {
  Kokkos::parallel_for(
      "tautband::divide_by_volume", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(x.extent(0))),
      KOKKOS_LAMBDA(const Index i) { x(i) /= by(i); });
}

double integral_here(const RegionBatches& range, const PointArray& jacobian, const PointField& f) {
  const Index first = range.first_batch;
  const int points = static_cast<int>(f.extent(1));
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::integral", Kokkos::RangePolicy<Execution>(0, range.n_elements),
      KOKKOS_LAMBDA(const Index e, double& s) {
        const Index b = first + e / lanes;
        for (int q = 0; q < points; ++q) s += jacobian(b, q, 9, e % lanes) * f(b, q, e % lanes);
      },
      sum);
  return sum;
}

double integral_here(Index n_owned, const View1<double>& volume, const View1<double>& x) {
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::integral_of_nodes", Kokkos::RangePolicy<Execution>(0, n_owned),
      KOKKOS_LAMBDA(const Index i, double& s) { s += volume(i) * x(i); }, sum);
  return sum;
}

double sum_over(MPI_Comm comm, double value) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, comm);
  return value;
}

}  // namespace

Transport::Transport(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo)
    : mesh_(mesh),
      halo_(halo),
      geometry_(geometry),
      metric_(large_page_view<PointArray>("tautband::metric", mesh.n_batches, nodes_per_element(mesh.kind),
                                          int(metric_size), lanes)),
      stiffness_diagonal_("tautband::stiffness_diagonal", mesh.n_nodes),
      volume_("tautband::node_volume", mesh.n_nodes) {
  deform(NodeVector("tautband::no_displacement", mesh.n_nodes));
  const PointField one("tautband::one", mesh.n_batches, nodes_per_element(mesh.kind), lanes);
  Kokkos::deep_copy(one, 1.0);
  with_element(mesh_, [&](auto element) {
    using E = decltype(element);
    sum_over_elements("tautband::add_stiffness_diagonal", mesh_,
                      AddStiffnessDiagonal<E>{mesh_.nodes, metric_, mesh_.sum.target<1>(stiffness_diagonal_.data())});
    sum_over_elements("tautband::add_volumes", mesh_,
                      AddIntegrals<E>{mesh_.nodes, geometry_.jacobian, one, mesh_.sum.target<1>(volume_.data())});
  });
  halo_.add(stiffness_diagonal_);
  halo_.add(volume_);
}

void Transport::deform(const NodeVector& u) {
  with_element(mesh_, [&](auto element) {
    const MetricOp op{geometry_.jacobian, metric_};
    for (const RegionBatches& range : mesh_.regions)
      sweep<decltype(element)>("tautband::metric", mesh_, range, op, geometry_.inverse_mass, u, u);
  });
}

void Transport::apply(const View1<double>& diagonal, double factor, const View1<double>& x,
                      const View1<double>& y) const {
  Kokkos::deep_copy(y, 0.0);
  multiply(diagonal, x, mesh_.n_owned, y);  // of sharers only the owner adds it
  with_element(mesh_, [&](auto element) {
    using E = decltype(element);
    const DiffusionOp<E> op{metric_.data(), factor};
    for (const RegionBatches& range : mesh_.regions)
      sweep<E>("tautband::diffusion", mesh_, range, op, geometry_.inverse_mass, x, y);
  });
  halo_.add(y);
}

void Transport::average(const PointField& f, const View1<double>& nodal) const {
  Kokkos::deep_copy(nodal, 0.0);
  with_element(mesh_, [&](auto element) {
    using E = decltype(element);
    sum_over_elements("tautband::average", mesh_,
                      AddIntegrals<E>{mesh_.nodes, geometry_.jacobian, f, mesh_.sum.target<1>(nodal.data())});
  });
  halo_.add(nodal);
  divide(nodal, volume_);
}

void Transport::interpolate(const View1<double>& nodal, const PointField& f) const {
  with_element(mesh_, [&](auto element) {
    for_all_elements("tautband::interpolate", mesh_, Interpolation<decltype(element)>{mesh_.nodes, nodal, f});
  });
}

double Transport::integral(const View1<double>& nodal) const {
  return sum_over(mesh_.comm, integral_here(mesh_.n_owned, volume_, nodal));
}

double Transport::integral(const PointField& f) const {
  double sum = 0.0;
  for (const RegionBatches& range : mesh_.regions) sum += integral_here(range, geometry_.jacobian, f);
  return sum_over(mesh_.comm, sum);
}

}  // namespace tautband
