// The shipped phase diagram on a coarse plane: folds where docs/model.md 9.4 has them, on any number of ranks.
#include "io/hdf5.hpp"
#include "support/program.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace tautband::regression {
namespace {

namespace fs = std::filesystem;
using testing_support::Outcome;
using testing_support::quoted;
using testing_support::run_command;

constexpr int drives = 41;  ///< 0, 0.0025 ... 0.1
constexpr double grid = 0.0025;
enum Start { healthy, latent, active };

class PhaseDiagram : public testing::Test {
 protected:
  PhaseDiagram() : folder_(fs::temp_directory_path() / ("tautband_map." + std::to_string(getpid()))) {}
  ~PhaseDiagram() override { fs::remove_all(folder_); }

  /// A shipped case on a plane of `drives` loads by three values of the other axis.
  static Outcome map_case(const std::string& name, int ranks, const std::string& results, const std::string& options) {
    return run_command(TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) +
                       " " TAUTBAND_PROGRAM " map " TAUTBAND_SOURCE_DIR "/cases/" + name +
                       "/case.toml --set axis.0.count=" + std::to_string(drives) + " --set axis.1.count=3 -o " +
                       quoted(results) + " " + options);
  }
  /// Gains of 0, the default and twice that.
  static Outcome map(int ranks, const std::string& results, const std::string& options = "") {
    return map_case("phase_diagram", ranks, results, options);
  }

  fs::path folder_;
};

/// The first drive from which on `start` ends active at gain number `gain`; -1 when there is none.
double fold(const std::vector<std::int64_t>& condition, Start start, int gain) {
  const auto at = [&](int drive) { return condition[(start * 3 + gain) * drives + drive]; };
  int first = drives;
  while (first > 0 && at(first - 1) == 2) --first;
  return first == drives ? -1.0 : grid * first;
}

TEST_F(PhaseDiagram, HasItsFoldsOnTwoRanksAsOnOne) {
  const std::string one = folder_ / "one", two = folder_ / "two";
  const Outcome on_one = map(1, one), on_two = map(2, two);
  ASSERT_EQ(on_one.code, 0) << on_one.said;
  ASSERT_EQ(on_two.code, 0) << on_two.said;
  const hdf5::InputFile file(two + "/map.h5"), same(one + "/map.h5");
  ASSERT_EQ(file.shape("/map/condition"), (hdf5::Shape{3, 3, drives}));
  EXPECT_EQ(file.text_attribute("/map/y", "units", ""), "1/pps");
  EXPECT_NEAR(file.reals("/map/y")[1], 5e-4, 1e-15);
  const std::vector<std::int64_t> condition = file.integers("/map/condition");
  const double lasts[] = {0.0225, 0.010, 0.0};  // without, default, twice the reflex
  for (int gain = 0; gain < 3; ++gain) {
    EXPECT_NEAR(fold(condition, healthy, gain), 0.070, 1e-9) << gain;
    EXPECT_NEAR(fold(condition, latent, gain), 0.0475, 1e-9) << gain;
    EXPECT_NEAR(fold(condition, active, gain), lasts[gain], 1e-9) << gain;
  }
  EXPECT_EQ(condition, same.integers("/map/condition"));
  EXPECT_EQ(file.reals("/map/nociception"), same.reals("/map/nociception"));
  EXPECT_EQ(file.reals("/map/memory"), same.reals("/map/memory"));
}

TEST_F(PhaseDiagram, LeavesLettersAndARecord) {
  const std::string results = folder_ / "text";
  const Outcome outcome = map(2, results);
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  std::ifstream text(results + "/map.csv");
  std::string names, units, line;
  std::getline(text, names);
  std::getline(text, units);
  EXPECT_EQ(names, "motor_pool.tonic_drive,reflex.drive_per_rate,healthy,latent,active");
  EXPECT_EQ(units, "# 1,1/pps,1,1,1");
  int lines = 0;
  bool tristable = false;
  while (std::getline(text, line)) {
    ++lines;
    tristable = tristable || line.ends_with(",H,L,X");
  }
  EXPECT_EQ(lines, 3 * drives);
  EXPECT_TRUE(tristable);
  std::ifstream record(results + "/run.json");
  const std::string said((std::istreambuf_iterator<char>(record)), std::istreambuf_iterator<char>());
  EXPECT_NE(said.find("\"done\""), std::string::npos) << said;
  // The resolved case holds every number and gives the same map.
  const Outcome again = run_command(TAUTBAND_PROGRAM " check " + quoted(results + "/case.resolved.toml"));
  EXPECT_EQ(again.code, 0) << again.said;
  EXPECT_NE(again.said.find("memory_leak = \"0.95 umol/L/s\""), std::string::npos) << again.said;
}

TEST_F(PhaseDiagram, APlaneWithoutEffectIsRefused) {
  const std::string results = folder_ / "none";
  const Outcome outcome = map(1, results, "--set axis.1.key=contracture.gain --set axis.1.from=0 --set axis.1.to=1");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.said.find("contracture.gain has no effect"), std::string::npos) << outcome.said;
  EXPECT_FALSE(fs::exists(results));
}

TEST_F(PhaseDiagram, AStatinMattersToLatentPoints) {
  const std::string results = folder_ / "statin";
  const Outcome outcome = map_case("statin", 2, results, "");
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  const std::vector<std::int64_t> condition = hdf5::InputFile(results + "/map.h5").integers("/map/condition");
  const double latent_folds[] = {0.0475, 0.0325, 0.025};  // leak 0, 0.5, 1: docs/model.md 9.4
  for (int leak = 0; leak < 3; ++leak) EXPECT_NEAR(fold(condition, latent, leak), latent_folds[leak], 1e-9) << leak;
  EXPECT_NEAR(fold(condition, healthy, 0), 0.070, 1e-9);
  EXPECT_NEAR(fold(condition, healthy, 2), 0.0675, 1e-9);
}

TEST_F(PhaseDiagram, MisfireCountsAsLoad) {
  const std::string results = folder_ / "posture";
  const Outcome outcome = map_case("posture", 2, results, "--set 'axis.1.to=100 pps'");
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  const std::vector<std::int64_t> condition = hdf5::InputFile(results + "/map.h5").integers("/map/condition");
  // Drive is load + 5e-4 per pps: a fold sinks by 0.025 per 50 pps, by up to one step more where an active start helps.
  for (int rate = 0; rate < 3; ++rate) {
    EXPECT_NEAR(fold(condition, healthy, rate), 0.070 - 0.025 * rate, grid + 1e-9) << rate;
    EXPECT_NEAR(fold(condition, latent, rate), std::max(0.0475 - 0.025 * rate, 0.0), grid + 1e-9) << rate;
  }
}

}  // namespace
}  // namespace tautband::regression
