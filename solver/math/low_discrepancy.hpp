// Points that fill the unit cube more evenly than random ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tautband {

/// The Sobol' sequence is tabulated for no more dimensions.
constexpr std::size_t most_sobol_dimensions = 3667;

/// The first `count` points of the Sobol' sequence, from the origin on, in the order of Antonov & Saleev 1979 (Gray
/// code). Direction numbers: Joe & Kuo 2008, SIAM J. Sci. Comput. 30:2635, as Boost has them.
std::vector<std::vector<double>> sobol_points(std::size_t count, std::size_t dimensions);

/// sobol_points() scrambled by nested uniform scrambling: the points stay as even, each is uniform in the cube, and the
/// error of a smooth integral falls as count^-1.5. Owen 1995, in Monte Carlo and Quasi-Monte Carlo Methods, p. 299.
std::vector<std::vector<double>> scrambled_sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed);

}  // namespace tautband
