// Tissue with a generalised active strain: activation enlarges the part of the fibres in the strain measure.
//   S = gamma/2 {e1 (L + w_a M) + (eta/2) M - e2 det C C^-1 L C^-1 + [J e2 - det C^-k] C^-1}
//   L = omega0/3 I + (1 - omega0) M,  M = a0 a0,  I = C : (L + w_a M),  J = det C tr(C^-1 L)
//   e1 = exp(alpha (I - 1)),  e2 = exp(beta (J - 1))
// w_a(lambda) and eta(lambda) are a law's own (weickenmeier2014.hpp, combo_active_strain.hpp); both are 0 at rest.
// det C^-k resists a change of volume, so such a law needs no bulk modulus; one may be added.
// While w_a depends on lambda, S is no derivative of an energy: a stretch of the fibre changes the stress across it by
// alpha e1 l w_a' X_across, and a stretch across it nothing in return. The tangent here is symmetric: it has half of it
// in both places, but leaves out what a force-velocity factor adds to w_a', which grows as 1/dt and would make it
// indefinite in short steps. Newton's method converges linearly in active tissue.
// Source: Weickenmeier et al. 2014, Int J Numer Methods Biomed Eng 30:545 (eta = 0).
#pragma once

#include "laws/fibre.hpp"
#include "laws/isochoric.hpp"

namespace tautband {

/// A law whose activation is such a strain says so with `static constexpr bool active_strain = true`.
template <class Law>
concept ActiveStrainLaw = requires {
  Law::active_strain;
};

/// No exponential grows beyond exp(largest_strain_exponent), so that a wild trial step stays a number.
inline constexpr double largest_strain_exponent = 300.0;

template <class V> KOKKOS_INLINE_FUNCTION V bounded_exp(V x) { return exp(min(x, V(largest_strain_exponent))); }

template <class V> struct ActiveStrainTissue {
  V alpha, beta, gamma, k, omega0;  ///< 1, 1, Pa, 1, 1
};

/// I_p: I of the passive incompressible bar of fibre stretch l, with its first two derivatives.
template <class V> struct BarInvariant { V value, slope, curvature; };

template <class V> KOKKOS_INLINE_FUNCTION BarInvariant<V> bar_invariant(V omega0, V l) {
  const V third = omega0 * V(1.0 / 3.0), along = third + V(1.0) - omega0, per = V(1.0) / l;
  return {along * l * l + V(2.0) * third * per, V(2.0) * (along * l - third * per * per),
          V(2.0) * (along + V(2.0) * third * per * per * per)};
}

/// w_a, eta and their slopes against the elastic fibre stretch; `rate_slope`: the part of level_slope that is due to
/// the rate of stretch.
template <class V> struct ActiveStrain { V level, level_slope, rate_slope, eta, eta_slope; };

/// Ehret's force-length factor f(l), 0 below `lowest`, 1 at `optimal`, with its slope and its integral from `lowest`.
/// Source: Ehret, Boel & Itskov 2011, J Mech Phys Solids 59:625.
template <class V> struct EhretForceLength { V value, slope, integral; };

template <class V> KOKKOS_INLINE_FUNCTION EhretForceLength<V> ehret_force_length(V l, V lowest, V optimal) {
  const V range = optimal - lowest, x = max(l - lowest, V(0.0)) / range;
  const V bell = exp(V(0.5) * (V(1.0) - x * x));
  return {x * bell, select(l > lowest, bell * (V(1.0) - x * x) / range, V(0.0)),
          range * (V(1.6487212707001282) - bell)};  // e^1/2 - bell
}

/// The tensors of S, pushed forward by F.
template <class V> struct ActiveStrainPoint {
  Sym3<V> fibre;     ///< A = F M F^T
  Sym3<V> measure;   ///< X = F (L + w_a M) F^T
  Sym3<V> cofactor;  ///< K = det C F^-T L F^-1
  V I, J;            ///< I as above; J = tr K
  V det_C;
};

template <class V>
KOKKOS_INLINE_FUNCTION ActiveStrainPoint<V> active_strain_point(const ActiveStrainTissue<V>& t, const LawPoint<V>& in,
                                                                V level) {
  ActiveStrainPoint<V> x;
  const V third = t.omega0 * V(1.0 / 3.0);
  x.fibre = dyad(in.F * in.a0);
  x.measure = third * left_cauchy_green(in.F) + (V(1.0) - t.omega0 + level) * x.fibre;
  x.I = trace(x.measure);
  // rows of the cofactor matrix det F F^-T, so that nothing is divided by det F
  Mat3<V> cofactor;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      const int i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
      cofactor(i, j) = in.F(i1, j1) * in.F(i2, j2) - in.F(i1, j2) * in.F(i2, j1);
    }
  x.cofactor = third * left_cauchy_green(cofactor) + (V(1.0) - t.omega0) * dyad(cofactor * in.a0);
  x.J = trace(x.cofactor);
  x.det_C = max(in.J * in.J, V(smallest_volume_ratio * smallest_volume_ratio));
  return x;
}

