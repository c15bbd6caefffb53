// What a sweep file says, its rows, and what is refused.
#include "base/error.hpp"
#include "base/units.hpp"
#include "io/explain.hpp"
#include "io/sweep_columns.hpp"
#include "io/sweep_folder.hpp"
#include "io/toml_document.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

namespace tautband {
namespace {

namespace fs = std::filesystem;

const std::string base_case = R"([point]
protocol = "trigger_point"
sample_step = "1 min"
duration = "2 h"
[trigger_point]
start = "latent"
[motor_pool]
tonic_drive = 0.04
)";

class SweepPlanTest : public testing::Test {
 protected:
  SweepPlanTest() : folder_(fs::temp_directory_path() / ("tautband_sweep_plan." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    write("case.toml", base_case);
  }
  ~SweepPlanTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  SweepPlan plan(const std::string& text) const {
    write("sweep.toml", text);
    return plan_sweep(folder_ / "sweep.toml");
  }
  std::string complaint(const std::string& text) const {
    try {
      plan(text);
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  }
  void expect_complaint(const std::string& text, const std::string& words) const {
    const std::string said = complaint(text);
    EXPECT_NE(said.find(words), std::string::npos) << "wanted: " << words << "\nsaid: " << said;
  }

  fs::path folder_;
};

const std::string head = "[sweep]\ncase = \"case.toml\"\n";
const std::string oxygen = "[[parameter]]\nkey = \"trigger_point.tissue_oxygen\"\nname = \"supply\"\n";

TEST_F(SweepPlanTest, AGridHasEveryCombinationTheLastParameterFirst) {
  const SweepPlan p = plan(head + R"([[parameter]]
key = "motor_pool.tonic_drive"
from = 0
to = "10 %"
count = 3
[[parameter]]
key = "trigger_point.tissue_oxygen"
values = ["20 mmHg", "4 kPa"]
)");
  ASSERT_EQ(p.rows.size(), 6u);
  EXPECT_EQ(p.columns[0].name, "tonic_drive");
  EXPECT_EQ(p.columns[1].unit, "mmHg");
  EXPECT_EQ(p.kind, SweepKind::point);
  const double drives[] = {0.0, 0.05, 0.1};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_DOUBLE_EQ(p.rows[i].numbers[0], drives[i / 2]);
    EXPECT_NEAR(p.rows[i].numbers[1], i % 2 == 0 ? 20.0 : 30.0025, 1e-3);  // 4 kPa / 133.32 Pa
  }
  EXPECT_EQ(p.overrides(p.rows[2].texts),
            (std::vector<std::string>{"motor_pool.tonic_drive=0.05", "trigger_point.tissue_oxygen=20 mmHg"}));
  EXPECT_DOUBLE_EQ(p.case_of(p.rows[5]).physiology.motor_pool.tonic_drive, 0.1);
  EXPECT_NEAR(p.case_of(p.rows[5]).physiology.trigger_point.tissue_oxygen, 4000.0, 1e-6);
}

TEST_F(SweepPlanTest, WordsAreValuesToo) {
  const SweepPlan p = plan(head + "[[parameter]]\nkey = \"trigger_point.start\"\nvalues = [\"healthy\", \"active\"]\n");
  ASSERT_EQ(p.rows.size(), 2u);
  EXPECT_EQ(p.case_of(p.rows[1]).physiology.trigger_point.start, spec::Condition::active);
  EXPECT_EQ(p.rows[1].numbers, std::vector<double>{1.0});
  EXPECT_EQ(p.columns[0].to, 1.0);
}

TEST_F(SweepPlanTest, ALogScaleIsEvenInTheLogarithm) {
  const SweepPlan p = plan(head + oxygen + "from = \"0.1 mmHg\"\nto = \"1000 mmHg\"\nscale = \"log\"\ncount = 5\n");
  ASSERT_EQ(p.rows.size(), 5u);
  EXPECT_EQ(p.rows.front().numbers[0], 0.1);
  EXPECT_NEAR(p.rows[1].numbers[0], 1.0, 1e-12);
  EXPECT_NEAR(p.rows[3].numbers[0], 100.0, 1e-10);
  EXPECT_EQ(p.rows.back().numbers[0], 1000.0);
}

TEST_F(SweepPlanTest, TheSameFileGivesTheSameRowsAndAnotherSeedOthers) {
  const auto ids = [&](const std::string& design) {
    std::vector<std::string> found;
    for (const SweepRow& row : plan(head + design + "\n" + oxygen + "from = \"20 mmHg\"\nto = \"40 mmHg\"\n").rows)
      found.push_back(row.id);
    return found;
  };
  for (const std::string design : {"latin_hypercube", "sobol", "saltelli", "morris"}) {
    const std::string line = "design = \"" + design + "\"\nsamples = 8\nseed = ";
    const std::vector<std::string> first = ids(line + "1");
    EXPECT_EQ(first, ids(line + "1")) << design;
    EXPECT_NE(first, ids(line + "2")) << design;
  }
  EXPECT_EQ(ids("design = \"saltelli\"\nsamples = 8").size(), 8u * 3u);
}

TEST_F(SweepPlanTest, ATableGivesRowsWithUnitsWhereverTheyStand) {
  write("rows.csv",
        "# made by hand\nsupply [mmHg], motor_pool.tonic_drive ,trigger_point.start\n20,5 %,latent\n\n\"4 "
        "kPa\",0.1,active\n");
  const SweepPlan p = plan(head + "design = \"csv\"\nfile = \"rows.csv\"\n" + oxygen);
  ASSERT_EQ(p.rows.size(), 2u);
  EXPECT_EQ(p.columns[0].key, "trigger_point.tissue_oxygen");
  EXPECT_EQ(p.columns[1].unit, "%");
  EXPECT_NEAR(p.rows[1].numbers[0], 30.0025, 1e-3);
  EXPECT_DOUBLE_EQ(p.rows[1].numbers[1], 0.1);  // a plain cell has the unit of the column
  EXPECT_DOUBLE_EQ(p.case_of(p.rows[0]).physiology.motor_pool.tonic_drive, 0.05);
  EXPECT_EQ(p.case_of(p.rows[1]).physiology.trigger_point.start, spec::Condition::active);
}

TEST_F(SweepPlanTest, TablesAreRefusedWithTheirLine) {
  const std::string sweep = head + "design = \"csv\"\nfile = \"rows.csv\"\n";
  write("rows.csv", "motor_pool.tonic_drive\n0.1\nhigh\n");
  expect_complaint(sweep, "rows.csv, line 3: motor_pool.tonic_drive: \"high\" is not a number");
  write("rows.csv", "motor_pool.tonic_drive,trigger_point.start\n0.1\n");
  expect_complaint(sweep, "rows.csv, line 2: 1 cells under 2 names");
  write("rows.csv", "motor_pool.tonic_driv\n0.1\n");
  expect_complaint(sweep, "did you mean \"tonic_drive\"");
  write("rows.csv", "motor_pool.tonic_drive\n0.1\n2\n");
  expect_complaint(sweep, "out of range");
  write("rows.csv", "motor_pool.tonic_drive\n");
  expect_complaint(sweep, "has no rows");
}

TEST_F(SweepPlanTest, TellsEverythingThatIsWrongAtOnce) {
  const std::string said = complaint(R"([sweep]
case = "case.toml"
desing = "grid"
[[parameter]]
key = "motor_pool.tonic_driv"
from = 0
to = 1
count = 2
[[parameter]]
key = "trigger_point.tissue_oxygen"
from = "20 mmHg"
to = "5 m"
count = 2
[[parameter]]
key = "trigger_point.knot_pressure"
from = 0
to = 1000
count = 2
[[output]]
name = "pain"
quantity = "last(history.pain"
[[output]]
name = "load"
quantity = "knot_presure * 2"
)");
  for (const char* words :
       {"sweep.toml:3:1: unknown key \"desing\" in [sweep]; did you mean \"design\"?", "did you mean \"tonic_drive\"?",
        "sweep.toml:12:6: \"to\" is in \"m\" and \"from\" in \"mmHg\"",
        "sweep.toml:17:6: trigger_point.knot_pressure = 1000", "a parenthesis is not closed",
        "did you mean \"knot_pressure\"?", "6 problems in "})
    EXPECT_NE(said.find(words), std::string::npos) << "wanted: " << words << "\nsaid: " << said;
}

TEST_F(SweepPlanTest, RefusesWhatMakesNoSense) {
  const std::string range = oxygen + "from = \"20 mmHg\"\nto = \"40 mmHg\"\n";
  expect_complaint(head, "a sweep needs a [[parameter]]");
  expect_complaint("[sweep]\ndesign = \"grid\"\n", "lacks the required key \"case\"");
  expect_complaint("[sweep]\ncase = \"none.toml\"\n" + range, "none.toml: cannot be read");
  expect_complaint("[sweep]\ncase = \"../case.toml\"\n" + range, "outside the folder");
  expect_complaint(head + range, "a grid needs either count or values");
  expect_complaint(head + oxygen + "from = \"40 mmHg\"\nto = \"20 mmHg\"\ncount = 2\n", "\"to\" is not above \"from\"");
  expect_complaint(head + oxygen + "from = \"0 mmHg\"\nto = \"20 mmHg\"\ncount = 2\nscale = \"log\"\n", "above 0");
  expect_complaint(head + oxygen + "from = 20\nto = 40\ncount = 2\n", "lacks its unit");
  expect_complaint(head + "design = \"sobol\"\n" + range + "count = 2\n", "\"count\" has no use here");
  expect_complaint(head + range + "count = 2\n" + range + "count = 3\n", "a second parameter with the key");
  expect_complaint(head + "design = \"morris\"\nlevels = 3\n" + range, "levels");
  expect_complaint(head + range + "count = 2\n[[output]]\nname = \"supply\"\nquantity = \"1\"\n",
                   "a second parameter or output called");
  expect_complaint(head + range + "count = 2\n[[output]]\nname = \"status\"\nquantity = \"1\"\n", "is taken");
  expect_complaint(head + range + "count = 2\n[[output]]\nname = \"x\"\nquantity = \"1\"\nunit = \"parsnip\"\n",
                   "is not a unit");
  expect_complaint(head + range + "count = 2\n[[output]]\nname = \"x\"\nquantity = \"bands.last.knot.length_mm\"\n",
                   "only a run on a mesh has bands");
}

TEST_F(SweepPlanTest, ThePlanIsWrittenAndReadsBack) {
  const SweepPlan p = plan(head + oxygen + "from = \"20 mmHg\"\nto = \"40 mmHg\"\ncount = 3\n");
  const std::string folder = folder_ / "out";
  write_plan(p, folder);
  EXPECT_EQ(read_text_file(folder + "/plan.csv"), "index,id,supply [mmHg]\n0," + p.rows[0].id + ",20\n1," +
                                                      p.rows[1].id + ",30\n2," + p.rows[2].id + ",40\n");
  const SweepPlan again = plan_sweep(folder + "/sweep.resolved.toml", Reach::anywhere);
  ASSERT_EQ(again.rows.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(again.rows[i].id, p.rows[i].id);
  // A plan is a table of rows too.
  fs::copy(folder + "/plan.csv", folder_ / "rows.csv");
  const SweepPlan table = plan(head + "design = \"csv\"\nfile = \"rows.csv\"\n" + oxygen);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(table.rows[i].id, p.rows[i].id);
}

TEST_F(SweepPlanTest, RowsThatWereBegunAreNotLost) {
  const auto values = [&](const std::string& list) { return head + oxygen + "values = [" + list + "]\n"; };
  const std::string folder = folder_ / "out";
  const SweepPlan p = plan(values("\"20 mmHg\", \"30 mmHg\""));
  write_plan(p, folder);
  write_plan(plan(values("\"25 mmHg\"")), folder);  // nothing was begun yet
  write_plan(p, folder);
  fs::create_directories(row_folder(p, folder, 1));
  write_plan(plan(values("\"20 mmHg\", \"30 mmHg\", \"50 mmHg\"")), folder);  // rows may be added
  const std::string before = read_text_file(folder + "/plan.csv");
  EXPECT_THROW(write_plan(plan(values("\"30 mmHg\", \"20 mmHg\"")), folder), CaseError);
  write("case.toml", base_case + "tonic_curve = \"c\"\n[curve.c]\nkind = \"ramp\"\nstart = \"0 s\"\nend = \"1 s\"\n");
  EXPECT_THROW(write_plan(plan(values("\"20 mmHg\", \"30 mmHg\"")), folder), CaseError);
  EXPECT_EQ(read_text_file(folder + "/plan.csv"), before);
}

TEST(SweepExplained, ListsEveryKey) {
  const std::string all = explain("sweep");
  for (const char* key : {"[sweep] (required)", "case: required", "design = \"grid\"", "second_order", "levels",
                          "[[parameter]]", "key: required", "scale = \"linear\"", "[[output]]", "quantity: required"})
    EXPECT_NE(all.find(key), std::string::npos) << key << "\n" << all;
  EXPECT_NE(explain("sweep.design").find("latin_hypercube"), std::string::npos);
  EXPECT_NE(explain("parameter.from").find("lowest value"), std::string::npos);
  EXPECT_THROW(explain("sweep.desing"), CaseError);
}

}  // namespace
}  // namespace tautband
