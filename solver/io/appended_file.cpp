#include "io/appended_file.hpp"

#include "base/error.hpp"
#include "io/size_signal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tautband {

AppendedFile::AppendedFile(const std::string& path, std::optional<std::size_t> keep)
    : path_(path), file_(open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | (keep ? 0 : O_CREAT | O_TRUNC), 0666)) {
  if (file_ >= 0 && (!keep || ftruncate(file_, static_cast<off_t>(*keep)) == 0)) return;
  const std::string reason = std::strerror(errno);
  if (file_ >= 0) close(file_);
  throw FileError(fmt::format("cannot write {}: {}", path, reason));
}

AppendedFile::~AppendedFile() { close(file_); }

void AppendedFile::append(const std::string& text) {
  const IgnoredSizeSignal ignored;
  const off_t before = lseek(file_, 0, SEEK_END);
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = write(file_, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const std::string reason = std::strerror(errno);
      const bool restored = ftruncate(file_, before) == 0;
      throw FileError(fmt::format("cannot write {}: {}{}", path_, reason, restored ? "" : "; its last line is cut"));
    }
    done += static_cast<std::size_t>(written);
  }
}

}  // namespace tautband
