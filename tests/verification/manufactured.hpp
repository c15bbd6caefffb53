// Manufactured solutions of finite-strain mechanics: a displacement u(X) is chosen, the body force that it needs
// follows from the law by dual numbers, b = -Div P, P = (tau + J U'(J) I) F^-T, and the solver has to find u again.
#pragma once

#include "laws/tautband.hpp"
#include "laws/volumetric.hpp"
#include "math/dual.hpp"
#include "verification/block_problem.hpp"

#include <cmath>

namespace tautband {

inline Dual<3> sin(const Dual<3>& x) { return x.chain(std::sin(x.value), std::cos(x.value)); }
inline Dual<3> cos(const Dual<3>& x) { return x.chain(std::cos(x.value), -std::sin(x.value)); }

}  // namespace tautband

namespace tautband::verification {

/// u and F = I + du/dX at X (m); V is double or Dual<3>.
enum class Motion {
  wavy,    ///< stretches, shears and changes volume by a few per cent
  sheared  ///< det F = 1: x = X + f(Y, Z), y = Y + g(Z)
};

inline constexpr double block_length = 0.01;  // m
inline constexpr double motion_size = 0.06;   // strain

template <class V> void motion(Motion kind, const Vec3<V>& X, Vec3<V>& u, Mat3<V>& F) {
  using std::cos, std::sin;
  const double k = 2.5 / block_length, size = motion_size / k;
  for (int i = 0; i < 3; ++i) {
    u(i) = V(0.0);
    for (int j = 0; j < 3; ++j) F(i, j) = V(i == j ? 1.0 : 0.0);
  }
  if (kind == Motion::wavy) {
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        const V phase = V(k) * X(j) + V(0.7 * i + 0.3 * j);
        u(i) += V(size) * sin(phase);
        F(i, j) += V(size * k) * cos(phase);
      }
    return;
  }
  const V a = V(k) * X(1) + V(0.4), b = V(k) * X(2) + V(0.9);
  u(0) = V(3.0 * size) * sin(a) * cos(b);
  F(0, 1) = V(3.0 * size * k) * cos(a) * cos(b);
  F(0, 2) = V(-3.0 * size * k) * sin(a) * sin(b);
  u(1) = V(3.0 * size) * sin(b);
  F(1, 2) = V(3.0 * size * k) * cos(b);
}

/// The law of the tests: the muscle's, active, without rates.
struct Material {
  std::array<double, Tautband::n_parameters> parameters;  ///< SI
  Vec3<double> fibre;
  double activation;
};

/// First Piola-Kirchhoff stress, Pa.
template <class V> Mat3<V> nominal_stress(const Material& material, const Mat3<V>& F) {
  V parameters[Tautband::n_parameters];
  for (int i = 0; i < Tautband::n_parameters; ++i) parameters[i] = V(material.parameters[i]);
  LawPoint<V> in;
  in.F = F;
  in.J = determinant(F);
  for (int i = 0; i < 3; ++i) in.a0(i) = V(material.fibre(i));
  in.activation = V(material.activation);
  in.contracture = V(1.0);
  in.previous_stretch = V(1.0);
  in.inverse_dt = V(0.0);
  Sym3<V> tau;
  Tautband::stress(parameters, in, tau);
  const V pressure = in.J * volumetric_pressure(Volumetric::quadratic, parameters[Tautband::kappa], in.J);
  for (int i = 0; i < 3; ++i) tau(i, i) += pressure;
  const Mat3<V> back = inverse(F, in.J);
  Mat3<V> P;
  for (int i = 0; i < 3; ++i)
    for (int J = 0; J < 3; ++J) {
      P(i, J) = V(0.0);
      for (int k = 0; k < 3; ++k) P(i, J) += tau(i, k) * back(J, k);
    }
  return P;
}

/// -Div P at X, N/m^3.
inline std::array<double, 3> body_force(const Material& material, Motion kind, const std::array<double, 3>& X) {
  using D = Dual<3>;
  Vec3<D> x, u;
  Mat3<D> F;
  for (int i = 0; i < 3; ++i) x(i) = D::variable(X[i], i);
  motion(kind, x, u, F);
  const Mat3<D> P = nominal_stress(material, F);
  std::array<double, 3> force{};
  for (int i = 0; i < 3; ++i)
    for (int J = 0; J < 3; ++J) force[i] -= P(i, J).d[J];
  return force;
}

}  // namespace tautband::verification
