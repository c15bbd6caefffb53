#include "meshes/block.hpp"

#include "base/error.hpp"
#include "mesh/element_order.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace tautband::meshing {
namespace {

/// Trilinear interpolation between corners in VTK order at (u, v, w) of the unit cube.
Vector3 trilinear(const std::array<Vector3, 8>& corners, const Vector3& at) {
  Vector3 result{};
  for (int n = 0; n < 8; ++n) {
    const double weight = (n % 2 ? at[0] : 1 - at[0]) * (n / 2 % 2 ? at[1] : 1 - at[1]) * (n / 4 ? at[2] : 1 - at[2]);
    for (int c = 0; c < 3; ++c) result[c] += weight * corners[vtk_of_lexicographic(ElementKind::hex8, n)][c];
  }
  return result;
}

/// A regular grid of (n0 + 1) (n1 + 1) (n2 + 1) points, first direction fastest.
struct Grid {
  std::array<GlobalIndex, 3> n;
  GlobalIndex at(GlobalIndex i, GlobalIndex j, GlobalIndex k) const { return i + (n[0] + 1) * (j + (n[1] + 1) * k); }
  GlobalIndex size() const { return (n[0] + 1) * (n[1] + 1) * (n[2] + 1); }
};

/// Corner points of the cells, displaced in the unit cube where they are inside it.
std::vector<Vector3> cell_corners(const BlockOptions& o, const Grid& grid) {
  std::mt19937 random(o.seed);
  std::vector<Vector3> points;
  for (GlobalIndex k = 0; k <= grid.n[2]; ++k)
    for (GlobalIndex j = 0; j <= grid.n[1]; ++j)
      for (GlobalIndex i = 0; i <= grid.n[0]; ++i) {
        const std::array<GlobalIndex, 3> index{i, j, k};
        Vector3 at;
        for (int a = 0; a < 3; ++a) {
          // mt19937 gives the same numbers everywhere, which the distributions of <random> do not.
          const double shift = o.distort * (2.0 * random() / std::mt19937::max() - 1.0);
          const bool inside = index[a] > 0 && index[a] < grid.n[a];
          at[a] = (static_cast<double>(index[a]) + (inside ? shift : 0.0)) / static_cast<double>(grid.n[a]);
        }
        points.push_back(trilinear(o.corners, at));
      }
  return points;
}

/// Calls action(first corner index of the cell, cell number) for all cells.
template <class Action> void for_each_cell(const Grid& grid, Action&& action) {
  GlobalIndex cell = 0;
  for (GlobalIndex k = 0; k < grid.n[2]; ++k)
    for (GlobalIndex j = 0; j < grid.n[1]; ++j)
      for (GlobalIndex i = 0; i < grid.n[0]; ++i) action(std::array<GlobalIndex, 3>{i, j, k}, cell++);
}

void add_cells(const BlockOptions& o, const Grid& coarse, const Grid& nodes, Mesh& mesh) {
  const std::vector<Vector3> corners = cell_corners(o, coarse);
  const int line = o.kind == ElementKind::hex8 ? 2 : 3, per_cell = line * line * line;
  mesh.points.resize(3 * nodes.size());
  mesh.connectivity.resize(per_cell * coarse.n[0] * coarse.n[1] * coarse.n[2]);
  for_each_cell(coarse, [&](const std::array<GlobalIndex, 3>& first, GlobalIndex cell) {
    std::array<Vector3, 8> own;
    for (int n = 0; n < 8; ++n)
      own[vtk_of_lexicographic(ElementKind::hex8, n)] =
          corners[coarse.at(first[0] + n % 2, first[1] + n / 2 % 2, first[2] + n / 4)];
    for (int n = 0; n < per_cell; ++n) {
      const std::array<int, 3> i{n % line, n / line % line, n / (line * line)};
      const double step = 1.0 / (line - 1);
      const GlobalIndex node =
          nodes.at(first[0] * (line - 1) + i[0], first[1] * (line - 1) + i[1], first[2] * (line - 1) + i[2]);
      const Vector3 point = trilinear(own, {i[0] * step, i[1] * step, i[2] * step});
      std::copy(point.begin(), point.end(), &mesh.points[3 * node]);
      mesh.connectivity[cell * per_cell + vtk_of_lexicographic(o.kind, n)] = node;
    }
  });
}

void add_sets(const Grid& cells, const Grid& nodes, Mesh& mesh) {
  constexpr std::array<const char*, 6> names{"x0", "x1", "y0", "y1", "z0", "z1"};
  for (int face = 0; face < 6; ++face) {
    const int axis = face / 2;
    const bool high = face % 2 == 1;
    for_each_cell(cells, [&](const std::array<GlobalIndex, 3>& first, GlobalIndex cell) {
      if (first[axis] == (high ? cells.n[axis] - 1 : 0)) mesh.face_sets[names[face]].push_back({cell, face});
    });
    const Grid points{{nodes.n[0] + 1, nodes.n[1] + 1, nodes.n[2] + 1}};
    for_each_cell(points, [&](const std::array<GlobalIndex, 3>& at, GlobalIndex node) {
      if (at[axis] == (high ? nodes.n[axis] : 0)) mesh.node_sets[names[face]].push_back(node);
    });
  }
}

double dot(const Vector3& a, const double* b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Two directions across the unit vector d that turn into y, z for x; z, x for y; x, y for z.
std::array<Vector3, 2> across(const Vector3& d) {
  int axis = 0;
  for (int a = 1; a < 3; ++a)
    if (std::abs(d[a]) > std::abs(d[axis])) axis = a;
  Vector3 first{};
  first[(axis + 1) % 3] = 1.0;
  const double along = dot(d, first.data());
  for (int c = 0; c < 3; ++c) first[c] -= along * d[c];
  const double norm = std::hypot(first[0], first[1], first[2]);
  for (double& c : first) c /= norm;
  return {first,
          {d[1] * first[2] - d[2] * first[1], d[2] * first[0] - d[0] * first[2], d[0] * first[1] - d[1] * first[0]}};
}

void add_fibres(const BlockOptions& o, Mesh& mesh) {
  const double norm = std::hypot(o.fibre[0], o.fibre[1], o.fibre[2]);
  if (!(norm > 0.0) || !std::isfinite(norm))
    throw CaseError("--fibre has no direction: it needs a vector that is not zero");
  const Vector3 d{o.fibre[0] / norm, o.fibre[1] / norm, o.fibre[2] / norm};
  const std::array<Vector3, 2> sideways = across(d);
  MeshArray& lines = mesh.point_arrays["cross_section"];
  MeshArray& position = mesh.point_arrays["fibre_position"];
  lines = {2, "m", "position of the fibre through the point, across the fibre direction", {}};
  position = {1, "1", "position along the fibre direction, 0 and 1 at the ends of the block", {}};
  for (GlobalIndex node = 0; node < mesh.n_nodes(); ++node) {
    const double* point = &mesh.points[3 * node];
    lines.values.insert(lines.values.end(), {dot(sideways[0], point), dot(sideways[1], point)});
    position.values.push_back(dot(d, point));
  }
  const auto [low, high] = std::minmax_element(position.values.begin(), position.values.end());
  const double from = *low, range = *high - *low;
  for (double& value : position.values) value = (value - from) / range;
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) mesh.fibre.insert(mesh.fibre.end(), d.begin(), d.end());
}

}  // namespace

