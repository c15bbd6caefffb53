// Point operations that evaluate a law: residual, linearisation, and what is reported about a point.
#pragma once

#include "laws/active.hpp"
#include "laws/volumetric.hpp"
#include "operators/tangent_ops.hpp"

namespace tautband {

/// Parameters of a law at a point: constants of the region, some of them replaced by a field.
template <class Law> struct ParameterSource {
  static constexpr int n = Law::n_parameters;
  double constant[n];
  bool mapped[n];
  PointField field[n];  ///< where mapped; factor in `constant`

  template <class V> KOKKOS_INLINE_FUNCTION void at(const Place& place, V* p) const {
    for (int i = 0; i < n; ++i) p[i] = at<V>(place, i);
  }
  template <class V> KOKKOS_INLINE_FUNCTION V at(const Place& place, int i) const {
    const V p(constant[i]);
    return mapped[i] ? p * load<V>(field[i], place) : p;
  }
};

/// Everything a law reads besides the displacement.
struct LawInputs {
  Geometry geometry;
  PointField activation, contracture, previous_stretch, active_stress;  ///< active_stress in Pa, may be empty
  Active active = Active::none;
  Volumetric volumetric = Volumetric::quadratic;
  bool projected = true;  ///< pressure from the element's projection (mixed); otherwise at the point
  PointField
      tangent_pressure;  ///< Pa, projected: what the tangent takes for the pressure; empty: that of the displacement
  PointField found_pressure;  ///< Pa, projected: written by the linearisation, that of the displacement; may be empty
  double inverse_dt = 0.0;    ///< 1/s
};

/// First place where det F <= 0, or -1: batch * lanes + lane.
using InversionFlag = Kokkos::View<Index, Memory>;

namespace detail {
template <class V> KOKKOS_INLINE_FUNCTION void flag_inversion(const InversionFlag& flag, const Place& at, const V& J) {
  if constexpr (std::is_same_v<V, double>) {
    if (!(J > 0.0)) Kokkos::atomic_fetch_max(&flag(), at.batch * lanes + at.lane);
  } else {
    if (!all(J > V(0.0))) {
      for (int l = 0; l < lanes; ++l)
        if (!(J[l] > 0.0)) flag() = at.batch * lanes + l;
    }
  }
}
}  // namespace detail

template <class E, class Law> struct LawOp {
  static constexpr bool with_values = false;
  static constexpr Projection projection = Projection::twice;
  LawInputs in;
  ParameterSource<Law> parameters;
  InversionFlag inversion;

  template <class V> struct Point {
    LawPoint<V> law;
    Mat3<V> G;  ///< dxi/dx, 1/m
    Mat3<V> F;  ///< total deformation gradient
    Vec3<V> f;  ///< F a0
    V w;        ///< quadrature volume, m^3
    V p[Law::n_parameters];
  };

  /// T: gradient with respect to xi in, F out. Returns w det F.
  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place& at, V* T) const {
    Mat3<V> A;
    for (int k = 0; k < 9; ++k) A.m[k] = load<V>(in.geometry.jacobian, at, k);
    Mat3<V> F = spatial_gradient(T, A);
    for (int i = 0; i < 3; ++i) F(i, i) += V(1.0);
    for (int k = 0; k < 9; ++k) T[k] = F.m[k];
    const V J = determinant(F);
    detail::flag_inversion(inversion, at, J);
    return load<V>(in.geometry.jacobian, at, 9) * J;
  }

  template <class V> KOKKOS_INLINE_FUNCTION V project(const Place& at, const V& theta) const {
    const V kappa = parameters.template at<V>(at, Law::kappa);
    return load<V>(in.geometry.jacobian, at, 9) * volumetric_pressure(in.volumetric, kappa, theta);
  }

#if !defined(__CUDACC__) && !defined(__HIPCC__)
  /// Asks for the geometry of a place and for what the law reads there to be brought near; see TangentOp.
  void prefetch(const Place& at) const {
    const double* p = address<E::points, 10>(in.geometry.jacobian.data(), at);
#pragma GCC unroll 10
    for (int c = 0; c < 10; ++c) __builtin_prefetch(p + c * lanes, 0, 2);
    for (const PointField* field : {&in.activation, &in.contracture, &in.previous_stretch})
      __builtin_prefetch(address<E::points, 1>(field->data(), at), 0, 2);
  }
#endif

