#include "base/error.hpp"
#include "io/hdf5.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tautband::hdf5 {
namespace {

/// Text up to the first zero byte, without trailing blanks: covers all paddings of fixed-length strings.
std::string trimmed(const char* text, std::size_t size) {
  std::string result(text, strnlen(text, size));
  result.erase(result.find_last_not_of(' ') + 1);
  return result;
}

Handle open_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw FileError(path + ": no such file");
  if (!std::filesystem::is_regular_file(status)) throw FileError(path + ": is not a file");
  if (std::FILE* readable = std::fopen(path.c_str(), "rb")) {
    std::fclose(readable);
  } else {
    throw FileError(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
  }
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file.valid()) throw FileError(path + ": is not an HDF5 file, or is damaged");
  return file;
}

}  // namespace

std::string to_string(const Shape& shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

InputFile::InputFile(const std::string& path) : path_(path), file_(open_file(path)) {
  file_bytes_ = std::filesystem::file_size(path);
}

void InputFile::fail(const std::string& object, const std::string& reason) const {
  throw FileError(fmt::format("{}: {}: {}", path_, object, reason));
}

bool InputFile::exists(const std::string& name) const {
  for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
    const std::string part = name.substr(0, end);
    if (H5Lexists(file_, part.c_str(), H5P_DEFAULT) <= 0) return false;
    H5L_info_t link{};
    if (H5Lget_info(file_, part.c_str(), &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD)
      fail(part, "is a link to somewhere else; the data have to lie in this file, under this name");
    if (end == std::string::npos) return true;
  }
}

std::vector<std::string> InputFile::children(const std::string& group) const {
  std::vector<std::string> names;
  if (!exists(group)) return names;
  const Handle opened(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose);
  H5G_info_t info{};
  if (!opened.valid() || H5Gget_info(opened, &info) < 0) fail(group, "is not a group, or is damaged");
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const ssize_t size = H5Lget_name_by_idx(opened, ".", H5_INDEX_NAME, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    if (size < 0) fail(group, "has a damaged list of names");
    std::string name(size, '\0');
    H5Lget_name_by_idx(opened, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), size + 1, H5P_DEFAULT);
    names.push_back(name);
  }
  return names;
}

Handle InputFile::open_dataset(const std::string& dataset) const {
  if (!exists(dataset)) fail(dataset, "is missing");
  Handle opened(H5Dopen2(file_, dataset.c_str(), H5P_DEFAULT), H5Dclose);
  if (!opened.valid()) fail(dataset, "is not a dataset, or is damaged");
  const Handle properties(H5Dget_create_plist(opened), H5Pclose);
  if (H5Pget_external_count(properties) != 0 || H5Pget_layout(properties) == H5D_VIRTUAL)
    fail(dataset, "has its values in another file; they have to lie in this one");
  return opened;
}

Shape InputFile::shape(const std::string& dataset) const {
  const Handle opened = open_dataset(dataset);
  const Handle space(H5Dget_space(opened), H5Sclose);
  const int rank = space.valid() ? H5Sget_simple_extent_ndims(space) : -1;
  if (rank < 0) fail(dataset, "has a damaged shape");
  Shape shape(rank);
  H5Sget_simple_extent_dims(space, shape.data(), nullptr);
  return shape;
}

std::size_t InputFile::readable_size(const std::string& dataset, const Handle& opened) const {
  constexpr double largest_compression = 1100.0;  // deflate cannot shrink by more than 1032
  double size = 1.0;
  for (hsize_t extent : shape(dataset)) size *= static_cast<double>(extent);
  const Handle type(H5Dget_type(opened), H5Tclose), properties(H5Dget_create_plist(opened), H5Pclose);
  const std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(opened), file_bytes_);
  if (size > 0.0 && stored == 0) fail(dataset, "has a shape but no values");
  const double bytes = size * static_cast<double>(type.valid() ? H5Tget_size(type) : 1);
  const double most = static_cast<double>(stored) * (H5Pget_nfilters(properties) == 0 ? 1.0 : largest_compression);
  if (bytes > most)
    fail(dataset, fmt::format("claims {:.3g} bytes and has {} in the file: the file is damaged", bytes, stored));
  return static_cast<std::size_t>(size);
}

template <class T>
std::vector<T> InputFile::values(const std::string& dataset, hid_t memory_type, bool accept_reals) const {
  const Handle opened = open_dataset(dataset);
  const Handle type(H5Dget_type(opened), H5Tclose);
  const H5T_class_t kind = type.valid() ? H5Tget_class(type) : H5T_NO_CLASS;
  if (kind != H5T_INTEGER && !(accept_reals && kind == H5T_FLOAT))
    fail(dataset, accept_reals ? "has values that are not numbers" : "has values that are not integers");
  std::vector<T> result(readable_size(dataset, opened));
  if (!result.empty() && H5Dread(opened, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.data()) < 0)
    fail(dataset, "cannot be read: the file is damaged or cut off");
  return result;
}

