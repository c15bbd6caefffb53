// Point operations of the tangent: from the gradient of a displacement increment to the flux it causes, with data
// stored per point in the current configuration. Weighted by w = quadrature weight x det(dX/dxi).
//   full    37 doubles: dxi/dx (9), tau w (6), c w (21), J w (1): any law with minor and major symmetry
//   reduced 23 doubles: dxi/dx (9), tau w (6), fibre n (3), g w, p J w, s w, k w, J w: only
//           tau = mu dev(b_bar) + s n n + p J I, with g = 2/3 mu tr(b_bar), k = lambda ds/dlambda - 2 s
// With h = grad(du), d = sym h: flux = h tau + c:d + J dp I, dp from the element's projection of J tr h
// (Simo, Taylor & Pister 1985, mean dilatation; Holzapfel 2000, eq. 6.168 for c of the isochoric part).
#pragma once

#include "operators/sweep.hpp"

namespace tautband {

namespace full_form {
enum Component { gradient = 0, stress = 9, stiffness = 15, volume = 36, size = 37 };
}
namespace reduced_form {
enum Component {
  gradient = 0,
  stress = 9,
  fibre = 15,
  shear = 18,
  pressure = 19,
  fibre_stress = 20,
  fibre_slope = 21,
  volume = 22,
  size = 23
};
}

/// h = T dxi/dx, row-major 3x3.
template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> spatial_gradient(const V* T, const Mat3<V>& G) {
  Mat3<V> h;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) h(i, j) = T[3 * i] * G(0, j) + T[3 * i + 1] * G(1, j) + T[3 * i + 2] * G(2, j);
  return h;
}

/// T = t (dxi/dx)^T
template <class V> KOKKOS_INLINE_FUNCTION void pull_back(const Mat3<V>& t, const Mat3<V>& G, V* T) {
  for (int i = 0; i < 3; ++i)
    for (int a = 0; a < 3; ++a) T[3 * i + a] = t(i, 0) * G(a, 0) + t(i, 1) * G(a, 1) + t(i, 2) * G(a, 2);
}

template <class E, int Size, int Volume, class T> struct TangentOp {
  using Scalar = T;
  static constexpr bool scatters = true;
  static constexpr Projection projection = Projection::once;
  static constexpr int team_points = 216;
  const T* data;      ///< (batch of the region, point, component, lane)
  Index first_batch;  ///< of the region

  template <class V> KOKKOS_INLINE_FUNCTION V get(const T* p, int c) const { return load_at<V>(p + c * lanes); }
  template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> gradient(const T* p) const {
    Mat3<V> G;
    for (int k = 0; k < 9; ++k) G.m[k] = get<V>(p, k);
    return G;
  }
  KOKKOS_INLINE_FUNCTION const T* at(const Place& place) const {
    return address<E::points, Size>(data, Place{place.batch - first_batch, place.point, place.lane});
  }
#if !defined(__CUDACC__) && !defined(__HIPCC__)
  /// Asks for the data of a place to be brought near. A pass is through the 40 kB of a batch before the processor's own
  /// prefetcher, which stops at pages, has followed (44 against 63 MDoF/s on one Zen 4 core).
  void prefetch(const Place& place) const {
#pragma GCC unroll 40
    for (int c = 0; c < Size; c += 64 / (lanes * sizeof(T))) __builtin_prefetch(at(place) + c * lanes, 0, 2);
  }
#endif
  template <class V> KOKKOS_INLINE_FUNCTION V project(const Place&, const V& c) const { return c; }
  template <class V> KOKKOS_INLINE_FUNCTION void second(const Place& place, V* flux, const V& pressure) const {
    const T* p = at(place);
    const V jp = get<V>(p, Volume) * pressure;
    for (int i = 0; i < 3; ++i)
      for (int a = 0; a < 3; ++a) flux[3 * i + a] += jp * get<V>(p, 3 * a + i);
  }
};

/// Inertia term c M: factor x density x weight, per point; absent in statics.
struct NoInertia {
  static constexpr bool with_values = false;
  template <class V> KOKKOS_INLINE_FUNCTION V value(const Place&) const { return V(0.0); }
};
struct WithInertia {
  static constexpr bool with_values = true;
  PointArray geometry;  ///< weight at component 9
  double factor;        ///< density x factor of the time integrator
  template <class V> KOKKOS_INLINE_FUNCTION V value(const Place& at) const {
    return V(factor) * load<V>(geometry, at, 9);
  }
};

