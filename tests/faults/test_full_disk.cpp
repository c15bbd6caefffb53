// A disk that fills up at any point of a run: a clear error, the steps before it readable, and the same command goes on
// once there is room. On a file system of its own, which takes the right to mount one.
#include "faults/block_run.hpp"

#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <set>

namespace tautband::faults {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::lines_of;
using testing_support::Outcome;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

/// A file system in memory at a folder; mounted() is false where that is not allowed.
class SmallDisk {
 public:
  SmallDisk(const std::string& path, int kilobytes) : path_(path) {
    fs::create_directories(path);
    mounted_ = mount("tmpfs", path.c_str(), "tmpfs", 0, size(kilobytes).c_str()) == 0;
    if (!mounted_) reason_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) umount(path_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& reason() const { return reason_; }
  void resize(int kilobytes) const {
    ASSERT_EQ(mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, size(kilobytes).c_str()), 0) << std::strerror(errno);
  }

 private:
  static std::string size(int kilobytes) { return "size=" + std::to_string(kilobytes) + "k"; }

  std::string path_, reason_;
  bool mounted_ = false;
};

void expect_no_space(const Outcome& outcome) {
  EXPECT_TRUE(outcome.code == 1 || outcome.code == 3) << outcome.code << "\n" << outcome.said;
  EXPECT_NE(outcome.said.find("No space left on device"), std::string::npos) << outcome.said;
}

TEST(FullDisk, AtTheStartIsAnErrorThatNamesTheFile) {
  const BlockRun block;
  const SmallDisk disk(block.file("disk"), 100000);
  if (!disk.mounted()) GTEST_SKIP() << "no file system can be mounted here: " << disk.reason();
  const std::string results = block.file("disk/results");
  const std::string command = block.command(results, 1, "--set time.end=\"50 ms\"");
  std::set<std::string> failed;
  for (const int kilobytes : {4, 8, 12, 16, 20, 1000}) {
    SCOPED_TRACE(std::to_string(kilobytes) + " KiB");
    fs::remove_all(results);
    disk.resize(kilobytes);
    const Outcome cut = run_command(command);
    expect_no_space(cut);
    for (const char* name : {"run.json", "result.vtkhdf"})
      if (cut.said.find(results + "/" + name + ": ") != std::string::npos) failed.insert(name);
    EXPECT_EQ(readable_steps(results), 0);
  }
  EXPECT_EQ(failed.size(), 2u) << testing::PrintToString(failed);
  disk.resize(100000);
  EXPECT_EQ(run_command(command).code, 0);
  EXPECT_EQ(readable_steps(results), 6);
}

struct Output {
  const char* options;  ///< of the run
  int fields;           ///< of the whole run
};

class FullDiskLater : public testing::TestWithParam<Output> {};

TEST_P(FullDiskLater, KeepsTheStepsBeforeAndTheNextRunGoesOn) {
  const BlockRun block;
  const SmallDisk disk(block.file("disk"), 100000);
  if (!disk.mounted()) GTEST_SKIP() << "no file system can be mounted here: " << disk.reason();
  const std::string results = block.file("disk/results"), filler = block.file("disk/filler"),
                    command = block.command(results, 1, GetParam().options);
  Outcome cut;
  {
    BackgroundProgram program(command, block.file("said"));
    ASSERT_TRUE(wait_until([&] { return lines_of(results + "/history.csv") > 20; })) << text_of(block.file("said"));
    ASSERT_TRUE(program.signal(SIGSTOP));
    std::ofstream file(filler, std::ios::binary);
    for (const std::string block_of_zeros(4096, '\0'); file.write(block_of_zeros.data(), 4096).flush();) continue;
    ASSERT_LT(lines_of(results + "/history.csv"), block_steps) << "the run was over before the disk was full";
    ASSERT_TRUE(program.signal(SIGCONT));
    cut.code = program.wait();
    cut.said = text_of(block.file("said"));
  }
  expect_no_space(cut);
  EXPECT_GT(readable_steps(results), 0);
  fs::remove(filler);
  const Outcome next = run_command(command);
  EXPECT_EQ(next.code, 0) << next.said;
  expect_whole(results, GetParam().fields);
}

INSTANTIATE_TEST_SUITE_P(Files, FullDiskLater,
                         testing::Values(Output{"", block_steps + 1}, Output{"--set output.interval=\"10 s\"", 2}),
                         [](const auto& test) {
                           return std::string(test.param.fields > 2 ? "mostly_fields" : "mostly_history");
                         });

TEST(FullDiskOfAPoint, KeepsTheRowsBefore) {
  const BlockRun block;
  const SmallDisk disk(block.file("disk"), 300);
  if (!disk.mounted()) GTEST_SKIP() << "no file system can be mounted here: " << disk.reason();
  std::ofstream(block.file("point.toml")) << R"([[region]]
name = "muscle"
law = "heidlauf2016"
[point]
protocol = "ramp_and_hold"
volume = "incompressible"
sample_step = "1 ms"
duration = "2 s"
stretch_end = 1.2
rate = "1 s^-1"
)";
  const std::string results = block.file("disk/results");
  const std::string command = TAUTBAND_PROGRAM " point " + block.file("point.toml") + " -o " + results;
  const Outcome cut = run_command(command);
  EXPECT_EQ(cut.code, 3) << cut.said;
  EXPECT_NE(cut.said.find("No space left on device"), std::string::npos) << cut.said;
  const std::size_t rows = hdf5::InputFile(results + "/history.h5").reals("/history/time").size();
  EXPECT_GT(rows, 100u);
  EXPECT_LT(rows, 2001u);
  disk.resize(10000);
  const Outcome next = run_command(command);
  EXPECT_EQ(next.code, 0) << next.said;
  EXPECT_EQ(hdf5::InputFile(results + "/history.h5").reals("/history/time").size(), 2001u);
}

}  // namespace
}  // namespace tautband::faults
