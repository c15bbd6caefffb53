#include "io/result_grid.hpp"

#include "mesh/element_order.hpp"

#include <algorithm>
#include <array>

namespace tautband {
namespace {

using hdf5::CollectiveFile;
using hdf5::Rows;
using Integers = std::vector<std::int64_t>;

const std::string root = "/VTKHDF";

/// Lexicographic nodes of a hex27 that are the corners of piece (i, j, k), in VTK's order.
std::array<int, 8> corners_of_piece(int piece) {
  const int i = piece % 2, j = piece / 2 % 2, k = piece / 4;
  std::array<int, 8> corners{};
  for (int corner = 0; corner < 8; ++corner) {  // lexicographic in the piece
    const int a = i + corner % 2, b = j + corner / 2 % 2, c = k + corner / 4;
    corners[vtk_of_lexicographic_hex8[corner]] = a + 3 * (b + 3 * c);
  }
  return corners;
}

Integers connectivity(const Mesh& mesh, const FileGrid& grid, Slice cells) {
  const auto* const begin = mesh.connectivity.data() + cells.first * nodes_per_element(mesh.kind);
  if (!grid.linearise) return {begin, begin + cells.count * nodes_per_element(mesh.kind)};
  Integers ids;
  for (GlobalIndex cell = 0; cell < cells.count; ++cell)
    for (int piece = 0; piece < grid.pieces; ++piece)
      for (int corner : corners_of_piece(piece))
        ids.push_back(begin[nodes_per_element(mesh.kind) * cell + vtk_of_lexicographic_hex27[corner]]);
  return ids;
}

void describe(CollectiveFile& file, const std::string& dataset, const std::string& unit, const std::string& name) {
  file.text_attribute(dataset, "units", unit);
  file.text_attribute(dataset, "long_name", name);
}

void write_whole(CollectiveFile& file, const std::string& name, const Integers& values, const hdf5::Shape& shape,
                 int rank) {
  file.dataset(name, H5T_STD_I64LE, shape);
  file.write(name, H5T_NATIVE_INT64, values.data(), {0, rank == 0 ? shape[0] : 0});
}

void write_cells(CollectiveFile& file, const Mesh& mesh, const FileGrid& grid, Slice cells, int compression) {
  const hsize_t first = cells.first * grid.pieces, count = cells.count * grid.pieces;
  const hsize_t n = grid.nodes_per_cell, n_ids = grid.n_cells * n;
  const Integers ids = connectivity(mesh, grid, cells);
  file.dataset(root + "/Connectivity", H5T_STD_I64LE, {n_ids}, step_storage(n_ids, 1, compression));
  file.write(root + "/Connectivity", H5T_NATIVE_INT64, ids.data(), {first * n, count * n});

  const Rows ends = first == 0 ? Rows{0, count + 1} : Rows{first + 1, count};  // a cell's end; 0 comes before the first
  Integers offsets(ends.count);
  for (std::size_t i = 0; i < offsets.size(); ++i) offsets[i] = (ends.first + i) * n;
  const Rows none{};
  file.dataset(root + "/Offsets", H5T_STD_I64LE, {hsize_t(grid.n_cells) + 1},
               step_storage(grid.n_cells + 1, 1, compression));
  file.write(root + "/Offsets", H5T_NATIVE_INT64, offsets.data(), count == 0 ? none : ends);

  const std::vector<std::uint8_t> types(count, static_cast<std::uint8_t>(grid.cell_type));
  file.dataset(root + "/Types", H5T_STD_U8LE, {hsize_t(grid.n_cells)}, step_storage(grid.n_cells, 1, compression));
  file.write(root + "/Types", H5T_NATIVE_UINT8, types.data(), {first, count});

  std::vector<std::int32_t> region(count);
  for (std::size_t i = 0; i < count; ++i) region[i] = mesh.region[cells.first + i / grid.pieces];
  const std::string dataset = root + "/CellData/region";
  file.dataset(dataset, H5T_STD_I32LE, {hsize_t(grid.n_cells)}, step_storage(grid.n_cells, 1, compression));
  file.write(dataset, H5T_NATIVE_INT32, region.data(), {first, count});
  describe(file, dataset, "1", "index into /regions/names");
}

void write_points(CollectiveFile& file, const std::string& name, const std::vector<double>& values, int components,
                  GlobalIndex n_nodes, Slice nodes, int compression) {
  file.dataset(name, H5T_IEEE_F64LE, array_shape(n_nodes, components), step_storage(n_nodes, components, compression));
  file.write(name, H5T_NATIVE_DOUBLE, values.data() + nodes.first * components,
             {hsize_t(nodes.first), hsize_t(nodes.count)});
}

/// Pieces of the cell that touch its face, and the face of each.
void append_face(Integers& rows, const FileGrid& grid, Face face) {
  for (int piece = 0; piece < grid.pieces; ++piece)
    if (grid.pieces == 1 || (piece >> (face.face / 2) & 1) == face.face % 2)
      rows.insert(rows.end(), {face.cell * grid.pieces + piece, face.face});
}

void write_sets(CollectiveFile& file, const Mesh& mesh, const FileGrid& grid, int rank) {
  for (const char* group : {"/sets", "/sets/nodes", "/sets/faces", "/regions"}) file.group(group);
  for (const auto& [name, nodes] : mesh.node_sets)
    write_whole(file, "/sets/nodes/" + name, nodes, {nodes.size()}, rank);
  for (const auto& [name, faces] : mesh.face_sets) {
    Integers rows;
    for (const Face& face : faces) append_face(rows, grid, face);
    write_whole(file, "/sets/faces/" + name, rows, {rows.size() / 2, 2}, rank);
  }
  file.strings("/regions/names", mesh.region_names);
}

}  // namespace

FileGrid::FileGrid(const Mesh& mesh, bool linearise)
    : linearise(linearise && mesh.kind == ElementKind::hex27),
      pieces(this->linearise ? 8 : 1),
      nodes_per_cell(this->linearise ? 8 : nodes_per_element(mesh.kind)),
      cell_type(vtk_cell_type(this->linearise ? ElementKind::hex8 : mesh.kind)),
      n_nodes(mesh.n_nodes()),
      n_cells(mesh.n_cells() * pieces) {}

hdf5::Storage step_storage(GlobalIndex rows, int components, int compression) {
  constexpr GlobalIndex largest = (GlobalIndex{1} << 30) / sizeof(double);
  return {static_cast<hsize_t>(std::min(rows, largest / components)), compression};
}

hdf5::Shape array_shape(GlobalIndex rows, int components) {
  hdf5::Shape shape{static_cast<hsize_t>(rows)};
  if (components > 1) shape.push_back(components);
  return shape;
}

void require_grid(const hdf5::InputFile& file, const Mesh& mesh, const FileGrid& grid) {
  const auto require = [&file](bool same, const std::string& dataset) {
    if (!same) file.fail(dataset, "belongs to another mesh");
  };
  require(file.integers(root + "/NumberOfPoints") == Integers{grid.n_nodes}, root + "/NumberOfPoints");
  require(file.integers(root + "/NumberOfCells") == Integers{grid.n_cells}, root + "/NumberOfCells");
  require(file.reals(root + "/Points") == mesh.points, root + "/Points");
  require(file.integers(root + "/Connectivity") == connectivity(mesh, grid, {0, mesh.n_cells()}),
          root + "/Connectivity");
  Integers region(grid.n_cells);
  for (std::size_t i = 0; i < region.size(); ++i) region[i] = mesh.region[i / grid.pieces];
  require(file.integers(root + "/CellData/region") == region, root + "/CellData/region");
}

std::vector<std::string> grid_point_arrays(const Mesh& mesh) {
  std::vector<std::string> names;
  for (const char* name : {"cross_section", "fibre_position"})
    if (mesh.point_arrays.contains(name)) names.emplace_back(name);
  return names;
}

std::vector<std::string> grid_cell_arrays() { return {"region"}; }

void write_grid(CollectiveFile& file, const Mesh& mesh, const FileGrid& grid, const FileOrder& order, int compression) {
  int rank;
  MPI_Comm_rank(order.comm(), &rank);
  file.group(root);
  file.integers_attribute(root, "Version", {2, 0});
  file.text_attribute(root, "Type", "UnstructuredGrid");
  write_whole(file, root + "/NumberOfPoints", {grid.n_nodes}, {1}, rank);
  write_whole(file, root + "/NumberOfCells", {grid.n_cells}, {1}, rank);
  write_whole(file, root + "/NumberOfConnectivityIds", {grid.n_cells * grid.nodes_per_cell}, {1}, rank);
  file.group(root + "/PointData");
  file.group(root + "/CellData");
  write_points(file, root + "/Points", mesh.points, 3, grid.n_nodes, order.node_slice(), compression);
  describe(file, root + "/Points", "m", "reference position");
  write_cells(file, mesh, grid, order.cell_slice(), compression);
  for (const std::string& name : grid_point_arrays(mesh)) {
    const MeshArray& array = mesh.point_arrays.at(name);
    const std::string dataset = root + "/PointData/" + name;
    write_points(file, dataset, array.values, array.components, grid.n_nodes, order.node_slice(), compression);
    describe(file, dataset, array.unit, array.long_name);
  }
  write_sets(file, mesh, grid, rank);
}

}  // namespace tautband
