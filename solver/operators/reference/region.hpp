// A region in plain loops: its elements one after the other, on the host.
#pragma once

#include "operators/reference/block_matrix.hpp"
#include "operators/reference/element.hpp"
#include "operators/region_kernel.hpp"

namespace tautband::reference {

template <class E, class Law> class Region {
 public:
  /// Reads what the fast kernels read, except the geometry at quadrature points, which follows from the nodes here.
  Region(const LocalMesh& mesh, const RegionBatches& range, const LawInputs& in,
         const std::vector<ParameterValue>& parameters, const NodeVector& u)
      : range_(range),
        options_{in.active, in.volumetric, in.projected, in.inverse_dt},
        nodes_(on_host(mesh.nodes)),
        X_(on_host(mesh.X)),
        u_(on_host(u)),
        fibre_(on_host(in.geometry.fibre)),
        activation_(on_host(in.activation)),
        contracture_(on_host(in.contracture)),
        previous_stretch_(on_host(in.previous_stretch)),
        active_stress_(on_host(in.active_stress)) {
    for (const ParameterValue& p : parameters) parameters_.push_back({p.constant, on_host(p.field)});
  }

  Index n_elements() const { return range_.n_elements; }
  Index batch(Index e) const { return range_.first_batch + e / lanes; }
  int lane(Index e) const { return e % lanes; }

  /// Local nodes of element e of the region.
  std::vector<Index> nodes(Index e) const {
    std::vector<Index> out;
    for (int n = 0; n < E::nodes; ++n) out.push_back(nodes_(batch(e), n, lane(e)));
    return out;
  }

  Element<E, Law> element(Index e) const {
    typename Element<E, Law>::Input in;
    const Index b = batch(e);
    const int l = lane(e);
    in.options = options_;
    for (int n = 0; n < E::nodes; ++n)
      for (int c = 0; c < 3; ++c) {
        in.X[n][c] = X_(nodes_(b, n, l), c);
        in.u[n][c] = u_(nodes_(b, n, l), c);
      }
    for (int c = 0; c < 3; ++c) in.fibre(c) = fibre_(b, c, l);
    for (int q = 0; q < E::points; ++q) {
      in.activation[q] = activation_(b, q, l);
      in.contracture[q] = contracture_(b, q, l);
      in.previous_stretch[q] = previous_stretch_(b, q, l);
      in.active_stress[q] = options_.active == Active::none ? 0.0 : active_stress_(b, q, l);
      for (int i = 0; i < Law::n_parameters; ++i) {
        const HostParameter& p = parameters_[i];
        in.parameters[q][i] = p.constant * (p.field.size() ? p.field(b, q, l) : 1.0);
      }
    }
    return Element<E, Law>(in);
  }

  /// r += internal force.
  void add_force(const HostMirror<NodeVector>& r) const {
    for (Index e = 0; e < n_elements(); ++e) {
      const std::vector<Index> at = nodes(e);
      const std::vector<double> R = element(e).force();
      for (int n = 0; n < E::nodes; ++n)
        for (int c = 0; c < 3; ++c) r(at[n], c) += R[3 * n + c];
    }
  }

  /// K += tangent.
  void add_tangent(BlockMatrix& K) const {
    for (Index e = 0; e < n_elements(); ++e) K.add(nodes(e), element(e).tangent());
  }

  /// r += factor x mass x a.
  void add_mass(double factor, const HostMirror<NodeVector>& a, const HostMirror<NodeVector>& r) const {
    for (Index e = 0; e < n_elements(); ++e) {
      const std::vector<Index> at = nodes(e);
      const std::vector<double> M = element(e).mass();
      for (int n = 0; n < E::nodes; ++n)
        for (int m = 0; m < E::nodes; ++m)
          for (int c = 0; c < 3; ++c) r(at[n], c) += factor * M[n * E::nodes + m] * a(at[m], c);
    }
  }

 private:
  template <class ViewType> static HostMirror<ViewType> on_host(const ViewType& view) {
    return Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view);
  }
  struct HostParameter {
    double constant;
    HostMirror<PointField> field;
  };

  RegionBatches range_;
  Options options_;
  HostMirror<Connectivity> nodes_;
  HostMirror<NodeVector> X_, u_;
  HostMirror<ElementVector> fibre_;
  HostMirror<PointField> activation_, contracture_, previous_stretch_, active_stress_;
  std::vector<HostParameter> parameters_;
};

}  // namespace tautband::reference
