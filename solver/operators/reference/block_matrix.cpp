#include "operators/reference/block_matrix.hpp"

#include <algorithm>

namespace tautband::reference {

namespace {

/// Elements (batch * lanes + lane) at each node, in compressed rows.
struct ElementsAtNodes {
  std::vector<Index> first, element;
};

template <class Nodes> ElementsAtNodes elements_at_nodes(const LocalMesh& mesh, const Nodes& nodes) {
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  const int n = nodes_per_element(mesh.kind);
  const auto for_each = [&](const auto& f) {
    for (Index e = 0; e < mesh.n_batches * lanes; ++e)
      if (cell(e / lanes, e % lanes) >= 0)
        for (int i = 0; i < n; ++i) f(e, nodes(e / lanes, i, e % lanes));
  };
  ElementsAtNodes at{std::vector<Index>(mesh.n_nodes + 1, 0), {}};
  for_each([&](Index, Index node) { ++at.first[node + 1]; });
  for (Index node = 0; node < mesh.n_nodes; ++node) at.first[node + 1] += at.first[node];
  at.element.resize(at.first.back());
  std::vector<Index> next(at.first.begin(), at.first.end() - 1);
  for_each([&](Index e, Index node) { at.element[next[node]++] = e; });
  return at;
}

}  // namespace

BlockMatrix::BlockMatrix(const LocalMesh& mesh) : rows_("tautband::bsr_rows", mesh.n_nodes + 1) {
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const ElementsAtNodes at = elements_at_nodes(mesh, nodes);
  const int n = nodes_per_element(mesh.kind);
  std::vector<Index> neighbours;
  const auto find_neighbours = [&](Index node) {
    neighbours.clear();
    for (Index k = at.first[node]; k < at.first[node + 1]; ++k)
      for (int i = 0; i < n; ++i) neighbours.push_back(nodes(at.element[k] / lanes, i, at.element[k] % lanes));
    std::sort(neighbours.begin(), neighbours.end());
    neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
  };
  for (Index node = 0; node < mesh.n_nodes; ++node) {
    find_neighbours(node);
    rows_(node + 1) = rows_(node) + static_cast<Index>(neighbours.size());
  }
  columns_ = decltype(columns_)("tautband::bsr_columns", rows_(mesh.n_nodes));
  for (Index node = 0; node < mesh.n_nodes; ++node) {
    find_neighbours(node);
    std::copy(neighbours.begin(), neighbours.end(), columns_.data() + rows_(node));
  }
  values_ = decltype(values_)("tautband::bsr_values", 9 * n_blocks());
}

std::size_t BlockMatrix::find(Index row, Index column) const {
  const Index *begin = columns_.data() + rows_(row), *end = columns_.data() + rows_(row + 1);
  return std::lower_bound(begin, end, column) - columns_.data();
}

void BlockMatrix::add(const std::vector<Index>& nodes, const std::vector<double>& element) {
  const std::size_t size = 3 * nodes.size();
  for (std::size_t a = 0; a < nodes.size(); ++a)
    for (std::size_t b = 0; b < nodes.size(); ++b) {
      double* block = &values_[9 * find(nodes[a], nodes[b])];
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) block[3 * i + j] += element[(3 * a + i) * size + 3 * b + j];
    }
}

void BlockMatrix::multiply(const NodeVector& x, const NodeVector& y) const {
  const auto from = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), x);
  const auto to = Kokkos::create_mirror_view(y);
  const Index* columns = columns_.data();
  for (Index row = 0; row + 1 < static_cast<Index>(rows_.extent(0)); ++row) {
    double sum[9] = {};  // nine independent sums: three alone would wait for each other's additions
    for (Index k = rows_(row); k < rows_(row + 1); ++k) {
      const double* A = values_.data() + 9 * static_cast<std::size_t>(k);
      const double* v = from.data() + 3 * static_cast<std::size_t>(columns[k]);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) sum[3 * i + j] += A[3 * i + j] * v[j];
    }
    for (int i = 0; i < 3; ++i) to(row, i) = sum[3 * i] + sum[3 * i + 1] + sum[3 * i + 2];
  }
  Kokkos::deep_copy(y, to);
}

}  // namespace tautband::reference
