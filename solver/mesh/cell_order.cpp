#include "mesh/cell_order.hpp"

#include "mesh/space_filling_curve.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace tautband {
namespace {

/// The smallest cube that holds the mesh, cut into 2^curve_levels cubes along each axis.
class Grid {
 public:
  explicit Grid(const Mesh& mesh) {
    std::array<double, 3> highest;
    lowest_.fill(std::numeric_limits<double>::max());
    highest.fill(std::numeric_limits<double>::lowest());
    for (std::size_t i = 0; i < mesh.points.size(); ++i) {
      lowest_[i % 3] = std::min(lowest_[i % 3], mesh.points[i]);
      highest[i % 3] = std::max(highest[i % 3], mesh.points[i]);
    }
    for (int a = 0; a < 3; ++a) width_ = std::max(width_, highest[a] - lowest_[a]);
  }

  std::uint64_t place(const std::array<double, 3>& position) const {
    constexpr double largest = (1u << curve_levels) - 1;
    std::array<std::uint32_t, 3> cube{};
    for (int a = 0; a < 3 && width_ > 0.0; ++a)
      cube[a] = static_cast<std::uint32_t>(std::clamp((position[a] - lowest_[a]) / width_, 0.0, 1.0) * largest);
    return place_on_curve(cube);
  }

 private:
  std::array<double, 3> lowest_;
  double width_ = 0.0;
};

std::array<double, 3> mean_of_nodes(const Mesh& mesh, GlobalIndex cell) {
  const int n = nodes_per_element(mesh.kind);
  std::array<double, 3> mean{};
  for (int i = 0; i < n; ++i)
    for (int a = 0; a < 3; ++a) mean[a] += mesh.points[3 * mesh.connectivity[n * cell + i] + a] / n;
  return mean;
}

bool touches_shared(const Mesh& mesh, const NodeRanks& nodes, GlobalIndex cell) {
  const int n = nodes_per_element(mesh.kind);
  const auto first = mesh.connectivity.begin() + n * cell;
  return std::any_of(first, first + n, [&](GlobalIndex node) { return nodes.shared(node); });
}

}  // namespace

NodeRanks::NodeRanks(const Mesh& mesh, const std::vector<int>& part)
    : lowest(mesh.n_nodes(), std::numeric_limits<int>::max()), highest(mesh.n_nodes(), -1) {
  const int n = nodes_per_element(mesh.kind);
  for (std::size_t i = 0; i < mesh.connectivity.size(); ++i) {
    const GlobalIndex node = mesh.connectivity[i];
    lowest[node] = std::min(lowest[node], part[i / n]);
    highest[node] = std::max(highest[node], part[i / n]);
  }
}

std::vector<RegionCells> order_cells(const Mesh& mesh, const std::vector<int>& part, int rank, const NodeRanks& nodes) {
  struct Entry {
    int region;
    bool interior;
    std::uint64_t place;
    GlobalIndex cell;
    bool operator<(const Entry& b) const {
      return std::tie(region, interior, place, cell) < std::tie(b.region, b.interior, b.place, b.cell);
    }
  };
  const Grid grid(mesh);
  std::vector<Entry> entries;
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell)
    if (part[cell] == rank)
      entries.push_back(
          {mesh.region[cell], !touches_shared(mesh, nodes, cell), grid.place(mean_of_nodes(mesh, cell)), cell});
  std::sort(entries.begin(), entries.end());

  std::vector<RegionCells> regions;
  for (const Entry& entry : entries) {
    if (regions.empty() || regions.back().region != entry.region) regions.push_back({entry.region, {}, 0});
    regions.back().cells.push_back(entry.cell);
    regions.back().n_boundary += !entry.interior;
  }
  return regions;
}

}  // namespace tautband
