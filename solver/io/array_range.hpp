// The range of the values of a dataset that may be larger than the memory.
#pragma once

#include "io/hdf5.hpp"

#include <limits>

namespace tautband::hdf5 {

struct Range {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
  std::size_t not_finite = 0;  ///< values that are NaN or infinite, left out of the range
};

/// Over the first `rows` rows, all components together, read piece by piece. Throws FileError.
Range range_of(const std::string& path, const std::string& dataset, hsize_t rows);

}  // namespace tautband::hdf5
