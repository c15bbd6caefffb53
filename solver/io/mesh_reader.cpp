#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "mesh/mesh_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>
#include <set>

namespace tautband {
namespace {

using hdf5::InputFile;
using hdf5::Shape;
using Integers = std::vector<std::int64_t>;

const std::string root = "/VTKHDF";
constexpr hsize_t most_components = 1000;

void require_shape(const InputFile& file, const std::string& dataset, const Shape& expected) {
  const Shape found = file.shape(dataset);
  if (found != expected)
    file.fail(dataset, "has shape " + hdf5::to_string(found) + "; " + hdf5::to_string(expected) + " is expected");
}

Integers integers(const InputFile& file, const std::string& dataset, const Shape& expected) {
  require_shape(file, dataset, expected);
  return file.integers(dataset);
}

/// Reals of shape (n) or (n, components), all finite. `item` names a row in messages: "node", "cell".
std::vector<double> finite_reals(const InputFile& file, const std::string& dataset, int components,
                                 const std::string& item) {
  std::vector<double> values = file.reals(dataset);
  const auto bad = std::find_if_not(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  if (bad != values.end())
    file.fail(dataset, fmt::format("{} {} has the value {}", item, (bad - values.begin()) / components, *bad));
  return values;
}

/// The only entry of a NumberOf... dataset: files with several parts are not meshes of ours.
GlobalIndex count_of(const InputFile& file, const std::string& name) {
  const std::string dataset = root + "/" + name;
  const Shape shape = file.shape(dataset);
  if (shape != Shape{1}) file.fail(dataset, "has shape " + hdf5::to_string(shape) + "; a mesh of one part has (1)");
  const GlobalIndex count = file.integers(dataset)[0];
  if (count < 1) file.fail(dataset, fmt::format("is {}; at least 1 is expected", count));
  return count;
}

void require_static_grid(const InputFile& file) {
  if (!file.exists(root)) file.fail(root, "is missing: this is not a VTKHDF file");
  const std::string type = file.text_attribute(root, "Type", "");
  if (type != "UnstructuredGrid") file.fail(root, "attribute Type is '" + type + "'; UnstructuredGrid is expected");
  const std::vector<int> version = file.integer_attribute(root, "Version");
  if (version.size() != 2 || version[0] < 1 || version[0] > 2)
    file.fail(root, fmt::format("attribute Version is ({}); (1, x) and (2, x) are known", fmt::join(version, ", ")));
  if (file.exists(root + "/Steps")) file.fail(root + "/Steps", "is there: this is a time series, not a mesh");
}

ElementKind kind_of(const InputFile& file, const Integers& types) {
  const auto known = [](std::int64_t type) { return type == 12 || type == 29; };
  for (std::size_t cell = 0; cell < types.size(); ++cell) {
    if (!known(types[cell]))
      file.fail(root + "/Types",
                fmt::format("cell {} has VTK type {}; known are 12 (hex8) and 29 (hex27)", cell, types[cell]));
    if (types[cell] != types[0])
      file.fail(root + "/Types", fmt::format("cell {} has VTK type {} and cell 0 type {}; one type is expected", cell,
                                             types[cell], types[0]));
  }
  return types[0] == 12 ? ElementKind::hex8 : ElementKind::hex27;
}

void read_cells(const InputFile& file, GlobalIndex n_nodes, Mesh& mesh) {
  const hsize_t n_cells = count_of(file, "NumberOfCells"), n_ids = count_of(file, "NumberOfConnectivityIds");
  mesh.kind = kind_of(file, integers(file, root + "/Types", {n_cells}));
  const GlobalIndex per_cell = nodes_per_element(mesh.kind);
  const Integers offsets = integers(file, root + "/Offsets", {n_cells + 1});
  for (std::size_t cell = 0; cell < offsets.size(); ++cell)
    if (const GlobalIndex expected = static_cast<GlobalIndex>(cell) * per_cell; offsets[cell] != expected)
      file.fail(root + "/Offsets", fmt::format("cell {} starts at {}; {} is expected", cell, offsets[cell], expected));
  mesh.connectivity = integers(file, root + "/Connectivity", {n_ids});
  if (n_ids != n_cells * per_cell)
    file.fail(root + "/Connectivity", fmt::format("has {} entries; {} cells of {} nodes need {}", n_ids, n_cells,
                                                  per_cell, n_cells * per_cell));
  for (std::size_t i = 0; i < mesh.connectivity.size(); ++i)
    if (const GlobalIndex node = mesh.connectivity[i]; node < 0 || node >= n_nodes)
      file.fail(root + "/Connectivity",
                fmt::format("cell {} has node {}; nodes are 0 to {}", i / per_cell, node, n_nodes - 1));
}

void read_regions(const InputFile& file, Mesh& mesh) {
  mesh.region_names = file.strings("/regions/names");
  std::set<std::string> seen;
  for (const std::string& name : mesh.region_names)
    if (name.empty() || !seen.insert(name).second)
      file.fail("/regions/names", name.empty() ? "has an empty name" : "has the name '" + name + "' twice");
  const std::string dataset = root + "/CellData/region";
  const Integers region = integers(file, dataset, {static_cast<hsize_t>(mesh.n_cells())});
  const auto n_regions = static_cast<std::int64_t>(mesh.region_names.size());
  for (std::size_t cell = 0; cell < region.size(); ++cell)
    if (region[cell] < 0 || region[cell] >= n_regions)
      file.fail(dataset, fmt::format("cell {} has region {}, which has no name: /regions/names has {}", cell,
                                     region[cell], n_regions));
  mesh.region.assign(region.begin(), region.end());
}

void read_fibre(const InputFile& file, Mesh& mesh) {
  const std::string dataset = root + "/CellData/fibre";
  if (!file.exists(dataset)) return;
  require_shape(file, dataset, {static_cast<hsize_t>(mesh.n_cells()), 3});
  mesh.fibre = finite_reals(file, dataset, 3, "cell");
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) {
    const double* f = &mesh.fibre[3 * cell];
    const double length = std::hypot(f[0], f[1], f[2]);
    if (std::abs(length - 1.0) > fibre_length_tolerance)
      file.fail(dataset, fmt::format("cell {} has the fibre ({}, {}, {}) of length {}; 1 is expected", cell, f[0], f[1],
                                     f[2], length));
  }
}

std::map<std::string, MeshArray> read_arrays(const InputFile& file, const std::string& group, GlobalIndex count,
                                             const std::string& item, const std::set<std::string>& others) {
  std::map<std::string, MeshArray> arrays;
  for (const std::string& name : file.children(group)) {
    if (others.contains(name)) continue;
    const std::string dataset = group + "/" + name;
    const Shape shape = file.shape(dataset);
    if (shape.empty() || shape.size() > 2 || shape[0] != static_cast<hsize_t>(count) ||
        (shape.size() == 2 && (shape[1] == 0 || shape[1] > most_components)))
      file.fail(dataset, fmt::format("has shape {}; ({}) or ({}, components) is expected, at most {} components",
                                     hdf5::to_string(shape), count, count, most_components));
    MeshArray array;
    array.components = shape.size() == 2 ? static_cast<int>(shape[1]) : 1;
    array.unit = file.text_attribute(dataset, "units", "1");
    array.long_name = file.text_attribute(dataset, "long_name", "");
    array.values = finite_reals(file, dataset, array.components, item);
    arrays[name] = std::move(array);
  }
  return arrays;
}

void read_node_sets(const InputFile& file, Mesh& mesh) {
  for (const std::string& name : file.children("/sets/nodes")) {
    const std::string dataset = "/sets/nodes/" + name;
    const Shape shape = file.shape(dataset);
    if (shape.size() != 1) file.fail(dataset, "has shape " + hdf5::to_string(shape) + "; (nodes) is expected");
    if (shape[0] == 0) file.fail(dataset, "is an empty set");
    Integers nodes = file.integers(dataset);
    std::set<GlobalIndex> seen;
    for (GlobalIndex node : nodes) {
      if (node < 0 || node >= mesh.n_nodes())
        file.fail(dataset, fmt::format("has node {}; nodes are 0 to {}", node, mesh.n_nodes() - 1));
      if (!seen.insert(node).second) file.fail(dataset, fmt::format("has node {} twice", node));
    }
    mesh.node_sets[name] = std::move(nodes);
  }
}

void read_face_sets(const InputFile& file, Mesh& mesh) {
  for (const std::string& name : file.children("/sets/faces")) {
    const std::string dataset = "/sets/faces/" + name;
    const Shape shape = file.shape(dataset);
    if (shape.size() != 2 || shape[1] != 2)
      file.fail(dataset, "has shape " + hdf5::to_string(shape) + "; (faces, 2) is expected");
    if (shape[0] == 0) file.fail(dataset, "is an empty set");
    const Integers rows = file.integers(dataset);
    std::set<std::pair<GlobalIndex, GlobalIndex>> seen;
    std::vector<Face>& faces = mesh.face_sets[name];
    for (std::size_t i = 0; i < rows.size(); i += 2) {
      const GlobalIndex cell = rows[i], face = rows[i + 1];
      if (cell < 0 || cell >= mesh.n_cells())
        file.fail(dataset, fmt::format("has cell {}; cells are 0 to {}", cell, mesh.n_cells() - 1));
      if (face < 0 || face > 5) file.fail(dataset, fmt::format("has face {} of cell {}; faces are 0 to 5", face, cell));
      if (!seen.emplace(cell, face).second) file.fail(dataset, fmt::format("has face {} of cell {} twice", face, cell));
      faces.push_back({cell, static_cast<int>(face)});
    }
  }
}

}  // namespace

Mesh read_mesh(const std::string& path) {
  const InputFile file(path);
  require_static_grid(file);
  Mesh mesh;
  const GlobalIndex n_nodes = count_of(file, "NumberOfPoints");
  require_shape(file, root + "/Points", {static_cast<hsize_t>(n_nodes), 3});
  mesh.points = finite_reals(file, root + "/Points", 3, "node");
  read_cells(file, n_nodes, mesh);
  read_regions(file, mesh);
  read_fibre(file, mesh);
  mesh.point_arrays = read_arrays(file, root + "/PointData", n_nodes, "node", {});
  mesh.cell_arrays = read_arrays(file, root + "/CellData", mesh.n_cells(), "cell", {"region", "fibre"});
  read_node_sets(file, mesh);
  read_face_sets(file, mesh);
  return mesh;
}

}  // namespace tautband
