// One element in plain loops: internal force, tangent matrix and mass from the law at each quadrature point. The slow
// twin of the kernels in sweep.hpp, law_ops.hpp, tangent_ops.hpp and mass_op.hpp.
//   force      R_ni  = int tau_ij dN_n/dx_j dV
//   tangent    K_nimk = int dN_n/dx_j (c_ijkl + delta_ik tau_jl) dN_m/dx_l dV + condensed pressure
//   condensation  theta = phi_a theta_a, M theta_a = int phi_a J dV;  p = phi_a p_a, M p_a = int phi_a U'(theta) dV;
//                 K += g^T M^-1 A M^-1 g, g_a,nk = int phi_a J dN_n/dx_k dV, A_ab = int phi_a phi_b U''(theta) dV
// Source: Holzapfel 2000, sections 8.4-8.6; Simo, Taylor & Pister 1985.
#pragma once

#include "laws/active.hpp"
#include "laws/volumetric.hpp"
#include "operators/reference/dense.hpp"
#include "operators/reference/shape.hpp"

#include <vector>

namespace tautband::reference {

struct Options {
  Active active = Active::none;
  Volumetric volumetric = Volumetric::quadratic;
  bool projected = true;
  double inverse_dt = 0.0;  ///< 1/s
};

template <class E, class Law> class Element {
 public:
  static constexpr int nodes = E::nodes, points = E::points, modes = E::pressure_modes, size = 3 * nodes;

  /// What an element is given.
  struct Input {
    Options options;
    double X[nodes][3], u[nodes][3];  ///< m
    Vec3<double> fibre;
    double activation[points], contracture[points], previous_stretch[points], active_stress[points];  ///< last in Pa
    double parameters[points][Law::n_parameters];
  };
  /// What follows at a quadrature point.
  struct Point {
    Mat3<double> F;
    double J, pressure;   ///< 1, Pa
    Sym3<double> tau;     ///< Kirchhoff stress with active addition and pressure, Pa
    Sym6<double> c;       ///< its tangent without the condensed pressure, Pa
    double dx[nodes][3];  ///< dN/dx, 1/m
  };

  explicit Element(const Input& in) : in_(in), shape_(shape_points<E>(in.X)) {
    for (int q = 0; q < points; ++q) deform(q);
    in.options.projected ? project_pressure() : set_pressure_at_points();
    for (int q = 0; q < points; ++q) add_pressure(q);
  }

  const Point& point(int q) const { return point_[q]; }
  /// Parameters of the law at point q.
  const double* parameters(int q) const { return in_.parameters[q]; }
  /// Quantities the law reads at point q.
  LawPoint<double> law_point(int q) const {
    LawPoint<double> l;
    const double along = in_.contracture[q], across = 1.0 / std::sqrt(along);
    Mat3<double> contracted;  // F_c
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        contracted(i, j) = (along - across) * in_.fibre(i) * in_.fibre(j) + (i == j ? across : 0.0);
    l.F = point_[q].F * inverse(contracted, determinant(contracted));
    l.J = point_[q].J;
    l.a0 = in_.fibre;
    l.activation = in_.activation[q];
    l.contracture = along;
    l.previous_stretch = in_.previous_stretch[q];
    l.inverse_dt = in_.options.inverse_dt;
    return l;
  }

  /// R at 3 n + i, N.
  std::vector<double> force() const {
    std::vector<double> R(size, 0.0);
    for (int q = 0; q < points; ++q)
      for (int n = 0; n < nodes; ++n)
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < 3; ++j) R[3 * n + i] += shape_[q].volume * point_[q].tau(i, j) * point_[q].dx[n][j];
    return R;
  }

  /// K at (3 n + i) size + 3 m + k, N/m.
  std::vector<double> tangent() const {
    std::vector<double> K(size * size, 0.0);
    for (int q = 0; q < points; ++q) add_material_and_stress(q, K);
    if (in_.options.projected) add_condensed_pressure(K);
    return K;
  }

  /// int N_n N_m dV at n nodes + m, m^3.
  std::vector<double> mass() const {
    std::vector<double> M(nodes * nodes, 0.0);
    for (int q = 0; q < points; ++q)
      for (int n = 0; n < nodes; ++n)
        for (int m = 0; m < nodes; ++m) M[n * nodes + m] += shape_[q].volume * shape_[q].N[n] * shape_[q].N[m];
    return M;
  }

