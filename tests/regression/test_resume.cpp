// Runs that are stopped or killed and go on from a checkpoint end as if nothing had happened.
#include "io/hdf5.hpp"
#include "io/json_values.hpp"
#include "regression/results.hpp"
#include "regression/small_run.hpp"
#include "support/background_program.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace tautband::regression {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::lines_of;
using testing_support::Outcome;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

constexpr int resume_code = 75;

std::string on_ranks(int ranks, const std::string& command) {
  return ranks == 1 ? command : TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " " + command;
}

/// The first seconds of the main case: every network step is followed.
const std::string fast =
    " --set 'time.end=0.4 s' --set 'misfire.0.start=0.1 s' --set 'output.from=-1 s' --set 'output.interval=0.1 s'";

std::string status_of(const std::string& results) { return read_json(results + "/run.json").at("status"); }

/// Sends the signal when the history has so many lines, and waits for the end.
int signal_at(long lines, int signal, const std::string& command, const std::string& results) {
  BackgroundProgram program(command, results + ".said");
  EXPECT_TRUE(wait_until([&] { return lines_of(results + "/history.csv") >= lines; }));
  EXPECT_TRUE(program.signal(signal));
  return program.wait();
}

/// Arrays, sets and steps of two results, number by number; histories, digit by digit.
void expect_same_results(const std::string& one, const std::string& other) {
  EXPECT_EQ(text_of(one + "/history.csv"), text_of(other + "/history.csv"));
  const hdf5::InputFile a(one + "/result.vtkhdf"), b(other + "/result.vtkhdf");
  for (const std::string group :
       {"/VTKHDF/PointData", "/VTKHDF/CellData", "/VTKHDF/Steps/PointDataOffsets", "/VTKHDF/Steps/CellDataOffsets"}) {
    ASSERT_EQ(a.children(group), b.children(group));
    for (const std::string& name : a.children(group))
      EXPECT_EQ(a.reals(group + "/" + name), b.reals(group + "/" + name)) << name;
  }
  EXPECT_EQ(a.reals("/VTKHDF/Steps/Values"), b.reals("/VTKHDF/Steps/Values"));
  EXPECT_EQ(a.integer_attribute("/VTKHDF/Steps", "NSteps"), b.integer_attribute("/VTKHDF/Steps", "NSteps"));
  const hdf5::InputFile h(one + "/history.h5"), g(other + "/history.h5");
  for (const std::string& name : h.children("/history"))
    EXPECT_EQ(h.reals("/history/" + name), g.reals("/history/" + name)) << name;
}

/// One way to run: a case on a coarse mesh with what is set on the command line.
struct Way {
  std::string name, shipped, shape, set;
  std::vector<long> stops;  ///< lines of history.csv at which it is stopped

  friend void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }
};

const Way ways[] = {
    {"fast", "bundle_knot", "", fast, {7, 18, 26}},
    {"network",
     "isometric_tetanus",
     "--quarter",
     " --set spindles.model=mileusnic2006 --set mechanisms.reflex=1 --set motor_pool.model=fuglevand1993"
     " --set motor_pool.units=21 --set motor_pool.noise=0.2 --set 'motor_pool.tonic_drive=30 %'"
     " --set activation.model=twitch --set 'output.from=-1 s'",
     {9, 20}},
    {"multigrid", "bundle_knot", "", fast + " --set mechanics.preconditioner=multigrid", {20}},
    {"slow", "bundle_knot", "", " --set 'time.end=3 min' --set 'output.interval=20 s'", {8, 40, 60}},
    {"dynamic", "bundle_knot", "", fast + " --set mechanics.inertia=dynamic", {12, 26}},
    {"events_in_flight",
     "treatments",
     "--quarter",
     " --set 'time.end=0.6 s' --set 'output.interval=0.1 s' --set 'time.longest_step=20 ms'"
     " --set 'event.0.start=50 ms' --set 'event.1.start=0.1 s' --set 'event.2.start=0.15 s' --set 'event.2.ramp=50 ms'"
     " --set 'event.2.duration=0.15 s' --set 'event.2.interval=0.2 s' --set 'event.2.displacement=0.3 mm'"
     " --set 'event.3.start=0.1 s' --set 'event.3.ramp=50 ms' --set 'event.3.duration=0.2 s'"
     " --set 'event.3.interval=0.25 s' --set 'event.3.pressure=2 kPa' --set 'event.4.start=0.2 s'"
     " --set 'event.4.factor=0.5' --set 'event.5.start=0.1 s' --set 'event.5.rise=1 s' --set event.5.block=0.5"
     " --set 'event.6.start=0.35 s'",
     {12, 22, 30}},
};

