// Preconditioners: z = B r, B symmetric positive definite.
#pragma once

#include "solvers/vectors.hpp"

namespace tautband {

class Preconditioner {
 public:
  virtual ~Preconditioner() = default;
  virtual void apply(const NodeVector& r, const NodeVector& z) const = 0;
  /// True when r . B r is close to the energy of the error that r stands for.
  virtual bool measures_energy() const { return false; }
};

/// B := blocks(n)^-1 restricted to free components, see NodeBlockJacobi.
KOKKOS_INLINE_FUNCTION void invert_block(const NodeBlocks& blocks, const NodeVector& mask, Index n, double (&B)[3][3]) {
  double A[3][3];
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      A[i][j] = i == j && mask(n, i) == 0.0 ? 1.0 : 0.5 * (blocks(n, i, j) + blocks(n, j, i)) * mask(n, i) * mask(n, j);
  const double m2 = A[0][0] * A[1][1] - A[0][1] * A[1][0];
  const double c0 = A[1][1] * A[2][2] - A[1][2] * A[2][1], c1 = A[1][2] * A[2][0] - A[1][0] * A[2][2],
               c2 = A[1][0] * A[2][1] - A[1][1] * A[2][0];
  const double det = A[0][0] * c0 + A[0][1] * c1 + A[0][2] * c2;
  if (!(A[0][0] > 0.0 && m2 > 0.0 && det > 0.0)) {
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) B[i][j] = i == j && A[i][i] != 0.0 ? 1.0 / ::fabs(A[i][i]) : (i == j ? 1.0 : 0.0);
    return;
  }
  const double r = 1.0 / det;
  B[0][0] = c0 * r;
  B[0][1] = B[1][0] = c1 * r;
  B[0][2] = B[2][0] = c2 * r;
  B[1][1] = (A[0][0] * A[2][2] - A[0][2] * A[2][0]) * r;
  B[1][2] = B[2][1] = (A[0][1] * A[2][0] - A[0][0] * A[2][1]) * r;
  B[2][2] = m2 * r;
}

/// Inverse of the 3x3 diagonal blocks of each node. Blocks that are not positive definite are replaced by their
/// diagonal's magnitude, so that B stays positive definite; prescribed components are left alone (r is zero there).
class NodeBlockJacobi final : public Preconditioner {
 public:
  explicit NodeBlockJacobi(const NodeSpace& space) : space_(space), inverse_("tautband::block_jacobi", space.n_nodes) {}

  /// blocks: full sums on owned and shared nodes; mask(node, c): 1 free, 0 prescribed.
  void set(const NodeBlocks& blocks, const NodeVector& mask) {
    const NodeBlocks inverse = inverse_;
    Kokkos::parallel_for(
        "tautband::invert_blocks", Kokkos::RangePolicy<Execution>(0, space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
          double B[3][3];
          invert_block(blocks, mask, n, B);
          for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) inverse(n, i, j) = B[i][j];
        });
  }

  void apply(const NodeVector& r, const NodeVector& z) const override {
    const NodeBlocks B = inverse_;
    Kokkos::parallel_for(
        "tautband::block_jacobi", Kokkos::RangePolicy<Execution>(0, space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
          for (int i = 0; i < 3; ++i) z(n, i) = B(n, i, 0) * r(n, 0) + B(n, i, 1) * r(n, 1) + B(n, i, 2) * r(n, 2);
        });
  }

 private:
  NodeSpace space_;
  NodeBlocks inverse_;
};

/// z = r / diagonal for a scalar on the nodes.
struct ScalarJacobi {
  View1<double> diagonal;  ///< full sums on owned and shared nodes, > 0

  void apply(const View1<double>& r, const View1<double>& z) const {
    const View1<double> d = diagonal;
    Kokkos::parallel_for(
        "tautband::scalar_jacobi", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(d.extent(0))),
        KOKKOS_LAMBDA(const Index n) { z(n) = r(n) / d(n); });
  }
};

}  // namespace tautband
