#include "support/mesh_geometry.hpp"

#include "fem/element.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace tautband::testing {
namespace {

using Vector = std::array<double, 3>;

/// VTK nodes of each face: four corners in order round it, four mid nodes between them, centre. From the VTK file
/// formats guide, independent of the tables of the solver.
constexpr int vtk_face[6][9] = {{0, 3, 7, 4, 11, 19, 15, 16, 20}, {1, 2, 6, 5, 9, 18, 13, 17, 21},
                                {0, 1, 5, 4, 8, 17, 12, 16, 22},  {3, 2, 6, 7, 10, 18, 14, 19, 23},
                                {0, 1, 2, 3, 8, 9, 10, 11, 24},   {4, 5, 6, 7, 12, 13, 14, 15, 25}};
/// Position of those nine in a 3 x 3 grid.
constexpr int column[9] = {0, 2, 2, 0, 1, 2, 1, 0, 1}, row[9] = {0, 0, 2, 2, 0, 1, 2, 1, 1};

GlobalIndex node_of(const Mesh& mesh, const Face& face, int i) {
  return mesh.connectivity[face.cell * nodes_per_element(mesh.kind) + vtk_face[face.face][i]];
}

template <int N> double face_area(const Mesh& mesh, const Face& face) {
  double area = 0.0;
  for (int q = 0; q < N * N; ++q) {
    const double u = Line<N>::gauss(q % N), v = Line<N>::gauss(q / N);
    Vector along_u{}, along_v{};
    for (int i = 0; i < N * N; ++i) {
      const int a = N == 2 ? column[i] / 2 : column[i], b = N == 2 ? row[i] / 2 : row[i];
      for (int c = 0; c < 3; ++c) {
        const double x = mesh.points[3 * node_of(mesh, face, i) + c];
        along_u[c] += Line<N>::slope(a, u) * Line<N>::shape(b, v) * x;
        along_v[c] += Line<N>::shape(a, u) * Line<N>::slope(b, v) * x;
      }
    }
    area +=
        Line<N>::weight(q % N) * Line<N>::weight(q / N) *
        std::hypot(along_u[1] * along_v[2] - along_u[2] * along_v[1], along_u[2] * along_v[0] - along_u[0] * along_v[2],
                   along_u[0] * along_v[1] - along_u[1] * along_v[0]);
  }
  return area;
}

}  // namespace

std::vector<GlobalIndex> face_corners(const Mesh& mesh, const Face& face) {
  std::vector<GlobalIndex> nodes;
  for (int i = 0; i < 4; ++i) nodes.push_back(node_of(mesh, face, i));
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

std::vector<GlobalIndex> face_nodes(const Mesh& mesh, const Face& face) {
  std::vector<GlobalIndex> nodes;
  for (int i = 0; i < (mesh.kind == ElementKind::hex8 ? 4 : 9); ++i) nodes.push_back(node_of(mesh, face, i));
  return nodes;
}

double area(const Mesh& mesh, const std::string& set) {
  double sum = 0.0;
  for (const Face& face : mesh.face_sets.at(set))
    sum += mesh.kind == ElementKind::hex8 ? face_area<2>(mesh, face) : face_area<3>(mesh, face);
  return sum;
}

std::set<std::vector<GlobalIndex>> surface(const Mesh& mesh) {
  std::map<std::vector<GlobalIndex>, int> count;
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell)
    for (int face = 0; face < 6; ++face) ++count[face_corners(mesh, {cell, face})];
  std::set<std::vector<GlobalIndex>> result;
  for (const auto& [corners, cells] : count)
    if (cells == 1) result.insert(corners);
  return result;
}

int connected_parts(const Mesh& mesh, int region) {
  std::vector<GlobalIndex> parent(mesh.n_nodes());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](GlobalIndex node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  const int per_cell = nodes_per_element(mesh.kind);
  std::set<GlobalIndex> used;
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) {
    if (mesh.region[cell] != region) continue;
    const GlobalIndex* nodes = &mesh.connectivity[cell * per_cell];
    for (int i = 0; i < per_cell; ++i) parent[root(nodes[i])] = root(nodes[0]);
    used.insert(nodes[0]);
  }
  std::set<GlobalIndex> roots;
  for (GlobalIndex node : used) roots.insert(root(node));
  return static_cast<int>(roots.size());
}

}  // namespace tautband::testing
