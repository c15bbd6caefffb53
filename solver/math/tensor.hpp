// Small tensors on any value type: double, Pack<N> (lanes of elements), Dual<N> (derivatives).
#pragma once

#include "math/pack.hpp"

namespace tautband {

template <class V> struct Vec3 {
  V v[3];
  KOKKOS_INLINE_FUNCTION V& operator()(int i) { return v[i]; }
  KOKKOS_INLINE_FUNCTION const V& operator()(int i) const { return v[i]; }
};

/// 3x3, row-major: (i, j) at 3 i + j.
template <class V> struct Mat3 {
  V m[9];
  KOKKOS_INLINE_FUNCTION V& operator()(int i, int j) { return m[3 * i + j]; }
  KOKKOS_INLINE_FUNCTION const V& operator()(int i, int j) const { return m[3 * i + j]; }
};

/// Symmetric 3x3 stored as xx, yy, zz, xy, yz, xz (VTK's order).
template <class V> struct Sym3 {
  V s[6];
  KOKKOS_INLINE_FUNCTION static constexpr int at(int i, int j) {
    return i == j ? i : (i + j == 1 ? 3 : (i + j == 3 ? 4 : 5));
  }
  KOKKOS_INLINE_FUNCTION V& operator()(int i, int j) { return s[at(i, j)]; }
  KOKKOS_INLINE_FUNCTION const V& operator()(int i, int j) const { return s[at(i, j)]; }
};

/// Fourth-order tensor with minor and major symmetry as a symmetric 6x6 in the order of Sym3, upper
/// triangle by rows. Contracted with engineering shears: stress_I = sum_J c_IJ e_J, e = (dxx, dyy, dzz, 2dxy, 2dyz,
/// 2dxz).
template <class V> struct Sym6 {
  V c[21];
  KOKKOS_INLINE_FUNCTION static constexpr int at(int i, int j) {
    return i <= j ? 6 * i - i * (i - 1) / 2 + (j - i) : 6 * j - j * (j - 1) / 2 + (i - j);
  }
  KOKKOS_INLINE_FUNCTION V& operator()(int i, int j) { return c[at(i, j)]; }
  KOKKOS_INLINE_FUNCTION const V& operator()(int i, int j) const { return c[at(i, j)]; }
};

template <class V> KOKKOS_INLINE_FUNCTION V dot(const Vec3<V>& a, const Vec3<V>& b) {
  return a(0) * b(0) + a(1) * b(1) + a(2) * b(2);
}

template <class V> KOKKOS_INLINE_FUNCTION Vec3<V> operator*(const Mat3<V>& A, const Vec3<V>& x) {
  Vec3<V> y;
  for (int i = 0; i < 3; ++i) y(i) = A(i, 0) * x(0) + A(i, 1) * x(1) + A(i, 2) * x(2);
  return y;
}

template <class V> KOKKOS_INLINE_FUNCTION Vec3<V> operator*(const Sym3<V>& A, const Vec3<V>& x) {
  Vec3<V> y;
  for (int i = 0; i < 3; ++i) y(i) = A(i, 0) * x(0) + A(i, 1) * x(1) + A(i, 2) * x(2);
  return y;
}

template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> operator*(const Mat3<V>& A, const Mat3<V>& B) {
  Mat3<V> C;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) C(i, j) = A(i, 0) * B(0, j) + A(i, 1) * B(1, j) + A(i, 2) * B(2, j);
  return C;
}

template <class V> KOKKOS_INLINE_FUNCTION V determinant(const Mat3<V>& A) {
  return A(0, 0) * (A(1, 1) * A(2, 2) - A(1, 2) * A(2, 1)) - A(0, 1) * (A(1, 0) * A(2, 2) - A(1, 2) * A(2, 0)) +
         A(0, 2) * (A(1, 0) * A(2, 1) - A(1, 1) * A(2, 0));
}

/// Inverse of A given its determinant.
template <class V> KOKKOS_INLINE_FUNCTION Mat3<V> inverse(const Mat3<V>& A, V det) {
  const V r = V(1.0) / det;
  Mat3<V> B;
  for (int i = 0; i < 3; ++i) {
    const int i1 = (i + 1) % 3, i2 = (i + 2) % 3;
    for (int j = 0; j < 3; ++j) {
      const int j1 = (j + 1) % 3, j2 = (j + 2) % 3;
      B(j, i) = (A(i1, j1) * A(i2, j2) - A(i1, j2) * A(i2, j1)) * r;
    }
  }
  return B;
}

/// F F^T
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> left_cauchy_green(const Mat3<V>& F) {
  Sym3<V> b;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) b(i, j) = F(i, 0) * F(j, 0) + F(i, 1) * F(j, 1) + F(i, 2) * F(j, 2);
  return b;
}

/// F^T F
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> right_cauchy_green(const Mat3<V>& F) {
  Sym3<V> C;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) C(i, j) = F(0, i) * F(0, j) + F(1, i) * F(1, j) + F(2, i) * F(2, j);
  return C;
}

/// a a^T
template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> dyad(const Vec3<V>& a) {
  Sym3<V> s;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) s(i, j) = a(i) * a(j);
  return s;
}

template <class V> KOKKOS_INLINE_FUNCTION V trace(const Sym3<V>& A) { return A.s[0] + A.s[1] + A.s[2]; }

template <class V> KOKKOS_INLINE_FUNCTION V contract(const Sym3<V>& A, const Sym3<V>& B) {
  return A.s[0] * B.s[0] + A.s[1] * B.s[1] + A.s[2] * B.s[2] +
         V(2.0) * (A.s[3] * B.s[3] + A.s[4] * B.s[4] + A.s[5] * B.s[5]);
}

template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> operator+(const Sym3<V>& A, const Sym3<V>& B) {
  Sym3<V> r;
  for (int i = 0; i < 6; ++i) r.s[i] = A.s[i] + B.s[i];
  return r;
}

template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> operator*(V k, const Sym3<V>& A) {
  Sym3<V> r;
  for (int i = 0; i < 6; ++i) r.s[i] = k * A.s[i];
  return r;
}

template <class V> KOKKOS_INLINE_FUNCTION Sym3<V> deviator(const Sym3<V>& A) {
  const V mean = trace(A) * V(1.0 / 3.0);
  Sym3<V> r = A;
  for (int i = 0; i < 3; ++i) r.s[i] = A.s[i] - mean;
  return r;
}

}  // namespace tautband
