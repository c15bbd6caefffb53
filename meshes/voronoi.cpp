#include "meshes/voronoi.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace tautband::meshing {
namespace {

using Polygon = std::vector<Point2>;

/// The part of a convex polygon that is nearer to a than to b.
Polygon nearer(const Polygon& polygon, const Point2& a, const Point2& b) {
  const Point2 middle = 0.5 * (a + b), normal = b - a;
  Polygon result;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point2 p = polygon[i], q = polygon[(i + 1) % polygon.size()];
    const double dp = dot(p - middle, normal), dq = dot(q - middle, normal);
    if (dp <= 0.0) result.push_back(p);
    if ((dp < 0.0) != (dq < 0.0) && dp != 0.0 && dq != 0.0) result.push_back(p + (dp / (dp - dq)) * (q - p));
  }
  return result;
}

Polygon voronoi_cell(const std::vector<Point2>& seeds, std::size_t own, Polygon cell) {
  for (std::size_t other = 0; other < seeds.size(); ++other)
    if (other != own) cell = nearer(cell, seeds[own], seeds[other]);
  return cell;
}

Point2 centroid(const Polygon& polygon) {
  Point2 sum{0, 0};
  double area = 0.0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point2 p = polygon[i], q = polygon[(i + 1) % polygon.size()];
    area += cross(p, q);
    sum = sum + cross(p, q) * (p + q);
  }
  return (1.0 / (3.0 * area)) * sum;
}

/// Regular polygon with the area of the unit disc.
Polygon disc_polygon() {
  constexpr int sides = 240;
  const double turn = 2.0 * std::numbers::pi / sides, radius = std::sqrt(turn / std::sin(turn));
  Polygon polygon;
  for (int i = 0; i < sides; ++i) polygon.push_back({radius * std::cos(i * turn), radius * std::sin(i * turn)});
  return polygon;
}

/// Seeds in the unit disc, moved to the centroids of their cells (Lloyd 1982, IEEE Trans. Inf. Theory 28:129).
std::vector<Point2> relaxed_seeds(int count) {
  constexpr int iterations = 300;
  const double golden = std::numbers::pi * (3.0 - std::sqrt(5.0));
  std::vector<Point2> seeds;
  for (int i = 0; i < count; ++i) {
    const double r = std::sqrt((i + 0.5) / count);
    seeds.push_back({r * std::cos(i * golden), r * std::sin(i * golden)});
  }
  const Polygon disc = disc_polygon();
  for (int iteration = 0; iteration < iterations; ++iteration) {
    std::vector<Point2> moved;
    for (std::size_t i = 0; i < seeds.size(); ++i) moved.push_back(centroid(voronoi_cell(seeds, i, disc)));
    seeds = std::move(moved);
  }
  return seeds;
}

/// The part of the segment p q inside the unit circle.
std::optional<std::pair<Point2, Point2>> inside_circle(const Point2& p, const Point2& q) {
  const Point2 d = q - p;
  const double a = dot(d, d), b = dot(p, d), c = dot(p, p) - 1.0, root = b * b - a * c;
  if (a == 0.0 || root <= 0.0) return std::nullopt;
  const double from = std::max(0.0, (-b - std::sqrt(root)) / a), to = std::min(1.0, (-b + std::sqrt(root)) / a);
  if (from >= to) return std::nullopt;
  return std::pair{p + from * d, p + to * d};
}

/// Corners of the cells by number, with corners that nearly coincide joined.
class Corners {
 public:
  explicit Corners(double distance) : distance_(distance) {}

  int number(const Point2& p) {
    for (std::size_t i = 0; i < points_.size(); ++i)
      if (length(points_[i] - p) < distance_) return static_cast<int>(i);
    points_.push_back(on_circle(p) ? (1.0 / length(p)) * p : p);
    return static_cast<int>(points_.size()) - 1;
  }
  bool on_circle(const Point2& p) const { return std::abs(length(p) - 1.0) < 1e-9; }
  const Point2& operator[](int i) const { return points_[i]; }

 private:
  double distance_;
  std::vector<Point2> points_;
};

/// Corner numbers of a cell cut by the unit circle, each once.
std::vector<int> corner_numbers(const Polygon& cell, Corners& corners) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < cell.size(); ++i)
    if (const auto part = inside_circle(cell[i], cell[(i + 1) % cell.size()]))
      for (const Point2& p : {part->first, part->second})
        if (const int n = corners.number(p); numbers.empty() || numbers.back() != n) numbers.push_back(n);
  if (numbers.size() > 1 && numbers.front() == numbers.back()) numbers.pop_back();
  return numbers;
}

}  // namespace

std::vector<DiscCell> divide_disc(double radius, int count) {
  const std::vector<Point2> seeds = relaxed_seeds(count);
  const Polygon square{{-2, -2}, {2, -2}, {2, 2}, {-2, 2}};  // holds the disc, so that the circle cuts every outer cell
  Corners corners(1.0 / (7.0 * std::sqrt(count)));
  std::vector<DiscCell> cells;
  for (std::size_t own = 0; own < seeds.size(); ++own) {
    const std::vector<int> numbers = corner_numbers(voronoi_cell(seeds, own, square), corners);
    DiscCell cell;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const Point2 p = corners[numbers[i]], q = corners[numbers[(i + 1) % numbers.size()]];
      cell.corners.push_back(radius * p);
      cell.arc.push_back(corners.on_circle(p) && corners.on_circle(q));
    }
    cells.push_back(cell);
  }
  return cells;
}

}  // namespace tautband::meshing
