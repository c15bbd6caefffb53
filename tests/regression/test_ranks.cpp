// The same run on 1, 2 and 4 ranks.
#include "io/hdf5.hpp"
#include "regression/results.hpp"
#include "regression/small_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tautband::regression {
namespace {

using testing_support::Outcome;
using testing_support::run_command;

// Newton's method stops at 1e-9 of the largest force, and an error in force is one in displacement of at most ten times
// its part of the load, the ratio of the tension to the tangent stiffness. A hundred times that for sums over columns.
constexpr double tolerance = 1e-6;

/// Runs the first second of a misfire in latent tissue, which contracts at once, and says where.
std::string run_on(int ranks, const SmallRun& small, const std::string& preconditioner,
                   const std::string& name = "results") {
  const std::string results = small.file(name + "_" + std::to_string(ranks));
  const Outcome outcome = run_command(
      TAUTBAND_MPIEXEC " --oversubscribe -n " + std::to_string(ranks) + " " + small.command(results) +
      " --set 'time.end=1.1 s' --set 'misfire.0.start=0.1 s' --set chemistry.initial_memory=1"
      " --set 'contracture.time_shortening=0.5 s' --set diffusion.tolerance=1e-12 --set 'output.from=-1 s' "
      "--set mechanics.newton_tolerance=1e-9"
      " --set mechanics.krylov_tolerance=1e-8 --set 'output.interval=0.1 s' --set mechanics.preconditioner=" +
      preconditioner);
  EXPECT_EQ(outcome.code, 0) << outcome.said;
  return results;
}

double largest_size(const std::vector<double>& values) {
  double largest = 0.0;
  for (double v : values) largest = std::max(largest, std::abs(v));
  return largest;
}

/// Largest difference in units of `scale`.
double difference(const std::vector<double>& a, const std::vector<double>& b, double scale) {
  if (a.size() != b.size()) return INFINITY;
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest == 0.0 ? 0.0 : largest / scale;
}

/// Forces across the bundle vanish and iterations may differ by one; all other columns are relative to their size.
void compare_histories(const Columns& one, const Columns& many) {
  ASSERT_EQ(one.size(), many.size());
  const double force = largest_size(one.at("force_end1_z"));
  for (const auto& [name, values] : one) {
    if (name.find("_iterations") != std::string::npos) continue;
    const double scale = name.rfind("force_", 0) == 0 ? force : largest_size(values);
    EXPECT_LT(difference(values, many.at(name), scale), tolerance) << name;
  }
}

/// Node and cell numbering are those of the mesh file, whatever the number of ranks.
void compare_files(const std::string& one, const std::string& many) {
  const hdf5::InputFile a(one + "/result.vtkhdf"), b(many + "/result.vtkhdf");
  for (const char* name : {"Connectivity", "Offsets", "Types"})
    EXPECT_EQ(a.integers(std::string("/VTKHDF/") + name), b.integers(std::string("/VTKHDF/") + name)) << name;
  EXPECT_EQ(a.reals("/VTKHDF/Points"), b.reals("/VTKHDF/Points"));
  EXPECT_LT(difference(a.reals("/VTKHDF/Steps/Values"), b.reals("/VTKHDF/Steps/Values"), 1.0), 1e-12);
  const double stress = largest_size(a.reals("/VTKHDF/PointData/tension"));
  for (const std::string group : {"/VTKHDF/PointData", "/VTKHDF/CellData"}) {
    ASSERT_EQ(a.children(group), b.children(group));
    for (const std::string& name : a.children(group)) {
      const std::string dataset = group + "/" + name;
      const std::vector<double> values = a.reals(dataset);
      const bool pressure = name.find("pressure") != std::string::npos;
      EXPECT_LT(difference(values, b.reals(dataset), pressure ? stress : largest_size(values)), tolerance) << dataset;
    }
  }
}

TEST(Ranks, OneTwoAndFourGiveTheSameRun) {
  const SmallRun small("ranks");
  const std::string one = run_on(1, small, "jacobi");
  const Columns history = read_history(one + "/history.csv");
  ASSERT_EQ(history.at("time").front(), -1.0);             // recorded before anything has advanced
  ASSERT_LT(history.at("contracture_min").back(), 0.995);  // the knot has begun: all stages took part
  for (const auto& [ranks, preconditioner] : {std::pair{2, "multigrid"}, std::pair{4, "jacobi"}}) {
    SCOPED_TRACE(std::to_string(ranks) + " ranks, " + preconditioner);
    const std::string many = run_on(ranks, small, preconditioner);
    compare_histories(history, read_history(many + "/history.csv"));
    compare_files(one, many);
  }
}

/// Mesh, fields and steps of two results, number by number.
void expect_same_bits(const std::string& one, const std::string& other) {
  const hdf5::InputFile a(one + "/result.vtkhdf"), b(other + "/result.vtkhdf");
  for (const std::string group : {"/VTKHDF/PointData", "/VTKHDF/CellData"})
    for (const std::string& name : a.children(group))
      EXPECT_EQ(a.reals(group + "/" + name), b.reals(group + "/" + name)) << name;
  EXPECT_EQ(a.reals("/VTKHDF/Points"), b.reals("/VTKHDF/Points"));
  EXPECT_EQ(a.reals("/VTKHDF/Steps/Values"), b.reals("/VTKHDF/Steps/Values"));
}

TEST(Ranks, ARunRepeatsToTheLastBit) {
  const SmallRun small("repeated");
  const std::string one = run_on(2, small, "multigrid"), again = run_on(2, small, "multigrid", "again");
  const Columns history = read_history(one + "/history.csv");
  ASSERT_LT(history.at("contracture_min").back(), 0.995);  // all stages took part
  EXPECT_EQ(history, read_history(again + "/history.csv"));
  expect_same_bits(one, again);
}

}  // namespace
}  // namespace tautband::regression
