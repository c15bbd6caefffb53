#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "io/replace_file.hpp"

namespace tautband {
namespace {

using hdf5::OutputFile;
using Integers = std::vector<std::int64_t>;

void describe(OutputFile& file, const std::string& dataset, const std::string& unit, const std::string& long_name) {
  file.text_attribute(dataset, "units", unit);
  if (!long_name.empty()) file.text_attribute(dataset, "long_name", long_name);
}

void write_grid(OutputFile& file, const Mesh& mesh) {
  const hsize_t n_nodes = mesh.n_nodes(), n_cells = mesh.n_cells(), n_ids = mesh.connectivity.size();
  const int per_cell = nodes_per_element(mesh.kind);
  Integers offsets(n_cells + 1);
  for (std::size_t i = 0; i < offsets.size(); ++i) offsets[i] = static_cast<GlobalIndex>(i) * per_cell;

  file.group("/VTKHDF");
  file.integer_attribute("/VTKHDF", "Version", {2, 0});
  file.text_attribute("/VTKHDF", "Type", "UnstructuredGrid");
  file.integers("/VTKHDF/NumberOfPoints", {mesh.n_nodes()}, {1}, H5T_STD_I64LE);
  file.integers("/VTKHDF/NumberOfCells", {mesh.n_cells()}, {1}, H5T_STD_I64LE);
  file.integers("/VTKHDF/NumberOfConnectivityIds", {static_cast<GlobalIndex>(n_ids)}, {1}, H5T_STD_I64LE);
  file.reals("/VTKHDF/Points", mesh.points, {n_nodes, 3});
  describe(file, "/VTKHDF/Points", "m", "reference position");
  file.integers("/VTKHDF/Connectivity", mesh.connectivity, {n_ids}, H5T_STD_I64LE);
  file.integers("/VTKHDF/Offsets", offsets, {n_cells + 1}, H5T_STD_I64LE);
  file.integers("/VTKHDF/Types", Integers(n_cells, vtk_cell_type(mesh.kind)), {n_cells}, H5T_STD_U8LE);
}

void write_arrays(OutputFile& file, const std::string& group, const std::map<std::string, MeshArray>& arrays,
                  hsize_t count) {
  for (const auto& [name, array] : arrays) {
    const std::string dataset = group + "/" + name;
    hdf5::Shape shape{count};
    if (array.components > 1) shape.push_back(array.components);
    file.reals(dataset, array.values, shape);
    describe(file, dataset, array.unit, array.long_name);
  }
}

void write_cell_data(OutputFile& file, const Mesh& mesh) {
  const hsize_t n_cells = mesh.n_cells();
  file.group("/VTKHDF/CellData");
  file.integers("/VTKHDF/CellData/region", Integers(mesh.region.begin(), mesh.region.end()), {n_cells}, H5T_STD_I32LE);
  describe(file, "/VTKHDF/CellData/region", "1", "index into /regions/names");
  if (!mesh.fibre.empty()) {
    file.reals("/VTKHDF/CellData/fibre", mesh.fibre, {n_cells, 3});
    describe(file, "/VTKHDF/CellData/fibre", "1", "unit fibre direction");
  }
  write_arrays(file, "/VTKHDF/CellData", mesh.cell_arrays, n_cells);
}

void write_sets(OutputFile& file, const Mesh& mesh) {
  file.group("/sets");
  file.group("/sets/nodes");
  for (const auto& [name, nodes] : mesh.node_sets)
    file.integers("/sets/nodes/" + name, nodes, {nodes.size()}, H5T_STD_I64LE);
  file.group("/sets/faces");
  for (const auto& [name, faces] : mesh.face_sets) {
    Integers rows;
    for (const Face& face : faces) rows.insert(rows.end(), {face.cell, face.face});
    file.integers("/sets/faces/" + name, rows, {faces.size(), 2}, H5T_STD_I64LE);
  }
}

}  // namespace

void write_mesh(const std::string& path, const Mesh& mesh) {
  OutputFile file;
  write_grid(file, mesh);
  file.group("/VTKHDF/PointData");
  write_arrays(file, "/VTKHDF/PointData", mesh.point_arrays, mesh.n_nodes());
  write_cell_data(file, mesh);
  write_sets(file, mesh);
  file.group("/regions");
  file.strings("/regions/names", mesh.region_names);
  replace_file(path, file.image());
}

}  // namespace tautband