class Resume : public testing::TestWithParam<Way> {};

TEST_P(Resume, EndsAsTheUninterruptedRun) {
  const Way& way = GetParam();
  const SmallRun small("resume_" + way.name, way.shipped, way.shape);
  const std::string whole = small.file("whole"), parts = small.file("parts");
  const Outcome uninterrupted = run_command(small.command(whole) + way.set);
  ASSERT_EQ(uninterrupted.code, 0) << uninterrupted.said;
  const long rows = lines_of(whole + "/history.csv");
  for (const long stop : way.stops) {
    ASSERT_LT(stop, rows);
    ASSERT_EQ(signal_at(stop, SIGTERM, small.command(parts) + way.set, parts), resume_code) << text_of(parts + ".said");
    EXPECT_EQ(status_of(parts), "stopped");
    EXPECT_LT(lines_of(parts + "/history.csv"), rows) << "it was to be stopped on its way";
  }
  const Outcome last = run_command(small.command(parts) + way.set);
  ASSERT_EQ(last.code, 0) << last.said;
  EXPECT_NE(last.said.find("resume   from "), std::string::npos) << last.said;
  EXPECT_EQ(status_of(parts), "done");
  EXPECT_EQ(read_json(parts + "/run.json").at("resumed"), std::to_string(way.stops.size()));
  EXPECT_EQ(read_json(parts + "/run.json").at("krylov_iterations"),
            read_json(whole + "/run.json").at("krylov_iterations"));
  expect_same_results(whole, parts);
  EXPECT_FALSE(fs::exists(parts + "/checkpoint"));  // nobody needs it any more
}

INSTANTIATE_TEST_SUITE_P(Ways, Resume, testing::ValuesIn(ways),
                         [](const auto& info) { return std::string(info.param.name); });

/// Iterations stop at tolerances that differ by their last digits on other ranks: as in test_ranks.cpp.
TEST(ResumeOnOtherRanks, AgreesToTheTolerance) {
  const SmallRun small("resume_ranks");
  const std::string set = fast +
                          " --set 'time.end=0.15 s'"
                          " --set mechanics.newton_tolerance=1e-9 --set mechanics.krylov_tolerance=1e-8"
                          " --set diffusion.tolerance=1e-12";
  const std::string whole = small.file("whole"), parts = small.file("parts");
  ASSERT_EQ(run_command(small.command(whole) + set).code, 0);
  for (const auto& [ranks, lines] : {std::pair{2, 6}, std::pair{1, 14}}) {
    const std::string command = on_ranks(ranks, small.command(parts) + set);
    ASSERT_EQ(signal_at(lines, SIGUSR2, command, parts), resume_code) << text_of(parts + ".said");
  }
  const Outcome last = run_command(on_ranks(2, small.command(parts) + set));
  ASSERT_EQ(last.code, 0) << last.said;
  const Columns one = read_history(whole + "/history.csv"), other = read_history(parts + "/history.csv");
  ASSERT_EQ(one.at("time").size(), other.at("time").size());
  for (const auto& [name, values] : one) {
    if (name.find("_iterations") != std::string::npos) continue;
    double size = 0.0, difference = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      size = std::max(size, std::abs(name.starts_with("force_") ? one.at("force_end1_z")[i] : values[i]));
      difference = std::max(difference, std::abs(values[i] - other.at(name)[i]));
    }
    EXPECT_LE(difference, 1e-6 * size) << name;
  }
}

class Stopping : public testing::Test {
 protected:
  std::string command(const std::string& more = "") const { return small_.command(results_) + fast + more; }
  /// Leaves two checkpoints.
  void interrupt() const {
    for (const long lines : {10, 15})
      ASSERT_EQ(signal_at(lines, SIGTERM, command(), results_), resume_code) << text_of(results_ + ".said");
  }
  std::vector<std::string> checkpoints() const {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(results_ + "/checkpoint", error)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  void damage(const std::string& path) const {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(5000);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(5000);
    file.put(byte);
  }

  SmallRun small_{"stopping"};
  std::string results_ = small_.file("results");
};

TEST_F(Stopping, AFileStopsTheRun) {
  fs::create_directories(results_);
  std::ofstream(results_ + "/STOP").close();
  const Outcome outcome = run_command(command());
  EXPECT_EQ(outcome.code, resume_code) << outcome.said;
  EXPECT_NE(outcome.said.find("STOP"), std::string::npos) << outcome.said;
  EXPECT_FALSE(fs::exists(results_ + "/STOP"));  // it has been obeyed
  EXPECT_EQ(read_json(results_ + "/run.json").at("exit_code"), "75");
  EXPECT_EQ(run_command(command()).code, 0);
}

TEST_F(Stopping, WallTimeStopsTheRun) {
  const Outcome outcome = run_command(command(" --max-walltime 1ms"));
  EXPECT_EQ(outcome.code, resume_code) << outcome.said;
  EXPECT_NE(outcome.said.find("--max-walltime"), std::string::npos) << outcome.said;
  EXPECT_EQ(run_command(command(" --max-walltime 3h")).code, 0);
  const Outcome wrong = run_command(command(" --max-walltime 5kg"));
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.said.find("--max-walltime"), std::string::npos) << wrong.said;
}

