// The small least-squares problem of GMRES, by Givens rotations (Saad & Schultz 1986, SIAM J Sci Stat Comput 7:856).
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace tautband {

/// min |beta e1 - H y| for a Hessenberg matrix H that comes column by column; column j has j + 2 entries.
class HessenbergSystem {
 public:
  explicit HessenbergSystem(int most_columns)
      : rows_(most_columns + 1),
        triangle_(std::size_t(most_columns) * rows_),
        turned_(rows_),
        cosine_(most_columns),
        sine_(most_columns),
        right_side_(rows_) {}

  void start(double beta) {
    std::fill(right_side_.begin(), right_side_.end(), 0.0);
    right_side_[0] = beta;
  }
  /// The residual that column j, added to those before it, would leave.
  double residual_with(const double* column, int j) {
    turn(column, j);
    const double length = std::hypot(turned_[j], turned_[j + 1]);
    return std::abs(right_side_[j]) * (length > 0.0 ? std::abs(turned_[j + 1]) / length : 1.0);
  }
  /// Adds column j; false when it is a combination of those before it but for 1e-10, and then it is not added: it would
  /// make y as large as rounding errors are small.
  bool add(const double* column, int j) {
    turn(column, j);
    const double length = std::hypot(turned_[j], turned_[j + 1]);
    const double whole = std::sqrt(std::inner_product(column, column + j + 2, column, 0.0));
    if (!(length > 1e-10 * whole)) return false;
    cosine_[j] = turned_[j] / length;
    sine_[j] = turned_[j + 1] / length;
    std::copy(turned_.begin(), turned_.begin() + j, &triangle(0, j));
    triangle(j, j) = length;
    right_side_[j + 1] = -sine_[j] * right_side_[j];
    right_side_[j] *= cosine_[j];
    return true;
  }
  /// The best y with the first `columns` columns.
  void solve(int columns, double* y) const {
    for (int i = columns - 1; i >= 0; --i) {
      double left = right_side_[i];
      for (int k = i + 1; k < columns; ++k) left -= triangle_[std::size_t(k) * rows_ + i] * y[k];
      y[i] = left / triangle_[std::size_t(i) * (rows_ + 1)];
    }
  }

 private:
  double& triangle(int row, int column) { return triangle_[std::size_t(column) * rows_ + row]; }
  /// turned_ := column j under the rotations of those before it.
  void turn(const double* column, int j) {
    std::copy(column, column + j + 2, turned_.begin());
    for (int i = 0; i < j; ++i) {
      const double above = turned_[i], below = turned_[i + 1];
      turned_[i] = cosine_[i] * above + sine_[i] * below;
      turned_[i + 1] = cosine_[i] * below - sine_[i] * above;
    }
  }

  int rows_;
  std::vector<double> triangle_, turned_, cosine_, sine_, right_side_;
};

}  // namespace tautband
