// Whole sweeps without a mesh: failures, crashes, kills and several engines, as a user meets them.
#include "sweeps/sweep_folder.hpp"

#include <hdf5.h>

#include <sstream>

namespace tautband {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::Outcome;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

class SweepRuns : public testing_support::SweepFolder {};

const std::string slow = "1 s", quick = "1 min";
const std::string two_ends = "\"95 min\", \"110 min\"";
const std::string many_ends = "\"95 min\", \"100 min\", \"105 min\", \"110 min\"";

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST_F(SweepRuns, OneFailureStopsNothingAndIsGathered) {
  write_sweep(quick);
  Outcome outcome = sweep("run", "--all -j 2");
  EXPECT_EQ(outcome.code, 1) << outcome.said;
  EXPECT_TRUE(has(outcome.said, "4 rows: 3 done, 1 failed")) << outcome.said;
  outcome = sweep("status", "--failed");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(has(outcome.said, "row 00002-") && has(outcome.said, "the misfire ends before it starts"))
      << outcome.said;
  outcome = sweep("gather");
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  std::istringstream table(text_of(file("out/table.csv")));
  std::string line;
  std::getline(table, line);
  EXPECT_EQ(line, "index,id,status,begin [min],finish [min],lowest [mmHg],span [min],end_time [h]");
  const char* ends[] = {",50,2", ",90,2", ",nan,nan,nan", ",10,2"};
  for (int row = 0; row < 4; ++row) {
    std::getline(table, line);
    EXPECT_TRUE(line.starts_with(std::to_string(row) + ",")) << line;
    EXPECT_TRUE(has(line, row == 2 ? ",failed,90,60" : ",done,")) << line;
    EXPECT_TRUE(line.ends_with(ends[row])) << line;
  }
}

/// The strings of a dataset of the table.
std::vector<std::string> strings(hid_t table, const char* name) {
  const hid_t data = H5Dopen2(table, name, H5P_DEFAULT), type = H5Dget_type(data), space = H5Dget_space(data);
  EXPECT_GT(H5Tis_variable_str(type), 0);
  std::vector<char*> texts(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  EXPECT_GE(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), 0);
  std::vector<std::string> found(texts.begin(), texts.end());
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  H5Sclose(space), H5Tclose(type), H5Dclose(data);
  return found;
}

TEST_F(SweepRuns, TheTableHoldsNumbersInTheOrderOfTheDesign) {
  write_sweep(quick);
  sweep("run", "--indices 0-1,3");
  ASSERT_EQ(sweep("gather").code, 0);
  const hid_t table = H5Fopen(file("out/table.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(table, 0);
  EXPECT_EQ(strings(table, "/status"), (std::vector<std::string>{"done", "done", "missing", "done"}));
  for (const auto& id : strings(table, "/id")) EXPECT_EQ(id.size(), 16u);
  const hid_t data = H5Dopen2(table, "/parameters", H5P_DEFAULT);
  double numbers[8] = {};
  EXPECT_GE(H5Dread(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers), 0);
  const double expected[8] = {10, 60, 10, 100, 90, 60, 90, 100};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(numbers[i], expected[i]) << i;
  EXPECT_GT(H5Aexists(data, "from"), 0);
  H5Dclose(data), H5Fclose(table);
}

TEST_F(SweepRuns, WhatIsDoneIsNotDoneAgain) {
  write_sweep(quick);
  EXPECT_EQ(sweep("run", "--index 3").code, 0);
  EXPECT_EQ(rows().size(), 1u);
  EXPECT_EQ(sweep("run", "--all").code, 1);
  EXPECT_EQ(sweep("run", "--all").code, 1);
  for (const std::string& row : rows()) EXPECT_EQ(times_begun(row), 1) << row;
  const std::string before = text_of(rows()[2] + "/row.json");
  EXPECT_EQ(sweep("run", "--index 2").code, 1);
  EXPECT_EQ(text_of(rows()[2] + "/row.json"), before);
  EXPECT_EQ(sweep("run", "--index 2 --again").code, 1);
}

TEST_F(SweepRuns, GoesOnAfterEverythingIsKilled) {
  write_sweep(slow, many_ends);
  {
    BackgroundProgram engine(command("run", "--all -j 2"), file("said"));
    ASSERT_TRUE(wait_until([&] { return count("done") >= 2 && count("running") >= 1; })) << text_of(file("said"));
    const std::vector<pid_t> workers = engine.children();
    EXPECT_EQ(workers.size(), 2u);
    for (const pid_t worker : workers) kill(worker, SIGKILL);
    engine.signal(SIGKILL);
    EXPECT_EQ(engine.wait(), -SIGKILL);
  }
  const long done = count("done");
  EXPECT_LT(done, 8);
  const Outcome outcome = sweep("run", "--all -j 2");
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_TRUE(has(outcome.said, "8 rows: 8 done")) << outcome.said;
  long again = 0;
  for (const std::string& row : rows()) again += times_begun(row) - 1;
  EXPECT_LE(again, 2);  // no more than there were workers
}

TEST_F(SweepRuns, ACrashFailsOneRowAndIsNotTriedForEver) {
  write_sweep(slow, two_ends);
  BackgroundProgram engine(command("run", "--all"), file("said"));
  ASSERT_TRUE(wait_until([&] { return count("running") == 1 && engine.children().size() == 1; }));
  kill(engine.children().at(0), SIGSEGV);
  EXPECT_EQ(engine.wait(), 1) << text_of(file("said"));
  EXPECT_EQ(count("done"), 3) << text_of(file("said"));
  const Outcome outcome = sweep("status", "--failed");
  EXPECT_TRUE(has(outcome.said, "died by signal 11")) << outcome.said;
  EXPECT_EQ(sweep("run", "--all").code, 1);
  EXPECT_EQ(count("done"), 3);
  EXPECT_EQ(sweep("run", "--all --again").code, 0);
}

TEST_F(SweepRuns, AKilledWorkerIsReplaced) {
  write_sweep(slow, two_ends);
  BackgroundProgram engine(command("run", "--all"), file("said"));
  ASSERT_TRUE(wait_until([&] { return count("running") == 1 && engine.children().size() == 1; }));
  kill(engine.children().at(0), SIGKILL);
  EXPECT_EQ(engine.wait(), 0) << text_of(file("said"));
  EXPECT_TRUE(has(text_of(file("said")), "died: signal 9"));
  EXPECT_EQ(count("done"), 4);
}

TEST_F(SweepRuns, ARowThatVanishesAgainAndAgainIsGivenUp) {
  write_sweep(slow);
  for (int attempt = 0; attempt < 3; ++attempt) {
    BackgroundProgram engine(command("run", "--index 0"), file("said"));
    ASSERT_TRUE(wait_until([&] {
      return count("running") == 1 && times_begun(rows().at(0)) == attempt + 1 && engine.children().size() == 1;
    })) << text_of(file("said"));
    const pid_t worker = engine.children().at(0);
    engine.signal(SIGKILL);
    kill(worker, SIGKILL);
    engine.wait();
  }
  const Outcome outcome = sweep("run", "--index 0");
  EXPECT_EQ(outcome.code, 1) << outcome.said;
  EXPECT_TRUE(has(sweep("status", "--failed").said, "vanished 3 times"));
}

TEST_F(SweepRuns, TwoEnginesShareASweep) {
  write_sweep(slow, many_ends);
  BackgroundProgram one(command("run", "--all"), file("said"));
  const Outcome two = sweep("run", "--all -j 2");
  EXPECT_TRUE(two.code == 0 || two.code == 75) << two.said;  // the last row may be the other's
  EXPECT_EQ(one.wait() == 0 || two.code == 0, true);
  EXPECT_EQ(count("done"), 8);
  for (const std::string& row : rows()) EXPECT_EQ(times_begun(row), 1) << row;
}

TEST_F(SweepRuns, RanksOfMpirunAreWorkers) {
  write_sweep(quick, two_ends);
  const Outcome outcome = run_command(TAUTBAND_MPIEXEC " --oversubscribe -n 2 " + command("run", "--all"));
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_TRUE(has(outcome.said, "4 rows: 4 done")) << outcome.said;
  for (const std::string& row : rows()) EXPECT_EQ(times_begun(row), 1) << row;
}

TEST_F(SweepRuns, StopsWhenToldAndGoesOn) {
  write_sweep(slow, many_ends);
  BackgroundProgram engine(command("run", "--all -j 2"), file("said"));
  ASSERT_TRUE(wait_until([&] { return count("done") >= 1; }));
  engine.signal(SIGTERM);
  EXPECT_EQ(engine.wait(), 75) << text_of(file("said"));
  EXPECT_LT(count("done"), 8);
  EXPECT_EQ(count("running"), 0);
  EXPECT_EQ(sweep("run", "--all --max-walltime '10 us'").code, 75);
  EXPECT_EQ(sweep("run", "--all -j 2").code, 0);
  for (const std::string& row : rows()) EXPECT_EQ(times_begun(row), 1) << row;
}

TEST_F(SweepRuns, RefusesAWrongCommandLine) {
  write_sweep(quick);
  for (const char* options : {"", "--all --index 0", "--index 4", "--indices 2-1", "--indices 1,,2", "--index x",
                              "--all -j 0", "--all --max-walltime fast"}) {
    const Outcome outcome = sweep("run", options);
    EXPECT_EQ(outcome.code, 2) << options << "\n" << outcome.said;
  }
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(run_command(TAUTBAND_PROGRAM " sweep plan /nowhere/sweep.toml").code, 3);
  EXPECT_EQ(run_command(TAUTBAND_PROGRAM " sweep").code, 2);
}

TEST_F(SweepRuns, AnOutputThatNoRowHasIsAnError) {
  write_sweep(quick);
  sweep("run", "--index 0");
  std::ofstream(file("sweep.toml"), std::ios::app) << "[[output]]\nname = \"x\"\nquantity = \"max(history.oxygne)\"\n";
  const Outcome outcome = sweep("gather");
  EXPECT_EQ(outcome.code, 2) << outcome.said;
  EXPECT_TRUE(has(outcome.said, "did you mean \"oxygen\"?")) << outcome.said;
  EXPECT_FALSE(fs::exists(file("out/table.csv")));
}

}  // namespace
}  // namespace tautband
