#include "meshes/sweep.hpp"

#include "base/error.hpp"
#include "mesh/element_order.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <limits>

namespace tautband::meshing {
namespace {

struct Sizes {
  GlobalIndex section_nodes, layers, planes;
  int line;
};

void add_nodes(const CrossSection& section, const Sweep& sweep, const Sizes& sizes, Mesh& mesh) {
  MeshArray& fibre_line = mesh.point_arrays["cross_section"];
  fibre_line = {2, "m", "position of the fibre through the point in the widest cross-section", {}};
  MeshArray& along = mesh.point_arrays["fibre_position"];
  along = {1, "1", "position along the fibre, 0 and 1 at its ends", {}};
  for (GlobalIndex plane = 0; plane < sizes.planes; ++plane) {
    const GlobalIndex layer = plane / (sizes.line - 1);
    const bool between = plane % (sizes.line - 1) != 0;
    const double z = between ? 0.5 * (sweep.layers[layer] + sweep.layers[layer + 1]) : sweep.layers[layer];
    const double scale = sweep.width(z).scale;
    const double part = std::clamp((z - sweep.muscle_from) / (sweep.muscle_to - sweep.muscle_from), 0.0, 1.0);
    for (const Point2& p : section.nodes) {
      mesh.points.insert(mesh.points.end(), {scale * p[0], scale * p[1], z});
      fibre_line.values.insert(fibre_line.values.end(), {p[0], p[1]});
      along.values.push_back(sweep.position_from + (1.0 - sweep.position_from) * part);
    }
  }
}

void add_fibre(const Point2& p, const Width& width, Mesh& mesh) {
  const double x = p[0] * width.slope, y = p[1] * width.slope, norm = std::hypot(x, y, 1.0);
  mesh.fibre.insert(mesh.fibre.end(), {x / norm, y / norm, 1.0 / norm});
}

void add_cells(const CrossSection& section, const Sweep& sweep, const Sizes& sizes, Mesh& mesh) {
  const int line = sizes.line, per_cell = line * line * line;
  const int tendon = static_cast<int>(sweep.section_regions.size());
  for (GlobalIndex layer = 0; layer < sizes.layers; ++layer) {
    const double z = 0.5 * (sweep.layers[layer] + sweep.layers[layer + 1]);
    const bool in_muscle = z > sweep.muscle_from && z < sweep.muscle_to;
    const Width width = sweep.width(z);
    for (GlobalIndex q = 0; q < section.n_quads(); ++q) {
      const std::size_t first = mesh.connectivity.size();
      mesh.connectivity.resize(first + per_cell);
      for (int n = 0; n < per_cell; ++n) {
        const GlobalIndex plane = layer * (line - 1) + n / (line * line);
        mesh.connectivity[first + vtk_of_lexicographic(mesh.kind, n)] =
            plane * sizes.section_nodes + section.node(q, n % (line * line));
      }
      mesh.region.push_back(in_muscle ? section.region[q] : tendon);
      add_fibre(section.centre(q), width, mesh);
    }
  }
  mesh.region_names = sweep.section_regions;
  if (std::find(mesh.region.begin(), mesh.region.end(), tendon) != mesh.region.end())
    mesh.region_names.push_back("tendon");
}

void add_end_sets(const CrossSection& section, const Sizes& sizes, Mesh& mesh) {
  for (GlobalIndex n = 0; n < sizes.section_nodes; ++n) {
    mesh.node_sets["end0"].push_back(n);
    mesh.node_sets["end1"].push_back((sizes.planes - 1) * sizes.section_nodes + n);
  }
  for (GlobalIndex q = 0; q < section.n_quads(); ++q) {
    mesh.face_sets["end0"].push_back({q, 4});
    mesh.face_sets["end1"].push_back({(sizes.layers - 1) * section.n_quads() + q, 5});
  }
}

void add_boundary_sets(const CrossSection& section, const Sizes& sizes, Mesh& mesh) {
  for (const auto& [name, sides] : section.boundary()) {
    std::vector<GlobalIndex>& nodes = mesh.node_sets[name];
    for (const Side& side : sides) {
      for (GlobalIndex layer = 0; layer < sizes.layers; ++layer)
        mesh.face_sets[name].push_back({layer * section.n_quads() + side.quad, side.side});
      for (GlobalIndex node : section.side_nodes(side))
        for (GlobalIndex plane = 0; plane < sizes.planes; ++plane) nodes.push_back(plane * sizes.section_nodes + node);
    }
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  }
}

}  // namespace

Mesh make_sweep(const CrossSection& section, const Sweep& sweep) {
  Sizes sizes;
  sizes.line = section.line;
  sizes.section_nodes = static_cast<GlobalIndex>(section.nodes.size());
  sizes.layers = static_cast<GlobalIndex>(sweep.layers.size()) - 1;
  sizes.planes = sizes.layers * (section.line - 1) + 1;
  constexpr GlobalIndex most = std::numeric_limits<Index>::max();
  if (sizes.section_nodes * sizes.planes > most)
    throw CaseError(
        fmt::format("the mesh would have {} nodes; at most {} are made", sizes.section_nodes * sizes.planes, most));

  Mesh mesh;
  mesh.kind = section.line == 2 ? ElementKind::hex8 : ElementKind::hex27;
  add_nodes(section, sweep, sizes, mesh);
  add_cells(section, sweep, sizes, mesh);
  add_end_sets(section, sizes, mesh);
  add_boundary_sets(section, sizes, mesh);
  return mesh;
}

}  // namespace tautband::meshing
