#include "solvers/chebyshev.hpp"

#include "base/error.hpp"
#include "solvers/preconditioner.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tautband {
namespace {

using Blocks = Kokkos::View<float* [6], Kokkos::LayoutRight, Memory>;

Kokkos::RangePolicy<Execution> range(Index n) { return Kokkos::RangePolicy<Execution>(0, n); }

struct BlockProduct {
  float z[3];
  KOKKOS_INLINE_FUNCTION BlockProduct(const Blocks& B, Index n, const float (&r)[3])
      : z{B(n, 0) * r[0] + B(n, 3) * r[1] + B(n, 5) * r[2], B(n, 3) * r[0] + B(n, 1) * r[1] + B(n, 4) * r[2],
          B(n, 5) * r[0] + B(n, 4) * r[1] + B(n, 2) * r[2]} {}
};

/// Number of eigenvalues below x of the symmetric tridiagonal matrix with diagonal a and off-diagonal b (Sturm).
int eigenvalues_below(const std::vector<double>& a, const std::vector<double>& b, double x) {
  int count = 0;
  double q = 1.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    q = a[i] - x - (i > 0 ? b[i - 1] * b[i - 1] / q : 0.0);
    if (q == 0.0) q = 1e-300;
    if (q < 0.0) ++count;
  }
  return count;
}

double largest_eigenvalue_of(const std::vector<double>& a, const std::vector<double>& b) {
  double low = 0.0, high = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)  // Gershgorin
    high = std::max(high, a[i] + (i > 0 ? std::fabs(b[i - 1]) : 0.0) + (i < b.size() ? std::fabs(b[i]) : 0.0));
  for (int i = 0; i < 60 && high - low > 1e-6 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (eigenvalues_below(a, b, middle) < static_cast<int>(a.size()) ? low : high) = middle;
  }
  return high;
}

double dot_single(const NodeSpace& space, const NodeVectorF& x, const NodeVectorF& y) {
  double sum[1] = {0.0};
  Kokkos::parallel_reduce(
      "tautband::dot_single", range(space.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) {
        for (int c = 0; c < 3; ++c) s += static_cast<double>(x(n, c)) * static_cast<double>(y(n, c));
      },
      sum[0]);
  sum_over_ranks(space, sum);
  return sum[0];
}

/// Numbers in [-1, 1] that look random and depend on node and component alone (an integer hash).
KOKKOS_INLINE_FUNCTION float scattered(GlobalIndex node, int c) {
  std::uint64_t h = static_cast<std::uint64_t>(3 * node + c) * 0x9E3779B97F4A7C15ULL;
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93ULL;
  h ^= h >> 32;
  return static_cast<float>(h >> 40) / 8388608.0F - 1.0F;
}

/// d := keep d + take D^-1 (b - y), x += d, and y := 0 for the next product.
void step(const Blocks& B, const NodeVectorF& b, const NodeVectorF& d, const NodeVectorF& x, const NodeVectorF& y,
          float keep, float take) {
  Kokkos::parallel_for(
      "tautband::chebyshev", range(static_cast<Index>(x.extent(0))), KOKKOS_LAMBDA(const Index n) {
        const BlockProduct z(B, n, {b(n, 0) - y(n, 0), b(n, 1) - y(n, 1), b(n, 2) - y(n, 2)});
        for (int i = 0; i < 3; ++i) {
          const float move = (keep != 0.0F ? keep * d(n, i) : 0.0F) + take * z.z[i];
          d(n, i) = move;
          x(n, i) += move;
          y(n, i) = 0.0F;
        }
      });
}

}  // namespace

ChebyshevSmoother::ChebyshevSmoother(const NodeSpace& space, int degree, ChebyshevInterval interval)
    : space_(space),
      degree_(degree),
      interval_(interval),
      inverse_("tautband::smoother_blocks", space.n_nodes),
      direction_("tautband::smoother_direction", space.n_nodes),
      image_("tautband::smoother_image", space.n_nodes) {}

void ChebyshevSmoother::set_blocks(const NodeBlocks& blocks, const NodeVector& mask) {
  const Blocks inverse = inverse_;
  Kokkos::parallel_for(
      "tautband::smoother_blocks", range(space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        double B[3][3];
        invert_block(blocks, mask, n, B);
        for (int i = 0; i < 3; ++i) {
          const int j = (i + 1) % 3;
          inverse(n, i) = static_cast<float>(mask(n, i) * B[i][i]);
          inverse(n, 3 + i) = static_cast<float>(mask(n, i) * mask(n, j) * B[i][j]);
        }
      });
}

