// Thousands of damaged mesh and result files. Each is read in a child process with bounded memory and time: it is read,
// or refused with FileError, or ends the child inside HDF5, and then the programs themselves have to refuse it.
#include "base/error.hpp"
#include "io/info.hpp"
#include "io/mesh_file.hpp"
#include "support/block_mesh.hpp"
#include "support/program.hpp"
#include "support/two_cells.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>

namespace tautband::testing_support {
namespace {

namespace fs = std::filesystem;

constexpr int done = 0, refused = 3, other_error = 9;

const std::string small_run = R"([mesh]
file = "mesh.vtkhdf"
[time]
end = "0.2 s"
step = "0.1 s"
[[region]]
name = "muscle"
law = "neo_hookean"
parameters = { mu = "5 kPa" }
[[boundary]]
set = "z0"
kind = "displacement"
)";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a bad disk, a cut-off copy or a malicious hand make of a file.
class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  std::string of(std::string bytes) {
    const std::size_t at = below(bytes.size());
    switch (below(7)) {
      case 0:
        bytes.resize(at);
        break;
      case 1:  // single bits
        for (std::size_t flips = 1 + below(4); flips > 0; --flips) bytes[below(bytes.size())] ^= 1 << below(8);
        break;
      case 2:  // the largest of lengths and addresses
        put(bytes, at, ~std::uint64_t{0});
        break;
      case 3:  // an address or length from somewhere within the file: cycles, overlaps
        put(bytes, at / 8 * 8, below(bytes.size()) / 8 * 8);
        break;
      case 4:  // a piece of the file in another place
        bytes.replace(at, 64, bytes.substr(below(bytes.size()), 64));
        break;
      case 5:  // a block that never reached the disk
        for (std::size_t i = at; i < std::min(bytes.size(), at + 512); ++i) bytes[i] = '\0';
        break;
      default:
        for (std::size_t changes = 1 + below(16); changes > 0; --changes)
          bytes[below(bytes.size())] = static_cast<char>(below(256));
        break;
    }
    return bytes;
  }

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  static void put(std::string& bytes, std::size_t at, std::uint64_t value) {
    for (std::size_t i = 0; i < 8 && at + i < bytes.size(); ++i) bytes[at + i] = static_cast<char>(value >> 8 * i);
  }

  std::mt19937 random_;
};

class DamagedFiles : public ::testing::Test {
 protected:
  DamagedFiles() { fs::create_directories(folder_); }
  ~DamagedFiles() override { fs::remove_all(folder_); }

  std::string file(const std::string& name) const { return folder_ / name; }