std::array<Vector3, 8> box_corners(const Vector3& s) {
  return {{{0, 0, 0},
           {s[0], 0, 0},
           {s[0], s[1], 0},
           {0, s[1], 0},
           {0, 0, s[2]},
           {s[0], 0, s[2]},
           {s[0], s[1], s[2]},
           {0, s[1], s[2]}}};
}

Mesh make_block(const BlockOptions& options) {
  const GlobalIndex step = options.kind == ElementKind::hex8 ? 1 : 2;
  const Grid cells{{options.cells[0], options.cells[1], options.cells[2]}};
  const Grid nodes{{cells.n[0] * step, cells.n[1] * step, cells.n[2] * step}};
  constexpr double most = std::numeric_limits<Index>::max();
  if (const double wanted = (nodes.n[0] + 1.0) * (nodes.n[1] + 1.0) * (nodes.n[2] + 1.0); wanted > most)
    throw CaseError(fmt::format("the mesh would have {:.3g} nodes; at most {:.0f} are made", wanted, most));
  Mesh mesh;
  mesh.kind = options.kind;
  add_cells(options, cells, nodes, mesh);
  mesh.region.assign(mesh.n_cells(), 0);
  mesh.region_names = {"muscle"};
  add_sets(cells, nodes, mesh);
  add_fibres(options, mesh);
  return mesh;
}

}  // namespace tautband::meshing
