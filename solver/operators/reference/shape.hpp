// Shape functions of one element, written out: products of Lagrange polynomials, evaluated point by point. The slow
// twin of fem/element.hpp and fem/geometry.hpp, which share no line with it.
#pragma once

#include "math/tensor.hpp"

#include <array>
#include <cmath>
#include <vector>

namespace tautband::reference {

/// Value of the polynomial that is 1 at nodes[i] and 0 at the others.
inline double lagrange(const std::vector<double>& nodes, std::size_t i, double x) {
  double product = 1.0;
  for (std::size_t j = 0; j < nodes.size(); ++j)
    if (j != i) product *= (x - nodes[j]) / (nodes[i] - nodes[j]);
  return product;
}

/// Its slope.
inline double lagrange_slope(const std::vector<double>& nodes, std::size_t i, double x) {
  double sum = 0.0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    if (k == i) continue;
    double product = 1.0 / (nodes[i] - nodes[k]);
    for (std::size_t j = 0; j < nodes.size(); ++j)
      if (j != i && j != k) product *= (x - nodes[j]) / (nodes[i] - nodes[j]);
    sum += product;
  }
  return sum;
}

/// Nodes and Gauss points on [-1, 1] of an element with n of each per direction.
struct LineRule {
  std::vector<double> nodes, points, weights;
};
inline LineRule line_rule(int n) {
  if (n == 2) return {{-1.0, 1.0}, {-1.0 / std::sqrt(3.0), 1.0 / std::sqrt(3.0)}, {1.0, 1.0}};
  return {{-1.0, 0.0, 1.0}, {-std::sqrt(0.6), 0.0, std::sqrt(0.6)}, {5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0}};
}

/// What the discretisation knows about one quadrature point.
template <class E> struct ShapePoint {
  double N[E::nodes];              ///< shape functions
  double dN[E::nodes][3];          ///< dN/dX, 1/m
  double mode[E::pressure_modes];  ///< 1, xi, eta, zeta
  double volume;                   ///< quadrature weight x det(dX/dxi), m^3
};

/// All quadrature points of the element with nodes at X (m), both numbered x fastest.
template <class E> std::array<ShapePoint<E>, E::points> shape_points(const double (&X)[E::nodes][3]) {
  const int n = E::line;
  const LineRule rule = line_rule(n);
  std::array<ShapePoint<E>, E::points> points;
  for (int q = 0; q < E::points; ++q) {
    ShapePoint<E>& p = points[q];
    const int at[3] = {q % n, q / n % n, q / (n * n)};
    double slope[E::nodes][3];
    for (int i = 0; i < E::nodes; ++i) {
      const int node[3] = {i % n, i / n % n, i / (n * n)};
      double value[3], derivative[3];
      for (int a = 0; a < 3; ++a) {
        value[a] = lagrange(rule.nodes, node[a], rule.points[at[a]]);
        derivative[a] = lagrange_slope(rule.nodes, node[a], rule.points[at[a]]);
      }
      p.N[i] = value[0] * value[1] * value[2];
      slope[i][0] = derivative[0] * value[1] * value[2];
      slope[i][1] = value[0] * derivative[1] * value[2];
      slope[i][2] = value[0] * value[1] * derivative[2];
    }
    Mat3<double> A{};  // dX_J/dxi_a
    for (int i = 0; i < E::nodes; ++i)
      for (int J = 0; J < 3; ++J)
        for (int a = 0; a < 3; ++a) A(J, a) += X[i][J] * slope[i][a];
    const double det = determinant(A);
    const Mat3<double> B = inverse(A, det);  // dxi_a/dX_J
    for (int i = 0; i < E::nodes; ++i)
      for (int J = 0; J < 3; ++J) p.dN[i][J] = slope[i][0] * B(0, J) + slope[i][1] * B(1, J) + slope[i][2] * B(2, J);
    p.volume = rule.weights[at[0]] * rule.weights[at[1]] * rule.weights[at[2]] * det;
    for (int m = 0; m < E::pressure_modes; ++m) p.mode[m] = m == 0 ? 1.0 : rule.points[at[m - 1]];
  }
  return points;
}

}  // namespace tautband::reference
