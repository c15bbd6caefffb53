// Diffusion of a scalar on the nodes of the mesh, with what lives at nodes lumped there: the parts of
//   volume df/dt = -diffusivity K f + volume (source - sink f)
// K_mn = int J F^-1 F^-T grad N_m . grad N_n dV over the reference volume, F the deformation, J = det F.
#pragma once

#include "fem/geometry.hpp"
#include "fem/halo.hpp"

namespace tautband {

/// Nodal fields are (node), full on owned and shared nodes. Everything is collective but deform().
class Transport {
 public:
  /// In the reference shape. Keeps references.
  Transport(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo);

  /// Takes the shape displaced by u, m.
  void deform(const NodeVector& u);

  /// y := diagonal x + factor K x.
  void apply(const View1<double>& diagonal, double factor, const View1<double>& x, const View1<double>& y) const;
  /// (node): K_nn in the reference shape, m.
  const View1<double>& stiffness_diagonal() const { return stiffness_diagonal_; }
  /// (node): int N_n dV with the limit of average(): the lumped mass, m^3.
  const View1<double>& volume() const { return volume_; }

  /// nodal := int N_n f dV / volume. Where f >= 0 at all points of an element but some node has a negative share or
  /// next to none, shares are pulled towards those of a brick that has the mean of f, as Zhang & Shu 2010, J Comput
  /// Phys 229:3091, pull values.
  void average(const PointField& f, const View1<double>& nodal) const;
  /// f := nodal field, a concentration, at quadrature points. Where a value would be below 0 those of its element are
  /// pulled towards their mean, or 0 where that is higher, until none is.
  void interpolate(const View1<double>& nodal, const PointField& f) const;

  /// Over the reference volume of all ranks, unit of the field x m^3.
  double integral(const View1<double>& nodal) const;
  double integral(const PointField& f) const;

 private:
  const LocalMesh& mesh_;
  const Halo& halo_;
  Geometry geometry_;
  PointArray metric_;  ///< (batch, point, 6, lane): w J (dxi/dx)(dxi/dx)^T, order of Sym3, m
  View1<double> stiffness_diagonal_, volume_;
};

}  // namespace tautband