/// gamma/2 times e1, e2 and det C^-k, Pa.
template <class V> struct ActiveStrainScales { V strain, area, volume; };

template <class V>
KOKKOS_INLINE_FUNCTION ActiveStrainScales<V> active_strain_scales(const ActiveStrainTissue<V>& t,
                                                                  const ActiveStrainPoint<V>& x) {
  const V half = V(0.5) * t.gamma;
  return {half * bounded_exp(t.alpha * (x.I - V(1.0))), half * bounded_exp(t.beta * (x.J - V(1.0))),
          half * bounded_exp(-t.k * log(x.det_C))};
}

template <class V>
KOKKOS_INLINE_FUNCTION Sym3<V> assemble_active_strain(const ActiveStrainTissue<V>& t, const ActiveStrain<V>& active,
                                                      const ActiveStrainPoint<V>& x, const ActiveStrainScales<V>& s) {
  Sym3<V> tau = s.strain * x.measure + (V(0.25) * t.gamma * active.eta) * x.fibre + (-s.area) * x.cofactor;
  for (int i = 0; i < 3; ++i) tau.s[i] += x.J * s.area - s.volume;
  return tau;
}

/// Kirchhoff stress, Pa.
template <class V>
KOKKOS_INLINE_FUNCTION void active_strain_stress(const ActiveStrainTissue<V>& t, const ActiveStrain<V>& active,
                                                 const LawPoint<V>& in, Sym3<V>& tau) {
  const ActiveStrainPoint<V> x = active_strain_point(t, in, active.level);
  tau = assemble_active_strain(t, active, x, active_strain_scales(t, x));
}

/// Stress and symmetric tangent, Pa. l: elastic fibre stretch.
template <class V>
KOKKOS_INLINE_FUNCTION void active_strain_tangent(const ActiveStrainTissue<V>& t, const ActiveStrain<V>& active, V l,
                                                  const LawPoint<V>& in, Sym3<V>& tau, Sym6<V>& c) {
  const ActiveStrainPoint<V> x = active_strain_point(t, in, active.level);
  const ActiveStrainScales<V> s = active_strain_scales(t, x);
  tau = assemble_active_strain(t, active, x, s);
  set_zero(c);
  add_dyad(V(2.0) * t.alpha * s.strain, x.measure, c);
  const Vec3<V> n = fibre_state(in).direction;
  const V along = dot(n, x.measure * n) / (l * l);
  const Sym3<V> across = x.measure + (-along) * x.fibre;
  add_dyads(V(0.5) * t.alpha * s.strain * l * (active.level_slope - active.rate_slope), across, x.fibre, c);
  add_dyad(s.strain * active.level_slope * (t.alpha * l * along + V(1.0) / l), x.fibre, c);
  add_dyad(V(0.25) * t.gamma * active.eta_slope / l, x.fibre, c);
  // derivative of e2 (J C^-1 - det C C^-1 L C^-1) and of -det C^-k C^-1
  Sym3<V> volume = V(-1.0) * x.cofactor, unit{};
  for (int i = 0; i < 3; ++i) {
    volume.s[i] += x.J;
    unit.s[i] = V(1.0);
  }
  add_dyad(V(2.0) * t.beta * s.area, volume, c);
  add_dyad(V(2.0) * (s.area * x.J + t.k * s.volume), unit, c);
  add_dyads(V(-2.0) * s.area, unit, x.cofactor, c);
  add_sandwich(V(2.0) * s.area, unit, x.cofactor, c);
  const V diagonal = V(2.0) * (s.volume - s.area * x.J);
  for (int i = 0; i < 6; ++i) c(i, i) += V(i < 3 ? 1.0 : 0.5) * diagonal;
}

/// Tension along the fibre minus the mean across it, n.tau.n - (tr tau - n.tau.n) / 2, Pa.
template <class V> KOKKOS_INLINE_FUNCTION V excess_tension(const LawPoint<V>& in, const Sym3<V>& tau) {
  const Vec3<V> n = fibre_state(in).direction;
  return V(1.5) * dot(n, deviator(tau) * n);
}

}  // namespace tautband
