// One holder of a folder at a time. 1, 2 and 4 ranks are run; locks of killed programs are in test_killed_writer.cpp.
#include "base/error.hpp"
#include "io/directory_lock.hpp"
#include "io/provenance.hpp"
#include "io/result_directory.hpp"
#include "support/shared_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

namespace tautband {
namespace {

using namespace testing_support;

std::string refusal(const std::string& folder) {
  try {
    DirectoryLock(folder, MPI_COMM_WORLD);
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

/// Of rank 0.
int holder() {
  int id = getpid();
  MPI_Bcast(&id, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return id;
}

TEST(LockedFolder, IsRefusedOnAllRanksUntilItIsFree) {
  const SharedFolder folder;
  const std::string path = folder.file("a/b");
  std::optional<DirectoryLock> lock(std::in_place, path, MPI_COMM_WORLD);
  const std::string message =
      path + " is in use: process " + std::to_string(holder()) + " on host " + host_name() + " since 2";
  EXPECT_EQ(refusal(path).substr(0, message.size()), message);
  EXPECT_NE(refusal(path + "/../b"), "");
  EXPECT_EQ(refusal(folder.file("a")), "");
  make_result_directory(path, MPI_COMM_WORLD);
  EXPECT_NE(refusal(path), "");  // the lock is no result of an earlier run
  MPI_Barrier(MPI_COMM_WORLD);
  lock.reset();
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(refusal(path), "");
}

TEST(LockedFolder, IsAFileErrorWhenItCannotBeMade) {
  const SharedFolder folder;
  if (rank_of_world() == 0) std::ofstream(folder.file("file")) << "in the way";
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_NE(refusal(folder.file("file/sub")).find("cannot make the folder " + folder.file("file/sub")),
            std::string::npos);
  {
    const FileSizeLimit limit(0);
    EXPECT_NE(refusal(folder.path()).find("cannot write " + folder.file(".lock: File too large")), std::string::npos);
  }
  EXPECT_EQ(refusal(folder.path()), "");  // what failed holds nothing
}

}  // namespace
}  // namespace tautband
