// A read-only HDF5 file: thin, exception-throwing cover over the serial C API.
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>
#include <vector>

namespace tautband::post {

/// An HDF5 identifier that closes itself.
class Handle {
 public:
  Handle() = default;
  Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept { *this = std::move(other); }
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  hid_t get() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }

 private:
  hid_t id_ = -1;
  herr_t (*close_)(hid_t) = nullptr;
};

/// Every function throws FileError, naming file and object, when the object is missing or of another shape.
class Hdf5File {
 public:
  /// Opens without taking the file lock, so that a result can be read while its run goes on.
  explicit Hdf5File(const std::string& path);

  const std::string& path() const { return path_; }
  bool exists(const std::string& object) const;
  /// Sizes of a dataset, one per axis.
  std::vector<hsize_t> shape(const std::string& dataset) const;
  /// Rows [first, first + count) of a rank 1 or 2 dataset, row by row.
  std::vector<double> rows(const std::string& dataset, hsize_t first, hsize_t count) const;
  std::vector<long long> integers(const std::string& dataset) const;
  /// Text: a scalar string dataset, or the fixed-length strings of a vector of them.
  std::vector<std::string> strings(const std::string& dataset) const;
  long long integer_attribute(const std::string& object, const std::string& name) const;
  /// Empty where there is none.
  std::string string_attribute(const std::string& object, const std::string& name) const;
  std::vector<std::string> strings_attribute(const std::string& object, const std::string& name) const;
  std::vector<double> reals_attribute(const std::string& object, const std::string& name) const;
  std::vector<std::string> names_in(const std::string& group) const;

 private:
  Handle open_dataset(const std::string& dataset) const;
  Handle open_attribute(const std::string& object, const std::string& name) const;
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  Handle file_;
};

}  // namespace tautband::post
