#include "post/knot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband::post {
namespace {

double smallest_in_zone(const LinearMesh& mesh, const std::vector<double>& stretch, const std::vector<double>& zone) {
  double smallest = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < stretch.size(); ++i)
    if (mesh.muscle_volume[i] > 0.0 && (zone.empty() || zone[i] > 0.5)) smallest = std::min(smallest, stretch[i]);
  return smallest;
}

}  // namespace

std::vector<double> end_plate_zone(const ResultReader& result) {
  if (!result.has(Centring::point, "end_plate")) return {};
  return result.point_scalar("end_plate", 0);
}

std::vector<double> knot_level(const std::vector<double>& stretch, const std::vector<double>& zone, double threshold) {
  std::vector<double> level(stretch.size());
  for (size_t i = 0; i < stretch.size(); ++i) {
    level[i] = threshold - stretch[i];
    if (!zone.empty()) level[i] = std::min(level[i], zone[i] - 0.5);
  }
  return level;
}

Region largest_region(const LinearMesh& mesh, const std::vector<double>& level, const std::vector<int>& label) {
  std::vector<double> volume(1 + static_cast<size_t>(std::max(0, *std::max_element(label.begin(), label.end()))), 0.0);
  for (size_t i = 0; i < label.size(); ++i)
    if (label[i] >= 0) volume[label[i]] += mesh.muscle_volume[i];
  const auto wanted = static_cast<int>(std::max_element(volume.begin(), volume.end()) - volume.begin());
  std::vector<char> member(label.size());
  for (size_t i = 0; i < label.size(); ++i) member[i] = label[i] == wanted;
  return {mesh, level, std::move(member)};
}

KnotState find_knot(const ResultReader& result, const LinearMesh& mesh, const std::vector<double>& zone,
                    double threshold, size_t step) {
  const std::vector<double> stretch = result.point_scalar("fibre_stretch", step);
  const std::vector<double> level = knot_level(stretch, zone, threshold);
  std::vector<char> inside(level.size());
  for (size_t i = 0; i < level.size(); ++i) inside[i] = level[i] > 0.0;
  const std::vector<int> label = label_components(mesh, inside);
  const Region region = largest_region(mesh, level, label);
  KnotState knot;
  knot.count = 1 + *std::max_element(label.begin(), label.end());
  knot.smallest_stretch = smallest_in_zone(mesh, stretch, zone);
  knot.found = !region.empty();
  if (knot.found) {
    knot.shape = region.shape();
    knot.mean_stretch = region.mean(stretch);
    knot.smallest_stretch = region.smallest(stretch);
    knot.largest_pressure = region.largest(result.point_scalar("lateral_pressure", step));
  }
  return knot;
}

Column column_through(const std::vector<KnotState>& knots) {
  const auto largest = std::max_element(knots.begin(), knots.end(), [](const KnotState& a, const KnotState& b) {
    return a.shape.volume < b.shape.volume;
  });
  return {largest->shape.centre_across, 0.5 * largest->shape.largest_width};
}

double distance_from(const Column& column, const std::array<double, 2>& across) {
  return std::hypot(across[0] - column.centre[0], across[1] - column.centre[1]);
}

}  // namespace tautband::post
