// Loads on named face sets: dead traction, springs to ground, follower pressure. Sums are partial: the caller adds the
// halo.
#pragma once

#include "mesh/local_mesh.hpp"

#include <array>
#include <limits>

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

/// A part of a surface with a soft edge: w = (1 - (d/radius)^2)^2 at the distance d < radius from the centre in the
/// reference configuration (m), 0 beyond; 1 everywhere when the radius is infinite.
struct FacePatch {
  std::array<double, 3> centre{0, 0, 0};
  double radius = std::numeric_limits<double>::infinity();
};

/// r += integral of N w p n da over the deformed faces, p in Pa, n the outward normal: positive p pushes in.
void add_pressure(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u, const NodeVector& r,
                  const FacePatch& patch = {});
/// The whole tangent, or half of it and half of its transpose.
enum class TangentPart { whole, symmetric };

/// y += tangent of add_pressure at u, applied to x. The whole is symmetric only for an even pressure on a surface that
/// is closed or whose rim does not move.
void add_pressure_tangent(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u,
                          const NodeVector& x, const NodeVector& y, const FacePatch& patch = {},
                          TangentPart part = TangentPart::whole);

/// Integral of w (m^2) over the faces of this rank in the reference configuration: their area without a patch.
double face_area(const LocalMesh& mesh, const LocalFaces& faces, const FacePatch& patch = {});

}  // namespace tautband
