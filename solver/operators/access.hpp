// Reading and writing quadrature data as one double (device thread) or one pack (host batch).
#pragma once

#include "base/views.hpp"
#include "math/tensor.hpp"

#include <type_traits>

namespace tautband {

/// The value types of host kernels.
#if !defined(__CUDACC__) && !defined(__HIPCC__)
template <class T> using HostPackOf = Pack<lanes, T>;
using HostPack = HostPackOf<double>;
#endif

/// A quadrature point of one element (V = double) or of a batch of elements (V = Pack, lane 0).
struct Place {
  Index batch;
  int point;
  int lane;
};

template <class V, class T> KOKKOS_INLINE_FUNCTION V load_at(const T* p) {
  if constexpr (std::is_arithmetic_v<V>)
    return *p;
  else
    return V::load(p);
}

template <class V, class T> KOKKOS_INLINE_FUNCTION void store_at(T* p, const V& value) {
  if constexpr (std::is_arithmetic_v<V>)
    *p = value;
  else
    value.store(p);
}

/// Address of component c at a place of an array with `Points` points and `Components` components per batch.
template <int Points, int Components, class T> KOKKOS_INLINE_FUNCTION T* address(T* data, const Place& at, int c = 0) {
  return data + ((static_cast<std::ptrdiff_t>(at.batch) * Points + at.point) * Components + c) * lanes + at.lane;
}

template <class V> KOKKOS_INLINE_FUNCTION V load(const PointField& f, const Place& at) {
  return load_at<V>(&f(at.batch, at.point, at.lane));
}
template <class V> KOKKOS_INLINE_FUNCTION void store(const PointField& f, const Place& at, const V& value) {
  store_at(&f(at.batch, at.point, at.lane), value);
}
template <class V> KOKKOS_INLINE_FUNCTION V load(const PointArray& f, const Place& at, int c) {
  return load_at<V>(&f(at.batch, at.point, c, at.lane));
}
template <class V> KOKKOS_INLINE_FUNCTION void store(const PointArray& f, const Place& at, int c, const V& value) {
  store_at(&f(at.batch, at.point, c, at.lane), value);
}

}  // namespace tautband
