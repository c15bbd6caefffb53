#include "io/reserved_file.hpp"

#include "base/error.hpp"
#include "io/size_signal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tautband {
ReservedFile::ReservedFile(const std::string& path, const std::string& name, Content content)
    : name_(name),
      file_(open(path.c_str(), O_RDWR | O_CLOEXEC | (content == Content::dropped ? O_CREAT | O_TRUNC : 0), 0666)) {
  if (file_ < 0) throw FileError(fmt::format("cannot write {}: {}", name, std::strerror(errno)));
}

ReservedFile::ReservedFile(ReservedFile&& other) noexcept { *this = std::move(other); }

ReservedFile& ReservedFile::operator=(ReservedFile&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(file_, other.file_);
  return *this;
}

ReservedFile::~ReservedFile() {
  if (file_ >= 0) close(file_);
}

std::uint64_t ReservedFile::size() const {
  struct stat status {};
  if (fstat(file_, &status) != 0) throw FileError(fmt::format("cannot write {}: {}", name_, std::strerror(errno)));
  return static_cast<std::uint64_t>(status.st_size);
}

void ReservedFile::reserve(std::uint64_t used, std::uint64_t bytes) const {
  const IgnoredSizeSignal ignored;
  const auto before = static_cast<off_t>(size()), from = static_cast<off_t>(used), count = static_cast<off_t>(bytes);
  int error = fallocate(file_, 0, from, count) == 0 ? 0 : errno;
  if (error == EOPNOTSUPP) error = ftruncate(file_, std::max(before, from + count)) == 0 ? 0 : errno;
  if (error == 0) return;
  const bool restored = ftruncate(file_, before) == 0;
  throw FileError(fmt::format("cannot write {}: {} when it needed {:.3g} MB more{}", name_, std::strerror(error),
                              1e-6 * static_cast<double>(bytes), restored ? "" : " (and it could not be cut back)"));
}

}  // namespace tautband