  /// How a child with 1 GiB of memory and 20 s ends that reads the file: its code, or the signal, negative.
  static int outcome_of(const std::function<void()>& read) {
    const pid_t child = fork();
    if (child == 0) {
      const rlimit memory{1 << 30, 1 << 30}, seconds{20, 20}, none{0, 0};
      setrlimit(RLIMIT_AS, &memory);
      setrlimit(RLIMIT_CPU, &seconds);
      setrlimit(RLIMIT_CORE, &none);
      int code = done;
      try {
        read();
      } catch (const FileError&) {
        code = refused;
      } catch (...) {
        code = other_error;
      }
      _exit(code);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  /// Damages `sound` many times; `command` is a program that reads `damaged.vtkhdf`.
  void expect_no_harm(const std::string& sound, unsigned seed, int times, const std::function<void()>& read,
                      const std::string& command) {
    Damage damage(seed);
    std::map<int, int> outcomes;
    for (int i = 0; i < times; ++i) {
      std::ofstream(file("damaged.vtkhdf"), std::ios::binary) << damage.of(sound);
      const int outcome = outcome_of(read);
      ++outcomes[outcome];
      EXPECT_NE(outcome, other_error) << "file " << i;
      if (outcome == done || outcome == refused) continue;
      const Outcome program = run_command(command);
      EXPECT_EQ(program.code, refused) << "file " << i << ": " << program.said;
      EXPECT_NE(program.said.find("damaged.vtkhdf"), std::string::npos) << program.said;
    }
    for (const auto& [outcome, count] : outcomes) std::printf("outcome %d: %d times\n", outcome, count);
    EXPECT_GT(outcomes[refused], times / 10);
    EXPECT_GT(outcomes[done], times / 10);  // much of a file is numbers
  }

  fs::path folder_ = fs::temp_directory_path() / ("tautband_damaged_files." + std::to_string(getpid()));
};

TEST_F(DamagedFiles, Meshes) {
  std::ofstream(file("case.toml")) << small_run;
  write_mesh(file("mesh.vtkhdf"), tautband::testing::two_cells());
  const std::string damaged = file("damaged.vtkhdf");
  expect_no_harm(
      content(file("mesh.vtkhdf")), 1, 2000, [&] { read_mesh(damaged); },
      TAUTBAND_PROGRAM " check --set mesh.file=damaged.vtkhdf " + quoted(file("case.toml")));
}

TEST_F(DamagedFiles, Results) {
  std::ofstream(file("case.toml")) << small_run;
  write_mesh(file("mesh.vtkhdf"), block_mesh(ElementKind::hex8, {2, 1, 1}, {2e-3, 1e-3, 1e-3}, 3));
  const Outcome run =
      run_command(TAUTBAND_PROGRAM " run " + quoted(file("case.toml")) + " -o " + quoted(file("results")));
  ASSERT_EQ(run.code, done) << run.said;
  const std::string damaged = file("damaged.vtkhdf");
  expect_no_harm(
      content(file("results/result.vtkhdf")), 2, 1000, [&] { describe_file(damaged); },
      TAUTBAND_PROGRAM " info " + quoted(damaged));
}

TEST_F(DamagedFiles, ForeignOnes) {
  const auto expect_refusal = [&](const std::string& said) {
    const Outcome outcome = run_command(TAUTBAND_PROGRAM " info " + quoted(file("it")));
    EXPECT_EQ(outcome.code, refused) << said;
    EXPECT_NE(outcome.said.find(said), std::string::npos) << outcome.said;
  };
  expect_refusal("no such file");
  std::ofstream(file("it")) << "";
  expect_refusal("is not an HDF5 file");
  std::ofstream(file("it")) << "no HDF5\n";
  expect_refusal("is not an HDF5 file");
  H5Fclose(H5Fcreate(file("it").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  expect_refusal("some other HDF5 file");
  fs::remove(file("it"));
  fs::create_directory(file("it"));
  expect_refusal("result.vtkhdf: no such file");
  fs::remove(file("it"));
  ASSERT_EQ(mkfifo(file("it").c_str(), 0600), 0);
  expect_refusal("is not a file");
}

TEST_F(DamagedFiles, LinksThatLeadInCirclesOrOut) {
  const std::string path = file("mesh.vtkhdf");
  const auto refusal = [&](const std::function<void(hid_t)>& change) -> std::string {
    write_mesh(path, tautband::testing::two_cells());
    const hid_t opened = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(opened);
    H5Fclose(opened);
    try {
      read_mesh(path);
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(refusal([](hid_t opened) {
              H5Lcreate_hard(opened, "/", opened, "/sets/nodes/all", H5P_DEFAULT, H5P_DEFAULT);
            }).find("/sets/nodes/all: is not a dataset"),
            std::string::npos);
  EXPECT_NE(refusal([](hid_t opened) {
              H5Lcreate_soft("/sets/nodes/b", opened, "/sets/nodes/b", H5P_DEFAULT, H5P_DEFAULT);
            }).find("/sets/nodes/b: is a link to somewhere else"),
            std::string::npos);
  write_mesh(file("other.vtkhdf"), tautband::testing::two_cells());
  EXPECT_NE(refusal([&](hid_t opened) {
              H5Lcreate_external(file("other.vtkhdf").c_str(), "/sets/nodes/x0", opened, "/sets/nodes/c", H5P_DEFAULT,
                                 H5P_DEFAULT);
            }).find("/sets/nodes/c: is a link to somewhere else"),
            std::string::npos);
  EXPECT_NE(refusal([&](hid_t opened) {
              const hsize_t two = 2;
              const hid_t space = H5Screate_simple(1, &two, nullptr), properties = H5Pcreate(H5P_DATASET_CREATE);
              H5Pset_external(properties, file("other.vtkhdf").c_str(), 0, H5F_UNLIMITED);
              H5Dclose(H5Dcreate2(opened, "/sets/nodes/d", H5T_STD_I64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
              H5Pclose(properties);
              H5Sclose(space);
            }).find("/sets/nodes/d: has its values in another file"),
            std::string::npos);
}

}  // namespace
}  // namespace tautband::testing_support
