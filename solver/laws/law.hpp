// What a law is: a pure function of a point. Each law is a struct with
//   name, parameters (table), fibre (has a fibre part), reduced (has the transversely isotropic tangent form),
//   stress(p, in, tau), tangent(p, in, tau, c) and, where reduced, reduced_tangent(p, in, r).
// A law sees the elastic deformation F_e = F F_c^-1 (contracture already removed), no mesh and no pressure:
// the volumetric part U(J) is kept apart (laws/volumetric.hpp) because the element projects it.
#pragma once

#include "math/tensor.hpp"

#include <string_view>

namespace tautband {

/// One row of a law's parameter table: what parses, checks and explains it.
struct ParameterInfo {
  std::string_view name;
  std::string_view unit;   ///< udunits string of the printed default and range, e.g. "kPa"
  double default_value;    ///< in that unit
  double lowest, highest;  ///< allowed range in that unit, inclusive
  std::string_view meaning;
  std::string_view source;  ///< paper with equation or table, or "calibrated"
  bool required = false;    ///< a case has to give it
};

/// Input of a law at one point. V is double, Pack<N> or Dual<N>.
template <class V> struct LawPoint {
  Mat3<V> F;           ///< elastic deformation gradient F_e = F F_c^-1, det F_e = J
  V J;                 ///< determinant of F
  Vec3<V> a0;          ///< unit fibre direction in the reference configuration
  V activation;        ///< 0..1
  V contracture;       ///< contracture stretch lambda_c, 1 = none; total fibre stretch = |F_e a0| lambda_c
  V previous_stretch;  ///< total fibre stretch at the start of the step
  V inverse_dt;        ///< 1/s over which the rate of fibre stretch is taken; 0 = no rates
};

/// Transversely isotropic tangent: tau = mu dev(b_bar) + s n n (+ pressure), see operators/tangent_ops.hpp.
template <class V> struct ReducedTangent {
  Sym3<V> tau;     ///< Kirchhoff stress without the volumetric part, Pa
  V shear;         ///< (2/3) mu tr(b_bar), Pa
  V fibre_stress;  ///< s: fibre part of tau is s n n, Pa
  V fibre_slope;   ///< lambda ds/dlambda - 2 s, Pa
};

}  // namespace tautband
