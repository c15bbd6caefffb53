#include "io/replace_file.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tautband {
namespace {

/// A file that disappears again unless it is renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target)
      : target_(target), path_(target + ".tmp" + std::to_string(getpid())) {
    std::error_code ignored;  // what keeps us from looking also keeps us from writing, which is reported
    const auto status = std::filesystem::status(target, ignored);
    if (exists(status) && !is_regular_file(status)) fail("it is not a regular file");
    file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file_ < 0) fail(std::strerror(errno));
  }
  ~TemporaryFile() {
    if (file_ >= 0) close(file_);
    if (!renamed_) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::span<const std::byte> bytes) {
    constexpr std::size_t most = std::size_t{1} << 30;  // Linux moves less than 2 GiB in one call
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), std::min(bytes.size(), most));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(std::strerror(errno));
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  void rename_to_target() {
    if (fsync(file_) != 0) fail(std::strerror(errno));
    const int closed = close(file_);
    file_ = -1;
    if (closed != 0 || std::rename(path_.c_str(), target_.c_str()) != 0) fail(std::strerror(errno));
    renamed_ = true;
  }

 private:
  [[noreturn]] void fail(const std::string& reason) { throw FileError("cannot write " + target_ + ": " + reason); }

  std::string target_, path_;
  int file_ = -1;
  bool renamed_ = false;
};

}  // namespace

void replace_file(const std::string& path, std::span<const std::byte> bytes) {
  TemporaryFile file(path);
  file.write(bytes);
  file.rename_to_target();
}

}  // namespace tautband
