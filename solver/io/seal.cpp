#include "io/seal.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/size_signal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <vector>

namespace tautband {
namespace {

static_assert(std::endian::native == std::endian::little, "seals are little endian");

constexpr std::array<char, 16> mark{"tautband sealed"};
constexpr const char* wrong_checksum = "its checksum is wrong: some of its bytes have changed";

struct Seal {
  std::array<char, 16> mark;
  std::uint64_t bytes, checksum;
};
static_assert(sizeof(Seal) == 32);

/// A file open in a scope; failures are texts, for the ranks to agree on.
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : file_(open(path.c_str(), flags | O_CLOEXEC)) {
    if (file_ < 0) throw std::runtime_error(std::strerror(errno));
  }
  ~OpenFile() { close(file_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::uint64_t size() const {
    struct stat found {};
    if (fstat(file_, &found) != 0) throw std::runtime_error(std::strerror(errno));
    return static_cast<std::uint64_t>(found.st_size);
  }
  void read_at(std::uint64_t from, char* to, std::size_t count) const {
    while (count > 0) {
      const ssize_t got = pread(file_, to, count, static_cast<off_t>(from));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw std::runtime_error(got == 0 ? "it ends too early" : std::strerror(errno));
      from += got;
      to += got;
      count -= got;
    }
  }
  void append(const Seal& seal) const {
    const IgnoredSizeSignal ignored;
    if (pwrite(file_, &seal, sizeof seal, static_cast<off_t>(seal.bytes)) != sizeof seal || fsync(file_) != 0)
      throw std::runtime_error(std::strerror(errno));
  }

 private:
  int file_;
};

/// Of the word at position `index`: what is elsewhere or otherwise gives another number, and sums do not depend on the
/// order of summation. Source: splitmix64 of Steele, Lea & Flood 2014, Proc OOPSLA, p. 453.
std::uint64_t scattered(std::uint64_t word, std::uint64_t index) {
  std::uint64_t z = word + (index + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// Of the words first .. last of a file of `bytes`; the last word of the file is filled up with zeros.
std::uint64_t checksum_of(const OpenFile& file, std::uint64_t first, std::uint64_t last, std::uint64_t bytes) {
  constexpr std::uint64_t at_once = 1 << 17;
  std::vector<std::uint64_t> words(at_once);
  std::uint64_t sum = 0;
  for (std::uint64_t begin = first; begin < last; begin += at_once) {
    const std::uint64_t count = std::min(at_once, last - begin);
    words[count - 1] = 0;
    file.read_at(8 * begin, reinterpret_cast<char*>(words.data()), std::min(8 * count, bytes - 8 * begin));
    for (std::uint64_t i = 0; i < count; ++i) sum += scattered(words[i], begin + i);
  }
  return sum;
}

/// The seal at the end of a file; throws when there is none.
Seal seal_of(const OpenFile& file) {
  Seal seal{};
  const std::uint64_t bytes = file.size();
  if (bytes < sizeof seal) throw std::runtime_error(fmt::format("it has {} bytes only", bytes));
  file.read_at(bytes - sizeof seal, reinterpret_cast<char*>(&seal), sizeof seal);
  if (seal.mark != mark || seal.bytes != bytes - sizeof seal)
    throw std::runtime_error("it does not end with a seal: it is cut off, or no checkpoint");
  return seal;
}

std::uint64_t words_in(std::uint64_t bytes) { return (bytes + 7) / 8; }

/// Over all ranks, each of which reads its share.
std::uint64_t shared_checksum(const OpenFile& file, std::uint64_t bytes, MPI_Comm comm, std::string& failure) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::uint64_t words = words_in(bytes);
  std::uint64_t sum = 0;
  try {
    sum = checksum_of(file, words * rank / size, words * (rank + 1) / size, bytes);
  } catch (const std::runtime_error& error) {
    failure = error.what();
  }
  MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_UINT64_T, MPI_SUM, comm);
  return sum;
}

}  // namespace

void seal_file(const std::string& path, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  const auto agree = [&] { fail_together(failure.empty() ? "" : "cannot write " + path + ": " + failure, comm); };
  std::optional<OpenFile> file;
  try {
    file.emplace(path, rank == 0 ? O_RDWR : O_RDONLY);
  } catch (const std::runtime_error& error) {
    failure = error.what();
  }
  agree();
  Seal seal{mark, file->size(), 0};
  MPI_Bcast(&seal.bytes, 1, MPI_UINT64_T, 0, comm);
  seal.checksum = shared_checksum(*file, seal.bytes, comm, failure);
  agree();
  try {
    if (rank == 0) file->append(seal);
  } catch (const std::runtime_error& error) {
    failure = error.what();
  }
  agree();
}

std::string broken_seal(const std::string& path, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  std::optional<OpenFile> file;
  Seal seal{};
  try {
    file.emplace(path, O_RDONLY);
    seal = seal_of(*file);
  } catch (const std::runtime_error& error) {
    failure = error.what();
  }
  const auto everywhere = [&]() -> std::string {
    try {
      fail_together(failure, comm);
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  };
  if (const std::string found = everywhere(); !found.empty()) return found;
  const std::uint64_t sum = shared_checksum(*file, seal.bytes, comm, failure);
  if (failure.empty() && sum != seal.checksum) failure = wrong_checksum;
  return everywhere();
}

std::string broken_seal(const std::string& path) {
  try {
    const OpenFile file(path, O_RDONLY);
    const Seal seal = seal_of(file);
    return checksum_of(file, 0, words_in(seal.bytes), seal.bytes) == seal.checksum ? "" : wrong_checksum;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace tautband
