// Several distributed vectors of one space, and the kernels that read all of them in one pass.
#pragma once

#include "math/pack.hpp"
#include "solvers/vectors.hpp"

namespace tautband {

/// Vectors one after another in one allocation.
template <class Vector> class VectorList {
 public:
  VectorList(const std::string& label, const NodeSpace& space, int count)
      : space_(space), values_(label, count, components_of<Vector> * std::size_t(space.n_nodes)) {}

  int size() const { return static_cast<int>(values_.extent(0)); }
  /// Vector i of the list; shares its memory.
  Vector operator[](int i) const { return Vector(values_.data() + i * stride(), space_.n_nodes); }
  const double* data() const { return values_.data(); }
  /// Numbers from one vector to the next.
  std::ptrdiff_t stride() const { return static_cast<std::ptrdiff_t>(values_.extent(1)); }
  std::size_t bytes() const { return values_.size() * sizeof(double); }

 private:
  NodeSpace space_;
  View2<double> values_;
};

/// Most vectors that one kernel reads: their factors travel with it.
inline constexpr int most_listed = 64;

namespace detail {

/// Numbers of a vector that one work item of a kernel over a list takes, so that they stay in the nearest cache.
inline constexpr int list_chunk = host_execution ? 512 : 1;

inline Index chunks(std::ptrdiff_t entries) { return static_cast<Index>((entries + list_chunk - 1) / list_chunk); }

KOKKOS_INLINE_FUNCTION int length_of_chunk(std::ptrdiff_t entries, Index item) {
  const std::ptrdiff_t left = entries - std::ptrdiff_t{list_chunk} * item;
  return left < list_chunk ? static_cast<int>(left) : list_chunk;
}

/// a += x . u and b += x . w over `count` numbers.
KOKKOS_INLINE_FUNCTION void add_two_dots(const double* x, const double* u, const double* w, int count, double& a,
                                         double& b) {
  int e = 0;
#if !defined(__CUDACC__) && !defined(__HIPCC__)
  using Several = Pack<lanes>;
  Several with_u(0.0), with_w(0.0);
  for (; e + lanes <= count; e += lanes) {
    const Several factor = Several::load(x + e);
    with_u += factor * Several::load(u + e);
    with_w += factor * Several::load(w + e);
  }
  for (int lane = 0; lane < lanes; ++lane) {
    a += with_u[lane];
    b += with_w[lane];
  }
#endif
  for (; e < count; ++e) {
    a += x[e] * u[e];
    b += x[e] * w[e];
  }
}

struct ListDots {
  using execution_space = Execution;
  using value_type = double[];
  unsigned value_count;  ///< 2 count + 1
  const double* list;
  std::ptrdiff_t stride, entries;
  const double *u, *w;

  KOKKOS_INLINE_FUNCTION void operator()(const Index item, double* sums) const {
    const std::ptrdiff_t begin = std::ptrdiff_t{list_chunk} * item;
    const int n = length_of_chunk(entries, item);
    const int count = static_cast<int>(value_count / 2);
    for (int i = 0; i < count; ++i)
      add_two_dots(list + i * stride + begin, u + begin, w + begin, n, sums[2 * i], sums[2 * i + 1]);
    double again = 0.0;
    add_two_dots(w + begin, w + begin, w + begin, n, again, sums[2 * count]);
  }
};

}  // namespace detail

/// sums[2i] = x_i . u and sums[2i + 1] = x_i . w for the first `count` vectors x_i of the list, sums[2 count] = w . w,
/// over the owned nodes of this rank. count <= most_listed.
template <class Vector>
void local_dots(const NodeSpace& space, const VectorList<Vector>& list, int count, const Vector& u, const Vector& w,
                double* sums) {
  const std::ptrdiff_t entries = std::ptrdiff_t{components_of<Vector>} * space.n_owned;
  const detail::ListDots body{2u * count + 1, list.data(), list.stride(), entries, u.data(), w.data()};
  const Kokkos::View<double*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> result(sums, body.value_count);
  Kokkos::parallel_reduce("tautband::list_dots", Kokkos::RangePolicy<Execution>(0, detail::chunks(entries)), body,
                          result);
  Execution().fence();
}

/// u := (u - sum of_u[i] x_i) scale_u, then w := (w - sum of_w[i] x_i - along u) scale_w, over the first `count`
/// vectors x_i of a list.
struct Orthogonalisation {
  int count = 0;
  double of_u[most_listed] = {}, of_w[most_listed] = {};
  double scale_u = 1.0, along = 0.0, scale_w = 1.0;
};

namespace detail {

struct ListOrthogonalisation {
  Orthogonalisation step;
  const double* list;
  std::ptrdiff_t stride, entries;
  double *u, *w;

  KOKKOS_INLINE_FUNCTION void operator()(const Index item) const {
    const std::ptrdiff_t begin = std::ptrdiff_t{list_chunk} * item;
    const int n = length_of_chunk(entries, item);
    double a[list_chunk], b[list_chunk];
    for (int e = 0; e < n; ++e) {
      a[e] = u[begin + e];
      b[e] = w[begin + e];
    }
    for (int i = 0; i < step.count; ++i) {
      const double* const x = list + i * stride + begin;
      const double of_u = step.of_u[i], of_w = step.of_w[i];
      for (int e = 0; e < n; ++e) {
        a[e] -= of_u * x[e];
        b[e] -= of_w * x[e];
      }
    }
    for (int e = 0; e < n; ++e) {
      const double made = step.scale_u * a[e];
      u[begin + e] = made;
      w[begin + e] = step.scale_w * (b[e] - step.along * made);
    }
  }
};

/// Factors of a combination of listed vectors.
struct ListFactors {
  double factor[most_listed] = {};
};

struct ListCombination {
  ListFactors factors;
  int count;
  const double* list;
  std::ptrdiff_t stride, entries;
  double* y;

  KOKKOS_INLINE_FUNCTION void operator()(const Index item) const {
    const std::ptrdiff_t begin = std::ptrdiff_t{list_chunk} * item;
    const int n = length_of_chunk(entries, item);
    double sum[list_chunk];
    for (int e = 0; e < n; ++e) sum[e] = y[begin + e];
    for (int i = 0; i < count; ++i) {
      const double* const x = list + i * stride + begin;
      for (int e = 0; e < n; ++e) sum[e] += factors.factor[i] * x[e];
    }
    for (int e = 0; e < n; ++e) y[begin + e] = sum[e];
  }
};

}  // namespace detail

/// Takes the step on u and w in one pass over the list.
template <class Vector>
void orthogonalise(const VectorList<Vector>& list, const Orthogonalisation& step, const Vector& u, const Vector& w) {
  const std::ptrdiff_t entries = list.stride();
  Kokkos::parallel_for("tautband::list_orthogonalise", Kokkos::RangePolicy<Execution>(0, detail::chunks(entries)),
                       detail::ListOrthogonalisation{step, list.data(), list.stride(), entries, u.data(), w.data()});
}

/// y += sum of factor[i] x_i over the first `count` vectors of the list. count <= most_listed.
template <class Vector>
void add_combination(const VectorList<Vector>& list, const double* factor, int count, const Vector& y) {
  detail::ListCombination body{{}, count, list.data(), list.stride(), list.stride(), y.data()};
  for (int i = 0; i < count; ++i) body.factors.factor[i] = factor[i];
  Kokkos::parallel_for("tautband::list_combination", Kokkos::RangePolicy<Execution>(0, detail::chunks(body.entries)),
                       body);
}

}  // namespace tautband