/// Lanczos by the recurrences of conjugate gradients (Golub & Van Loan 2013, 10.2).
void ChebyshevSmoother::find_interval(const SingleOperator& A, const View1<GlobalIndex>& global, int steps) {
  const NodeVectorF r("tautband::lanczos", space_.n_nodes), z("tautband::lanczos", space_.n_nodes), p = direction_,
                                                                                                    y = image_;
  const Blocks B = inverse_;
  const Index n_nodes = space_.n_nodes;
  Kokkos::parallel_for(
      "tautband::lanczos_start", range(n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) r(n, c) = B(n, c) != 0.0F ? scattered(global(n), c) : 0.0F;
      });
  std::vector<double> diagonal, beside;
  double rz = 0.0, alpha = 1.0, beta = 0.0;
  for (int k = 0; k < steps; ++k) {
    Kokkos::parallel_for(
        "tautband::lanczos_blocks", range(n_nodes), KOKKOS_LAMBDA(const Index n) {
          const BlockProduct product(B, n, {r(n, 0), r(n, 1), r(n, 2)});
          for (int c = 0; c < 3; ++c) z(n, c) = product.z[c];
        });
    const double before = rz, alpha_before = alpha;
    rz = dot_single(space_, r, z);
    beta = k > 0 ? rz / before : 0.0;
    const auto keep = static_cast<float>(beta);
    Kokkos::parallel_for(
        "tautband::lanczos_direction", range(n_nodes), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c) {
            p(n, c) = z(n, c) + (keep != 0.0F ? keep * p(n, c) : 0.0F);
            y(n, c) = 0.0F;
          }
        });
    A.apply(p, y);
    const double curvature = dot_single(space_, p, y);
    if (!(rz > 0.0) || !(curvature > 0.0) || !std::isfinite(curvature)) break;
    alpha = rz / curvature;
    diagonal.push_back(1.0 / alpha + (k > 0 ? beta / alpha_before : 0.0));
    if (k > 0) beside.push_back(std::sqrt(beta) / alpha_before);
    const auto move = static_cast<float>(alpha);
    Kokkos::parallel_for(
        "tautband::lanczos_residual", range(n_nodes), KOKKOS_LAMBDA(const Index n) {
          for (int c = 0; c < 3; ++c)
            if (B(n, c) != 0.0F) r(n, c) -= move * y(n, c);
        });
  }
  Kokkos::deep_copy(image_, 0.0F);
  if (diagonal.empty()) throw RunError("the smoother met a matrix that is not positive definite");
  largest_ = largest_eigenvalue_of(diagonal, beside);
}

void ChebyshevSmoother::smooth_from_zero(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x) const {
  const double a = interval_.lowest * largest_, c = interval_.highest * largest_;
  const auto first = static_cast<float>(2.0 / (a + c));
  const Blocks B = inverse_;
  const NodeVectorF d = direction_;
  Kokkos::parallel_for(
      "tautband::chebyshev_first", range(space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        const BlockProduct z(B, n, {b(n, 0), b(n, 1), b(n, 2)});
        for (int i = 0; i < 3; ++i) x(n, i) = d(n, i) = first * z.z[i];
      });
  recur(A, b, x, 1);
}

void ChebyshevSmoother::smooth(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x) const {
  recur(A, b, x, 0);
}

/// Steps `done` .. degree - 1 of the three-term recurrence (Saad 2003, algorithm 12.1).
void ChebyshevSmoother::recur(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x, int done) const {
  const double low = interval_.lowest * largest_, high = interval_.highest * largest_;
  const double middle = 0.5 * (high + low), half = 0.5 * (high - low), sigma = middle / half;
  double rho = 1.0 / sigma;
  for (int k = 0; k < degree_; ++k) {
    const double next = k == 0 ? rho : 1.0 / (2.0 * sigma - rho);
    const double keep = k == 0 ? 0.0 : next * rho, take = k == 0 ? 1.0 / middle : 2.0 * next / half;
    rho = next;
    if (k < done) continue;
    A.apply(x, image_);
    step(inverse_, b, direction_, x, image_, static_cast<float>(keep), static_cast<float>(take));
  }
}

void ChebyshevSmoother::residual(const SingleOperator& A, const NodeVectorF& b, const NodeVectorF& x,
                                 const NodeVector& mask, const NodeVectorF& r) const {
  A.apply(x, image_);
  const NodeVectorF y = image_;
  Kokkos::parallel_for(
      "tautband::smoother_residual", range(space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) {
          r(n, c) = static_cast<float>(mask(n, c)) * (b(n, c) - y(n, c));
          y(n, c) = 0.0F;
        }
      });
}

}  // namespace tautband