  template <class V> KOKKOS_FORCEINLINE_FUNCTION Point<V> point(const Place& at, const V* T) const {
    Point<V> r;
    Mat3<V> A;
    for (int k = 0; k < 9; ++k) {
      A.m[k] = load<V>(in.geometry.jacobian, at, k);
      r.F.m[k] = T[k];
    }
    LawPoint<V>& l = r.law;
    l.J = determinant(r.F);
    r.G = A * inverse(r.F, l.J);
    r.w = load<V>(in.geometry.jacobian, at, 9);
    for (int k = 0; k < 3; ++k) l.a0(k) = load_at<V>(&in.geometry.fibre(at.batch, k, at.lane));
    r.f = r.F * l.a0;
    l.activation = load<V>(in.activation, at);
    l.contracture = load<V>(in.contracture, at);
    l.previous_stretch = load<V>(in.previous_stretch, at);
    l.inverse_dt = V(in.inverse_dt);
    // F_e = F F_c^-1, F_c = lambda_c a0 a0 + lambda_c^-1/2 (I - a0 a0)
    const V across = sqrt(l.contracture), along = V(1.0) / l.contracture - across;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) l.F(i, j) = across * r.F(i, j) + along * r.f(i) * l.a0(j);
    parameters.at(at, r.p);
    return r;
  }

  /// Pressure (Pa) at the point: the projected one, or U'(J).
  template <class V> KOKKOS_INLINE_FUNCTION V pressure(const Point<V>& r, const V& projected) const {
    return in.projected ? projected : volumetric_pressure(in.volumetric, r.p[Law::kappa], r.law.J);
  }

  template <class V> KOKKOS_INLINE_FUNCTION V active(const Place& at) const {
    return in.active == Active::none ? V(0.0) : load<V>(in.active_stress, at);
  }

  /// Kirchhoff stress with active addition and pressure, Pa.
  template <class V>
  KOKKOS_INLINE_FUNCTION void complete(const Place& at, const Point<V>& r, const V& p, Sym3<V>& tau) const {
    if (in.active != Active::none) tau = tau + active_stress(in.active, active<V>(at), r.F, r.law.a0);
    for (int i = 0; i < 3; ++i) tau.s[i] += p * r.law.J;
  }
};

template <class E, class Law> struct ResidualOp : LawOp<E, Law> {
  static constexpr bool scatters = true;
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& at, V* T, const V& projected) const {
    const auto r = this->template point<V>(at, T);
    Sym3<V> tau;
    Law::stress(r.p, r.law, tau);
    this->complete(at, r, this->pressure(r, projected), tau);
    Mat3<V> t;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) t(i, j) = r.w * tau(i, j);
    pull_back(t, r.G, T);
  }
};

template <class E, class Law> struct LinearisationOp : LawOp<E, Law> {
  static constexpr bool scatters = false;
  double* data;  ///< full or reduced form, batches of the region
  Index first_batch;
  PointField mode_tangent;  ///< w U''(theta) at points, for the element's mode matrix; empty in displacement form

  template <class V> KOKKOS_INLINE_FUNCTION V project(const Place& at, const V& theta) const {
    const V kappa = this->parameters.template at<V>(at, Law::kappa);
    const V w = load<V>(this->in.geometry.jacobian, at, 9);
    store(mode_tangent, at, w * volumetric_tangent(this->in.volumetric, kappa, theta));
    return w * volumetric_pressure(this->in.volumetric, kappa, theta);
  }

  /// Pressure of the tangent, Pa: in the mixed form a variable of its own while Newton's method is under way.
  template <class V>
  KOKKOS_INLINE_FUNCTION V own_pressure(const Place& at, const typename LawOp<E, Law>::template Point<V>& r,
                                        const V& projected) const {
    const V p = this->pressure(r, projected);
    if (this->in.found_pressure.size() > 0) store(this->in.found_pressure, at, p);
    return this->in.tangent_pressure.size() > 0 ? load<V>(this->in.tangent_pressure, at) : p;
  }

  template <class V> KOKKOS_INLINE_FUNCTION void put(double* p, int c, const V& value) const {
    store_at(p + c * lanes, value);
  }

  template <int Size, int Volume, class V>
  KOKKOS_INLINE_FUNCTION double* put_common(const Place& at, const typename LawOp<E, Law>::template Point<V>& r,
                                            const Sym3<V>& tau) const {
    double* p = address<E::points, Size>(data, Place{at.batch - first_batch, at.point, at.lane});
    for (int k = 0; k < 9; ++k) put(p, k, r.G.m[k]);
    for (int k = 0; k < 6; ++k) put(p, 9 + k, r.w * tau.s[k]);
    put(p, Volume, r.w * r.law.J);
    return p;
  }
};

