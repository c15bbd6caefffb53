#include "io/array_range.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::hdf5 {

Range range_of(const std::string& path, const std::string& dataset, hsize_t rows) {
  constexpr hsize_t values_at_once = hsize_t{1} << 22;
  const Silence silence;
  const auto require = [&](bool done) {
    if (!done) throw FileError(path + ": " + dataset + ": cannot be read: the file is damaged or cut off");
  };
  const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  require(file.valid());
  const Handle opened(H5Dopen2(file, dataset.c_str(), H5P_DEFAULT), H5Dclose);
  require(opened.valid());
  const Handle space(H5Dget_space(opened), H5Sclose);
  Shape shape(std::max(H5Sget_simple_extent_ndims(space), 1)), first(shape.size(), 0);
  require(H5Sget_simple_extent_dims(space, shape.data(), nullptr) >= 0 && rows <= shape[0]);
  hsize_t components = 1;
  for (std::size_t a = 1; a < shape.size(); ++a) {
    require(shape[a] <= values_at_once && components * shape[a] <= values_at_once);  // no array has that many
    components *= shape[a];
  }
  const hsize_t rows_at_once = std::max<hsize_t>(1, values_at_once / std::max<hsize_t>(1, components));
  Range range;
  for (; first[0] < rows; first[0] += rows_at_once) {
    shape[0] = std::min(rows_at_once, rows - first[0]);
    const Handle memory(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, first.data(), nullptr, shape.data(), nullptr);
    std::vector<double> values(shape[0] * components);
    require(H5Dread(opened, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values.data()) >= 0);
    for (const double value : values) {
      if (!std::isfinite(value)) {
        ++range.not_finite;
        continue;
      }
      range.lowest = std::min(range.lowest, value);
      range.highest = std::max(range.highest, value);
    }
  }
  return range;
}

}  // namespace tautband::hdf5
