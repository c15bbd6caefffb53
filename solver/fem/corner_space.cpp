#include "fem/corner_space.hpp"

#include "base/copies.hpp"
#include "fem/element.hpp"

#include <algorithm>
#include <array>

namespace tautband {
namespace {

constexpr int most_parents = 8;

/// Element corners whose mean is the value of lexicographic element node i: along each direction its end, or both.
std::vector<int> corners_of(ElementKind kind, int i) {
  const int line = nodes_per_line(kind);
  std::vector<int> corners{0};
  for (int a = 0, stride = 1; a < 3; ++a, stride *= 2, i /= line) {
    const int at = i % line;
    std::vector<int> next;
    for (int corner : corners) {
      if (at < line - 1) next.push_back(corner);
      if (at > 0) next.push_back(corner + stride);
    }
    corners = next;
  }
  return corners;
}

/// Lexicographic element node at element corner c.
int node_of_corner(ElementKind kind, int c) {
  const int line = nodes_per_line(kind), end = line - 1;
  return end * (c % 2) + line * (end * ((c / 2) % 2) + line * end * (c / 4));
}

/// Parents of every node, corners as nodes; -1 after the last.
std::vector<std::array<Index, most_parents>> find_parents(const LocalMesh& mesh,
                                                          const HostMirror<Connectivity>& nodes) {
  std::array<Index, most_parents> none;
  none.fill(-1);
  std::vector<std::array<Index, most_parents>> parents(mesh.n_nodes, none);
  for (int i = 0; i < nodes_per_element(mesh.kind); ++i) {
    const std::vector<int> corners = corners_of(mesh.kind, i);
    for (Index b = 0; b < mesh.n_batches; ++b)
      for (int lane = 0; lane < lanes; ++lane)
        for (std::size_t k = 0; k < corners.size(); ++k)
          parents[nodes(b, i, lane)][k] = nodes(b, node_of_corner(mesh.kind, corners[k]), lane);
  }
  return parents;
}

/// Numbers over all ranks: those of rank 0's own corners first, then rank 1's. Shared corners learn theirs by a sum.
void number_corners(CornerSpace& space) {
  const LocalMesh& part = space.distribution;
  GlobalIndex owned = space.n_owned, first = 0;
  MPI_Exscan(&owned, &first, 1, MPI_INT64_T, MPI_SUM, part.comm);
  int rank;
  MPI_Comm_rank(part.comm, &rank);
  if (rank == 0) first = 0;
  std::vector<double> number(space.n_corners, 0.0);  // exact up to 2^53
  for (Index c = 0; c < space.n_owned; ++c) number[c] = static_cast<double>(first + c);
  const View1<double> sums = to_device("corner_number", number);
  Halo(part).add(sums);
  number = to_host(sums);
  space.global = to_device("corner_global", std::vector<GlobalIndex>(number.begin(), number.end()));
}

}  // namespace

CornerSpace make_corner_space(const LocalMesh& mesh) {
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const auto parents = find_parents(mesh, nodes);
  const std::vector<GlobalIndex> global_node = to_host(mesh.global_node);

  CornerSpace space;
  std::vector<Index> corner_of(mesh.n_nodes, -1), node;
  std::vector<GlobalIndex> name;  // corners keep the numbers of their nodes for the halo
  for (Index n = 0; n < mesh.n_nodes; ++n) {
    if (parents[n][0] != n || parents[n][1] >= 0) continue;
    corner_of[n] = static_cast<Index>(node.size());
    node.push_back(n);
    name.push_back(global_node[n]);
    if (n < mesh.n_owned) ++space.n_owned;
  }
  space.n_corners = static_cast<Index>(node.size());
  space.node = to_device("corner_node", node);
  space.distribution.comm = mesh.comm;
  space.distribution.n_nodes = space.n_corners;
  space.distribution.n_owned = space.n_owned;
  space.distribution.n_global_nodes = mesh.n_global_nodes;
  space.distribution.global_node = to_device("corner_name", name);

  space.parents = View2<Index>("parents", mesh.n_nodes, most_parents);
  const auto parents_out = Kokkos::create_mirror_view(space.parents);
  std::vector<std::vector<std::pair<Index, float>>> children(space.n_corners);
  for (Index n = 0; n < mesh.n_nodes; ++n) {
    const auto count = std::count_if(parents[n].begin(), parents[n].end(), [](Index p) { return p >= 0; });
    for (int k = 0; k < most_parents; ++k) {
      const Index corner = k < count ? corner_of[parents[n][k]] : -1;
      parents_out(n, k) = corner;
      if (corner >= 0 && n < mesh.n_owned) children[corner].push_back({n, 1.0F / static_cast<float>(count)});
    }
  }
  Kokkos::deep_copy(space.parents, parents_out);
  std::vector<Index> first{0}, child;
  std::vector<float> weight;
  for (const auto& list : children) {
    for (const auto& [n, w] : list) {
      child.push_back(n);
      weight.push_back(w);
    }
    first.push_back(static_cast<Index>(child.size()));
  }
  space.first_child = to_device("first_child", first);
  space.child = to_device("child", child);
  space.child_weight = to_device("child_weight", weight);

  constexpr int corners = 8;
  space.corners = Connectivity("corners", mesh.n_batches, corners, lanes);
  const auto corners_out = Kokkos::create_mirror_view(space.corners);
  for (Index b = 0; b < mesh.n_batches; ++b)
    for (int c = 0; c < corners; ++c)
      for (int lane = 0; lane < lanes; ++lane)
        corners_out(b, c, lane) = corner_of[nodes(b, node_of_corner(mesh.kind, c), lane)];
  Kokkos::deep_copy(space.corners, corners_out);
  number_corners(space);
  return space;
}

void restrict_to_corners(const CornerSpace& space, const NodeVectorF& fine, const NodeVector& coarse) {
  const View1<Index> first = space.first_child, child = space.child;
  const View1<float> weight = space.child_weight;
  Kokkos::parallel_for(
      "tautband::restrict", Kokkos::RangePolicy<Execution>(0, space.n_corners), KOKKOS_LAMBDA(const Index c) {
        double sum[3] = {0.0, 0.0, 0.0};
        for (Index k = first(c); k < first(c + 1); ++k)
          for (int i = 0; i < 3; ++i) sum[i] += weight(k) * fine(child(k), i);
        for (int i = 0; i < 3; ++i) coarse(c, i) = sum[i];
      });
}

void add_from_corners(const CornerSpace& space, const NodeVector& coarse, const NodeVector& mask,
                      const NodeVectorF& fine) {
  const View2<Index> parents = space.parents;
  Kokkos::parallel_for(
      "tautband::prolong", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(parents.extent(0))),
      KOKKOS_LAMBDA(const Index n) {
        double sum[3] = {0.0, 0.0, 0.0};
        int count = 0;
        for (; count < most_parents && parents(n, count) >= 0; ++count)
          for (int i = 0; i < 3; ++i) sum[i] += coarse(parents(n, count), i);
        for (int i = 0; i < 3; ++i) fine(n, i) += static_cast<float>(mask(n, i) * sum[i] / count);
      });
}

}  // namespace tautband
