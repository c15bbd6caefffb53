// Files that an interrupted run left, cut back to what the next one goes on from.
#pragma once

#include "io/hdf5.hpp"

namespace tautband::hdf5 {

/// The rows of a dataset that stay.
struct FirstRows {
  std::string dataset;
  hsize_t rows;
};

/// An integer attribute that counts what the datasets hold, such as NSteps.
struct Counter {
  std::string object, attribute;
  std::int64_t value;
};

/// Sets the counters, then cuts the datasets, which grow by rows, in place. The file can be opened at any moment, and
/// what stays can be read in it. Used on one rank, while nobody else has the file open for writing; throws FileError.
void keep_first_rows(const std::string& path, const std::vector<FirstRows>& datasets,
                     const std::vector<Counter>& counters);

}  // namespace tautband::hdf5
