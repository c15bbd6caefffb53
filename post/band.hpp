// Finds the far field of a column and the taut band along it at one step.
#pragma once

#include "post/analysis.hpp"

namespace tautband::post {

/// Fills method.far_distance when it is 0, or when nothing lies beyond it.
FarField place_far_field(const ResultReader& result, const LinearMesh& mesh, const Column& column, Method& method);

/// `method.ground_shear` must be set. `column_tension`, when there is a column, receives the largest tension in it, Pa.
BandState find_band(const ResultReader& result, const LinearMesh& mesh, const Column& column, const FarField& far,
                    const std::vector<double>& zone, const Method& method, size_t step, double& column_tension);

}  // namespace tautband::post
