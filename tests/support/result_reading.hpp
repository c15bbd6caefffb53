// Checks a written example against the layout and the values it must have.
#pragma once

#include "io/hdf5.hpp"
#include "support/result_example.hpp"

#include <gtest/gtest.h>

namespace tautband::testing_support {

/// Values of one array at one step, found as a viewer finds them: the rows that begin at the offset of the step. What
/// lies behind the last complete step is not read, for a killed writer leaves anything there.
inline std::vector<double> array_at(const hdf5::InputFile& file, Centre centre, const std::string& name, int step,
                                    std::size_t rows) {
  const std::string data = centre == Centre::point ? "PointData" : "CellData", dataset = "/VTKHDF/" + data + "/" + name;
  hdf5::Shape count = file.shape(dataset), first(count.size(), 0);
  count[0] = rows;
  first[0] = file.integers("/VTKHDF/Steps/" + data + "Offsets/" + name).at(step);
  const hdf5::Handle opened_file(H5Fopen(file.path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  const hdf5::Handle opened(H5Dopen2(opened_file, dataset.c_str(), H5P_DEFAULT), H5Dclose);
  const hdf5::Handle space(H5Dget_space(opened), H5Sclose);
  const hdf5::Handle memory(H5Screate_simple(int(count.size()), count.data(), nullptr), H5Sclose);
  std::vector<double> values(rows * (count.size() == 2 ? count[1] : 1));
  if (H5Sselect_hyperslab(space, H5S_SELECT_SET, first.data(), nullptr, count.data(), nullptr) < 0 ||
      H5Dread(opened, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values.data()) < 0)
    throw std::runtime_error(dataset + " cannot be read at step " + std::to_string(step));
  return values;
}

/// The values `array_at` must give: example_value of the row's node or cell; `pieces` rows per cell.
inline std::vector<double> expected_array(std::size_t rows, int components, int step, int pieces) {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows; ++row)
    for (int c = 0; c < components; ++c) values.push_back(example_value(GlobalIndex(row) / pieces, c, step));
  return values;
}

/// Checks every step that the file says it has; returns their number.
inline int check_steps(const std::string& path, ElementKind kind, bool linearise) {
  const Mesh mesh = example_mesh(kind);
  const int pieces = linearise ? 8 : 1;
  const std::size_t n_nodes = mesh.n_nodes(), n_cells = mesh.n_cells() * pieces;
  const hdf5::InputFile file(path);
  const int n_steps = file.integer_attribute("/VTKHDF/Steps", "NSteps").at(0);
  for (int step = 0; step < n_steps; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    EXPECT_EQ(file.reals("/VTKHDF/Steps/Values").at(step), example_time(step));
    EXPECT_EQ(array_at(file, Centre::point, "displacement", step, n_nodes), expected_array(n_nodes, 3, step, 1));
    EXPECT_EQ(array_at(file, Centre::point, "tension", step, n_nodes), expected_array(n_nodes, 1, step, 1));
    EXPECT_EQ(array_at(file, Centre::cell, "stress", step, n_cells), expected_array(n_cells, 6, step, pieces));
    EXPECT_EQ(array_at(file, Centre::cell, "volume_ratio", step, n_cells), expected_array(n_cells, 1, step, pieces));
    EXPECT_EQ(array_at(file, Centre::point, "end_plate", step, n_nodes), expected_array(n_nodes, 1, -1, 1));
    if (testing::Test::HasFailure()) break;
  }
  return n_steps;
}

}  // namespace tautband::testing_support
