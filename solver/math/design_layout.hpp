// Where the rows of a design lie: for those who make them and those who read them.
#pragma once

#include <cstddef>

namespace tautband {

/// Rows of a Saltelli design, sample by sample. With k factors a sample is A, A_B^1 ... A_B^k, then with second order
/// B_A^1 ... B_A^k, then B. A_B^i is A with factor i from B; B_A^i is B with factor i from A. Factors count from 0
/// here. Saltelli et al. 2010, Computer Physics Communications 181:259, section 2, grouped by sample (radial).
struct SaltelliLayout {
  std::size_t factors;
  bool second_order;

  constexpr std::size_t rows_per_sample() const { return (second_order ? 2 : 1) * factors + 2; }
  constexpr std::size_t a(std::size_t sample) const { return sample * rows_per_sample(); }
  constexpr std::size_t a_b(std::size_t sample, std::size_t factor) const { return a(sample) + 1 + factor; }
  /// Only with second order.
  constexpr std::size_t b_a(std::size_t sample, std::size_t factor) const { return a(sample) + 1 + factors + factor; }
  constexpr std::size_t b(std::size_t sample) const { return a(sample + 1) - 1; }
};

/// Rows of a Morris design, trajectory by trajectory: k + 1 points, each differing from the one before in one factor.
struct MorrisLayout {
  std::size_t factors;

  constexpr std::size_t rows_per_trajectory() const { return factors + 1; }
};

}  // namespace tautband