 private:
  void deform(int q) {
    Point& p = point_[q];
    for (int i = 0; i < 3; ++i)
      for (int J = 0; J < 3; ++J) {
        p.F(i, J) = i == J ? 1.0 : 0.0;
        for (int n = 0; n < nodes; ++n) p.F(i, J) += in_.u[n][i] * shape_[q].dN[n][J];
      }
    p.J = determinant(p.F);
    const Mat3<double> inv = inverse(p.F, p.J);
    for (int n = 0; n < nodes; ++n)
      for (int j = 0; j < 3; ++j) {
        p.dx[n][j] = 0.0;
        for (int J = 0; J < 3; ++J) p.dx[n][j] += shape_[q].dN[n][J] * inv(J, j);
      }
    Law::tangent(in_.parameters[q], law_point(q), p.tau, p.c);
    p.tau = p.tau + active_stress(in_.options.active, in_.active_stress[q], p.F, in_.fibre);
  }

  /// x with M x = int phi_a f dV, M the mass of the pressure modes.
  template <class F> void project(const F& f, double (&x)[modes]) const {
    double M[modes][modes] = {};
    for (int a = 0; a < modes; ++a) {
      x[a] = 0.0;
      for (int q = 0; q < points; ++q) {
        const double v = shape_[q].volume * shape_[q].mode[a];
        x[a] += v * f(q);
        for (int b = 0; b < modes; ++b) M[a][b] += v * shape_[q].mode[b];
      }
    }
    solve(M, x);
  }
  double on_modes(int q, const double (&x)[modes]) const {
    double sum = 0.0;
    for (int a = 0; a < modes; ++a) sum += shape_[q].mode[a] * x[a];
    return sum;
  }

  void project_pressure() {
    double p[modes];
    project([&](int q) { return point_[q].J; }, dilatation_);
    project(
        [&](int q) {
          return volumetric_pressure(in_.options.volumetric, in_.parameters[q][Law::kappa], on_modes(q, dilatation_));
        },
        p);
    for (int q = 0; q < points; ++q) point_[q].pressure = on_modes(q, p);
  }

  void set_pressure_at_points() {
    for (int q = 0; q < points; ++q) {
      Point& p = point_[q];
      const double kappa = in_.parameters[q][Law::kappa];
      p.pressure = volumetric_pressure(in_.options.volumetric, kappa, p.J);
      const double bulk = volumetric_tangent(in_.options.volumetric, kappa, p.J) * p.J * p.J;
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) p.c(i, j) += bulk;
    }
  }

  /// tau += p J I, c += p J (I I - 2 II), II the symmetric fourth-order identity.
  void add_pressure(int q) {
    Point& p = point_[q];
    for (int i = 0; i < 3; ++i) {
      p.tau(i, i) += p.pressure * p.J;
      for (int j = i; j < 3; ++j) p.c(i, j) += p.pressure * p.J;
      p.c(i, i) -= 2.0 * p.pressure * p.J;
      p.c(3 + i, 3 + i) -= p.pressure * p.J;
    }
  }

  void add_material_and_stress(int q, std::vector<double>& K) const {
    const Point& p = point_[q];
    const double dV = shape_[q].volume;
    for (int m = 0; m < nodes; ++m)
      for (int k = 0; k < 3; ++k) {
        double flux[3][3];  // of the displacement N_m along k
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < 3; ++j) {
            flux[i][j] = 0.0;
            for (int l = 0; l < 3; ++l)
              flux[i][j] +=
                  (p.c(Sym3<double>::at(i, j), Sym3<double>::at(k, l)) + (i == k ? p.tau(j, l) : 0.0)) * p.dx[m][l];
          }
        for (int n = 0; n < nodes; ++n)
          for (int i = 0; i < 3; ++i)
            K[(3 * n + i) * size + 3 * m + k] +=
                dV * (flux[i][0] * p.dx[n][0] + flux[i][1] * p.dx[n][1] + flux[i][2] * p.dx[n][2]);
      }
  }

  void add_condensed_pressure(std::vector<double>& K) const {
    std::vector<std::array<double, modes>> g(size), pressure(size);  // pressure: p_a caused by a unit displacement
    for (int column = 0; column < size; ++column) {
      const int m = column / 3, k = column % 3;
      double theta[modes], p[modes];
      for (int a = 0; a < modes; ++a) {
        g[column][a] = 0.0;
        for (int q = 0; q < points; ++q)
          g[column][a] += shape_[q].volume * shape_[q].mode[a] * point_[q].J * point_[q].dx[m][k];
      }
      project([&](int q) { return point_[q].J * point_[q].dx[m][k]; }, theta);
      project(
          [&](int q) {
            return on_modes(q, theta) *
                   volumetric_tangent(in_.options.volumetric, in_.parameters[q][Law::kappa], on_modes(q, dilatation_));
          },
          p);
      for (int a = 0; a < modes; ++a) pressure[column][a] = p[a];
    }
    for (int row = 0; row < size; ++row)
      for (int column = 0; column < size; ++column)
        for (int a = 0; a < modes; ++a) K[row * size + column] += g[row][a] * pressure[column][a];
  }

  Input in_;
  std::array<ShapePoint<E>, points> shape_;
  Point point_[points];
  double dilatation_[modes];
};

}  // namespace tautband::reference
