#include "mesh/mesh_check.hpp"

#include "base/error.hpp"
#include "mesh/element_order.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <cmath>

namespace tautband {
namespace {

using Vector = std::array<double, 3>;

double length(const Vector& a) { return std::hypot(a[0], a[1], a[2]); }

double determinant(const Vector& a, const Vector& b, const Vector& c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}

/// Lagrange polynomial i through `line` equidistant nodes of [-1, 1], at x, and its slope.
double shape(int i, double x, int line) {
  if (line == 2) return i == 0 ? 0.5 * (1.0 - x) : 0.5 * (1.0 + x);
  return i == 1 ? 1.0 - x * x : 0.5 * x * (x + (i - 1.0));
}
double slope(int i, double x, int line) {
  if (line == 2) return i == 0 ? -0.5 : 0.5;
  return i == 1 ? -2.0 * x : x + 0.5 * (i - 1.0);
}

/// Gradients of the shape functions at the Gauss points, then at the nodes, of one element kind.
struct Samples {
  explicit Samples(ElementKind kind) : line(kind == ElementKind::hex8 ? 2 : 3), nodes(line * line * line) {
    const double g = line == 2 ? 1.0 / std::sqrt(3.0) : std::sqrt(0.6);
    for (int place = 0; place < 2 * nodes; ++place) {
      const bool gauss = place < nodes;
      const int q = place % nodes;
      const std::array<int, 3> index{q % line, q / line % line, q / (line * line)};
      Vector x{};
      double product = gauss ? 1.0 : 0.0;
      for (int a = 0; a < 3; ++a) {
        const double node = 2.0 * index[a] / (line - 1) - 1.0;
        x[a] = gauss ? node * g : node;
        if (line == 3) product *= index[a] == 1 ? 8.0 / 9.0 : 5.0 / 9.0;
      }
      weight.push_back(product);
      for (int n = 0; n < nodes; ++n) add_gradient(n, x);
    }
  }
  void add_gradient(int n, const Vector& x) {
    const std::array<int, 3> i{n % line, n / line % line, n / (line * line)};
    Vector g{};
    for (int a = 0; a < 3; ++a) {
      g[a] = 1.0;
      for (int b = 0; b < 3; ++b) g[a] *= a == b ? slope(i[b], x[b], line) : shape(i[b], x[b], line);
    }
    gradient.push_back(g);
  }
  int line, nodes;
  std::vector<double> weight;    ///< per sample; 0 at nodes
  std::vector<Vector> gradient;  ///< (sample, lexicographic node)
};

struct CellShape {
  double volume = 0.0, worst = 1.0;
};

CellShape cell_shape(const Mesh& mesh, GlobalIndex cell, const Samples& samples) {
  const GlobalIndex* nodes = &mesh.connectivity[cell * samples.nodes];
  CellShape result;
  for (std::size_t s = 0; s < samples.weight.size(); ++s) {
    std::array<Vector, 3> edge{};  // dX/dxi, dX/deta, dX/dzeta
    for (int n = 0; n < samples.nodes; ++n) {
      const double* point = &mesh.points[3 * nodes[vtk_of_lexicographic(mesh.kind, n)]];
      for (int a = 0; a < 3; ++a)
        for (int c = 0; c < 3; ++c) edge[a][c] += samples.gradient[s * samples.nodes + n][a] * point[c];
    }
    const double jacobian = determinant(edge[0], edge[1], edge[2]);
    const double scale = length(edge[0]) * length(edge[1]) * length(edge[2]);
    result.volume += samples.weight[s] * jacobian;
    result.worst = std::min(result.worst, scale > 0.0 ? jacobian / scale : 0.0);
  }
  return result;
}

void inspect_cells(const Mesh& mesh, MeshReport& report) {
  const Samples samples(mesh.kind);
  for (GlobalIndex cell = 0; cell < report.n_cells; ++cell) {
    const CellShape shape = cell_shape(mesh, cell, samples);
    RegionSize& region = report.regions[mesh.region[cell]];
    ++region.cells;
    region.volume += shape.volume;
    report.volume += shape.volume;
    if (shape.worst <= 0.0) ++report.inverted_cells;
    if (report.worst_cell < 0 || shape.worst < report.worst_jacobian) {
      report.worst_jacobian = shape.worst;
      report.worst_cell = cell;
    }
  }
}

void inspect_fibres(const Mesh& mesh, MeshReport& report) {
  report.has_fibres = !mesh.fibre.empty();
  if (!report.has_fibres) return;
  for (GlobalIndex cell = 0; cell < report.n_cells; ++cell) {
    const double* f = &mesh.fibre[3 * cell];
    const double error = std::abs(std::hypot(f[0], f[1], f[2]) - 1.0);
    if (!(error <= fibre_length_tolerance)) ++report.bad_fibres;  // also counts NaN
    if (!(error <= report.worst_fibre_error)) {
      report.worst_fibre_error = error;
      report.worst_fibre_cell = cell;
    }
  }
}

}  // namespace

MeshReport inspect(const Mesh& mesh) {
  MeshReport report;
  report.n_nodes = mesh.n_nodes();
  report.n_cells = mesh.n_cells();
  for (const std::string& name : mesh.region_names) report.regions.push_back({name});
  inspect_cells(mesh, report);
  inspect_fibres(mesh, report);
  for (const auto& [name, nodes] : mesh.node_sets)
    if (nodes.empty()) report.empty_sets.push_back("node set " + name);
  for (const auto& [name, faces] : mesh.face_sets)
    if (faces.empty()) report.empty_sets.push_back("face set " + name);
  std::vector<bool> used(report.n_nodes, false);
  for (GlobalIndex node : mesh.connectivity) used[node] = true;
  for (GlobalIndex node = 0; node < report.n_nodes; ++node)
    if (!used[node]) report.isolated_nodes.push_back(node);
  return report;
}

std::vector<std::string> MeshReport::problems() const {
  std::vector<std::string> list;
  if (n_cells == 0) list.push_back("there are no cells");
  if (inverted_cells > 0)
    list.push_back(fmt::format("{} of {} cells are inverted or flat; worst is cell {} with a scaled Jacobian of {:.3g}",
                               inverted_cells, n_cells, worst_cell, worst_jacobian));
  if (bad_fibres > 0)
    list.push_back(
        fmt::format("{} cells have a fibre direction that is not of unit length; worst is cell {}, off by {:.3g}",
                    bad_fibres, worst_fibre_cell, worst_fibre_error));
  for (const std::string& set : empty_sets) list.push_back(set + " is empty");
  if (!isolated_nodes.empty())
    list.push_back(
        fmt::format("{} nodes belong to no cell; the first is node {}", isolated_nodes.size(), isolated_nodes[0]));
  return list;
}

void require_sound(const Mesh& mesh, const std::string& path) {
  const std::vector<std::string> problems = inspect(mesh).problems();
  if (!problems.empty()) throw FileError(fmt::format("{}: {}", path, fmt::join(problems, "; ")));
}

}  // namespace tautband