template <class E, class Law> struct FullLinearisationOp : LinearisationOp<E, Law> {
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& at, V* T, const V& projected) const {
    const auto r = this->template point<V>(at, T);
    Sym3<V> tau;
    Sym6<V> c;
    Law::tangent(r.p, r.law, tau, c);
    const V p = this->own_pressure(at, r, projected), pj = p * r.law.J;
    this->complete(at, r, p, tau);
    V bulk = pj;  // p J (I I - 2 1), and U'' J^2 I I where the pressure is not projected
    if (!this->in.projected)
      bulk += r.law.J * r.law.J * volumetric_tangent(this->in.volumetric, r.p[Law::kappa], r.law.J);
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j) c(i, j) += bulk;
    for (int i = 0; i < 6; ++i) c(i, i) -= V(i < 3 ? 2.0 : 1.0) * pj;
    double* out = this->template put_common<full_form::size, full_form::volume>(at, r, tau);
    for (int k = 0; k < 21; ++k) this->put(out, full_form::stiffness + k, r.w * c.c[k]);
  }
};

template <class E, class Law> struct ReducedLinearisationOp : LinearisationOp<E, Law> {
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& at, V* T, const V& projected) const {
    const auto r = this->template point<V>(at, T);
    ReducedTangent<V> c;
    Law::reduced_tangent(r.p, r.law, c);
    const V p = this->own_pressure(at, r, projected);
    this->complete(at, r, p, c.tau);
    const V stretch = sqrt(dot(r.f, r.f));
    // a uniaxial active addition T0 f f is a fibre stress T0 lambda^2 with lambda s' - 2 s = 0
    const V s = c.fibre_stress + this->template active<V>(at) * stretch * stretch;
    double* out = this->template put_common<reduced_form::size, reduced_form::volume>(at, r, c.tau);
    for (int k = 0; k < 3; ++k) this->put(out, reduced_form::fibre + k, r.f(k) / stretch);
    this->put(out, reduced_form::shear, r.w * c.shear);
    this->put(out, reduced_form::pressure, r.w * p * r.law.J);
    this->put(out, reduced_form::fibre_stress, r.w * s);
    this->put(out, reduced_form::fibre_slope, r.w * c.fibre_slope);
  }
};

/// What is reported about a point: component numbers of the report array.
namespace report {
enum Component {
  stretch,
  fibre_stress,
  tension,
  lateral_pressure,
  pressure,
  volume_ratio,
  stress,
  fibre = 12,
  negative_tangent = 15,
  active_stress,
  size
};
}

template <class E, class Law> struct ReportOp : LawOp<E, Law> {
  static constexpr bool scatters = false;
  PointArray out;  ///< (batch, point, report::size, lane)

  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& at, V* T, const V& projected) const {
    const auto r = this->template point<V>(at, T);
    Sym3<V> tau;
    Law::stress(r.p, r.law, tau);
    const V p = this->pressure(r, projected);
    this->complete(at, r, p, tau);
    const V stretch = sqrt(dot(r.f, r.f));
    V s = this->in.active == Active::uniaxial ? this->template active<V>(at) * stretch * stretch : V(0.0);
    V negative(0.0);
    V passive(0.0);  // what the fibres carry without activation
    if constexpr (Law::fibre) {
      s += Law::fibre_stress(r.p, r.law);
      LawPoint<V> idle = r.law;
      idle.activation = V(0.0);
      passive = Law::fibre_stress(r.p, idle);
    }
    if constexpr (Law::fibre && Law::reduced) {
      ReducedTangent<V> c;
      Law::reduced_tangent(r.p, r.law, c);
      // Considere: the nominal stress falls with stretch where 3 mu + lambda ds/dlambda < s
      negative = select(V(3.0) * r.p[Law::mu] + c.fibre_slope + c.fibre_stress < V(0.0), V(1.0), V(0.0));
    }
    Vec3<V> n;
    for (int k = 0; k < 3; ++k) n(k) = r.f(k) / stretch;
    for (int k = 0; k < 6; ++k) tau.s[k] = tau.s[k] / r.law.J;
    const V tension = dot(n, tau * n);
    store(out, at, report::stretch, stretch);
    store(out, at, report::fibre_stress, s / r.law.J);
    store(out, at, report::tension, tension);
    store(out, at, report::lateral_pressure, V(-0.5) * (trace(tau) - tension));
    store(out, at, report::pressure, p);
    store(out, at, report::volume_ratio, r.law.J);
    for (int k = 0; k < 6; ++k) store(out, at, report::stress + k, tau.s[k]);
    for (int k = 0; k < 3; ++k) store(out, at, report::fibre + k, n(k));
    store(out, at, report::negative_tangent, negative);
    store(out, at, report::active_stress, (s - passive) / r.law.J);
  }
};

}  // namespace tautband
