#include "math/low_discrepancy.hpp"

#include "base/counter_random.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <boost/random/sobol.hpp>

namespace tautband {
namespace {

constexpr unsigned bits = 52;  // a coordinate is a multiple of 2^-52, which a double holds
constexpr double unit = 0x1.0p-52;

/// Turns each bit of `coordinate` by a random bit that depends on the bits above it.
std::uint64_t scrambled(std::uint64_t coordinate, std::uint64_t seed) {
  std::uint64_t result = 0;
  for (unsigned bit = bits; bit-- > 0;) {
    const std::uint64_t above = coordinate >> (bit + 1);
    const std::uint64_t node = above | std::uint64_t{1} << (bits - 1 - bit);  // a number of its own for each prefix
    result |= ((coordinate >> bit ^ random_bits(seed, node)) & 1) << bit;
  }
  return result;
}

}  // namespace

std::vector<std::vector<double>> sobol_points(std::size_t count, std::size_t dimensions) {
  if (dimensions < 1 || dimensions > most_sobol_dimensions)
    throw CaseError(fmt::format("the Sobol' sequence is tabulated for 1 to {} dimensions, not for {}",
                                most_sobol_dimensions, dimensions));
  static_assert(boost::random::default_sobol_table::max_dimension == most_sobol_dimensions);
  boost::random::sobol_engine<std::uint64_t, bits> engine(dimensions);
  std::vector<std::vector<double>> points(count, std::vector<double>(dimensions, 0.0));
  for (std::size_t i = 1; i < count; ++i)  // the engine leaves out the origin
    for (double& coordinate : points[i]) coordinate = unit * static_cast<double>(engine());
  return points;
}

std::vector<std::vector<double>> scrambled_sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  std::vector<std::vector<double>> points = sobol_points(count, dimensions);
  for (std::vector<double>& point : points)
    for (std::size_t d = 0; d < dimensions; ++d)
      point[d] =
          unit * static_cast<double>(scrambled(static_cast<std::uint64_t>(point[d] / unit), random_bits(seed, d)));
  return points;
}

}  // namespace tautband
