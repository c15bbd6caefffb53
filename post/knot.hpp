// Finds the knot at one step, and the column of fibres that runs through it.
#pragma once

#include "post/analysis.hpp"

namespace tautband::post {

/// The zone in which knots are looked for: a mask per point, empty = the whole muscle.
std::vector<double> end_plate_zone(const ResultReader& result);

/// Per point: positive where the stretch is below `threshold` and the zone's mask above a half.
std::vector<double> knot_level(const std::vector<double>& stretch, const std::vector<double>& zone, double threshold);

KnotState find_knot(const ResultReader& result, const LinearMesh& mesh, const std::vector<double>& zone,
                    double threshold, size_t step);

/// The part of { level > 0 } with the largest volume among the components (numbers of label_components; -1 = none).
Region largest_region(const LinearMesh& mesh, const std::vector<double>& level, const std::vector<int>& label);

/// Around the axis of the largest knot of all steps; radius 0 when there is none.
Column column_through(const std::vector<KnotState>& knots);

double distance_from(const Column& column, const std::array<double, 2>& across);

}  // namespace tautband::post
