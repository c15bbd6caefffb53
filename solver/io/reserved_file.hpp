// Disk space taken before it is written, so that a full disk is met while the file is still whole.
#pragma once

#include <cstdint>
#include <string>

namespace tautband {

/// What becomes of what a file holds when it is opened for writing.
enum class Content { dropped, kept };

/// An open file whose end can be moved ahead of what a library writes to it. Used on one rank.
class ReservedFile {
 public:
  ReservedFile() = default;
  /// Creates an empty file or empties it, or opens one that is there. Throws FileError with the reason: no folder, no
  /// permission. `name` stands for the file in messages.
  ReservedFile(const std::string& path, const std::string& name, Content content);
  ReservedFile(ReservedFile&& other) noexcept;
  ReservedFile& operator=(ReservedFile&& other) noexcept;
  ~ReservedFile();

  std::uint64_t size() const;

  /// Makes sure that the `bytes` after `used` can be written, and that the file is at least that long. Throws FileError
  /// (full disk, quota, file size limit) and leaves the file as long as it was. Where the file system cannot reserve
  /// space, only the length is set.
  void reserve(std::uint64_t used, std::uint64_t bytes) const;

 private:
  std::string name_;
  int file_ = -1;
};

}  // namespace tautband
