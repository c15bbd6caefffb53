// Breaks mesh files on purpose, with plain HDF5 calls.
#pragma once

#include <gtest/gtest.h>
#include <hdf5.h>

#include <array>
#include <string>
#include <vector>

namespace tautband::testing {

using Shape = std::vector<hsize_t>;

/// Changes to a mesh file, made with plain HDF5 calls.
class Editor {
 public:
  explicit Editor(const std::string& path) : file_(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)) {
    EXPECT_GE(file_, 0) << path;
  }
  ~Editor() { EXPECT_GE(H5Fclose(file_), 0); }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  void remove(const std::string& name) { EXPECT_GE(H5Ldelete(file_, name.c_str(), H5P_DEFAULT), 0) << name; }
  void group(const std::string& name) {
    H5Gclose(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }

  template <class T> void put(const std::string& name, hid_t type, const Shape& shape, const std::vector<T>& values) {
    if (H5Lexists(file_, name.c_str(), H5P_DEFAULT) > 0) remove(name);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t made = H5Dcreate2(file_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (!values.empty()) H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(made);
    H5Sclose(space);
  }
  void integers(const std::string& name, const Shape& shape, const std::vector<long long>& values) {
    put(name, H5T_NATIVE_LLONG, shape, values);
  }
  void reals(const std::string& name, const Shape& shape, const std::vector<double>& values) {
    put(name, H5T_NATIVE_DOUBLE, shape, values);
  }
  /// A dataset of reals of a large shape of which only the first chunk was ever written.
  void claim(const std::string& name, const Shape& shape) {
    remove(name);
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, shape.data(), nullptr);
    const Shape start{0, 0}, chunk{1, shape[1]};
    H5Pset_chunk(properties, 2, chunk.data());
    const hid_t made = H5Dcreate2(file_, name.c_str(), H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    const hid_t part = H5Screate_simple(2, chunk.data(), nullptr);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, chunk.data(), nullptr);
    const std::vector<double> values(shape[1], 1.0);
    EXPECT_GE(H5Dwrite(made, H5T_NATIVE_DOUBLE, part, space, H5P_DEFAULT, values.data()), 0);
    for (hid_t id : {part, space}) H5Sclose(id);
    H5Pclose(properties);
    H5Dclose(made);
  }
  /// Changes one value of a dataset of reals.
  void change(const std::string& name, std::size_t i, double value) {
    const hid_t opened = H5Dopen2(file_, name.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(opened);
    std::vector<double> values(H5Sget_simple_extent_npoints(space));
    H5Dread(opened, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    values.at(i) = value;
    EXPECT_GE(H5Dwrite(opened, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    H5Sclose(space);
    H5Dclose(opened);
  }
  void remove_attribute(const std::string& object, const std::string& name) {
    EXPECT_GE(H5Adelete_by_name(file_, object.c_str(), name.c_str(), H5P_DEFAULT), 0);
  }
  void version(int major, int minor) {
    remove_attribute("/VTKHDF", "Version");
    const hsize_t two = 2;
    const std::array<int, 2> values{major, minor};
    const hid_t space = H5Screate_simple(1, &two, nullptr);
    const hid_t made =
        H5Acreate_by_name(file_, "/VTKHDF", "Version", H5T_NATIVE_INT, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(made, H5T_NATIVE_INT, values.data());
    H5Aclose(made);
    H5Sclose(space);
  }

 private:
  hid_t file_;
};

}  // namespace tautband::testing
