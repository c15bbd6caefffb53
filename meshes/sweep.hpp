// A cross-section swept along the z axis, straight or scaled by a profile, into a mesh.
#pragma once

#include "mesh/mesh.hpp"
#include "meshes/cross_section.hpp"

#include <functional>

namespace tautband::meshing {

/// How wide the body is at z (m) relative to the cross-section, and the slope of that (1/m).
struct Width {
  double scale = 1.0, slope = 0.0;
};

struct Sweep {
  std::vector<double> layers;                ///< breakpoints along z, increasing, m
  std::vector<std::string> section_regions;  ///< names of the regions of the cross-section
  std::function<Width(double)> width = [](double) { return Width{}; };
  double muscle_from, muscle_to;  ///< z of the ends of the fibres, m; layers beyond are `tendon`
  double position_from = 0.0;     ///< fibre_position at muscle_from: 0.5 for the upper half of a body
};

/// The mesh with regions, fibres along the images of the lines x, y = constant, node and face sets end0, end1, side
/// (and x0, y0 of a quarter), and the node arrays cross_section (m) and fibre_position (0..1, constant in tendon).
/// Throws CaseError when it would have more nodes than a 32-bit number counts.
Mesh make_sweep(const CrossSection& section, const Sweep& sweep);

}  // namespace tautband::meshing
