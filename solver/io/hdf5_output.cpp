#include "io/hdf5.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace tautband::hdf5 {
namespace {

constexpr std::size_t memory_increment = std::size_t{1} << 22;  // bytes by which the file in memory grows
constexpr hsize_t rows_per_chunk = 65536;
constexpr hsize_t compressed_from = 1024;  // values; smaller datasets are stored plainly

/// Nothing here touches a disk: a failure means that the memory is exhausted.
void require(bool done, const std::string& name) {
  if (!done) throw FileError("cannot build " + name + " in memory");
}

Handle create_in_memory() {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access, memory_increment, 0);
  return Handle(H5Fcreate("memory", H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose);
}

std::string write_attribute(hid_t owner, const std::string& object, const std::string& attribute, hid_t file_type,
                            hid_t memory_type, hid_t space, const void* value) {
  const Handle made(H5Acreate_by_name(owner, object.c_str(), attribute.c_str(), file_type, space, H5P_DEFAULT,
                                      H5P_DEFAULT, H5P_DEFAULT),
                    H5Aclose);
  return made.valid() && H5Awrite(made, memory_type, value) >= 0 ? "" : failure_reason();
}

}  // namespace

std::string failure_reason() {
  std::string text;
  const auto first = [](unsigned, const H5E_error2_t* error, void* data) {
    auto& found = *static_cast<std::string*>(data);
    if (found.empty() && error->desc) found = error->desc;
    return herr_t{0};
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first, &text);
  return text.empty() ? "unknown error" : text;
}

Handle fixed_string(std::size_t size) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, std::max<std::size_t>(size, 1));
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  return type;
}

PackedStrings::PackedStrings(const std::vector<std::string>& values) {
  for (const std::string& value : values) width = std::max(width, value.size());
  for (const std::string& value : values) {
    text += value;
    text.append(width - value.size(), '\0');
  }
}

std::string make_attribute(hid_t owner, const std::string& object, const std::string& attribute,
                           const std::string& text) {
  const Handle type = fixed_string(text.size()), space(H5Screate(H5S_SCALAR), H5Sclose);
  return write_attribute(owner, object, attribute, type, type, space, text.c_str());
}

std::string make_attribute(hid_t owner, const std::string& object, const std::string& attribute,
                           const std::vector<int>& values) {
  const hsize_t count = values.size();
  const Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose);
  return write_attribute(owner, object, attribute, H5T_STD_I32LE, H5T_NATIVE_INT, space, values.data());
}

OutputFile::OutputFile() : file_(create_in_memory()) { require(file_.valid(), "an HDF5 file"); }

void OutputFile::group(const std::string& name) {
  const Handle made(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  require(made.valid(), name);
}

Handle OutputFile::create(const std::string& name, hid_t file_type, const Shape& shape) {
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  hsize_t values = 1;
  for (hsize_t extent : shape) values *= extent;
  if (values >= compressed_from) {
    Shape chunk = shape;
    chunk[0] = std::min(chunk[0], rows_per_chunk);
    H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data());
    H5Pset_shuffle(properties);
    H5Pset_deflate(properties, 4);
    H5Pset_fletcher32(properties);
  }
  Handle made(H5Dcreate2(file_, name.c_str(), file_type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose);
  require(made.valid(), name);
  return made;
}

void OutputFile::reals(const std::string& name, const std::vector<double>& values, const Shape& shape) {
  const Handle made = create(name, H5T_IEEE_F64LE, shape);
  if (!values.empty())
    require(H5Dwrite(made, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0, name);
}

void OutputFile::integers(const std::string& name, const std::vector<std::int64_t>& values, const Shape& shape,
                          hid_t file_type) {
  const Handle made = create(name, file_type, shape);
  if (!values.empty())
    require(H5Dwrite(made, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0, name);
}

void OutputFile::strings(const std::string& name, const std::vector<std::string>& values) {
  const PackedStrings packed(values);
  const Handle type = fixed_string(packed.width);
  const Handle made = create(name, type, {values.size()});
  if (!values.empty()) require(H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, packed.text.data()) >= 0, name);
}

void OutputFile::text_attribute(const std::string& object, const std::string& attribute, const std::string& text) {
  require(make_attribute(file_, object, attribute, text).empty(), object + " attribute " + attribute);
}

void OutputFile::integer_attribute(const std::string& object, const std::string& attribute,
                                   const std::vector<int>& values) {
  require(make_attribute(file_, object, attribute, values).empty(), object + " attribute " + attribute);
}

std::vector<std::byte> OutputFile::image() {
  require(H5Fflush(file_, H5F_SCOPE_GLOBAL) >= 0, "the file");
  const ssize_t size = H5Fget_file_image(file_, nullptr, 0);
  require(size > 0, "the file");
  std::vector<std::byte> bytes(size);
  require(H5Fget_file_image(file_, bytes.data(), bytes.size()) == size, "the file");
  return bytes;
}

}  // namespace tautband::hdf5
