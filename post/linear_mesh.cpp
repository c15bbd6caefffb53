#include "post/linear_mesh.hpp"

#include "post/errors.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

// Corners of the unit cube in VTK's hexahedron order.
constexpr int corner[8][3] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {0, 1, 1}};

// Node of VTK's triquadratic hexahedron at lattice place [z][y][x], 0..2 each.
constexpr int hex27_lattice[3][3][3] = {{{0, 8, 1}, {11, 24, 9}, {3, 10, 2}},
                                        {{16, 22, 17}, {20, 26, 21}, {19, 23, 18}},
                                        {{4, 12, 5}, {15, 25, 13}, {7, 14, 6}}};

std::vector<std::array<int, 8>> split_hex27() {
  std::vector<std::array<int, 8>> cells;
  for (const auto& low : corner) {
    std::array<int, 8> cell{};
    for (int c = 0; c < 8; ++c)
      cell[c] = hex27_lattice[low[2] + corner[c][2]][low[1] + corner[c][1]][low[0] + corner[c][0]];
    cells.push_back(cell);
  }
  return cells;
}

Vector3 normalised(Vector3 a) {
  const double length = std::sqrt(dot(a, a));
  for (double& component : a) component /= length;
  return a;
}

double cell_volume(const std::vector<Vector3>& position, const std::array<int, 8>& cell) {
  double volume = 0.0;
  const double gauss[2] = {0.5 - 0.5 / std::sqrt(3.0), 0.5 + 0.5 / std::sqrt(3.0)};
  for (const auto& point : corner) {
    const double at[3] = {gauss[point[0]], gauss[point[1]], gauss[point[2]]};
    Vector3 edge[3]{};
    for (int c = 0; c < 8; ++c)
      for (int axis = 0; axis < 3; ++axis) {
        double slope = corner[c][axis] ? 1.0 : -1.0;
        for (int other = 0; other < 3; ++other)
          if (other != axis) slope *= corner[c][other] ? at[other] : 1.0 - at[other];
        for (int i = 0; i < 3; ++i) edge[axis][i] += slope * position[cell[c]][i];
      }
    volume += dot(cross(edge[0], edge[1]), edge[2]) / 8.0;
  }
  return volume;
}

/// Direction in which a point value grows: its least-squares fit by a linear function of the position.
Vector3 growth_direction(const std::vector<Vector3>& position, const std::vector<double>& value) {
  Vector3 mean{}, right{};
  double mean_value = 0.0;
  for (size_t i = 0; i < position.size(); ++i) {
    for (int k = 0; k < 3; ++k) mean[k] += position[i][k] / position.size();
    mean_value += value[i] / position.size();
  }
  std::array<Vector3, 3> moment{};  // symmetric, so rows are columns
  for (size_t i = 0; i < position.size(); ++i)
    for (int k = 0; k < 3; ++k) {
      const double from_mean = position[i][k] - mean[k];
      right[k] += from_mean * (value[i] - mean_value);
      for (int l = 0; l < 3; ++l) moment[k][l] += from_mean * (position[i][l] - mean[l]);
    }
  Vector3 slope{};  // Cramer's rule, up to the determinant, which normalising takes out
  for (int k = 0; k < 3; ++k) {
    const Vector3 cofactor = cross(moment[(k + 1) % 3], moment[(k + 2) % 3]);
    for (int l = 0; l < 3; ++l) slope[l] += right[k] * cofactor[l];
  }
  return normalised(slope);
}

/// Mean over the cells of the fibre direction at the first step, all turned to one side.
Vector3 axis_from_directions(const std::vector<double>& fibre) {
  Vector3 sum{fibre[0], fibre[1], fibre[2]};
  for (size_t i = 3; i < fibre.size(); i += 3) {
    const Vector3 direction{fibre[i], fibre[i + 1], fibre[i + 2]};
    const double side = dot(direction, sum) < 0.0 ? -1.0 : 1.0;
    for (int k = 0; k < 3; ++k) sum[k] += side * direction[k];
  }
  return normalised(sum);
}

Vector3 fibre_axis(const ResultReader& result, const LinearMesh& mesh) {
  if (result.has(Centring::point, "fibre_position"))
    return growth_direction(mesh.position, result.point_scalar("fibre_position", 0));
  if (result.has(Centring::cell, "fibre_direction")) {
    const StepArray fibre = result.read(Centring::cell, "fibre_direction", 0);
    if (fibre.components == 3) return axis_from_directions(fibre.values);
  }
  throw FileError(result.path() +
                  ": neither point array fibre_position nor cell array fibre_direction: where do the fibres run?");
}

