// An HDF5 file that all ranks write together, laid out so that it can be opened at any moment.
#pragma once

#include "io/hdf5.hpp"
#include "io/reserved_file.hpp"

#include <mpi.h>

#include <optional>

namespace tautband::hdf5 {

/// Rows first .. first + count of a dataset.
struct Rows {
  hsize_t first = 0, count = 0;
};

/// How a dataset lies in the file.
struct Storage {
  hsize_t chunk_rows = 0;  ///< rows of a compressed chunk; 0: one piece, plain
  int compression = 0;     ///< gzip level, after shuffle; 0: none
  bool grows = false;      ///< by rows; needs chunks
};

/// Every member is collective, and all ranks give the same arguments but for data and rows. A failure on any rank
/// throws FileError with file, dataset and HDF5's reason on all of them.
///
/// Earliest file format and flush() make a file that survives SIGKILL: what changes in place between two flushes are
/// lengths, entries added to chunk indices (large enough not to be split for 512 chunks) and the superblock, whose end
/// of file lies within what reserve() has taken.
class CollectiveFile {
 public:
  /// Creates `path`.tmp, which becomes `path` by publish(); or opens `path` with what it holds.
  CollectiveFile(const std::string& path, MPI_Comm comm, Content content = Content::dropped);
  /// Closes the file; one that was never published is removed. While an exception unwinds that other ranks may not know
  /// of, the file is left as last flushed, and never closed.
  ~CollectiveFile();
  CollectiveFile(const CollectiveFile&) = delete;
  CollectiveFile& operator=(const CollectiveFile&) = delete;

  void group(const std::string& name);
  void dataset(const std::string& name, hid_t type, const Shape& shape, const Storage& storage = {});
  void grow(const std::string& name, hsize_t rows);
  /// Writes `rows`, this rank's part of a dataset. `type` is that of the dataset.
  void write(const std::string& name, hid_t type, const void* data, Rows rows);
  /// Grows a dataset to hold row number `row` of one value, which rank 0 writes.
  void append(const std::string& name, hid_t type, const void* value, hsize_t row);
  /// Fixed-length ASCII without terminator.
  void text_attribute(const std::string& object, const std::string& attribute, const std::string& text);
  void integers_attribute(const std::string& object, const std::string& attribute, const std::vector<int>& values);
  /// A scalar, made or overwritten.
  void integer_attribute(const std::string& object, const std::string& attribute, std::int64_t value);
  /// Fixed-length strings in a one-dimensional dataset.
  void strings(const std::string& name, const std::vector<std::string>& values);

  /// Takes disk space for about `bytes` of data more, so that a full disk is an error here and nowhere later.
  void reserve(std::uint64_t bytes);
  void flush();
  /// Gives the file its name, in place of an older file.
  void publish();
  void close();

 private:
  void require(bool done, const std::string& object);
  void keep_failure(const std::string& object, const std::string& why);
  void agree();
  void begin_space();
  void take_space(std::uint64_t used, std::uint64_t bytes);
  std::string temporary_path() const { return path_ + ".tmp"; }

  Silence silence_;
  MPI_Comm comm_;
  int rank_ = 0;
  std::string path_;
  std::string failure_;  ///< the first on this rank
  bool published_;
  bool refused_ = false;  ///< no space was there: all ranks know, and HDF5's part of the file is whole
  ReservedFile space_;    ///< on rank 0
  Handle file_, transfer_;
  int exceptions_;
};

}  // namespace tautband::hdf5
