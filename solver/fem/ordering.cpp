#include "fem/ordering.hpp"

#include "base/copies.hpp"

#include <numeric>

namespace tautband {
namespace {

RowExchange exchange_of_nodes(const LocalMesh& mesh, Index n_nodes) {
  std::vector<GlobalIndex> global = to_host(mesh.global_node);
  global.resize(n_nodes);
  std::vector<Index> local(n_nodes);
  std::iota(local.begin(), local.end(), 0);
  return {local, global, mesh.n_global_nodes, mesh.comm};
}

RowExchange exchange_of_cells(const LocalMesh& mesh) {
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  std::vector<Index> local;
  std::vector<GlobalIndex> global;
  for (Index slot = 0; slot < mesh.n_batches * lanes; ++slot)
    if (cell.data()[slot] >= 0) {
      local.push_back(slot);
      global.push_back(cell.data()[slot]);
    }
  return {local, global, mesh.n_global_cells, mesh.comm};
}

/// Values per (row, component) on the host.
template <class ViewType> std::vector<double> on_host(const ViewType& values) {
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), values);
  return {host.data(), host.data() + host.size()};
}

template <class ViewType> void on_device(const std::vector<double>& rows, const ViewType& values) {
  const auto host = Kokkos::create_mirror_view(values);
  std::copy(rows.begin(), rows.end(), host.data());
  Kokkos::deep_copy(values, host);
}

/// (batch, component, lane) to (slot, component), slot = batch * lanes + lane.
std::vector<double> rows_of_slots(const std::vector<double>& values, Index n_slots, int components) {
  std::vector<double> rows(values.size());
  for (Index slot = 0; slot < n_slots; ++slot)
    for (int c = 0; c < components; ++c)
      rows[std::size_t(slot) * components + c] =
          values[(std::size_t(slot / lanes) * components + c) * lanes + slot % lanes];
  return rows;
}

/// And back: slot s takes the row of slot same_as[s].
std::vector<double> slots_of_rows(const std::vector<double>& rows, const std::vector<Index>& same_as, int components) {
  std::vector<double> values(rows.size());
  for (std::size_t slot = 0; slot < same_as.size(); ++slot)
    for (int c = 0; c < components; ++c)
      values[(slot / lanes * components + c) * lanes + slot % lanes] =
          rows[std::size_t(same_as[slot]) * components + c];
  return values;
}

template <class ViewType>
std::vector<double> nodes_out(const RowExchange& nodes, const ViewType& values, std::size_t components) {
  return nodes.to_file(on_host(values).data(), static_cast<int>(components));
}

template <class ViewType>
void nodes_in(const RowExchange& nodes, const std::vector<double>& slice, const ViewType& values,
              std::size_t components) {
  std::vector<double> rows(values.size());
  nodes.from_file(slice, rows.data(), static_cast<int>(components));
  on_device(rows, values);
}

template <class ViewType>
std::vector<double> cells_out(const RowExchange& cells, Index n_slots, const ViewType& values, std::size_t components) {
  const int n = static_cast<int>(components);
  return cells.to_file(rows_of_slots(on_host(values), n_slots, n).data(), n);
}

template <class ViewType>
void cells_in(const RowExchange& cells, const std::vector<Index>& same_as, const std::vector<double>& slice,
              const ViewType& values, std::size_t components) {
  std::vector<double> rows(same_as.size() * components);
  cells.from_file(slice, rows.data(), static_cast<int>(components));
  on_device(slots_of_rows(rows, same_as, static_cast<int>(components)), values);
}

}  // namespace

FileOrder::FileOrder(const LocalMesh& mesh)
    : comm_(mesh.comm),
      n_global_nodes_(mesh.n_global_nodes),
      n_global_cells_(mesh.n_global_cells),
      owned_nodes_(exchange_of_nodes(mesh, mesh.n_owned)),
      all_nodes_(exchange_of_nodes(mesh, mesh.n_nodes)),
      cells_(exchange_of_cells(mesh)),
      n_slots_(mesh.n_batches * lanes),
      same_as_(n_slots_) {
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  for (Index slot = 0; slot < n_slots_; ++slot) same_as_[slot] = cell.data()[slot] >= 0 ? slot : same_as_[slot - 1];
}

std::vector<double> FileOrder::nodes_to_file(const View1<double>& v) const { return nodes_out(owned_nodes_, v, 1); }
std::vector<double> FileOrder::nodes_to_file(const NodeVector& v) const { return nodes_out(owned_nodes_, v, 3); }
std::vector<double> FileOrder::nodes_to_file(const View2<double>& v) const {
  return nodes_out(owned_nodes_, v, v.extent(1));
}

std::vector<double> FileOrder::cells_to_file(const View2<double>& v) const { return cells_out(cells_, n_slots_, v, 1); }
std::vector<double> FileOrder::cells_to_file(const PointField& v) const {
  return cells_out(cells_, n_slots_, v, v.extent(1));
}
std::vector<double> FileOrder::cells_to_file(const PointArray& v) const {
  return cells_out(cells_, n_slots_, v, v.extent(1) * v.extent(2));
}

void FileOrder::nodes_from_file(const std::vector<double>& slice, const View1<double>& v) const {
  nodes_in(all_nodes_, slice, v, 1);
}
void FileOrder::nodes_from_file(const std::vector<double>& slice, const NodeVector& v) const {
  nodes_in(all_nodes_, slice, v, 3);
}
void FileOrder::nodes_from_file(const std::vector<double>& slice, const View2<double>& v) const {
  nodes_in(all_nodes_, slice, v, v.extent(1));
}

void FileOrder::cells_from_file(const std::vector<double>& slice, const View2<double>& v) const {
  cells_in(cells_, same_as_, slice, v, 1);
}
void FileOrder::cells_from_file(const std::vector<double>& slice, const PointField& v) const {
  cells_in(cells_, same_as_, slice, v, v.extent(1));
}
void FileOrder::cells_from_file(const std::vector<double>& slice, const PointArray& v) const {
  cells_in(cells_, same_as_, slice, v, v.extent(1) * v.extent(2));
}

}  // namespace tautband
