// What the program prints and the exit code it ends with.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

struct Outcome {
  int code;
  std::string said;  ///< both streams
};

Outcome tautband(const std::string& arguments) {
  FILE* pipe = popen((TAUTBAND_PROGRAM " " + arguments + " 2>&1").c_str(), "r");
  std::string said;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

void expect(const std::string& arguments, ExitCode code, const std::string& said) {
  const Outcome outcome = tautband(arguments);
  EXPECT_EQ(outcome.code, static_cast<int>(code)) << arguments << "\n" << outcome.said;
  EXPECT_TRUE(contains(outcome.said, said)) << arguments << "\n" << outcome.said;
}

/// A folder with small_case in it, and no mesh.
class CommandLineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / "tautband_command_line";
    std::filesystem::create_directories(folder_);
    case_ = (folder_ / "case.toml").string();
    std::ofstream(case_) << small_case;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::string case_;
};

TEST_F(CommandLineTest, AnswersQuestions) {
  expect("--version", ExitCode::done, "Kokkos");
  expect("--help", ExitCode::done, "explain");
  expect("run --help", ExitCode::done, "--dry-run");
  expect("explain time.step", ExitCode::done, "step: required");
}

TEST_F(CommandLineTest, RefusesWrongCommandLines) {
  expect("", ExitCode::bad_case, "error: A subcommand is required");
  expect("chekc x", ExitCode::bad_case, "error: unknown command \"chekc\"; did you mean \"check\"?");
  expect("run", ExitCode::bad_case, "error: case is required");
  expect("explain tiem", ExitCode::bad_case, "did you mean \"time\"?");
  expect("run --dryrun " + case_, ExitCode::bad_case, "--dryrun");
  expect("check " + case_ + " --set time.end", ExitCode::bad_case, "section.key=value");
}

TEST_F(CommandLineTest, TellsBadCasesFromBadFiles) {
  for (const std::string command : {"check ", "run "}) {
    expect(command + case_ + " --set time.step=5", ExitCode::bad_case, "--set time.step=5: \"step\" lacks its unit");
    expect(command + (folder_ / "none.toml").string(), ExitCode::bad_file, "none.toml: cannot be read");
    expect(command + case_, ExitCode::bad_file, "m.vtkhdf does not exist; make it with: tautband-mesh make");
  }
  expect("info " + (folder_ / "none.vtkhdf").string(), ExitCode::bad_file, "none.vtkhdf");
}

TEST_F(CommandLineTest, ARefusedRunLeavesNothing) {
  const auto results = folder_ / "results";
  expect("run " + case_ + " -o " + results.string(), ExitCode::bad_file, "does not exist");
  EXPECT_FALSE(std::filesystem::exists(results));
}

}  // namespace
}  // namespace tautband::testing
