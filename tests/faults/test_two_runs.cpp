// A second run in a directory that is in use refuses; the first does not notice. A rank that dies ends the run.
#include "faults/block_run.hpp"

namespace tautband::faults {
namespace {

namespace fs = std::filesystem;
using testing_support::BackgroundProgram;
using testing_support::lines_of;
using testing_support::Outcome;
using testing_support::run_command;
using testing_support::text_of;
using testing_support::wait_until;

TEST(TwoRuns, TheSecondInADirectoryRefuses) {
  const BlockRun block;
  const std::string results = block.file("results"), options = "--set output.checkpoint_interval=\"0.2 s\" ";
  BackgroundProgram first(block.command(results, 1, options), block.file("said"));
  ASSERT_TRUE(wait_until([&] { return lines_of(results + "/history.csv") > 4; }));
  ASSERT_TRUE(first.signal(SIGSTOP));  // so that it lasts as long as the others
  const long rows = lines_of(results + "/history.csv");
  ASSERT_LT(rows, block_steps) << "the first run was over too early to test anything";
  for (const std::string more : {"", "--restart", "--resume"}) {
    const Outcome second = run_command(block.command(results, 1, options + more));
    EXPECT_EQ(second.code, 3) << second.said;
    EXPECT_NE(second.said.find(results + " is in use: process " + std::to_string(first.id()) + " on host "),
              std::string::npos)
        << second.said;
  }
  EXPECT_EQ(lines_of(results + "/history.csv"), rows);
  ASSERT_TRUE(first.signal(SIGCONT));
  EXPECT_EQ(first.wait(), 0) << text_of(block.file("said"));
  expect_whole(results);
  EXPECT_EQ(run_command(block.command(results, 1, "--set time.end=\"20 ms\"")).code, 0);  // free again
}

TEST(DeadRank, EndsTheRunAndTheNextOneGoesOn) {
  const BlockRun block;
  const std::string results = block.file("results"), options = "--set output.interval=\"0.5 s\"";
  long rows = 2;
  for (const std::size_t rank : {0u, 1u}) {
    BackgroundProgram program(block.command(results, 2, options), block.file("said"));
    const auto has_gone_on = [&] { return lines_of(results + "/history.csv") > rows + 3; };
    ASSERT_TRUE(wait_until(has_gone_on) || wait_until(has_gone_on) || wait_until(has_gone_on))  // on a busy machine
        << text_of(block.file("said"));
    const std::vector<pid_t> ranks = program.children();
    ASSERT_EQ(ranks.size(), 2u);
    kill(ranks[rank], SIGKILL);
    EXPECT_NE(program.wait(), 0);
    for (const pid_t id : ranks) EXPECT_TRUE(wait_until([id] { return kill(id, 0) != 0; }));
    rows = lines_of(results + "/history.csv");
    EXPECT_LT(rows, block_steps) << "the run was over before a rank could be killed";
    EXPECT_GT(readable_steps(results), 0);
  }
  const Outcome last = run_command(block.command(results, 1, options));
  EXPECT_EQ(last.code, 0) << last.said;
  EXPECT_NE(last.said.find("resume   from "), std::string::npos) << last.said;
  expect_whole(results, 9);
}

}  // namespace
}  // namespace tautband::faults
