// Chebyshev smoothing with 3x3 node blocks (Adams, Brezina, Hu & Tuminaro 2003) in single precision, on an operator of
// any kind: knows no physics.
#pragma once

#include "solvers/vectors.hpp"

namespace tautband {

/// y += A x, full sums on owned and shared nodes; A symmetric positive definite.
class SingleOperator {
 public:
  virtual ~SingleOperator() = default;
  virtual void apply(const NodeVectorF& x, const NodeVectorF& y) const = 0;
};

/// Part of the spectrum of D^-1 A that is smoothed: [lowest, highest] times its largest eigenvalue.
struct ChebyshevInterval {
  double lowest = 0.02, highest = 1.1;
};

class ChebyshevSmoother {
 public:
  ChebyshevSmoother(const NodeSpace& space, int degree, ChebyshevInterval interval);

  /// Inverts the node blocks (full sums) on free components, mask(node, 3) = 1; prescribed components stay 0.
  void set_blocks(const NodeBlocks& blocks, const NodeVector& mask);
  /// Sets the interval from `steps` Lanczos steps on D^-1 A, begun at a vector made from global(node). Collective.
  void find_interval(const SingleOperator& A, const View1<GlobalIndex>& global, int steps);
  double largest_eigenvalue() const { return largest_; }

  /// x := p(D^-1 A) D^-1 b, from x = 0. b must be 0 on prescribed components, as x will be.
  void smooth_from_zero(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x) const;
  /// Improves x.
  void smooth(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x) const;
  /// r := b - A x on free components.
  void residual(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x, const NodeVector& mask,
                const NodeVectorF& r) const;

 private:
  void recur(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x, int done) const;

  NodeSpace space_;
  int degree_;
  ChebyshevInterval interval_;
  double largest_ = 1.0;
  Kokkos::View<float* [6], Kokkos::LayoutRight, Memory> inverse_;  ///< (node, xx yy zz xy yz xz)
  NodeVectorF direction_, image_;                                  ///< image_ is 0 between calls
};

}  // namespace tautband
