// HDF5 with owners for its ids and errors that say which file and dataset. Serial use; collective writing has its own
// room.
#pragma once

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tautband::hdf5 {

/// Owns one HDF5 id. A negative id means that the call which made it failed.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle(hid_t id, Close close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }
  bool valid() const { return id_ >= 0; }
  /// Gives the id away, unclosed.
  hid_t release() { return std::exchange(id_, -1); }

 private:
  hid_t id_;
  Close close_;
};

/// Keeps HDF5 from printing its error stack while it lives: the message for the user is ours.
class Silence {
 public:
  Silence() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

using Shape = std::vector<hsize_t>;

/// "(12, 3)"
std::string to_string(const Shape& shape);

/// The innermost message of HDF5's error stack, which the next call of HDF5 clears.
std::string failure_reason();

/// A type of strings of that length, padded with zeros.
Handle fixed_string(std::size_t size);

/// Strings side by side, each as long as the longest: what a dataset of fixed_string(width) takes.
struct PackedStrings {
  explicit PackedStrings(const std::vector<std::string>& values);
  std::size_t width = 1;
  std::string text;
};

/// Makes an attribute of `object` in `owner` ("." for the owner itself): fixed-length ASCII without terminator, or
/// 32-bit integers. Returns why it failed, or nothing.
std::string make_attribute(hid_t owner, const std::string& object, const std::string& attribute,
                           const std::string& text);
std::string make_attribute(hid_t owner, const std::string& object, const std::string& attribute,
                           const std::vector<int>& values);

/// A file open for reading. Everything throws FileError with the file and the dataset.
class InputFile {
 public:
  explicit InputFile(const std::string& path);

  /// True when something is linked at the absolute name "/a/b/c".
  bool exists(const std::string& name) const;
  /// Names in a group, sorted; none when the group does not exist.
  std::vector<std::string> children(const std::string& group) const;
  Shape shape(const std::string& dataset) const;
  /// All values, row by row, as double from any integer or real type; shape is that of shape().
  std::vector<double> reals(const std::string& dataset) const;
  /// `count` rows from row `first` of a dataset of at least one dimension, from any integer or real type.
  std::vector<double> rows(const std::string& dataset, hsize_t first, hsize_t count) const;
  /// All values, row by row, from any integer type.
  std::vector<std::int64_t> integers(const std::string& dataset) const;
  /// Values of a one-dimensional dataset of fixed-length strings.
  std::vector<std::string> strings(const std::string& dataset) const;
  /// A fixed-length string attribute, or `missing` when there is none.
  std::string text_attribute(const std::string& object, const std::string& attribute, const std::string& missing) const;
  /// An integer array attribute; empty when there is none.
  std::vector<int> integer_attribute(const std::string& object, const std::string& attribute) const;

  const std::string& path() const { return path_; }
  [[noreturn]] void fail(const std::string& object, const std::string& reason) const;

 private:
  std::string variable_text(hid_t opened, hid_t type, hid_t space, const std::string& object,
                            const std::string& attribute) const;
  Handle open_dataset(const std::string& dataset) const;
  /// Number of values, after checking that the file can hold that many: a damaged shape must not exhaust the memory.
  std::size_t readable_size(const std::string& dataset, const Handle& opened) const;
  template <class T> std::vector<T> values(const std::string& dataset, hid_t memory_type, bool accept_reals) const;

  Silence silence_;
  std::string path_;
  std::uint64_t file_bytes_ = 0;
  Handle file_;
};

/// A file built in memory, so that a full disk is met while plain bytes are written and not inside HDF5.
class OutputFile {
 public:
  OutputFile();

  void group(const std::string& name);
  void reals(const std::string& name, const std::vector<double>& values, const Shape& shape);
  /// Stored as `file_type`, such as H5T_STD_I32LE.
  void integers(const std::string& name, const std::vector<std::int64_t>& values, const Shape& shape, hid_t file_type);
  /// Fixed-length strings, as long as the longest.
  void strings(const std::string& name, const std::vector<std::string>& values);
  /// A fixed-length ASCII attribute without terminator.
  void text_attribute(const std::string& object, const std::string& attribute, const std::string& text);
  void integer_attribute(const std::string& object, const std::string& attribute, const std::vector<int>& values);

  /// For what is not covered here.
  hid_t id() const { return file_; }
  /// The bytes of the file so far.
  std::vector<std::byte> image();

 private:
  Handle create(const std::string& name, hid_t file_type, const Shape& shape);

  Silence silence_;
  Handle file_;
};

}  // namespace tautband::hdf5
