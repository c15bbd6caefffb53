// Random points and parameters for tests of laws.
#pragma once

#include "laws/active_strain.hpp"
#include "math/dual.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

namespace tautband::test {

using Random = std::mt19937_64;

inline double uniform(Random& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

/// SI value of one of the units the tables of laws use.
inline double si_factor(std::string_view unit) {
  if (unit == "1" || unit == "1/s") return 1.0;
  if (unit == "kPa" || unit == "kPa s") return 1e3;
  throw std::invalid_argument("unit of a law's table not known to the tests: " + std::string(unit));
}

template <class Law> std::vector<double> default_parameters() {
  std::vector<double> p;
  for (const ParameterInfo& info : Law::parameters) p.push_back(info.default_value * si_factor(info.unit));
  return p;
}

/// Defaults, each scaled by 0.8..1.25, or 0..1 where the default is 0, and kept in its range.
template <class Law> std::vector<double> random_parameters(Random& random) {
  std::vector<double> p;
  for (const ParameterInfo& info : Law::parameters) {
    const double scale = uniform(random, 0.8, 1.25);
    const double value = info.default_value == 0.0 ? uniform(random, 0.0, 1.0) : scale * info.default_value;
    p.push_back(std::clamp(value, info.lowest, info.highest) * si_factor(info.unit));
  }
  return p;
}

inline Vec3<double> random_direction(Random& random) {
  std::normal_distribution<double> normal;
  Vec3<double> a{{normal(random), normal(random), normal(random)}};
  const double length = std::sqrt(dot(a, a));
  for (double& each : a.v) each /= length;
  return a;
}

/// Rotation about a random axis by a random angle (Rodrigues).
inline Mat3<double> random_rotation(Random& random) {
  const Vec3<double> k = random_direction(random);
  const double angle = uniform(random, 0.0, 3.1), s = std::sin(angle), c = std::cos(angle);
  return {{c + k(0) * k(0) * (1 - c), k(0) * k(1) * (1 - c) - k(2) * s, k(0) * k(2) * (1 - c) + k(1) * s,
           k(1) * k(0) * (1 - c) + k(2) * s, c + k(1) * k(1) * (1 - c), k(1) * k(2) * (1 - c) - k(0) * s,
           k(2) * k(0) * (1 - c) - k(1) * s, k(2) * k(1) * (1 - c) + k(0) * s, c + k(2) * k(2) * (1 - c)}};
}

/// Rotated random stretches of 0.7..1.4 with a random fibre, activation, contracture and stretch rate of +-3 1/s.
inline LawPoint<double> random_point(Random& random) {
  Mat3<double> stretch{};
  for (int i = 0; i < 3; ++i) stretch(i, i) = uniform(random, 0.7, 1.4);
  LawPoint<double> in;
  in.F = random_rotation(random) * (stretch * random_rotation(random));
  in.J = determinant(in.F);
  in.a0 = random_direction(random);
  in.activation = uniform(random, 0.0, 1.0);
  in.contracture = uniform(random, 0.5, 1.1);
  const Vec3<double> a = in.F * in.a0;
  in.inverse_dt = uniform(random, 10.0, 1000.0);
  in.previous_stretch = std::sqrt(dot(a, a)) * in.contracture + uniform(random, -3.0, 3.0) / in.inverse_dt;
  return in;
}

/// The same point with value type V and deformation F.
template <class V> LawPoint<V> point_at(const LawPoint<double>& in, const Mat3<V>& F) {
  LawPoint<V> out;
  out.F = F;
  out.J = determinant(F);
  for (int i = 0; i < 3; ++i) out.a0(i) = V(in.a0(i));
  out.activation = V(in.activation);
  out.contracture = V(in.contracture);
  out.previous_stretch = V(in.previous_stretch);
  out.inverse_dt = V(in.inverse_dt);
  return out;
}

/// (1 + h) F with the nine components of h as dual variables.
inline Mat3<Dual<9>> perturbed(const Mat3<double>& F) {
  Mat3<Dual<9>> out;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      out(i, j) = Dual<9>(F(i, j));
      for (int k = 0; k < 3; ++k) out(i, j).d[3 * i + k] = F(k, j);
    }
  return out;
}

/// A point of diagonal F with fibre e_x at rest.
inline LawPoint<double> diagonal_point(double x, double y, double z, double activation = 0.0) {
  LawPoint<double> in{};
  in.F = {{x, 0, 0, 0, y, 0, 0, 0, z}};
  in.J = x * y * z;
  in.a0 = {{1, 0, 0}};
  in.activation = activation;
  in.contracture = 1.0;
  in.previous_stretch = x;
  in.inverse_dt = 0.0;
  return in;
}

/// testing::Types of a TypeList.
template <class List> struct AsTestTypes;
template <template <class...> class List, class... Types> struct AsTestTypes<List<Types...>> {
  using type = testing::Types<Types...>;
};

/// The laws of a list with a reduced tangent, those whose activation is a strain, and those with a fibre that adds a
/// stress.
template <template <class> class Keep, class Kept, class List> struct Filter;
template <template <class> class Keep, template <class...> class List, class... Kept>
struct Filter<Keep, List<Kept...>, List<>> {
  using type = List<Kept...>;
};
template <template <class> class Keep, template <class...> class List, class... Kept, class First, class... Rest>
struct Filter<Keep, List<Kept...>, List<First, Rest...>>
    : Filter<Keep, std::conditional_t<Keep<First>::value, List<Kept..., First>, List<Kept...>>, List<Rest...>> {};
template <class Law> using IsReduced = std::bool_constant<Law::reduced>;
template <class Law> using HasActiveStrain = std::bool_constant<ActiveStrainLaw<Law>>;
template <class Law> using HasAddedFibre = std::bool_constant<Law::fibre && !ActiveStrainLaw<Law>>;
template <class List> struct ReducedLaws;
template <template <class...> class List, class... Laws>
struct ReducedLaws<List<Laws...>> : Filter<IsReduced, List<>, List<Laws...>> {};
template <class List> struct ActiveStrainLaws;
template <template <class...> class List, class... Laws>
struct ActiveStrainLaws<List<Laws...>> : Filter<HasActiveStrain, List<>, List<Laws...>> {};
template <class List> struct AddedFibreLaws;
template <template <class...> class List, class... Laws>
struct AddedFibreLaws<List<Laws...>> : Filter<HasAddedFibre, List<>, List<Laws...>> {};

}  // namespace tautband::test