TEST_F(Stopping, InterruptStopsAndUsr1OnlyWritesACheckpoint) {
  EXPECT_EQ(signal_at(8, SIGINT, command(), results_), resume_code);
  const std::vector<std::string> before = checkpoints();
  BackgroundProgram program(command(" --set 'time.end=60 s'  --restart"));
  EXPECT_TRUE(wait_until([&] { return checkpoints().empty() && lines_of(results_ + "/history.csv") >= 6; }));
  EXPECT_TRUE(program.signal(SIGUSR1));
  EXPECT_TRUE(wait_until([&] { return checkpoints().size() == 1; }));
  const long lines = lines_of(results_ + "/history.csv");
  EXPECT_TRUE(wait_until([&] { return lines_of(results_ + "/history.csv") > lines; }));  // it goes on
  EXPECT_TRUE(program.signal(SIGKILL));
  EXPECT_EQ(program.wait(), -SIGKILL);
  const Outcome again = run_command(command(" --set 'time.end=60 s' --max-walltime 1ms"));
  EXPECT_EQ(again.code, resume_code) << again.said;
  EXPECT_NE(again.said.find("resume   from"), std::string::npos) << again.said;
}

TEST_F(Stopping, ADamagedCheckpointIsNamedAndTheOneBeforeItUsed) {
  interrupt();
  ASSERT_EQ(checkpoints().size(), 2u);
  const std::string before = checkpoints()[0], newest = checkpoints()[1];
  damage(newest);
  const Outcome outcome = run_command(command());
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_NE(outcome.said.find(newest + " cannot be used"), std::string::npos) << outcome.said;
  EXPECT_NE(outcome.said.find("resume   from " + before), std::string::npos) << outcome.said;
}

TEST_F(Stopping, WithoutAnyGoodCheckpointNothingIsThrownAway) {
  interrupt();
  for (const std::string& path : checkpoints()) damage(path);
  const std::string history = text_of(results_ + "/history.csv");
  const Outcome outcome = run_command(command());
  EXPECT_EQ(outcome.code, 3) << outcome.said;
  EXPECT_NE(outcome.said.find("--restart"), std::string::npos) << outcome.said;
  EXPECT_EQ(text_of(results_ + "/history.csv"), history);
  EXPECT_EQ(run_command(command(" --restart")).code, 0);
}

TEST_F(Stopping, AnotherCaseOrMeshIsRefused) {
  interrupt();
  const std::string history = text_of(results_ + "/history.csv");
  const Outcome other = run_command(command(" --set spindles.count=41"));
  EXPECT_EQ(other.code, 2) << other.said;
  EXPECT_NE(other.said.find("count = 40 -> count = 41"), std::string::npos) << other.said;
  fs::copy(small_.file("mesh.vtkhdf"), small_.file("kept.vtkhdf"));
  ASSERT_EQ(run_command(TAUTBAND_MESH " make bundle --length '50 mm' --diameter '9 mm' --edge '4 mm' --axial-edge "
                                      "'9 mm' -o " +
                        small_.file("mesh.vtkhdf"))
                .code,
            0);
  const Outcome mesh = run_command(command());
  EXPECT_EQ(mesh.code, 2) << mesh.said;
  EXPECT_NE(mesh.said.find("mesh file has changed"), std::string::npos) << mesh.said;
  fs::rename(small_.file("kept.vtkhdf"), small_.file("mesh.vtkhdf"));
  EXPECT_EQ(text_of(results_ + "/history.csv"), history);
  EXPECT_EQ(run_command(command()).code, 0);
}

TEST_F(Stopping, ResumeCanBeInsistedOn) {
  const Outcome outcome = run_command(command(" --resume"));
  EXPECT_EQ(outcome.code, 3) << outcome.said;
  EXPECT_NE(outcome.said.find("no checkpoint"), std::string::npos) << outcome.said;
  interrupt();
  EXPECT_EQ(run_command(command(" --resume")).code, 0);
}

}  // namespace
}  // namespace tautband::regression
