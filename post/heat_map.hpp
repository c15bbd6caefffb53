// Heat maps of a sweep: an output over a plane of two of its parameters.
#pragma once

#include "post/sweep_table.hpp"

#include <utility>

namespace tautband::post {

/// What the command line asks for.
struct PlaneRequest {
  std::string x, y;                                ///< names of parameters; empty: the ones that vary
  std::vector<std::pair<std::string, double>> at;  ///< parameters held at a value, in their units
};

/// Two parameters of a table and the rows that are drawn.
struct Plane {
  size_t x, y;
  std::vector<size_t> rows;
  std::vector<double> x_values, y_values;  ///< of these rows, ascending
  std::vector<size_t> averaged;            ///< other parameters that vary among these rows
  std::string held;                        ///< "gain = 0.5, delay = 20 ms"
};

/// Throws CommandError for unknown names and values, when two parameters have to be chosen, and when the rows do not
/// form a grid.
Plane choose_plane(const SweepTable& table, const PlaneRequest& request);

/// All rows with the same x and y.
struct MapCell {
  double mean = 0.0;  ///< over the used rows
  size_t used = 0, failed = 0, unfinished = 0;
};

/// Cells of an output, (y, x).
std::vector<MapCell> heat_map(const SweepTable& table, const Plane& plane, const SweepOutput& output);

/// Draws heat_map_NAME.png into `folder`: colours by value, a colour for each value where there are few and whole ones;
/// cells of failed rows hatched, others without a value white. Returns the file. Throws RunError.
std::filesystem::path plot_heat_map(const SweepTable& table, const Plane& plane, const SweepOutput& output,
                                    const std::filesystem::path& folder, int width);

}  // namespace tautband::post