/// Two unit vectors across the fibres, the first as near as can be to a coordinate axis.
std::array<Vector3, 2> perpendicular_axes(const Vector3& axis) {
  int flattest = 0;  // coordinate axis that is most across the fibres
  for (int k = 1; k < 3; ++k)
    if (std::abs(axis[k]) < std::abs(axis[flattest])) flattest = k;
  Vector3 unit{};
  unit[flattest] = 1.0;
  const Vector3 second = normalised(cross(axis, unit));
  return {cross(second, axis), second};
}

/// Directions of the mesh's own cross-section coordinates, made perpendicular to the axis.
Vector3 across_axis(const LinearMesh& mesh, int component) {
  std::vector<double> value;
  for (const auto& across : mesh.across) value.push_back(across[component]);
  Vector3 direction = growth_direction(mesh.position, value);
  const double along = dot(direction, mesh.axis);
  for (int k = 0; k < 3; ++k) direction[k] -= along * mesh.axis[k];
  return normalised(direction);
}

void set_fibre_coordinates(const ResultReader& result, LinearMesh& mesh) {
  mesh.axis = fibre_axis(result, mesh);
  mesh.across_axis = perpendicular_axes(mesh.axis);
  mesh.along.resize(mesh.n_points());
  mesh.across.resize(mesh.n_points());
  for (size_t i = 0; i < mesh.n_points(); ++i) {
    mesh.along[i] = dot(mesh.position[i], mesh.axis);
    for (int k = 0; k < 2; ++k) mesh.across[i][k] = dot(mesh.position[i], mesh.across_axis[k]);
  }
  if (!result.has(Centring::point, "cross_section")) return;
  const StepArray section = result.read(Centring::point, "cross_section", 0);
  if (section.components != 2) throw FileError(result.path() + ": point array cross_section must have 2 components");
  for (size_t i = 0; i < mesh.n_points(); ++i) mesh.across[i] = {section.values[2 * i], section.values[2 * i + 1]};
  mesh.across_axis = {across_axis(mesh, 0), across_axis(mesh, 1)};
}

int region_index(const ResultReader& result, const std::string& name) {
  const auto& names = result.mesh().region_names;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  std::string known;
  for (const std::string& other : names) known += " " + other;
  throw FileError(result.path() + ": has no region '" + name + "'; its regions are:" + known);
}

void split_cells(const ResultMesh& source, int muscle, LinearMesh& mesh) {
  for (size_t c = 0; c < source.n_cells(); ++c)
    for (const std::array<int, 8>& part : linear_cells(source.nodes_per_cell)) {
      std::array<int, 8> cell{};
      for (int i = 0; i < 8; ++i)
        cell[i] = static_cast<int>(source.connectivity[c * static_cast<size_t>(source.nodes_per_cell) + part[i]]);
      mesh.cells.push_back(cell);
      mesh.parent.push_back(static_cast<int>(c));
      mesh.muscle.push_back(muscle < 0 || source.region[c] == muscle);
    }
}

/// A quarter bundle is known by the sets of its symmetry planes beside the set of its outer side.
std::array<bool, 2> symmetry_planes(const std::vector<std::string>& sets) {
  const auto has = [&](const char* name) { return std::find(sets.begin(), sets.end(), name) != sets.end(); };
  return {has("side") && has("x0"), has("side") && has("y0")};
}

}  // namespace

const std::vector<std::array<int, 8>>& linear_cells(int nodes_per_cell) {
  static const std::vector<std::array<int, 8>> whole{{0, 1, 2, 3, 4, 5, 6, 7}}, parts = split_hex27();
  return nodes_per_cell == 8 ? whole : parts;
}

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

std::array<double, 8> trilinear(double x, double y, double z) {
  std::array<double, 8> shape{};
  for (int c = 0; c < 8; ++c)
    shape[c] = (corner[c][0] ? x : 1 - x) * (corner[c][1] ? y : 1 - y) * (corner[c][2] ? z : 1 - z);
  return shape;
}

LinearMesh make_linear_mesh(const ResultReader& result, const std::string& muscle_region) {
  const ResultMesh& source = result.mesh();
  const bool has_regions = !source.region.empty() && !source.region_names.empty();
  LinearMesh mesh;
  split_cells(source, has_regions ? region_index(result, muscle_region) : -1, mesh);
  mesh.position.resize(source.n_points());
  for (size_t i = 0; i < mesh.n_points(); ++i)
    mesh.position[i] = {source.points[3 * i], source.points[3 * i + 1], source.points[3 * i + 2]};
  mesh.muscle_volume.assign(mesh.n_points(), 0.0);
  for (size_t c = 0; c < mesh.cells.size(); ++c) {
    mesh.volume.push_back(cell_volume(mesh.position, mesh.cells[c]));
    if (mesh.muscle[c])
      for (const int node : mesh.cells[c]) mesh.muscle_volume[node] += mesh.volume[c] / 8.0;
  }
  set_fibre_coordinates(result, mesh);
  mesh.mirrored = symmetry_planes(source.sets);
  return mesh;
}

}  // namespace tautband::post
