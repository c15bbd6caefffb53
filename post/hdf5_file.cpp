#include "post/hdf5_file.hpp"

#include "post/errors.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace tautband::post {
namespace {

constexpr hsize_t hdf5_string_limit = 1 << 26;  // 64 MiB: a damaged header must not ask for more

/// Reads `count` strings of `type` from a dataset or attribute through `read(memory_type, buffer)`.
template <class Read> std::vector<std::string> read_strings(hid_t type, hsize_t count, Read read) {
  std::vector<std::string> texts;
  Handle memory(H5Tcopy(type), H5Tclose);
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char*> pointers(count, nullptr);
    if (read(memory.get(), static_cast<void*>(pointers.data())) < 0) return {};
    for (char* text : pointers) {
      texts.emplace_back(text ? text : "");
      H5free_memory(text);
    }
    return texts;
  }
  const size_t length = H5Tget_size(type);
  if (length == 0 || length * count > hdf5_string_limit) return {};
  std::vector<char> buffer(length * count);
  if (read(memory.get(), static_cast<void*>(buffer.data())) < 0) return {};
  for (hsize_t i = 0; i < count; ++i) {
    std::string text(buffer.data() + i * length, length);
    texts.push_back(text.substr(0, text.find('\0')));
  }
  return texts;
}

}  // namespace

Hdf5File::Hdf5File(const std::string& path) : path_(path) {
  if (!std::filesystem::exists(path)) throw FileError(path + ": no such file");
  setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // our own messages instead of HDF5's stack
  if (H5Fis_hdf5(path.c_str()) <= 0) fail("not an HDF5 file, or its beginning is damaged");
  file_ = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file_) fail("cannot be opened: truncated, damaged or unreadable");
}

void Hdf5File::fail(const std::string& what) const { throw FileError(path_ + ": " + what); }

bool Hdf5File::exists(const std::string& object) const {
  // H5Lexists asks for every step of the path on its own
  for (size_t slash = object.find('/', 1); slash != std::string::npos; slash = object.find('/', slash + 1))
    if (H5Lexists(file_.get(), object.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
  return H5Lexists(file_.get(), object.c_str(), H5P_DEFAULT) > 0;
}

Handle Hdf5File::open_dataset(const std::string& dataset) const {
  if (!exists(dataset)) fail("has no dataset " + dataset);
  Handle handle(H5Dopen2(file_.get(), dataset.c_str(), H5P_DEFAULT), H5Dclose);
  if (!handle) fail("dataset " + dataset + " cannot be opened");
  return handle;
}

std::vector<hsize_t> Hdf5File::shape(const std::string& dataset) const {
  const Handle data = open_dataset(dataset);
  const Handle space(H5Dget_space(data.get()), H5Sclose);
  std::vector<hsize_t> sizes(std::max(0, H5Sget_simple_extent_ndims(space.get())));
  H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr);
  return sizes;
}

std::vector<double> Hdf5File::rows(const std::string& dataset, hsize_t first, hsize_t count) const {
  const std::vector<hsize_t> sizes = shape(dataset);
  if (sizes.empty() || sizes.size() > 2) fail("dataset " + dataset + " has neither one nor two axes");
  if (first + count > sizes[0])
    fail("dataset " + dataset + " has " + std::to_string(sizes[0]) + " rows where rows up to " +
         std::to_string(first + count) + " are promised: truncated");
  const hsize_t width = sizes.size() == 2 ? sizes[1] : 1;
  const Handle data = open_dataset(dataset);
  const Handle space(H5Dget_space(data.get()), H5Sclose);
  const hsize_t start[2] = {first, 0}, extent[2] = {count, width};
  H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start, nullptr, extent, nullptr);
  const Handle memory(H5Screate_simple(static_cast<int>(sizes.size()), extent, nullptr), H5Sclose);
  std::vector<double> values(count * width);
  if (H5Dread(data.get(), H5T_NATIVE_DOUBLE, memory.get(), space.get(), H5P_DEFAULT, values.data()) < 0)
    fail("dataset " + dataset + " cannot be read: damaged or truncated");
  return values;
}

