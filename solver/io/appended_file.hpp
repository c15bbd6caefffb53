// A text file that grows by whole lines.
#pragma once

#include <optional>
#include <string>

namespace tautband {

/// Lines are handed to the operating system as they come: a killed program loses none of them.
class AppendedFile {
 public:
  /// Creates an empty file, or empties it; or keeps the first so many bytes of one that is there. Throws FileError.
  explicit AppendedFile(const std::string& path, std::optional<std::size_t> keep = {});
  ~AppendedFile();
  AppendedFile(const AppendedFile&) = delete;
  AppendedFile& operator=(const AppendedFile&) = delete;

  /// Throws FileError (full disk, quota, file size limit) and leaves the file as it was.
  void append(const std::string& text);

 private:
  std::string path_;
  int file_;
};

}  // namespace tautband
