#include "post/band.hpp"

#include "post/knot.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace tautband::post {
namespace {

constexpr double least_far_volume = 0.02;  // fraction of the muscle that a far field needs for its mean to be used

double weighted_mean(const std::vector<double>& field, const std::vector<double>& weight) {
  double sum = 0.0, total = 0.0;
  for (size_t i = 0; i < field.size(); ++i) {
    sum += weight[i] * field[i];
    total += weight[i];
  }
  return total > 0.0 ? sum / total : 0.0;
}

/// Motor unit of every point, -1 without territories.
std::vector<int> territories(const ResultReader& result, const LinearMesh& mesh) {
  if (!result.has(Centring::point, "territory")) return std::vector<int>(mesh.n_points(), -1);
  const std::vector<double> values = result.point_scalar("territory", 0);
  return {values.begin(), values.end()};
}

/// The motor unit that holds most of the column.
int column_territory(const LinearMesh& mesh, const Column& column, const std::vector<int>& territory) {
  std::map<int, double> volume;
  for (size_t i = 0; i < territory.size(); ++i)
    if (distance_from(column, mesh.across[i]) <= column.radius) volume[territory[i]] += mesh.muscle_volume[i];
  const auto largest =
      std::max_element(volume.begin(), volume.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return largest == volume.end() ? -1 : largest->first;
}

/// The muscle's points off its ends that `keep(i)` accepts.
template <class Keep>
FarField collect(const LinearMesh& mesh, double end_margin, const std::string& description, Keep keep) {
  double low = std::numeric_limits<double>::max(), high = -low;
  for (size_t i = 0; i < mesh.n_points(); ++i)
    if (mesh.muscle_volume[i] > 0.0) {
      low = std::min(low, mesh.along[i]);
      high = std::max(high, mesh.along[i]);
    }
  const double margin = end_margin * (high - low);
  FarField far{description, std::vector<double>(mesh.n_points(), 0.0), 0.0};
  for (size_t i = 0; i < mesh.n_points(); ++i)
    if (mesh.along[i] >= low + margin && mesh.along[i] <= high - margin && keep(i)) {
      far.weight[i] = mesh.muscle_volume[i];
      far.volume += far.weight[i];
    }
  return far;
}

/// Connected points above the threshold that reach the column; the knot joins what it separates.
Region band_region(const LinearMesh& mesh, const Column& column, const std::vector<double>& level,
                   const std::vector<double>& knot) {
  std::vector<char> conducting(level.size());
  for (size_t i = 0; i < level.size(); ++i) conducting[i] = level[i] > 0.0 || knot[i] > 0.0;
  std::vector<int> label = label_components(mesh, conducting);
  std::vector<char> reaches(level.size(), 0);
  for (size_t i = 0; i < level.size(); ++i)
    if (label[i] >= 0 && level[i] > 0.0 && distance_from(column, mesh.across[i]) <= column.radius)
      reaches[label[i]] = 1;
  for (size_t i = 0; i < level.size(); ++i)
    if (label[i] >= 0 && (!reaches[label[i]] || level[i] <= 0.0)) label[i] = -1;
  return largest_region(mesh, level, label);
}

double largest_in_column(const LinearMesh& mesh, const Column& column, const std::vector<double>& field) {
  double largest = -std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < field.size(); ++i)
    if (mesh.muscle_volume[i] > 0.0 && distance_from(column, mesh.across[i]) <= column.radius)
      largest = std::max(largest, field[i]);
  return largest;
}

/// mu lambda_c / lambda at the points.
std::vector<double> ground_stiffness(const ResultReader& result, const std::vector<double>& stretch, double shear,
                                     size_t step) {
  std::vector<double> ground(stretch.size(), shear);
  if (result.has(Centring::point, "contracture_stretch")) {
    const std::vector<double> contracture = result.point_scalar("contracture_stretch", step);
    for (size_t i = 0; i < ground.size(); ++i) ground[i] *= contracture[i];
  }
  for (size_t i = 0; i < ground.size(); ++i) ground[i] /= stretch[i];
  return ground;
}

WaveStiffness wave_stiffness(double ground, double difference) { return {ground + difference, ground}; }

}  // namespace

FarField place_far_field(const ResultReader& result, const LinearMesh& mesh, const Column& column, Method& method) {
  if (column.radius <= 0.0)
    return collect(mesh, method.end_margin, "whole muscle off its ends: there is no knot", [](size_t) { return true; });
  if (method.far_distance <= 0.0) method.far_distance = 2.0 * column.radius;
  const std::vector<int> territory = territories(result, mesh);
  const int own = column_territory(mesh, column, territory);
  FarField far =
      collect(mesh, method.end_margin,
              "muscle beyond far_distance from the column's axis, outside its motor unit, off its ends", [&](size_t i) {
                return distance_from(column, mesh.across[i]) > method.far_distance && (own < 0 || territory[i] != own);
              });
  double muscle = 0.0, farthest = 0.0;
  for (size_t i = 0; i < mesh.n_points(); ++i)
    if (mesh.muscle_volume[i] > 0.0) {
      muscle += mesh.muscle_volume[i];
      farthest = std::max(farthest, distance_from(column, mesh.across[i]));
    }
  if (far.volume >= least_far_volume * muscle) return far;
  method.far_distance = 0.75 * farthest;
  return collect(
      mesh, method.end_margin,
      "muscle in the outer quarter of the distances from the column's axis, off its ends: nothing lies farther",
      [&](size_t i) { return distance_from(column, mesh.across[i]) >= method.far_distance; });
}

BandState find_band(const ResultReader& result, const LinearMesh& mesh, const Column& column, const FarField& far,
                    const std::vector<double>& zone, const Method& method, size_t step, double& column_tension) {
  const std::vector<double> tension = result.point_scalar("tension", step);
  const std::vector<double> stretch = result.point_scalar("fibre_stretch", step);
  // sigma_par - sigma_perp: tension and lateral pressure are n.s.n and -(tr s - n.s.n) / 2
  std::vector<double> difference = result.point_scalar("lateral_pressure", step);
  for (size_t i = 0; i < difference.size(); ++i) difference[i] += tension[i];
  const std::vector<double> ground = ground_stiffness(result, stretch, *method.ground_shear, step);
  BandState band;
  band.far_tension = weighted_mean(tension, far.weight);
  band.threshold = std::max(method.band_factor * band.far_tension, band.far_tension + method.smallest_excess);
  band.surround = wave_stiffness(weighted_mean(ground, far.weight), weighted_mean(difference, far.weight));
  if (column.radius <= 0.0) return band;
  column_tension = largest_in_column(mesh, column, tension);
  band.stretch_in_series = largest_in_column(mesh, column, stretch);
  std::vector<double> level(tension), outside_knot = knot_level(stretch, zone, method.knot_threshold);
  for (double& value : level) value -= band.threshold;
  const Region region = band_region(mesh, column, level, outside_knot);
  band.found = !region.empty();
  if (!band.found) return band;
  for (double& value : outside_knot) value = -value;
  band.shape = region.shape();
  band.peak_excess = region.largest(tension) - band.far_tension;
  band.mean_excess = region.mean(tension) - band.far_tension;
  band.mean_excess_outside_knot = region.mean_where(tension, outside_knot) - band.far_tension;
  band.stiffness = wave_stiffness(region.mean_where(ground, outside_knot), region.mean_where(difference, outside_knot));
  return band;
}

}  // namespace tautband::post
