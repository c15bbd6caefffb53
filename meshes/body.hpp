// Bodies of muscle round the z axis: the bundle (a cylinder) and the fusiform belly.
#pragma once

#include "meshes/disc.hpp"
#include "meshes/sweep.hpp"

#include <optional>

namespace tautband::meshing {

/// What both bodies share. Lengths in m.
struct BodyOptions {
  ElementKind kind = ElementKind::hex27;
  double length;                       ///< of the whole body, tendons included
  double diameter;                     ///< of a bundle, or of the belly
  double edge;                         ///< target edge length in the cross-section
  double axial_edge = 0.0;             ///< target edge length along the axis; 0 = edge
  double grade = 0.0;                  ///< edge length along the axis in the end-plate zone; 0 = axial_edge
  std::optional<double> grade_centre;  ///< z of the end-plate zone; default: the middle of the body
  std::optional<double> grade_width;   ///< length of the end-plate zone; default: a tenth of `length`
  double core_edge = 0.0;              ///< edge length in the cross-section inside core_radius; 0 = edge
  double core_radius = 0.0;
  double tendon = 0.0;   ///< length of the tendon at each end
  bool quarter = false;  ///< only x >= 0, y >= 0
  bool half = false;     ///< only the upper half: z from 0, the middle of the body, to length / 2
};

struct BundleOptions : BodyOptions {
  int fascicles = 0;        ///< 0 = one piece of muscle
  double perimysium = 0.0;  ///< thickness of the layers between fascicles
};

struct FusiformOptions : BodyOptions {
  double end_diameter;  ///< of the tendons
};

/// A cylinder from z = 0 to `length`. Throws CaseError for options that contradict each other.
Mesh make_bundle(const BundleOptions& options);

/// A belly whose radius follows end + (belly - end) sin^2(pi s), s = 0..1 from tendon to tendon: without a kink where
/// it meets the cylindrical tendons. Fibres follow the shape. Throws CaseError.
Mesh make_fusiform(const FusiformOptions& options);

}  // namespace tautband::meshing