template <class E, class Inertia, class T = double>
struct FullTangentOp : TangentOp<E, full_form::size, full_form::volume, T>, Inertia {
  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place& place, V* flux) const {
    const T* p = this->at(place);
    const Mat3<V> G = this->template gradient<V>(p);
    const Mat3<V> h = spatial_gradient(flux, G);
    const V e[6] = {h(0, 0), h(1, 1), h(2, 2), h(0, 1) + h(1, 0), h(1, 2) + h(2, 1), h(0, 2) + h(2, 0)};
    V tau[6], s[6];
    for (int k = 0; k < 6; ++k) tau[k] = this->template get<V>(p, full_form::stress + k);
    for (int i = 0; i < 6; ++i) s[i] = V(0.0);
    for (int i = 0; i < 6; ++i)
      for (int j = i; j < 6; ++j) {
        const V c = this->template get<V>(p, full_form::stiffness + Sym6<V>::at(i, j));
        s[i] += c * e[j];
        if (j != i) s[j] += c * e[i];
      }
    Mat3<V> t;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        t(i, j) = s[Sym3<V>::at(i, j)] + h(i, 0) * tau[Sym3<V>::at(0, j)] + h(i, 1) * tau[Sym3<V>::at(1, j)] +
                  h(i, 2) * tau[Sym3<V>::at(2, j)];
    pull_back(t, G, flux);
    return this->template get<V>(p, full_form::volume) * (h(0, 0) + h(1, 1) + h(2, 2));
  }
};

template <class E, class Inertia, class T = double>
struct ReducedTangentOp : TangentOp<E, reduced_form::size, reduced_form::volume, T>, Inertia {
  template <class V> KOKKOS_INLINE_FUNCTION V first(const Place& place, V* flux) const {
    const T* p = this->at(place);
    const Mat3<V> G = this->template gradient<V>(p);
    Mat3<V> h = spatial_gradient(flux, G);
    V tau[6], n[3];
    for (int k = 0; k < 6; ++k) tau[k] = this->template get<V>(p, reduced_form::stress + k);
    for (int k = 0; k < 3; ++k) n[k] = this->template get<V>(p, reduced_form::fibre + k);
    const V g = this->template get<V>(p, reduced_form::shear), pj = this->template get<V>(p, reduced_form::pressure);
    const V s = this->template get<V>(p, reduced_form::fibre_stress),
            k4 = this->template get<V>(p, reduced_form::fibre_slope);
    const V tr = h(0, 0) + h(1, 1) + h(2, 2);
    const V e01 = h(0, 1) + h(1, 0), e12 = h(1, 2) + h(2, 1), e02 = h(0, 2) + h(2, 0);
    const V tau_d = tau[0] * h(0, 0) + tau[1] * h(1, 1) + tau[2] * h(2, 2) + tau[3] * e01 + tau[4] * e12 + tau[5] * e02;
    const V n_d = n[0] * (n[0] * h(0, 0) + n[1] * e01 + n[2] * e02) + n[1] * (n[1] * h(1, 1) + n[2] * e12) +
                  n[2] * n[2] * h(2, 2);
    const V third = V(2.0 / 3.0);
    // with tau_iso = tau - pJ I - s n n put into c of the isochoric part
    const V along = third * s * tr + k4 * n_d;
    const V mean = (V(7.0 / 3.0) * pj - V(1.0 / 3.0) * g) * tr - third * (tau_d - s * n_d);
    const V half = V(0.5) * g - pj;
    const V cross[3] = {half * e01, half * e12, half * e02};
    const V twice = V(2.0) * half;
    const V diagonal[3] = {twice * h(0, 0), twice * h(1, 1), twice * h(2, 2)};
    for (int i = 0; i < 3; ++i) h(i, i) -= third * tr;
    Mat3<V> t;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        t(i, j) = h(i, 0) * tau[Sym3<V>::at(0, j)] + h(i, 1) * tau[Sym3<V>::at(1, j)] +
                  h(i, 2) * tau[Sym3<V>::at(2, j)] + along * n[i] * n[j];
        t(i, j) += i == j ? diagonal[i] + mean : cross[Sym3<V>::at(i, j) - 3];
      }
    pull_back(t, G, flux);
    return this->template get<V>(p, reduced_form::volume) * tr;
  }
};

/// Calls f with the operation of a stored tangent, data as in TangentOp. inertia: factor of the mass, 0 in statics;
/// geometry: see WithInertia.
template <class E, class T, class F>
void with_tangent_op(const T* data, Index first_batch, bool reduced, double inertia, const PointArray& geometry,
                     const F& f) {
  const auto with_form = [&](const auto& mass) {
    using Inertia = std::decay_t<decltype(mass)>;
    if (reduced)
      f(ReducedTangentOp<E, Inertia, T>{{data, first_batch}, mass});
    else
      f(FullTangentOp<E, Inertia, T>{{data, first_batch}, mass});
  };
  if (inertia != 0.0)
    with_form(WithInertia{geometry, inertia});
  else
    with_form(NoInertia{});
}

}  // namespace tautband