std::vector<double> InputFile::reals(const std::string& dataset) const {
  return values<double>(dataset, H5T_NATIVE_DOUBLE, true);
}

std::vector<double> InputFile::rows(const std::string& dataset, hsize_t first, hsize_t count) const {
  Shape begin = shape(dataset), extent = begin;
  if (begin.empty() || first + count > begin[0]) fail(dataset, "has shape " + to_string(begin) + ": too few rows");
  const Handle opened = open_dataset(dataset);
  std::size_t size = count;
  for (std::size_t i = 1; i < extent.size(); ++i) size *= extent[i];
  std::vector<double> result(readable_size(dataset, opened) > 0 ? size : 0);
  if (result.empty()) return result;
  std::fill(begin.begin(), begin.end(), 0);
  begin[0] = first;
  extent[0] = count;
  const Handle space(H5Dget_space(opened), H5Sclose);
  const Handle memory(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
  H5Sselect_hyperslab(space, H5S_SELECT_SET, begin.data(), nullptr, extent.data(), nullptr);
  if (H5Dread(opened, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, result.data()) < 0)
    fail(dataset, "cannot be read: the file is damaged or cut off");
  return result;
}

std::vector<std::int64_t> InputFile::integers(const std::string& dataset) const {
  return values<std::int64_t>(dataset, H5T_NATIVE_INT64, false);
}

std::vector<std::string> InputFile::strings(const std::string& dataset) const {
  if (shape(dataset).size() != 1) fail(dataset, "has shape " + to_string(shape(dataset)) + "; a list (n) is expected");
  const Handle opened = open_dataset(dataset);
  const Handle type(H5Dget_type(opened), H5Tclose);
  if (!type.valid() || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0)
    fail(dataset, "is not a list of fixed-length strings");
  const std::size_t count = readable_size(dataset, opened), width = H5Tget_size(type);
  std::vector<char> text(count * width);
  if (count > 0 && H5Dread(opened, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) < 0)
    fail(dataset, "cannot be read: the file is damaged or cut off");
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(trimmed(&text[i * width], width));
  return result;
}

std::string InputFile::variable_text(hid_t opened, hid_t type, hid_t space, const std::string& object,
                                     const std::string& attribute) const {
  char* text = nullptr;
  if (H5Aread(opened, type, &text) < 0) fail(object, "attribute " + attribute + " cannot be read");
  const std::string result = text ? text : "";
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, &text);
  return result;
}

std::string InputFile::text_attribute(const std::string& object, const std::string& attribute,
                                      const std::string& missing) const {
  if (H5Aexists_by_name(file_, object.c_str(), attribute.c_str(), H5P_DEFAULT) <= 0) return missing;
  const Handle opened(H5Aopen_by_name(file_, object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  const Handle type(opened.valid() ? H5Aget_type(opened) : -1, H5Tclose);
  const Handle space(opened.valid() ? H5Aget_space(opened) : -1, H5Sclose);
  if (!type.valid() || !space.valid() || H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1)
    fail(object, "attribute " + attribute + " is not a string");
  if (H5Tis_variable_str(type) > 0) return variable_text(opened, type, space, object, attribute);
  constexpr std::size_t longest = 1 << 20;
  if (H5Tget_size(type) > longest) fail(object, "attribute " + attribute + " is longer than a megabyte");
  std::vector<char> text(H5Tget_size(type));
  if (H5Aread(opened, type, text.data()) < 0) fail(object, "attribute " + attribute + " cannot be read");
  return trimmed(text.data(), text.size());
}

std::vector<int> InputFile::integer_attribute(const std::string& object, const std::string& attribute) const {
  if (H5Aexists_by_name(file_, object.c_str(), attribute.c_str(), H5P_DEFAULT) <= 0) return {};
  const Handle opened(H5Aopen_by_name(file_, object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  const Handle type(opened.valid() ? H5Aget_type(opened) : -1, H5Tclose);
  const Handle space(opened.valid() ? H5Aget_space(opened) : -1, H5Sclose);
  const hssize_t count = space.valid() ? H5Sget_simple_extent_npoints(space) : -1;
  constexpr hssize_t longest = 8192;  // bytes of an attribute are bounded by its 64 KiB object header
  if (!type.valid() || H5Tget_class(type) != H5T_INTEGER || count < 0 || count > longest)
    fail(object, "attribute " + attribute + " is not a list of integers");
  std::vector<int> result(count);
  if (count > 0 && H5Aread(opened, H5T_NATIVE_INT, result.data()) < 0)
    fail(object, "attribute " + attribute + " cannot be read");
  return result;
}

}  // namespace tautband::hdf5
