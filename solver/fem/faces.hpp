// Boundary faces of hexahedra: their nodes, quadrature and area vectors.
#pragma once

#include "fem/element.hpp"
#include "mesh/local_mesh.hpp"

namespace tautband {

/// Face f = 2 a + side of a hexahedron: normal direction a, tangents b = a+1, c = a+2 (cyclic), so that
/// x,b x x,c points along +a. Nodes and Gauss points of a face are (i, j) at i + n j along b and c.
template <class E> struct FaceOf {
  static constexpr int n = E::line * E::line;
  int a, side;
  KOKKOS_INLINE_FUNCTION explicit FaceOf(int face) : a(face / 2), side(face % 2) {}
  /// Element node of face node k.
  KOKKOS_INLINE_FUNCTION int node(int k) const {
    return (side ? E::line - 1 : 0) * E::stride(a) + (k % E::line) * E::stride((a + 1) % 3) +
           (k / E::line) * E::stride((a + 2) % 3);
  }
  KOKKOS_INLINE_FUNCTION double sign() const { return side ? 1.0 : -1.0; }
  KOKKOS_INLINE_FUNCTION static double shape(int k, int q) {
    using L = Line<E::line>;
    return L::shape(k % E::line, L::gauss(q % E::line)) * L::shape(k / E::line, L::gauss(q / E::line));
  }
  /// Slope of shape function k along b (direction 0) or c (direction 1) at point q.
  KOKKOS_INLINE_FUNCTION static double slope(int k, int q, int direction) {
    using L = Line<E::line>;
    const int kd = direction == 0 ? k % E::line : k / E::line, ko = direction == 0 ? k / E::line : k % E::line;
    const int qd = direction == 0 ? q % E::line : q / E::line, qo = direction == 0 ? q / E::line : q % E::line;
    return L::slope(kd, L::gauss(qd)) * L::shape(ko, L::gauss(qo));
  }
  KOKKOS_INLINE_FUNCTION static double weight(int q) {
    return Line<E::line>::weight(q % E::line) * Line<E::line>::weight(q / E::line);
  }
};

KOKKOS_INLINE_FUNCTION Vec3<double> cross(const Vec3<double>& a, const Vec3<double>& b) {
  return {{a(1) * b(2) - a(2) * b(1), a(2) * b(0) - a(0) * b(2), a(0) * b(1) - a(1) * b(0)}};
}

}  // namespace tautband
