// Experiment designs: which points of the unit cube a sweep visits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tautband {

enum class DesignKind { grid, latin_hypercube, sobol, saltelli, morris };

struct DesignRequest {
  DesignKind kind = DesignKind::grid;
  std::size_t factors = 0;          ///< at least 1
  std::size_t samples = 0;          ///< points; Saltelli: base samples; Morris: trajectories; grid: not used
  std::vector<std::size_t> counts;  ///< grid only: values of each factor
  bool second_order = false;        ///< Saltelli only
  std::size_t levels = 4;           ///< Morris only: even, at least 2
  std::uint64_t seed = 1;           ///< not used by a grid
};

/// A design has no more rows than this.
constexpr std::size_t most_design_rows = 1'000'000;

/// Rows of `factors` numbers in [0, 1]; the same request gives the same rows on every machine.
/// - grid: index / (count - 1), 0 where count is 1; the last factor varies fastest.
/// - latin_hypercube: each factor has one point in each of `samples` equal intervals, at a random place in it.
///   McKay, Beckman & Conover 1979, Technometrics 21:239.
/// - sobol: scrambled_sobol_points() of math/low_discrepancy.hpp, most even when `samples` is a power of two.
/// - saltelli: samples * (factors + 2) rows, with second order samples * (2 * factors + 2), laid out as SaltelliLayout
///   of math/design_layout.hpp says. A and B are the two halves of one scrambled Sobol' sequence of 2 * factors
///   dimensions. The usual skip of its first points, which share coordinates, is not needed: they are scrambled apart.
/// - morris: samples * (factors + 1) rows, trajectories as in MorrisLayout on the values 0, 1 / (levels - 1), ... 1.
///   Each step moves one factor, in random order, by levels / (2 * (levels - 1)) up or down.
///   Morris 1991, Technometrics 33:161, section 3.
/// Throws CaseError for a request outside these limits.
std::vector<std::vector<double>> design(const DesignRequest& request);

}  // namespace tautband
