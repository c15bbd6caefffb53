// What a run says of its solver: that it switched to another, and why and where it cannot go on; in run.json as well.
#include "io/mesh_file.hpp"
#include "support/block_mesh.hpp"
#include "support/program.hpp"
#include "support/pulled_block.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>

namespace tautband::testing_support {
namespace {

namespace fs = std::filesystem;

/// 3 x 3 x 3 cells of 1 mm, held below and moved above; no step may be shorter than the first.
const std::string block_case =
    pulled_block("end = \"1 s\"\nstep = \"0.1 s\"\nshortest_step = \"0.1 s\"\n", R"("0.2 mm", "0.1 mm", "2 mm")", "1 s",
                 R"([[boundary]]
set = "x1"
kind = "traction"
value = ["0 Pa", "0 Pa", "0 Pa"]
curve = "pull"
)");

struct Where {
  int cell = -1;
  double x[3];
};

class LostConvergence : public testing::Test {
 protected:
  LostConvergence() : folder_(fs::temp_directory_path() / ("tautband_lost_convergence." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "case.toml") << block_case;
    write_mesh(folder_ / "mesh.vtkhdf", block_mesh(ElementKind::hex8, {3, 3, 3}, {3e-3, 3e-3, 3e-3}, 3));
  }
  ~LostConvergence() override { fs::remove_all(folder_); }

  Outcome run(const std::string& options, int ranks = 1) const {
    return run_command(TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " " TAUTBAND_PROGRAM " run " +
                       quoted(folder_ / "case.toml") + " -o " + quoted(folder_ / "results") + " " + options);
  }
  std::string record() const {
    std::ifstream file(folder_ / "results/run.json");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  /// What a run that fails says, from "error: " on; run.json says the same.
  std::string failure(const std::string& options, int ranks = 1) const {
    const Outcome outcome = run(options, ranks);
    EXPECT_EQ(outcome.code, 1) << outcome.said;
    std::smatch match;
    EXPECT_TRUE(std::regex_search(outcome.said, match, std::regex("error: (.*)\n"))) << outcome.said;
    EXPECT_NE(record().find("\"reason\": \"" + match[1].str() + "\""), std::string::npos) << record();
    return match[1];
  }

  /// The same on two ranks, which must name the same cell.
  std::string same_failure(const std::string& options) const {
    const std::string one = failure(options), two = failure(options, 2);
    EXPECT_EQ(where(one).cell, where(two).cell) << one << "\n" << two;
    return one;
  }

  /// The cell of the message, which lies where it says.
  static Where where(const std::string& message) {
    std::smatch match;
    if (!std::regex_search(message, match, std::regex(R"(cell (\d+), around \((.*), (.*), (.*)\) mm)"))) {
      ADD_FAILURE() << "no cell in: " << message;
      return {};
    }
    Where found{std::stoi(match[1]), {std::stod(match[2]), std::stod(match[3]), std::stod(match[4])}};
    const int place[3] = {found.cell % 3, found.cell / 3 % 3, found.cell / 9};
    for (int a = 0; a < 3; ++a) EXPECT_NEAR(found.x[a], place[a] + 0.5, 1e-12) << message;
    return found;
  }

  static void expect_parts(const std::string& message, const std::vector<std::string>& parts) {
    for (const std::string& part : parts) EXPECT_NE(message.find(part), std::string::npos) << part << " in " << message;
  }

  fs::path folder_;
};

// Pushed down by 5 mm in the first step, through the floor 3 mm below.
TEST_F(LostConvergence, NamesAnInvertedCell) {
  const std::string said = same_failure("--set 'boundary.1.value=[\"0 mm\", \"0 mm\", \"-50 mm\"]'");
  expect_parts(said, {"at t = 0 s: a step of 0.1 s fails", "is inverted: its smallest det F is -"});
}

TEST_F(LostConvergence, NamesTheLinearSolver) {
  const std::string said = failure("--set mechanics.krylov_iterations=1");
  expect_parts(said, {"the linear solver does not converge in 1 iterations", "the largest unbalanced force"});
  where(said);
}

// Linear systems are solved so well that the one iteration ends in the same place on one rank and on two.
TEST_F(LostConvergence, NamesNewtonsMethod) {
  const std::string exact = "--set mechanics.krylov_first=1e-12 --set mechanics.krylov_tolerance=1e-12 ";
  const std::string limits = "--set mechanics.newton_iterations=1 --set mechanics.newton_tolerance=1e-14";
  expect_parts(same_failure(exact + limits), {"Newton's method does not converge in 1 iterations",
                                              "the largest unbalanced force", "smallest det F is"});
}

TEST_F(LostConvergence, NamesAForceThatIsNoNumber) {
  expect_parts(failure("--set 'boundary.2.value=[\"1e305 Pa\", \"0 Pa\", \"0 Pa\"]'"),
               {"the residual is not a number", "the force in cell"});
}

// A dead traction that pushes a side in keeps pushing as the side shrinks: no equilibrium, and which reason comes first
// depends on rounding.
TEST_F(LostConvergence, NamesALoadThatNothingBalances) {
  const std::string held = "--set 'boundary.1.value=[\"0 mm\", \"0 mm\", \"0 mm\"]'";
  const std::string said = failure(held + " --set 'boundary.2.value=[\"-1e9 Pa\", \"0 Pa\", \"0 Pa\"]'");
  expect_parts(said, {"no step length reduces the residual"});
  where(said);
}

// A small pressure on a side whose rim is free, in three steps.
TEST_F(LostConvergence, SaysOnceThatItSwitched) {
  const std::string traction = "kind = \"traction\"\nvalue = [\"0 Pa\", \"0 Pa\", \"0 Pa\"]";
  std::string pressed = block_case;
  pressed.replace(pressed.find(traction), traction.size(), "kind = \"pressure\"\npressure = \"500 Pa\"");
  std::ofstream(folder_ / "case.toml") << pressed;
  const std::string still = "--set time.end='0.3 s' --set 'boundary.1.value=[\"0 mm\", \"0 mm\", \"0 mm\"]'";
  const Outcome outcome = run(still, 2);
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  const std::string said = "switched to FGMRES at t = 0.1 s: a pressure follows the surface";
  const std::size_t first = outcome.said.find(said);
  ASSERT_NE(first, std::string::npos) << outcome.said;
  EXPECT_EQ(outcome.said.find("switched", first + 1), std::string::npos) << outcome.said;
  EXPECT_NE(record().find("\"switched\": \"" + said), std::string::npos) << record();
  EXPECT_EQ(record().find("\"flexible_solves\": 0,"), std::string::npos) << record();
  std::ofstream(folder_ / "case.toml") << block_case;
  EXPECT_EQ(run(still).said.find("switched"), std::string::npos);
  EXPECT_NE(record().find("\"flexible_solves\": 0,\n  \"switched\": \"\""), std::string::npos) << record();
}

}  // namespace
}  // namespace tautband::testing_support
