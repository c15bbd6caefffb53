#include "meshes/fascicles.hpp"

#include "base/error.hpp"
#include "meshes/spacing.hpp"
#include "meshes/voronoi.hpp"

#include <fmt/format.h>
#include <cmath>
#include <numbers>

namespace tautband::meshing {
namespace {

/// A side of an outline: a straight piece, or an arc round the origin.
struct OutlineSide {
  Curve first_half, second_half;
  Point2 middle;
  double half_length;
};

OutlineSide make_side(const Point2& from, const Point2& to, bool is_arc) {
  if (!is_arc) {
    const Point2 middle = 0.5 * (from + to);
    return {straight(from, middle), straight(middle, to), middle, 0.5 * length(to - from)};
  }
  const double radius = length(from), start = std::atan2(from[1], from[0]);
  const double half = 0.5 * std::atan2(cross(from, to), dot(from, to));
  const Curve first = arc(radius, start, start + half);
  return {first, arc(radius, start + half, start + 2.0 * half), first(1.0), radius * half};
}

std::vector<OutlineSide> outline(const DiscCell& cell) {
  std::vector<OutlineSide> sides;
  for (std::size_t i = 0; i < cell.corners.size(); ++i)
    sides.push_back(make_side(cell.corners[i], cell.corners[(i + 1) % cell.corners.size()], cell.arc[i]));
  return sides;
}

/// A side moved inwards: the points x with dot(normal, x) = offset, or those at `radius` from the origin.
struct MovedSide {
  bool is_arc;
  Point2 normal;
  double offset, radius;
};

MovedSide moved_side(const Point2& from, const Point2& to, bool is_arc, double distance) {
  const Point2 along = (1.0 / length(to - from)) * (to - from), inwards{-along[1], along[0]};
  return {is_arc, inwards, dot(inwards, from) + distance, length(from) - distance};
}

Point2 meeting_point(const MovedSide& a, const MovedSide& b) {
  if (!a.is_arc && !b.is_arc) {
    const double d = cross(a.normal, b.normal);
    return {(a.offset * b.normal[1] - b.offset * a.normal[1]) / d,
            (a.normal[0] * b.offset - b.normal[0] * a.offset) / d};
  }
  // A line and the circle: the point of the line nearest to the origin, then along the line to the circle. Seen along
  // the outline a line reaches the circle at its end and leaves it at its start.
  const MovedSide& line = a.is_arc ? b : a;
  const double radius = a.is_arc ? a.radius : b.radius, reach = std::sqrt(radius * radius - line.offset * line.offset);
  const Point2 along{line.normal[1], -line.normal[0]};
  return line.offset * line.normal + (a.is_arc ? -reach : reach) * along;
}

/// The outline moved inwards by `distance`.
DiscCell shrunk(const DiscCell& cell, double distance) {
  const std::size_t n = cell.corners.size();
  std::vector<MovedSide> sides;
  for (std::size_t i = 0; i < n; ++i)
    sides.push_back(moved_side(cell.corners[i], cell.corners[(i + 1) % n], cell.arc[i], distance));
  DiscCell result = cell;
  for (std::size_t i = 0; i < n; ++i) result.corners[i] = meeting_point(sides[(i + n - 1) % n], sides[i]);
  return result;
}

/// Every side must keep its direction and some of its length, or cells of the fascicle would be turned inside out.
void require_room(const DiscCell& cell, const DiscCell& inner, const FascicleOptions& options) {
  constexpr double least_rest = 0.25;
  const std::size_t n = cell.corners.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Point2 before = cell.corners[(i + 1) % n] - cell.corners[i],
                 after = inner.corners[(i + 1) % n] - inner.corners[i];
    if (!(dot(before, after) > least_rest * dot(before, before)))  // also when there is no meeting point: NaN
      throw CaseError(
          fmt::format("a perimysium of {:.3g} mm leaves too little of {} fascicles in a bundle of {:.3g} mm",
                      1e3 * options.perimysium, options.count, 2e3 * options.radius));
  }
}

void add_fascicle(CrossSection& section, const DiscCell& cell, const DiscCell& inner,
                  const std::vector<double>& breaks) {
  const std::vector<OutlineSide> outside = outline(cell), inside = outline(inner);
  const std::size_t n = inside.size();
  Point2 centre{0, 0};
  for (std::size_t i = 0; i < n; ++i) centre = centre + (0.5 / n) * (inside[i].middle + inner.corners[i]);
  const std::vector<double> across{0.0, 1.0};
  for (std::size_t i = 0; i < n; ++i) {
    const OutlineSide& before = inside[(i + n - 1) % n];
    const Curve& after = inside[i].first_half;
    section.add_patch(breaks, breaks,
                      coons(
                          straight(centre, before.middle), [=](double t) { return after(1.0 - t); },
                          straight(centre, inside[i].middle), before.second_half),
                      0);
    for (const auto& half : {&OutlineSide::first_half, &OutlineSide::second_half}) {
      const Curve from = inside[i].*half, to = outside[i].*half;
      section.add_patch(
          across, breaks, [=](double u, double v) { return (1.0 - u) * from(v) + u * to(v); }, 1);
    }
  }
}

}  // namespace

CrossSection make_fascicles(const FascicleOptions& options, int line) {
  if (options.count < 3)
    throw CaseError(fmt::format("{} fascicles; at least 3 are needed to divide a disc", options.count));
  const std::vector<DiscCell> cells = divide_disc(options.radius, options.count);

  // Sides of neighbours and opposite sides of patches have the same cells, so one number serves the whole section.
  double total = 0.0;
  std::size_t sides = 0;
  for (const DiscCell& cell : cells)
    for (const OutlineSide& side : outline(cell)) {
      total += side.half_length;
      ++sides;
    }
  const std::vector<double> breaks = uniform(0.0, 1.0, cell_count(total / (sides * options.edge), 1));

  CrossSection section(line, options.radius);
  for (const DiscCell& cell : cells) {
    const DiscCell inner = shrunk(cell, 0.5 * options.perimysium);
    require_room(cell, inner, options);
    add_fascicle(section, cell, inner, breaks);
  }
  return section;
}

}  // namespace tautband::meshing
