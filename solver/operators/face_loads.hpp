// Loads on named face sets: dead traction, springs to ground, follower pressure. Sums are partial: the caller adds the
// halo.
#pragma once

#include "mesh/local_mesh.hpp"

#include <array>

namespace tautband {

/// Traction (Pa, per reference area) of a spring k (anchor - u) or a dead load, on the faces of a set.
struct FaceSpring {
  std::array<double, 3> stiffness{0, 0, 0};  ///< Pa/m per component
  NodeVector anchor;                         ///< m per node: displacement of the far end; empty = 0
};

/// r -= integral of N t over the reference faces, t in Pa.
void add_traction(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& t, const NodeVector& r);

/// r += integral of N k (u - anchor) over the reference faces; with anchor empty, the spring's tangent applied to u.
void add_spring(const LocalMesh& mesh, const LocalFaces& faces, const FaceSpring& spring, const NodeVector& u,
                const NodeVector& r);
/// blocks += diagonal of the spring's tangent.
void add_spring_diagonal(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& stiffness,
                         const NodeBlocks& blocks);

/// r += integral of N p n da over the deformed faces, p in Pa, n the outward normal: positive p pushes in.
void add_pressure(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u, const NodeVector& r);
/// y += symmetric part of the tangent of add_pressure at u, applied to x. What is left out vanishes for a closed
/// surface.
void add_pressure_tangent(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u,
                          const NodeVector& x, const NodeVector& y);

/// Area (m^2) of the faces of this rank in the reference configuration.
double face_area(const LocalMesh& mesh, const LocalFaces& faces);

}  // namespace tautband
