// Every shipped case with an expected.toml, in a small version, against it.
#include "io/expression.hpp"
#include "regression/expectations.hpp"
#include "regression/results.hpp"
#include "support/program.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace tautband::regression {
namespace {

namespace fs = std::filesystem;
using testing_support::Outcome;
using testing_support::quoted;
using testing_support::run_command;

// Without tautband-post the knot and the band are not measured.
const std::string bands_program = TAUTBAND_POST;
const bool with_bands = !bands_program.empty();
const fs::path cases = fs::path(TAUTBAND_SOURCE_DIR) / "cases";

std::vector<std::string> shipped_cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(cases))
    if (fs::exists(entry.path() / "expected.toml")) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

void succeed(const std::string& command) {
  const Outcome outcome = run_command(command);
  ASSERT_EQ(outcome.code, 0) << command << "\n" << outcome.said;
}

class ShippedCase : public testing::TestWithParam<std::string> {
 protected:
  ShippedCase() : folder_(fs::temp_directory_path() / ("tautband_" + GetParam() + "." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~ShippedCase() override { fs::remove_all(folder_); }

  std::string results() const { return folder_ / "results"; }

  void make_mesh(const fs::path& config, const Expectations& expected) const {
    std::string mesh = TAUTBAND_MESH " make bundle --config " + quoted(config);
    for (const std::string& option : expected.mesh_options) mesh += " " + quoted(option);
    succeed(mesh + " -o " + quoted(folder_ / "mesh.vtkhdf"));
  }

  /// Makes the coarse mesh and runs the case on it on two ranks. A case without a mesh is one of `tautband point`.
  void run(const Expectations& expected) const {
    const fs::path source = cases / GetParam();
    fs::copy(source / "case.toml", folder_);
    const bool meshless = !fs::exists(source / "mesh.toml");
    if (!meshless) {
      ASSERT_NO_FATAL_FAILURE(make_mesh(source / "mesh.toml", expected));
    }
    std::string solve = TAUTBAND_MPIEXEC " --oversubscribe -n 2 " TAUTBAND_PROGRAM;
    solve += (meshless ? " point " : " run ") + quoted(folder_ / "case.toml") + " -o " + quoted(results());
    for (const std::string& setting : expected.settings) solve += " --set " + quoted(setting);
    ASSERT_NO_FATAL_FAILURE(succeed(solve));
    if (with_bands && expected.needs_bands()) succeed(bands_program + " bands " + quoted(results()));
  }

  fs::path folder_;
};

bool uses_bands(const Check& check, const Expectations& expected) {
  return std::any_of(expected.readings.begin(), expected.readings.end(), [&](const Reading& reading) {
    return !reading.bands.empty() && check.value.find(reading.name) != std::string::npos;
  });
}

TEST_P(ShippedCase, ShowsWhatIsExpected) {
  const Expectations expected = read_expectations(cases / GetParam() / "expected.toml");
  ASSERT_FALSE(expected.checks.empty());
  ASSERT_NO_FATAL_FAILURE(run(expected));
  std::map<std::string, double> values;
  for (const Reading& reading : expected.readings)
    if (with_bands || reading.bands.empty()) values[reading.name] = read_off(reading, results());
  for (const Check& check : expected.checks) {
    if (!with_bands && uses_bands(check, expected)) continue;
    const double value = evaluate(check.value, values);
    std::printf("%-68s %12.6g  in [%g, %g]\n", check.what.c_str(), value, check.at_least, check.at_most);
    EXPECT_TRUE(value >= check.at_least && value <= check.at_most)
        << check.what << ": " << check.value << " = " << value << " is not in [" << check.at_least << ", "
        << check.at_most << "], which comes from: " << check.source;
  }
}

INSTANTIATE_TEST_SUITE_P(Regression, ShippedCase, testing::ValuesIn(shipped_cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace tautband::regression
