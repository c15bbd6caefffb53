// Sweeps under other engines: a job array of Slurm (its programs played by small scripts) and Dakota's files.
#include "sweeps/sweep_folder.hpp"

namespace tautband {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::Outcome;
using testing_support::quoted;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

class SweepEngines : public testing_support::SweepFolder {
 protected:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(file(name)).parent_path());
    std::ofstream(file(name)) << text;
  }
  void write_program(const std::string& name, const std::string& text) const {
    write("bin/" + name, "#!/bin/bash\n" + text);
    fs::permissions(file("bin/" + name), fs::perms::owner_all);
  }
  /// Runs with the scripts of bin/ before the programs of the system.
  Outcome with_scripts(const std::string& command) const {
    return run_command("PATH=" + quoted(file("bin")) + ":$PATH " + command);
  }
  Outcome evaluate(const std::string& parameters) const {
    write("params.in", parameters);
    fs::remove(file("results.out"));
    return sweep("evaluate",
                 "--params-in " + quoted(file("params.in")) + " --results-out " + quoted(file("results.out")));
  }
};

/// Runs every task of the array, one after the other, as Slurm would in folders and environments of its own.
const std::string played_sbatch =
    "list=$(sed -n 's/^#SBATCH --array=//p' \"$1\")\n"
    "echo \"$list\" >> \"$(dirname \"$0\")/arrays\"\n"
    "cd \"$(sed -n 's/^#SBATCH --chdir=\"\\(.*\\)\"/\\1/p' \"$1\")\"\n"
    "for part in ${list//,/ }; do\n"
    "  for task in $(seq \"${part%-*}\" \"${part#*-}\"); do\n"
    "    SLURM_JOB_ID=7 SLURM_ARRAY_TASK_ID=$task bash \"$1\"\n"
    "  done\n"
    "done\n"
    "true\n";

TEST_F(SweepEngines, AJobArrayRunsAllRowsAndOnlyThoseLeft) {
  write_sweep("1 min");
  write_program("sbatch", played_sbatch);
  Outcome outcome = with_scripts(command("submit", "--rows-per-task 3"));
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_EQ(text_of(file("bin/arrays")), "0-1\n");
  ASSERT_EQ(count("done"), 3) << outcome.said;
  EXPECT_EQ(count("failed"), 1);
  outcome = with_scripts(command("submit"));
  EXPECT_TRUE(has(outcome.said, "no rows are left: 3 done, 1 failed")) << outcome.said;
  fs::remove_all(rows()[3]);
  EXPECT_EQ(with_scripts(command("submit", "--again")).code, 0);
  EXPECT_EQ(text_of(file("bin/arrays")), "0-1\n2-3\n");
  EXPECT_EQ(count("done"), 3);
}

TEST_F(SweepEngines, ADryRunPrintsAScriptForTheShell) {
  write_sweep("1 min");
  const Outcome outcome = sweep("submit",
                                "--dry-run --ntasks 8 --ranks 2 --time 00:30:00 --partition short --account muscle "
                                "--sbatch=--mem=4G --sbatch=--qos=low --prologue 'module load openmpi'");
  EXPECT_EQ(outcome.code, 0);
  for (const char* line : {"#SBATCH --array=0-3\n", "#SBATCH --ntasks=8\n", "#SBATCH --time=00:30:00\n",
                           "#SBATCH --signal=B:USR1@120\n", "#SBATCH --partition=short\n", "#SBATCH --account=muscle\n",
                           "#SBATCH --mem=4G\n#SBATCH --qos=low\n", "\nmodule load openmpi\n", "-j 4 --ranks 2)\n"})
    EXPECT_TRUE(has(outcome.said, line)) << line << outcome.said;
  write("job", outcome.said);
  EXPECT_EQ(run_command("bash -n " + quoted(file("job"))).code, 0);
  EXPECT_FALSE(fs::exists(file("out/submit.slurm")));
}

