// A shipped case on a coarse mesh in a folder of its own.
#pragma once

#include "support/program.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace tautband::regression {

class SmallRun {
 public:
  /// `shape`: more arguments of tautband-mesh make bundle.
  explicit SmallRun(const std::string& name, const std::string& shipped = "bundle_knot", const std::string& shape = "")
      : folder_(std::filesystem::temp_directory_path() / ("tautband_" + name + "." + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    std::filesystem::copy(TAUTBAND_SOURCE_DIR "/cases/" + shipped + "/case.toml", folder_);
    const testing_support::Outcome made = testing_support::run_command(
        TAUTBAND_MESH " make bundle --length '50 mm' --diameter '9 mm' --edge '4 mm' --axial-edge '10 mm' " + shape +
        " -o " + file("mesh.vtkhdf"));
    EXPECT_EQ(made.code, 0) << made.said;
  }
  ~SmallRun() { std::filesystem::remove_all(folder_); }
  SmallRun(const SmallRun&) = delete;
  SmallRun& operator=(const SmallRun&) = delete;

  std::string file(const std::string& name) const { return folder_ / name; }

  /// The solver's command line, without mpirun.
  std::string command(const std::string& results) const {
    return TAUTBAND_PROGRAM " run " + testing_support::quoted(file("case.toml")) + " -o " +
           testing_support::quoted(results);
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace tautband::regression
