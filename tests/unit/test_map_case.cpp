// What a case of `tautband map` may say, and what its plane is made of.
#include <gtest/gtest.h>

#include "app/map_plane.hpp"
#include "io/case_writer.hpp"
#include "io/explain.hpp"
#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

/// The smallest case of a map; the tests count its lines.
const std::string map_case = R"([map]
[[axis]]
key = "motor_pool.tonic_drive"
from = 0
to = "10 %"
count = 5
[[axis]]
key = "trigger_point.ectopic_rate"
from = "0 pps"
to = "150 pps"
count = 3
)";

TEST(MapCase, NeedsNoMeshAndTellsAllItsNumbers) {
  const spec::Case values = parse_case(map_case, "case.toml");
  EXPECT_TRUE(values.map.active);
  EXPECT_TRUE(values.mesh.file.empty());
  EXPECT_EQ(values.map.duration, 12 * 3600.0);
  EXPECT_EQ(values.axes[0].from.text, "0");
  const std::string resolved = write_case(values);
  EXPECT_TRUE(contains(resolved, "memory_leak = \"0.95 umol/L/s\"")) << resolved;
  EXPECT_TRUE(contains(resolved, "tissue_oxygen = \"30 mmHg\"")) << resolved;
  EXPECT_TRUE(contains(resolved, "starts = [\"healthy\", \"latent\", \"active\"]")) << resolved;
  EXPECT_FALSE(contains(resolved, "[mesh]")) << resolved;
  EXPECT_EQ(write_case(parse_case(resolved, "case.toml")), resolved);
}

TEST(MapCase, ErrorsNameTheKey) {
  const auto error = [](int line, const std::string& text) { return case_error(with_line(map_case, line, text)); };
  EXPECT_TRUE(contains(error(3, "key = \"motor_pool.tonic_drvie\""), "did you mean \"motor_pool.tonic_drive\"?"));
  EXPECT_TRUE(contains(error(3, "key = \"motor_pool.units\""), "no number called"));
  EXPECT_TRUE(contains(error(5, "to = \"10 pps\""), "wrong dimension"));
  EXPECT_TRUE(contains(error(5, "to = 2"), "not in the range"));
  EXPECT_TRUE(contains(error(5, "to = 0"), "where the axis begins"));
  EXPECT_TRUE(contains(error(5, "to = true"), "a number or a string with a unit"));
  EXPECT_TRUE(contains(error(9, "from = 0"), "has no unit"));
  EXPECT_TRUE(contains(error(6, "count = 1"), "out of range"));
  EXPECT_TRUE(
      contains(case_error(with_line(with_line(map_case, 6, "count = 99999"), 11, "count = 400")), "100 million"));
  EXPECT_TRUE(contains(error(1, "[map]\nstarts = []"), "\"starts\" lists some of"));
  EXPECT_TRUE(contains(error(1, "[map]\nstarts = [\"active\", \"active\"]"), "each once"));
  EXPECT_TRUE(contains(error(1, "[map]\nstarts = [\"well\"]"), "healthy, latent, active"));
  EXPECT_TRUE(contains(error(8, "key = \"motor_pool.tonic_drive\""), "a second axis"));
  const std::string one_axis = map_case.substr(0, map_case.find("[[axis]]\nkey = \"trigger"));
  EXPECT_TRUE(contains(case_error(one_axis), "a plane has two [[axis]], not 1"));
  EXPECT_TRUE(contains(case_error(map_case + "[[axis]]\nkey = \"pain.transfer\"\nfrom = 0\nto = 1\n"), "not 3"));
  EXPECT_TRUE(contains(case_error(map_case.substr(6)), "the case has no [map]"));
  const std::string event = "[[event]]\nkind = \"statin\"\nstart = \"0 s\"\n";
  EXPECT_TRUE(contains(case_error(map_case + event), "a map has no times"));
}