std::vector<long long> Hdf5File::integers(const std::string& dataset) const {
  const Handle data = open_dataset(dataset);
  const Handle space(H5Dget_space(data.get()), H5Sclose);
  std::vector<long long> values(static_cast<size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.get()))));
  if (H5Dread(data.get(), H5T_NATIVE_LLONG, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    fail("dataset " + dataset + " cannot be read as integers: damaged or truncated");
  return values;
}

std::vector<std::string> Hdf5File::strings(const std::string& dataset) const {
  const Handle data = open_dataset(dataset);
  const Handle type(H5Dget_type(data.get()), H5Tclose);
  const Handle space(H5Dget_space(data.get()), H5Sclose);
  if (H5Tget_class(type.get()) != H5T_STRING) fail("dataset " + dataset + " does not hold text");
  const auto count = static_cast<hsize_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.get())));
  return read_strings(type.get(), count, [&](hid_t memory, void* buffer) {
    return H5Dread(data.get(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer);
  });
}

Handle Hdf5File::open_attribute(const std::string& object, const std::string& name) const {
  Handle attribute(H5Aopen_by_name(file_.get(), object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  if (!attribute) fail(object + " has no attribute " + name);
  return attribute;
}

long long Hdf5File::integer_attribute(const std::string& object, const std::string& name) const {
  const Handle attribute = open_attribute(object, name);
  long long value = 0;
  const Handle space(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Sget_simple_extent_npoints(space.get()) != 1 || H5Aread(attribute.get(), H5T_NATIVE_LLONG, &value) < 0)
    fail("attribute " + name + " of " + object + " is not one integer");
  return value;
}

std::vector<std::string> Hdf5File::strings_attribute(const std::string& object, const std::string& name) const {
  const Handle attribute = open_attribute(object, name);
  const Handle type(H5Aget_type(attribute.get()), H5Tclose), space(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Tget_class(type.get()) != H5T_STRING) fail("attribute " + name + " of " + object + " does not hold text");
  const auto count = static_cast<hsize_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.get())));
  return read_strings(type.get(), count,
                      [&](hid_t memory, void* buffer) { return H5Aread(attribute.get(), memory, buffer); });
}

std::vector<double> Hdf5File::reals_attribute(const std::string& object, const std::string& name) const {
  const Handle attribute = open_attribute(object, name);
  const Handle space(H5Aget_space(attribute.get()), H5Sclose);
  std::vector<double> values(static_cast<size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.get()))));
  if (H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, values.data()) < 0)
    fail("attribute " + name + " of " + object + " does not hold numbers");
  return values;
}

std::string Hdf5File::string_attribute(const std::string& object, const std::string& name) const {
  const Handle attribute(H5Aopen_by_name(file_.get(), object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose);
  if (!attribute) return "";
  const Handle type(H5Aget_type(attribute.get()), H5Tclose);
  if (H5Tget_class(type.get()) != H5T_STRING) return "";
  const auto texts =
      read_strings(type.get(), 1, [&](hid_t memory, void* buffer) { return H5Aread(attribute.get(), memory, buffer); });
  return texts.empty() ? "" : texts.front();
}

std::vector<std::string> Hdf5File::names_in(const std::string& group) const {
  std::vector<std::string> names;
  if (!exists(group)) return names;
  const Handle handle(H5Gopen2(file_.get(), group.c_str(), H5P_DEFAULT), H5Gclose);
  H5G_info_t info{};
  if (!handle || H5Gget_info(handle.get(), &info) < 0) fail("group " + group + " cannot be read");
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const ssize_t length =
        H5Lget_name_by_idx(handle.get(), ".", H5_INDEX_NAME, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    if (length < 0) fail("group " + group + " cannot be listed");
    std::string name(static_cast<size_t>(length), '\0');
    H5Lget_name_by_idx(handle.get(), ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size() + 1, H5P_DEFAULT);
    names.push_back(name);
  }
  return names;
}

}  // namespace tautband::post
