#include "meshes/disc.hpp"

#include "meshes/spacing.hpp"

#include <numbers>

namespace tautband::meshing {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double opening = pi / 12.0;  // half the opening angle of a rounded side: corners of 90 + 2 * 15 degrees
constexpr double square_corner = 0.6;  // distance of a corner of the inner square from the centre over the radius

/// Turns a point by a multiple of 90 degrees; exact, so that symmetry planes stay exact.
Point2 turned(const Point2& p, int quarters) {
  switch (quarters % 4) {
    case 1:
      return {-p[1], p[0]};
    case 2:
      return {-p[0], -p[1]};
    case 3:
      return {p[1], -p[0]};
    default:
      return p;
  }
}

/// The side of the rounded square that faces +x turned by `quarters`, counter-clockwise over [0, 1].
Curve square_side(double half_side, int quarters) {
  const double rounding = half_side / std::sin(opening);
  return [=](double t) {
    const double angle = (2.0 * t - 1.0) * opening;
    return turned({half_side + rounding * (std::cos(angle) - std::cos(opening)), rounding * std::sin(angle)}, quarters);
  };
}

Curve circle_side(double radius, int quarters) {
  const Curve first = arc(radius, -pi / 4.0, pi / 4.0);
  return [=](double t) { return turned(first(t), quarters); };
}

Curve reversed(const Curve& curve) {
  return [=](double t) { return curve(1.0 - t); };
}

/// Cells along a side of the square (even) and breakpoints through the rings (0..1).
struct Layout {
  double half_side;
  int along;
  std::vector<double> rings;
};

Layout layout_of(const DiscOptions& o) {
  const bool core = o.core_edge > 0.0;
  const double corner = core ? o.core_radius : square_corner * o.radius;
  Layout layout;
  layout.half_side = corner / std::numbers::sqrt2;
  const double inner = 2.0 * layout.half_side * opening / std::sin(opening), outer = 0.5 * pi * o.radius;
  const double along = core ? std::ceil(inner / o.core_edge - 1e-9) : 0.5 * (inner + outer) / o.edge;
  layout.along = 2 * cell_count(core ? std::ceil(0.5 * along) : 0.5 * along, 1);

  // Rings are counted at the mean of their widths at the corners and at the middles of the sides.
  const double middle = square_side(layout.half_side, 0)(0.5)[0];
  const double width = o.radius - 0.5 * (corner + middle);
  const double first = core ? o.core_edge : o.edge;
  layout.rings = spaced(0.0, width, [=](double r) { return first + (o.edge - first) * r / width; });
  for (double& r : layout.rings) r /= width;
  return layout;
}

}  // namespace

CrossSection make_disc(const DiscOptions& options, int line) {
  const Layout layout = layout_of(options);
  const std::vector<double> whole = uniform(0.0, 1.0, layout.along);
  const std::vector<double> low(whole.begin(), whole.begin() + layout.along / 2 + 1);
  const std::vector<double> high(whole.begin() + layout.along / 2, whole.end());
  const double half = layout.half_side;

  CrossSection section(line, options.radius);
  const PlaneMap square =
      coons(square_side(half, 3), reversed(square_side(half, 1)), reversed(square_side(half, 2)), square_side(half, 0));
  const std::vector<double>& inside = options.quarter ? high : whole;
  section.add_patch(inside, inside, square, 0);
  for (int quarters = 0; quarters < (options.quarter ? 2 : 4); ++quarters) {
    const Curve inner = square_side(half, quarters), outer = circle_side(options.radius, quarters);
    // u runs outwards and v counter-clockwise, so that the cells have positive orientation.
    const PlaneMap ring = [=](double u, double v) { return (1.0 - u) * inner(v) + u * outer(v); };
    section.add_patch(layout.rings, !options.quarter ? whole : (quarters == 0 ? high : low), ring, 0);
  }
  return section;
}

}  // namespace tautband::meshing
