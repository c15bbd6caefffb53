#include "io/collective_file.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>

namespace tautband::hdf5 {
namespace {

constexpr unsigned chunk_index_half = 256;      // half the chunks that fit an index before it is split
constexpr std::uint64_t index_bytes = 1 << 15;  // an index of that size, and the headers around it
constexpr std::uint64_t first_bytes = 1 << 16;  // of an empty file, which is flushed before anything is reserved for it
constexpr int datasets_at_once = 100;           // written between two calls of reserve(), each may get a first index

Handle access_by(MPI_Comm comm) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_mpio(access, comm, MPI_INFO_NULL);
  H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
  return access;
}

Handle create_file(const std::string& path, MPI_Comm comm) {
  const Handle access = access_by(comm), creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  H5Pset_istore_k(creation, chunk_index_half);
  return Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose);
}

Handle collective_transfer() {
  Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
  H5Pset_dxpl_mpio(transfer, H5FD_MPIO_COLLECTIVE);
  return transfer;
}

Handle layout(const Shape& shape, const Storage& storage) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER);
  if (storage.chunk_rows == 0) return properties;
  Shape chunk = shape;
  chunk[0] = storage.chunk_rows;
  H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data());
  if (storage.compression > 0) {
    H5Pset_shuffle(properties);
    H5Pset_deflate(properties, static_cast<unsigned>(storage.compression));
  }
  return properties;
}

Shape shape_of(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), H5Sclose);
  Shape shape(std::max(H5Sget_simple_extent_ndims(space), 1));
  H5Sget_simple_extent_dims(space, shape.data(), nullptr);
  return shape;
}

/// Returns why it failed, or nothing: closing what it opened clears HDF5's error stack.
std::string write_rows(hid_t dataset, hid_t type, const void* data, Rows rows, hid_t transfer) {
  Shape count = shape_of(dataset), first(count.size(), 0);
  first[0] = rows.first;
  count[0] = rows.count;
  const Handle space(H5Dget_space(dataset), H5Sclose);
  const Handle memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose);
  if (rows.count > 0) {
    H5Sselect_hyperslab(space, H5S_SELECT_SET, first.data(), nullptr, count.data(), nullptr);
  } else {
    H5Sselect_none(space);
    H5Sselect_none(memory);
  }
  return H5Dwrite(dataset, type, memory, space, transfer, data) >= 0 ? "" : failure_reason();
}

}  // namespace

CollectiveFile::CollectiveFile(const std::string& path, MPI_Comm comm, Content content)
    : comm_(comm),
      path_(path),
      published_(content == Content::kept),
      file_(-1, H5Fclose),
      transfer_(-1, H5Pclose),
      exceptions_(std::uncaught_exceptions()) {
  MPI_Comm_rank(comm_, &rank_);
  const std::string written = published_ ? path_ : temporary_path();
  if (rank_ == 0) try {
      space_ = ReservedFile(written, path_, content);
    } catch (const FileError& error) {
      failure_ = error.what();
    }
  agree();
  if (!published_) begin_space();  // HDF5 cannot close a file that it could not write: a full disk is met before
  file_ = published_ ? Handle(H5Fopen(written.c_str(), H5F_ACC_RDWR, access_by(comm_)), H5Fclose)
                     : create_file(written, comm_);
  require(file_.valid(), "");
  transfer_ = collective_transfer();
  agree();
  if (!published_) begin_space();
}

CollectiveFile::~CollectiveFile() {
  if (std::uncaught_exceptions() > exceptions_ && !refused_) file_.release();
  if (!published_ && rank_ == 0) unlink(temporary_path().c_str());
}

void CollectiveFile::require(bool done, const std::string& object) {
  if (!done) keep_failure(object, failure_reason());
}

void CollectiveFile::keep_failure(const std::string& object, const std::string& why) {
  if (!why.empty() && failure_.empty())
    failure_ = "cannot write " + path_ + (object.empty() ? "" : ": " + object) + ": " + why;
}

void CollectiveFile::agree() { fail_together(failure_, comm_); }

