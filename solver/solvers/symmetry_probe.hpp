// Whether a linear operator on node vectors is symmetric, asked of the operator itself.
#pragma once

#include "solvers/vectors.hpp"

#include <cmath>

namespace tautband {

/// A number in -1..1 without pattern, the same for the same seed everywhere.
/// Source: splitmix64 of Steele, Lea & Flood 2014, Proc OOPSLA, p. 453.
KOKKOS_INLINE_FUNCTION double scattered_number(std::uint64_t seed) {
  std::uint64_t z = (seed + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1.0;
}

/// x(n, c) := a scattered number, or 0 where mask(n, c) is. number(n): of the mesh file; kind: which of several
/// vectors.
inline void scatter_numbers(const View1<GlobalIndex>& number, const NodeVector& mask, int kind, const NodeVector& x) {
  Kokkos::parallel_for(
      "tautband::scatter_numbers", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(x.extent(0))),
      KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c)
          x(n, c) = mask(n, c) != 0.0 ? scattered_number(std::uint64_t(number(n)) * 8 + 4 * kind + c) : 0.0;
      });
}

/// Compares a . K b with b . K a for two fixed vectors without pattern: a skew part that vanishes there would have to
/// know them.
class SymmetryProbe {
 public:
  /// number, mask: as in scatter_numbers(); only components with mask 1 take part.
  SymmetryProbe(const NodeSpace& space, const View1<GlobalIndex>& number, const NodeVector& mask)
      : space_(space),
        a_(space.vector("tautband::probe")),
        b_(space.vector("tautband::probe")),
        image_(space.vector("tautband::probe_image")) {
    scatter_numbers(number, mask, 0, a_);
    scatter_numbers(number, mask, 1, b_);
  }

  /// apply(x, y): y = K x, full sums. Collective.
  template <class Apply> bool symmetric(const Apply& apply) const {
    apply(a_, image_);
    const double one = dot(space_, b_, image_);
    double size = norm(space_, image_);
    apply(b_, image_);
    const double other = dot(space_, a_, image_);
    size += norm(space_, image_);
    return std::abs(one - other) <= rounding * size;
  }

 private:
  /// a . K b sums up about |K b| without pattern; its rounding errors stay far below this part of it.
  static constexpr double rounding = 1e-10;
  NodeSpace space_;
  NodeVector a_, b_, image_;
};

}  // namespace tautband
