// A sound mesh file in which the input has replaced objects, types, shapes, links and attributes: what is read of it is
// a mesh that passes the checks, or a FileError. The file is sound HDF5 throughout, so that what is tried is our reader
// and not the library; bytes damaged at random are tried by tests/unit/test_damaged_files.cpp.
#include "../support/two_cells.hpp"
#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/mesh_file.hpp"
#include "mesh/mesh_check.hpp"

#include <fuzzer/FuzzedDataProvider.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

using tautband::hdf5::Handle;
using Bytes = FuzzedDataProvider;

/// A mesh file that is sound at the start of every try.
class MeshFile {
 public:
  MeshFile() : path_(std::filesystem::temp_directory_path() / ("tautband_fuzz_mesh." + std::to_string(getpid()))) {
    tautband::write_mesh(path_, tautband::testing::two_cells());
    std::ifstream file(path_, std::ios::binary);
    sound_.assign(std::istreambuf_iterator<char>(file), {});
  }
  ~MeshFile() { std::filesystem::remove(path_); }
  MeshFile(const MeshFile&) = delete;
  MeshFile& operator=(const MeshFile&) = delete;

  void reset() const { std::ofstream(path_, std::ios::binary) << sound_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_, sound_;
};

constexpr std::array objects{"/VTKHDF",
                             "/VTKHDF/NumberOfPoints",
                             "/VTKHDF/NumberOfCells",
                             "/VTKHDF/NumberOfConnectivityIds",
                             "/VTKHDF/Points",
                             "/VTKHDF/Connectivity",
                             "/VTKHDF/Offsets",
                             "/VTKHDF/Types",
                             "/VTKHDF/CellData",
                             "/VTKHDF/CellData/region",
                             "/VTKHDF/CellData/fibre",
                             "/VTKHDF/CellData/stiffness",
                             "/VTKHDF/PointData",
                             "/VTKHDF/PointData/height",
                             "/VTKHDF/Steps",
                             "/regions",
                             "/regions/names",
                             "/sets",
                             "/sets/nodes",
                             "/sets/nodes/x0",
                             "/sets/faces",
                             "/sets/faces/x0",
                             "/sets/faces/z0",
                             "/"};
constexpr std::array attributes{"Type", "Version", "units", "long_name", "NSteps"};

/// A type of HDF5, of any class.
Handle any_type(Bytes& bytes) {
  const auto copy = [](hid_t type) { return Handle(H5Tcopy(type), H5Tclose); };
  switch (bytes.ConsumeIntegralInRange(0, 13)) {
    case 0:
      return copy(H5T_STD_I8LE);
    case 1:
      return copy(H5T_STD_U64BE);
    case 2:
      return copy(H5T_IEEE_F32BE);
    case 3:
      return copy(H5T_STD_I64LE);
    case 4:
      return copy(H5T_IEEE_F64LE);
    case 5:
      return tautband::hdf5::fixed_string(bytes.ConsumeIntegralInRange<std::size_t>(1, 40));
    case 6:
      return tautband::hdf5::fixed_string(H5T_VARIABLE);
    case 7:
      return Handle(H5Tcreate(H5T_OPAQUE, bytes.ConsumeIntegralInRange<std::size_t>(1, 64)), H5Tclose);
    case 8:
      return Handle(H5Tcreate(H5T_COMPOUND, 16), H5Tclose);
    case 9:
      return Handle(H5Tenum_create(H5T_STD_I32LE), H5Tclose);
    case 10:
      return copy(H5T_STD_REF_OBJ);
    case 11: {
      const hsize_t n = bytes.ConsumeIntegralInRange<hsize_t>(1, 9);
      return Handle(H5Tarray_create2(H5T_IEEE_F64LE, 1, &n), H5Tclose);
    }
    case 12:
      return Handle(H5Tvlen_create(H5T_IEEE_F64LE), H5Tclose);
    default:
      return copy(H5T_STD_B32LE);
  }
}

Handle any_space(Bytes& bytes) {
  const int rank = bytes.ConsumeIntegralInRange(-1, 3);
  if (rank <= 0) return Handle(H5Screate(rank < 0 ? H5S_NULL : H5S_SCALAR), H5Sclose);
  std::array<hsize_t, 3> shape{};
  for (hsize_t& extent : shape)
    extent = bytes.ConsumeIntegralInRange(0, 9) > 0 ? bytes.ConsumeIntegralInRange<hsize_t>(0, 16)
                                                    : bytes.ConsumeIntegral<std::uint32_t>();
  return Handle(H5Screate_simple(rank, shape.data(), nullptr), H5Sclose);
}

/// As many values as the space has, of a plain type; larger ones stay as they were allocated.
template <class Write> void fill(Bytes& bytes, hid_t type, hid_t space, Write write) {
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  const bool plain = H5Tdetect_class(type, H5T_VLEN) == 0 && H5Tis_variable_str(type) <= 0;
  if (!plain || count <= 0 || count > 4096) return;
  std::vector<char> values(static_cast<std::size_t>(count) * H5Tget_size(type));
  const auto given = bytes.ConsumeBytes<char>(values.size());
  std::copy(given.begin(), given.end(), values.begin());
  write(values.data());
}

/// The shape of the dataset, or another one.
Handle old_or_any_space(hid_t file, const char* name, Bytes& bytes) {
  const Handle old(H5Dopen2(file, name, H5P_DEFAULT), H5Dclose);
  if (old.valid() && bytes.ConsumeBool()) return Handle(H5Dget_space(old), H5Sclose);
  return any_space(bytes);
}

void replace_dataset(hid_t file, const char* name, Bytes& bytes) {
  const Handle space = old_or_any_space(file, name, bytes), type = any_type(bytes);
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Ldelete(file, name, H5P_DEFAULT);
  if (bytes.ConsumeBool()) {
    std::array<hsize_t, 3> chunk{1, 2, 2};
    H5Pset_chunk(properties, std::max(1, H5Sget_simple_extent_ndims(space)), chunk.data());
    H5Pset_deflate(properties, 1);
  } else if (bytes.ConsumeBool()) {
    H5Pset_external(properties, "/proc/self/cmdline", 0, H5F_UNLIMITED);
  }
  const Handle made(H5Dcreate2(file, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose);
  if (made.valid() && H5Pget_external_count(properties) == 0)
    fill(bytes, type, space, [&](const char* v) { H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, v); });
}

void replace_attribute(hid_t file, const char* object, Bytes& bytes) {
  const char* name = bytes.PickValueInArray(attributes);
  H5Adelete_by_name(file, object, name, H5P_DEFAULT);
  const Handle type = any_type(bytes), space = any_space(bytes);
  const Handle made(H5Acreate_by_name(file, object, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                    H5Aclose);
  if (made.valid()) fill(bytes, type, space, [&](const char* values) { H5Awrite(made, type, values); });
}

void edit(hid_t file, Bytes& bytes) {
  const char* name = bytes.PickValueInArray(objects);
  const int kind = bytes.ConsumeIntegralInRange(0, 7);
  if (kind == 0) return replace_attribute(file, name, bytes);
  if (kind >= 6) return replace_dataset(file, name, bytes);
  H5Ldelete(file, name, H5P_DEFAULT);
  if (kind == 1) return;
  const char* other = bytes.PickValueInArray(objects);
  if (kind == 2) H5Lcreate_soft(other, file, name, H5P_DEFAULT, H5P_DEFAULT);
  if (kind == 3) H5Lcreate_hard(file, other, file, name, H5P_DEFAULT, H5P_DEFAULT);
  if (kind == 4) H5Lcreate_external("/proc/self/fd/1", other, file, name, H5P_DEFAULT, H5P_DEFAULT);
  if (kind == 5) H5Gclose(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MeshFile mesh_file;
  mesh_file.reset();
  Bytes bytes(data, size);
  {
    const tautband::hdf5::Silence silence;
    const Handle file(H5Fopen(mesh_file.path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    for (int edits = bytes.ConsumeIntegralInRange(0, 4); edits >= 0; --edits) edit(file, bytes);
  }
  try {
    const tautband::Mesh mesh = tautband::read_mesh(mesh_file.path());
    tautband::require_sound(mesh, mesh_file.path());
  } catch (const tautband::FileError&) {
  }
  return 0;
}
