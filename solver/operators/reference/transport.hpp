// Diffusion of a scalar in plain loops: the slow twin of operators/transport.hpp, without the limits at sharp fronts.
#pragma once

#include "fem/geometry.hpp"
#include "operators/reference/shape.hpp"

namespace tautband::reference {

/// One element, its nodes at X (m) displaced by u (m).
template <class E> class TransportElement {
 public:
  TransportElement(const double (&X)[E::nodes][3], const double (&u)[E::nodes][3]) : shape_(shape_points<E>(X)) {
    for (int q = 0; q < E::points; ++q)
      for (int i = 0; i < 3; ++i)
        for (int J = 0; J < 3; ++J) {
          F_[q](i, J) = i == J ? 1.0 : 0.0;
          for (int n = 0; n < E::nodes; ++n) F_[q](i, J) += u[n][i] * shape_[q].dN[n][J];
        }
  }

  /// int grad N_n . grad N_m dv over the deformed shape, m.
  double stiffness(int n, int m) const {
    double sum = 0.0;
    for (int q = 0; q < E::points; ++q) {
      const double J = determinant(F_[q]);
      const Mat3<double> back = inverse(F_[q], J);
      for (int i = 0; i < 3; ++i) {
        double dn = 0.0, dm = 0.0;  // dN/dx_i
        for (int K = 0; K < 3; ++K) {
          dn += shape_[q].dN[n][K] * back(K, i);
          dm += shape_[q].dN[m][K] * back(K, i);
        }
        sum += J * shape_[q].volume * dn * dm;
      }
    }
    return sum;
  }
  /// int N_n f dV over the reference shape; f at points.
  double integral(int n, const double (&f)[E::points]) const {
    double sum = 0.0;
    for (int q = 0; q < E::points; ++q) sum += shape_[q].volume * shape_[q].N[n] * f[q];
    return sum;
  }

 private:
  std::array<ShapePoint<E>, E::points> shape_;
  Mat3<double> F_[E::points];
};

/// visit(nodes, batch, lane, element) for every element of this rank.
template <class E, class Visit>
void for_each_transport_element(const LocalMesh& mesh, const NodeVector& displacement, const Visit& visit) {
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.X);
  const auto u = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), displacement);
  for (const RegionBatches& range : mesh.regions)
    for (Index e = 0; e < range.n_elements; ++e) {
      const Index batch = range.first_batch + e / lanes;
      const int lane = static_cast<int>(e % lanes);
      Index here[E::nodes];
      double place[E::nodes][3], moved[E::nodes][3];
      for (int n = 0; n < E::nodes; ++n) {
        here[n] = nodes(batch, n, lane);
        for (int c = 0; c < 3; ++c) {
          place[n][c] = X(here[n], c);
          moved[n][c] = u(here[n], c);
        }
      }
      visit(here, batch, lane, TransportElement<E>(place, moved));
    }
}

/// y += K x on this rank's elements.
template <class E>
void add_diffusion(const LocalMesh& mesh, const NodeVector& displacement, const HostMirror<View1<double>>& x,
                   const HostMirror<View1<double>>& y) {
  for_each_transport_element<E>(mesh, displacement,
                                [&](const Index* nodes, Index, int, const TransportElement<E>& element) {
                                  for (int n = 0; n < E::nodes; ++n)
                                    for (int m = 0; m < E::nodes; ++m)
                                      y(nodes[n]) += element.stiffness(n, m) * x(nodes[m]);
                                });
}

/// y += int N f dV on this rank's elements.
template <class E>
void add_integrals(const LocalMesh& mesh, const HostMirror<PointField>& f, const HostMirror<View1<double>>& y) {
  const NodeVector at_rest("tautband::at_rest", mesh.n_nodes);
  for_each_transport_element<E>(mesh, at_rest,
                                [&](const Index* nodes, Index batch, int lane, const TransportElement<E>& element) {
                                  double values[E::points];
                                  for (int q = 0; q < E::points; ++q) values[q] = f(batch, q, lane);
                                  for (int n = 0; n < E::nodes; ++n) y(nodes[n]) += element.integral(n, values);
                                });
}

}  // namespace tautband::reference
