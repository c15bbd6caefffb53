#include "meshes/cross_section.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband::meshing {
namespace {

/// Breakpoints with the means between them when line = 3.
std::vector<double> with_mid_nodes(const std::vector<double>& points, int line) {
  if (line == 2) return points;
  std::vector<double> all{points.front()};
  for (std::size_t i = 1; i < points.size(); ++i) {
    all.push_back(0.5 * (points[i - 1] + points[i]));
    all.push_back(points[i]);
  }
  return all;
}

}  // namespace

std::int64_t CrossSection::find_or_add(const Point2& point) {
  const auto bin_x = static_cast<std::int64_t>(std::floor(point[0] / tolerance_));
  const auto bin_y = static_cast<std::int64_t>(std::floor(point[1] / tolerance_));
  for (std::int64_t i = bin_x - 1; i <= bin_x + 1; ++i)
    for (std::int64_t j = bin_y - 1; j <= bin_y + 1; ++j)
      if (const auto found = bins_.find({i, j});
          found != bins_.end() && length(nodes[found->second] - point) < tolerance_)
        return found->second;
  const auto number = static_cast<std::int64_t>(nodes.size());
  bins_[{bin_x, bin_y}] = number;
  nodes.push_back(point);
  return number;
}

void CrossSection::add_patch(const std::vector<double>& u, const std::vector<double>& v, const PlaneMap& map,
                             int patch_region) {
  const std::vector<double> all_u = with_mid_nodes(u, line), all_v = with_mid_nodes(v, line);
  constexpr std::size_t most_nodes = 20'000'000;  // about 2 GB here; 108 such planes exceed 32-bit node numbers
  if (nodes.size() + all_u.size() * all_v.size() > most_nodes)
    throw CaseError(
        fmt::format("the cross-section would have over {} nodes: the edge length is too small", most_nodes));
  std::vector<std::int64_t> grid;
  for (double y : all_v)
    for (double x : all_u) grid.push_back(find_or_add(map(x, y)));
  const std::size_t stride = all_u.size(), step = line - 1;
  for (std::size_t j = 0; j + 1 < all_v.size(); j += step)
    for (std::size_t i = 0; i + 1 < stride; i += step) {
      for (int b = 0; b < line; ++b)
        for (int a = 0; a < line; ++a) quads.push_back(grid[(j + b) * stride + i + a]);
      region.push_back(patch_region);
    }
}

std::vector<std::int64_t> CrossSection::side_nodes(const Side& side) const {
  std::vector<std::int64_t> result;
  for (int k = 0; k < line; ++k) {
    const int fixed = side.side % 2 == 0 ? 0 : line - 1;
    result.push_back(node(side.quad, side.side < 2 ? fixed + line * k : k + line * fixed));
  }
  return result;
}

Point2 CrossSection::centre(std::int64_t q) const {
  if (line == 3) return nodes[node(q, 4)];
  return 0.25 * (nodes[node(q, 0)] + nodes[node(q, 1)] + nodes[node(q, 2)] + nodes[node(q, 3)]);
}

std::map<std::string, std::vector<Side>> CrossSection::boundary() const {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Side>> by_ends;
  for (std::int64_t q = 0; q < n_quads(); ++q)
    for (int s = 0; s < 4; ++s) {
      const std::vector<std::int64_t> ends = side_nodes({q, s});
      by_ends[std::minmax(ends.front(), ends.back())].push_back({q, s});
    }

  std::map<std::string, std::vector<Side>> result;
  for (const auto& [nodes_of_side, sides] : by_ends) {
    if (sides.size() > 1) continue;
    const auto& ends = nodes_of_side;  // clang 14 lets no lambda capture a structured binding
    const auto both = [&](auto&& distance) {
      return std::abs(distance(nodes[ends.first])) < tolerance_ && std::abs(distance(nodes[ends.second])) < tolerance_;
    };
    if (both([this](const Point2& p) { return length(p) - radius; }))
      result["side"].push_back(sides[0]);
    else if (both([](const Point2& p) { return p[0]; }))
      result["x0"].push_back(sides[0]);
    else if (both([](const Point2& p) { return p[1]; }))
      result["y0"].push_back(sides[0]);
  }
  return result;
}

}  // namespace tautband::meshing
