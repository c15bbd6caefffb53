// The body of the whole-step program: a block of muscle, refined at will, that is hard for a solver in chosen ways.
#pragma once

#include "mesh/mesh.hpp"
#include "spec/case.hpp"

namespace tautband::performance {

/// 20 x 10 x 10 mm, fibres along x, Hex27 cubes, held at x0 and pulled at x1. kappa / mu = 1000; under tension the
/// fibres are `fibre_stiffness` times stiffer than the matrix, sigma0 P1 P2 = fibre_stiffness x 3 mu, and more beyond.
struct MuscleBlock {
  double dofs = 1e5;      ///< about
  int multiple = 4;       ///< cells across are a multiple of it; 4: tendons end at cells on all meshes
  int steps = 2;          ///< of one second
  double stretch = 0.01;  ///< of the whole block per step
  bool knot = false;      ///< contracture in the middle, 3 x 1.5 x 1.5 mm, shortening by `shortening` per step
  bool tendon = false;    ///< the outer eighths of the length are 100 times stiffer in all moduli
  double mu = 5e3;        ///< Pa: docs/model.md 0.8
  double fibre_stiffness = 10.0;
  double shortening = 0.1;
};

Mesh make_mesh(const MuscleBlock& block);
/// Contracture stretch at the nodes of a block's mesh, at the end of the run.
MeshArray make_knot(const Mesh& mesh, const MuscleBlock& block);
/// Plain data for that mesh. Everything about the solver is as in a case that says nothing.
spec::Case make_case(const MuscleBlock& block);

}  // namespace tautband::performance
