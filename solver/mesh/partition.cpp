#include "mesh/partition.hpp"

#include "base/copies.hpp"
#include "base/error.hpp"
#include "mesh/cell_order.hpp"
#include "mesh/element_order.hpp"

#include <metis.h>

#include <algorithm>
#include <limits>
#include <string>

namespace tautband {
namespace {

constexpr int corners = 8;

/// METIS part of each cell. The dual graph sees corner nodes only: two cells are neighbours when they share a face.
std::vector<int> metis_parts(const Mesh& mesh, int n_parts) {
  const GlobalIndex n_cells = mesh.n_cells();
  constexpr GlobalIndex largest = std::numeric_limits<idx_t>::max();
  if (corners * n_cells > largest || mesh.n_nodes() > largest)
    throw CaseError("the mesh has " + std::to_string(n_cells) + " cells, more than this build of METIS can number");
  const int stride = nodes_per_element(mesh.kind);
  std::vector<idx_t> first(n_cells + 1), corner(corners * n_cells), cell_part(n_cells), node_part(mesh.n_nodes());
  for (GlobalIndex cell = 0; cell <= n_cells; ++cell) first[cell] = static_cast<idx_t>(corners * cell);
  for (GlobalIndex cell = 0; cell < n_cells; ++cell)
    for (int i = 0; i < corners; ++i)
      corner[corners * cell + i] = static_cast<idx_t>(mesh.connectivity[stride * cell + i]);
  idx_t n_elements = static_cast<idx_t>(n_cells), n_nodes = static_cast<idx_t>(mesh.n_nodes());
  idx_t face_corners = 4, parts = n_parts, cut = 0;
  const int status =
      METIS_PartMeshDual(&n_elements, &n_nodes, first.data(), corner.data(), nullptr, nullptr, &face_corners, &parts,
                         nullptr, nullptr, &cut, cell_part.data(), node_part.data());
  if (status != METIS_OK) throw RunError("METIS failed to divide the mesh, status " + std::to_string(status));
  return {cell_part.begin(), cell_part.end()};
}

/// Rank of each cell. Rank 0 asks METIS, so that the others need no memory for the graph.
std::vector<int> rank_of_cells(const Mesh& mesh, MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<int> part(mesh.n_cells(), 0);
  if (size == 1) return part;
  std::string failure;
  if (rank == 0) try {
      part = metis_parts(mesh, size);
    } catch (const Error& error) {
      failure = error.what();
    }
  int failed = !failure.empty();
  MPI_Bcast(&failed, 1, MPI_INT, 0, comm);
  if (failed) throw CaseError(rank == 0 ? failure : "rank 0 could not divide the mesh");
  constexpr GlobalIndex block = GlobalIndex{1} << 30;  // MPI counts are int
  for (GlobalIndex begin = 0; begin < mesh.n_cells(); begin += block)
    MPI_Bcast(part.data() + begin, static_cast<int>(std::min(block, mesh.n_cells() - begin)), MPI_INT, 0, comm);
  return part;
}

/// Numbers the nodes that the cells touch: owned ones first, each group by first touch. Returns the local number of
/// each node of the mesh, -1 where this rank does not touch it.
std::vector<Index> number_nodes(const Mesh& mesh, const std::vector<RegionCells>& regions, const NodeRanks& ranks,
                                int rank, LocalMesh& local) {
  const int stride = nodes_per_element(mesh.kind);
  std::vector<Index> number(mesh.n_nodes(), -1);
  std::vector<GlobalIndex> touched;
  for (const RegionCells& region : regions)
    for (GlobalIndex cell : region.cells)
      for (int i = 0; i < stride; ++i) {
        const GlobalIndex node = mesh.connectivity[stride * cell + vtk_of_lexicographic(mesh.kind, i)];
        if (number[node] < 0) {
          number[node] = 0;
          touched.push_back(node);
        }
      }
  const auto shared = std::stable_partition(touched.begin(), touched.end(),
                                            [&](GlobalIndex node) { return ranks.lowest[node] == rank; });
  local.n_owned = static_cast<Index>(shared - touched.begin());
  local.n_nodes = static_cast<Index>(touched.size());
  local.global_node = View1<GlobalIndex>("global_node", local.n_nodes);
  local.X = NodeVector("X", local.n_nodes);
  const auto global_node = Kokkos::create_mirror_view(local.global_node);
  const auto X = Kokkos::create_mirror_view(local.X);
  for (Index i = 0; i < local.n_nodes; ++i) {
    number[touched[i]] = i;
    global_node(i) = touched[i];
    for (int a = 0; a < 3; ++a) X(i, a) = mesh.points[3 * touched[i] + a];
  }
  Kokkos::deep_copy(local.global_node, global_node);
  Kokkos::deep_copy(local.X, X);
  return number;
}

/// Where a cell of the mesh lies on this rank.
struct Place {
  Index batch = -1, lane = -1;
};

/// Batches of one region each; the last batch of a region is padded with its last cell.
std::vector<Place> make_batches(const Mesh& mesh, const std::vector<RegionCells>& regions,
                                const std::vector<Index>& number, LocalMesh& local) {
  const auto batches = [](Index n) { return (n + lanes - 1) / lanes; };
  for (const RegionCells& region : regions) {
    const Index n_elements = static_cast<Index>(region.cells.size());
    local.regions.push_back(
        {region.region, local.n_batches, batches(n_elements), n_elements, batches(region.n_boundary)});
    local.n_batches += batches(n_elements);
    local.n_elements += n_elements;
  }

  const int n = nodes_per_element(mesh.kind);
  local.nodes = Connectivity("nodes", local.n_batches, n, lanes);
  local.cell = View2<GlobalIndex>("cell", local.n_batches, lanes);
  const auto nodes = Kokkos::create_mirror_view(local.nodes);
  const auto cell = Kokkos::create_mirror_view(local.cell);
  std::vector<Place> places(mesh.n_cells());
  for (std::size_t r = 0; r < regions.size(); ++r) {
    const RegionBatches& range = local.regions[r];
    for (Index slot = 0; slot < range.n_batches * lanes; ++slot) {
      const Place place{range.first_batch + slot / lanes, slot % lanes};
      const GlobalIndex id = regions[r].cells[std::min(slot, range.n_elements - 1)];
      for (int i = 0; i < n; ++i)
        nodes(place.batch, i, place.lane) = number[mesh.connectivity[n * id + vtk_of_lexicographic(mesh.kind, i)]];
      cell(place.batch, place.lane) = slot < range.n_elements ? id : -1;
      if (slot < range.n_elements) places[id] = place;
    }
  }
  Kokkos::deep_copy(local.nodes, nodes);
  Kokkos::deep_copy(local.cell, cell);
  return places;
}

void make_sets(const Mesh& mesh, const std::vector<Index>& number, const std::vector<Place>& places, LocalMesh& local) {
  for (const auto& [name, ids] : mesh.node_sets) {
    std::vector<Index> here;
    for (GlobalIndex id : ids)
      if (number[id] >= 0) here.push_back(number[id]);
    local.node_sets[name] = to_device(name, here);
  }
  for (const auto& [name, faces] : mesh.face_sets) {
    std::vector<Index> batch, lane;
    std::vector<int> side;
    for (const Face& face : faces)
      if (const Place place = places[face.cell]; place.batch >= 0) {
        batch.push_back(place.batch);
        lane.push_back(place.lane);
        side.push_back(face.face);
      }
    local.face_sets[name] = {to_device(name, batch), to_device(name, lane), to_device(name, side)};
  }
}

}  // namespace

LocalMesh distribute(const Mesh& mesh, MPI_Comm comm) {
  LocalMesh local;
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (mesh.n_cells() < size)
    throw CaseError("the mesh has " + std::to_string(mesh.n_cells()) + " cells, fewer than the " +
                    std::to_string(size) + " ranks of this run: start it with fewer ranks");
  local.comm = comm;
  local.kind = mesh.kind;
  local.n_global_nodes = mesh.n_nodes();
  local.n_global_cells = mesh.n_cells();
  local.region_names = mesh.region_names;
  const std::vector<int> part = rank_of_cells(mesh, comm);
  const NodeRanks ranks(mesh, part);
  const std::vector<RegionCells> regions = order_cells(mesh, part, rank, ranks);
  const std::vector<Index> number = number_nodes(mesh, regions, ranks, rank, local);
  const std::vector<Place> places = make_batches(mesh, regions, number, local);
  make_sets(mesh, number, places, local);
  return local;
}

View2<double> localise_point_array(const LocalMesh& local, const MeshArray& array) {
  View2<double> values("point_array", local.n_nodes, array.components);
  const auto host = Kokkos::create_mirror_view(values);
  const auto global_node = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.global_node);
  for (Index i = 0; i < local.n_nodes; ++i)
    for (int c = 0; c < array.components; ++c) host(i, c) = array.values[global_node(i) * array.components + c];
  Kokkos::deep_copy(values, host);
  return values;
}

PointField localise_cell_array(const LocalMesh& local, const MeshArray& array) {
  return localise_cell_array(local, array.values, array.components);
}

PointField localise_cell_array(const LocalMesh& local, const std::vector<double>& values, int components) {
  PointField field("cell_array", local.n_batches, components, lanes);
  const auto host = Kokkos::create_mirror_view(field);
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.cell);
  for (Index batch = 0; batch < local.n_batches; ++batch) {
    GlobalIndex last = -1;  // lane 0 of a batch is never padding
    for (int lane = 0; lane < lanes; ++lane) {
      if (cell(batch, lane) >= 0) last = cell(batch, lane);
      for (int c = 0; c < components; ++c) host(batch, c, lane) = values[last * components + c];
    }
  }
  Kokkos::deep_copy(field, host);
  return field;
}

}  // namespace tautband
