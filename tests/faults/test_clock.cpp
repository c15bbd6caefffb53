// A time of day that jumps by weeks changes nothing but time stamps.
#include "faults/block_run.hpp"
#include "io/json_values.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tautband::faults {
namespace {

using testing_support::Outcome;
using testing_support::run_command;
using testing_support::text_of;

TEST(Clock, JumpsOfTheTimeOfDayDoNoHarm) {
  const BlockRun block;
  const std::string results = block.file("results"), whole = block.file("whole");
  ASSERT_EQ(run_command(block.command(whole)).code, 0);
  const std::string preloaded = std::string("LD_PRELOAD=") + TAUTBAND_JUMPING_CLOCK + " ";
  const std::string first = run_command(preloaded + "date +%s").said, second = run_command("date +%s").said;
  ASSERT_GT(std::labs(std::atol(first.c_str()) - std::atol(second.c_str())), 86400) << "the clock does not jump";
  // Minutes between checkpoints and hours for all: neither comes, however far the time of day is.
  const std::string set = " --set 'output.checkpoint_interval=30 min' --max-walltime 3h";
  const Outcome outcome = run_command(preloaded + block.command(results, 1, set));
  ASSERT_EQ(outcome.code, 0) << outcome.said;
  EXPECT_EQ(text_of(results + "/history.csv"), text_of(whole + "/history.csv"));
  const auto record = read_json(results + "/run.json");
  for (const char* seconds : {"wall_time", "mechanics_seconds", "linear_seconds", "output_seconds"}) {
    EXPECT_GE(std::stod(record.at(seconds)), 0.0) << seconds;
    EXPECT_LT(std::stod(record.at(seconds)), 7200.0) << seconds;
  }
}

}  // namespace
}  // namespace tautband::faults