TEST(MapCase, AlsoLivesInTheCaseOfARun) {
  const spec::Case values = parse_case(small_case + map_case, "case.toml");
  EXPECT_TRUE(values.map.active);
  EXPECT_FALSE(values.physiology.chemistry.active);  // the run stays as it was
}

TEST(MapPlane, PointsRunAlongXFirst) {
  const spec::Case values = parse_case(map_case, "case.toml");
  MapPlane plane(values);
  ASSERT_EQ(plane.points(), 15u);
  EXPECT_DOUBLE_EQ(plane.at(1).from.tonic_drive, 0.025);
  EXPECT_EQ(plane.at(1).from.ectopic_rate, 0.0);
  EXPECT_EQ(plane.at(14).from.tonic_drive, 0.1);
  EXPECT_EQ(plane.at(14).from.ectopic_rate, 1.5);
  EXPECT_EQ(plane.at(5).from.tonic_drive, 0.0);
  EXPECT_EQ(plane.name(14), "motor_pool.tonic_drive = 0.1, trigger_point.ectopic_rate = 150 pps");
  const MapValues y = plane.axis(1);
  EXPECT_EQ(y.unit, "pps");
  EXPECT_EQ(y.values, (std::vector<double>{0.0, 75.0, 150.0}));
}

TEST(MapPlane, GainsAndChemistryVaryToo) {
  const std::string text =
      with_line(with_line(with_line(map_case, 8, "key = \"mechanisms.perfusion_loss\""), 9, "from = 0"), 10, "to = 1");
  MapPlane plane(parse_case(text, "case.toml"));
  EXPECT_EQ(plane.at(0).law.crisis.perfusion(1e5), 1.0);
  EXPECT_LT(plane.at(14).law.crisis.perfusion(1e5), 0.01);
}

TEST(MapPlane, AKeyWithoutEffectIsRefused) {
  const std::string text =
      with_line(with_line(with_line(map_case, 8, "key = \"contracture.gain\""), 9, "from = 0"), 10, "to = 1");
  EXPECT_THROW(MapPlane{parse_case(text, "case.toml")}, CaseError);
}

TEST(PhaseMap, GivesWhatEachPointGivesAlone) {
  using Condition = TriggerPoint::Condition;
  const spec::Case values = parse_case(map_case, "case.toml");
  MapPlane plane(values);
  std::vector<PhasePoint> points;
  for (std::size_t i = 0; i < plane.points(); ++i) points.push_back(plane.at(i));
  PhaseMap map({Condition::latent, Condition::healthy}, 3600.0, 1e-4, 20);
  const std::vector<PhaseOutcome>& outcomes = map.compute(points);
  ASSERT_EQ(outcomes.size(), 30u);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const PhasePoint& point = points[i % 15];
    TriggerPoint::State state = TriggerPoint::start(i < 15 ? Condition::latent : Condition::healthy);
    double step = 1e-3;
    point.law.advance(state, point.from, 3600.0, 1e-4, step);
    EXPECT_EQ(outcomes[i].condition, point.law.condition(state, point.from));
    EXPECT_NEAR(outcomes[i].memory, state[TriggerPoint::memory], 1e-12);
    EXPECT_EQ(outcomes[i].failed, 0);
    EXPECT_GT(outcomes[i].steps, 5);
  }
  points.resize(4);  // a smaller batch after a larger one
  EXPECT_EQ(map.compute(points).size(), 8u);
}

TEST(Explain, TellsOfMaps) {
  EXPECT_TRUE(contains(explain("map.starts"), "list of one of healthy, latent, active"));
  EXPECT_TRUE(contains(explain("axis.from"), "number or quantity"));
  EXPECT_TRUE(contains(explain("mechanisms"), "0: always perfused"));
  EXPECT_TRUE(contains(explain("chemistry.memory_leak"), "calibrated, not measured: no direct data"));
}

}  // namespace
}  // namespace tautband::testing