TEST_F(SweepEngines, AWarnedJobStopsAndQueuesItself) {
  write_sweep("1 s", "\"95 min\", \"100 min\", \"105 min\", \"110 min\"");
  write_program("sbatch", "true\n");
  write_program("scontrol", "echo \"$@\" > \"$(dirname \"$0\")/asked\"\n");
  ASSERT_EQ(with_scripts(command("submit", "--rows-per-task 8")).code, 0);
  BackgroundProgram job("env PATH=" + quoted(file("bin")) + ":\"$PATH\" SLURM_JOB_ID=7 SLURM_ARRAY_TASK_ID=0 bash " +
                            quoted(file("out/submit.slurm")),
                        file("said"));
  ASSERT_TRUE(wait_until([&] { return count("running") == 1; })) << text_of(file("said"));
  job.signal(SIGUSR1);
  EXPECT_EQ(job.wait(), 75) << text_of(file("said"));
  EXPECT_EQ(text_of(file("bin/asked")), "requeue 7\n");
  EXPECT_LT(count("done"), 8);
}

TEST_F(SweepEngines, ARefusedJobIsAFailure) {
  write_sweep("1 min");
  write_program("sbatch", "exit 3\n");
  const Outcome outcome = with_scripts(command("submit"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(has(outcome.said, "ended with exit code 3")) << outcome.said;
}

TEST_F(SweepEngines, DakotaAsksForOneRow) {
  write_sweep("1 min");
  // The layout of the user's manual, with a function that is not asked for.
  Outcome outcome = evaluate(
      "                    2 variables\n 1.000000000000000e+01 begin\n 5.000000000000000e+01 finish\n"
      "                    3 functions\n                    1 ASV_1:end_time\n                    0 ASV_2:lowest\n"
      "                    1 ASV_3:span\n                    2 derivative_variables\n"
      "                    1 DVV_1:begin\n                    2 DVV_2:finish\n"
      "                    0 analysis_components\n                    1 eval_id\n");
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_EQ(text_of(file("results.out")), "2 end_time\n40 span\n");
  outcome = evaluate("2 variables\n10 begin\n50 finish\n");
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_TRUE(has(text_of(file("results.out")), " lowest\n40 span\n2 end_time\n")) << text_of(file("results.out"));
  // The same row was found again.
  EXPECT_EQ(std::distance(fs::directory_iterator(file("out/evaluations/rows")), fs::directory_iterator()), 1);
}

TEST_F(SweepEngines, DakotaIsToldOfAFailure) {
  write_sweep("1 min");
  const Outcome outcome = evaluate("2 variables\n90 begin\n60 finish\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(has(outcome.said, "the misfire ends before it starts")) << outcome.said;
  EXPECT_EQ(text_of(file("results.out")), "FAIL\n");
}

TEST_F(SweepEngines, WrongRequestsAreRefused) {
  write_sweep("1 min");
  const auto expect = [&](const std::string& parameters, const std::string& words) {
    const Outcome outcome = evaluate(parameters);
    EXPECT_EQ(outcome.code, 2) << outcome.said;
    EXPECT_TRUE(has(outcome.said, words)) << outcome.said;
    EXPECT_FALSE(fs::exists(file("results.out")));
  };
  expect("10 begin\n", "line 1: is not \"N variables\"");
  expect("2 variables\n10 begin\n", "ends too early");
  expect("1 variables\n10 begin\n", "gives no \"finish\"");
  expect("2 variables\n10 begin\n50 finsh\n", "did you mean \"finish\"?");
  expect("2 variables\n10 begin\nlate finish\n", "\"late\" is not a number");
  expect("2 variables\n10 begin\n50 finish\n1 functions\n3 ASV_1:span\n", "line 5: asks for derivatives of span");
  expect("2 variables\n10 begin\n50 finish\n1 functions\n1 ASV_1:spam\n", "did you mean \"span\"?");
}

}  // namespace
}  // namespace tautband
