// Job arrays of sweeps: which rows a task has.
#include "io/sweep_job.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

TEST(SweepJob, NumbersAreWrittenAsRanges) {
  EXPECT_EQ(range_list({}), "");
  EXPECT_EQ(range_list({4}), "4");
  EXPECT_EQ(range_list({0, 1, 2, 3}), "0-3");
  EXPECT_EQ(range_list({0, 2, 3, 7, 9, 10}), "0,2-3,7,9-10");
}

TEST(SweepJob, ThereAreAtMostAThousandTasks) {
  for (const std::size_t rows : {std::size_t{1}, std::size_t{999}, std::size_t{1000}, std::size_t{1001},
                                 std::size_t{2000}, std::size_t{123456}}) {
    const std::size_t per_task = default_rows_per_task(rows), tasks = (rows + per_task - 1) / per_task;
    EXPECT_LE(tasks, 1000u) << rows;
    EXPECT_TRUE(per_task == 1 || (rows + per_task - 2) / (per_task - 1) > 1000) << rows;
  }
}

TEST(SweepJob, QuotesSurviveTheShell) {
  SweepJob job;
  job.sweep = "/a b/it's.toml";
  job.rows = 5;
  job.tasks = {0};
  job.rows_per_task = 5;
  EXPECT_NE(job_script(job).find("sweep run '/a b/it'\\''s.toml'"), std::string::npos) << job_script(job);
}

}  // namespace
}  // namespace tautband
