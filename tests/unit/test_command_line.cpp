// What the program prints and the exit code it ends with.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
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

constexpr const char* point_case = R"([[region]]
name = "muscle"
law = "heidlauf2016"
[point]
protocol = "ramp_and_hold"
volume = "incompressible"
sample_step = "0.1 s"
duration = "0.5 s"
stretch_end = 1.2
rate = "1 s^-1"
)";

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST_F(CommandLineTest, APointLeavesAHistoryThatItsResolvedCaseRepeats) {
  const std::string file = (folder_ / "point.toml").string();
  std::ofstream(file) << point_case;
  const auto first = folder_ / "first", again = folder_ / "again";
  expect("point " + file + " -o " + first.string(), ExitCode::done, "6 rows up to 0.5 s");
  const std::string history = content(first / "history.csv");
  EXPECT_TRUE(
      history.starts_with("time,trial,trial_time,fibre_stretch,stretch_rate,lateral_stretch,volume_ratio,"
                          "activation,tension,nominal_stress,fibre_stress,excitation\n# s,1,s,1,1/s,"));
  EXPECT_EQ(std::count(history.begin(), history.end(), '\n'), 8);  // names, units, and every 0.1 s
  EXPECT_TRUE(std::filesystem::exists(first / "history.h5"));
  EXPECT_TRUE(contains(content(first / "run.json"), "\"status\": \"done\""));
  expect("point " + (first / "case.resolved.toml").string() + " -o " + again.string(), ExitCode::done, "done");
  EXPECT_EQ(content(again / "history.csv"), history);
  EXPECT_EQ(content(again / "case.resolved.toml"), content(first / "case.resolved.toml"));
}

TEST_F(CommandLineTest, PointAndRunTellCasesApart) {
  const std::string file = (folder_ / "point.toml").string();
  std::ofstream(file) << point_case;
  expect("check " + file, ExitCode::done, "protocol = \"ramp_and_hold\"");
  expect("run " + file, ExitCode::bad_case, "the case has no [mesh]; run it with tautband point");
  expect("point " + case_, ExitCode::bad_case, "the case has no [point]");
  expect("point " + file + " --set point.rate=\"0 s^-1\"", ExitCode::bad_case, "rate");
  expect("explain point.travel", ExitCode::done, "isokinetic");
}

}  // namespace
}  // namespace tautband::testing
