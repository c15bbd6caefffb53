#include "io/checkpoint_folder.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <regex>

namespace tautband {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept = 2;

/// Brings a file, or the names of a folder, to the disk: they are there after a power failure, too.
void synchronise(const std::string& path) {
  const int opened = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return;  // it is complete, or is not there yet; how soon it is on the disk is up to the system
  fsync(opened);
  close(opened);
}

}  // namespace

CheckpointFolder::CheckpointFolder(const std::string& results, MPI_Comm comm)
    : folder_((fs::path(results) / "checkpoint").string()), comm_(comm) {
  MPI_Comm_rank(comm_, &rank_);
}

/// Paths in the order of steps, as rank 0 sees them.
std::vector<std::string> CheckpointFolder::names() const {
  static const std::regex pattern("step-[0-9]{8,}\\.h5");
  std::string list;
  if (rank_ == 0) {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error))
      if (std::regex_match(entry.path().filename().string(), pattern)) found.push_back(entry.path().string());
    std::sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    for (const std::string& path : found) list += path + '\n';
  }
  list = broadcast(list, comm_);
  std::vector<std::string> paths;
  for (std::size_t begin = 0; begin < list.size(); begin = list.find('\n', begin) + 1)
    paths.push_back(list.substr(begin, list.find('\n', begin) - begin));
  return paths;
}

std::string CheckpointFolder::newest_intact(std::vector<std::string>& complaints) const {
  const std::vector<std::string> all = names();
  for (auto path = all.rbegin(); path != all.rend(); ++path) {
    const std::string damage = broken_seal(*path, comm_);
    if (damage.empty()) return *path;
    complaints.push_back(fmt::format("{} cannot be used: {}", *path, damage));
  }
  return "";
}

void CheckpointFolder::write(long step, const LocalMesh& mesh, const CheckpointOwner& owner,
                             const std::function<void(StateArchive&)>& walk) const {
  std::string failure;
  std::error_code error;
  if (rank_ == 0) fs::create_directories(folder_, error);
  if (error) failure = fmt::format("cannot make the folder {}: {}", folder_, error.message());
  fail_together(failure, comm_);
  for (const char* name : {"result.vtkhdf", "history.csv", "history.h5"})  // which a checkpoint must not be ahead of
    if (rank_ == 0) synchronise(fs::path(folder_).parent_path() / name);
  const std::string path = fmt::format("{}/step-{:08}.h5", folder_, step);
  write_checkpoint(path, mesh, owner, walk);
  const std::vector<std::string> all = names();
  if (rank_ != 0) return;
  synchronise(folder_);
  const std::size_t newest = std::find(all.begin(), all.end(), path) - all.begin();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (i + kept <= newest || i > newest) fs::remove(all[i], error);  // a later step is what a damaged file has left
}

void CheckpointFolder::clear() const {
  std::string failure;
  std::error_code error;
  if (rank_ == 0) fs::remove_all(folder_, error);
  if (error) failure = fmt::format("cannot remove {}: {}", folder_, error.message());
  fail_together(failure, comm_);
}

}  // namespace tautband
