// Points of a plane and curves in it.
#pragma once

#include <array>
#include <cmath>
#include <functional>

namespace tautband::meshing {

/// x, y in m.
using Point2 = std::array<double, 2>;

inline Point2 operator+(const Point2& a, const Point2& b) { return {a[0] + b[0], a[1] + b[1]}; }
inline Point2 operator-(const Point2& a, const Point2& b) { return {a[0] - b[0], a[1] - b[1]}; }
inline Point2 operator*(double s, const Point2& a) { return {s * a[0], s * a[1]}; }
inline double dot(const Point2& a, const Point2& b) { return a[0] * b[0] + a[1] * b[1]; }
inline double cross(const Point2& a, const Point2& b) { return a[0] * b[1] - a[1] * b[0]; }
inline double length(const Point2& a) { return std::hypot(a[0], a[1]); }

/// A curve over [0, 1].
using Curve = std::function<Point2(double)>;
/// A map of the unit square.
using PlaneMap = std::function<Point2(double, double)>;

inline Curve straight(const Point2& from, const Point2& to) {
  return [=](double t) { return from + t * (to - from); };
}

/// Arc of a circle round the origin, from angle to angle.
inline Curve arc(double radius, double from, double to) {
  return [=](double t) {
    const double angle = from + t * (to - from);
    return Point2{radius * std::cos(angle), radius * std::sin(angle)};
  };
}

/// Transfinite (Coons) map of the unit square between four curves: `south` v = 0, `north` v = 1, `west` u = 0,
/// `east` u = 1, which meet at the corners.
inline PlaneMap coons(Curve south, Curve north, Curve west, Curve east) {
  return [=](double u, double v) {
    const Point2 bilinear = (1 - v) * ((1 - u) * south(0) + u * south(1)) + v * ((1 - u) * north(0) + u * north(1));
    return (1 - v) * south(u) + v * north(u) + (1 - u) * west(v) + u * east(v) - bilinear;
  };
}

}  // namespace tautband::meshing