void CollectiveFile::group(const std::string& name) {
  const Handle made(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  require(made.valid(), name);
}

void CollectiveFile::dataset(const std::string& name, hid_t type, const Shape& shape, const Storage& storage) {
  Shape largest = shape;
  if (storage.grows) largest[0] = H5S_UNLIMITED;
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), largest.data()), H5Sclose);
  const Handle properties = layout(shape, storage);
  const Handle made(H5Dcreate2(file_, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose);
  require(made.valid(), name);
}

void CollectiveFile::grow(const std::string& name, hsize_t rows) {
  const Handle opened(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
  require(opened.valid(), name);
  Shape shape = shape_of(opened);
  if (rows <= shape[0]) return;
  shape[0] = rows;
  require(H5Dset_extent(opened, shape.data()) >= 0, name);
}

void CollectiveFile::write(const std::string& name, hid_t type, const void* data, Rows rows) {
  const Handle opened(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
  require(opened.valid(), name);
  keep_failure(name, write_rows(opened, type, data, rows, transfer_));
}

void CollectiveFile::append(const std::string& name, hid_t type, const void* value, hsize_t row) {
  grow(name, row + 1);
  const Handle opened(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
  require(opened.valid(), name);
  if (rank_ == 0) keep_failure(name, write_rows(opened, type, value, {row, 1}, H5P_DEFAULT));
}

void CollectiveFile::text_attribute(const std::string& object, const std::string& attribute, const std::string& text) {
  keep_failure(object + " attribute " + attribute, make_attribute(file_, object, attribute, text));
}

void CollectiveFile::integers_attribute(const std::string& object, const std::string& attribute,
                                        const std::vector<int>& values) {
  keep_failure(object + " attribute " + attribute, make_attribute(file_, object, attribute, values));
}

void CollectiveFile::integer_attribute(const std::string& object, const std::string& attribute, std::int64_t value) {
  // HDF5 1.10.8 cannot write an attribute that it opened by the name of its object.
  const Handle owner(H5Oopen(file_, object.c_str(), H5P_DEFAULT), H5Oclose), space(H5Screate(H5S_SCALAR), H5Sclose);
  require(owner.valid(), object);
  const bool there = H5Aexists(owner, attribute.c_str()) > 0;
  const Handle opened(there ? H5Aopen(owner, attribute.c_str(), H5P_DEFAULT)
                            : H5Acreate2(owner, attribute.c_str(), H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT),
                      H5Aclose);
  require(opened.valid() && H5Awrite(opened, H5T_NATIVE_INT64, &value) >= 0, object + " attribute " + attribute);
}

void CollectiveFile::strings(const std::string& name, const std::vector<std::string>& values) {
  const PackedStrings packed(values);
  const Handle type = fixed_string(packed.width);
  dataset(name, type, {values.size()});
  write(name, type, packed.text.data(), {0, rank_ == 0 ? values.size() : 0});
}

void CollectiveFile::reserve(std::uint64_t bytes) {
  flush();  // and the file ends where HDF5's allocations end
  // Deflate makes data that it cannot compress longer by 5 bytes in 16 kB.
  take_space(rank_ == 0 ? space_.size() : 0, bytes + bytes / 1000 + datasets_at_once * index_bytes);
}

void CollectiveFile::begin_space() try { take_space(0, first_bytes); } catch (const FileError&) {
  if (rank_ == 0) unlink(temporary_path().c_str());
  throw;
}

void CollectiveFile::take_space(std::uint64_t used, std::uint64_t bytes) {
  if (rank_ == 0) try {
      space_.reserve(used, bytes);
    } catch (const FileError& error) {
      failure_ = error.what();
    }
  refused_ = true;
  agree();
  refused_ = false;
}

void CollectiveFile::flush() {
  require(H5Fflush(file_, H5F_SCOPE_GLOBAL) >= 0, "");
  agree();  // and on every rank before anything is written that relies on it
}

void CollectiveFile::publish() {
  if (rank_ == 0 && std::rename(temporary_path().c_str(), path_.c_str()) != 0)
    failure_ = "cannot write " + path_ + ": " + std::strerror(errno);
  agree();
  published_ = true;
}

void CollectiveFile::close() {
  require(H5Fclose(file_.release()) >= 0, "");
  agree();
}

}  // namespace tautband::hdf5
