// What a case means once it is read, and that it survives being written and read again.
#include <gtest/gtest.h>

#include <filesystem>
#include <numbers>
#include <random>

#include "io/case_writer.hpp"
#include "io/explain.hpp"
#include "io/toml_document.hpp"
#include "laws/registry.hpp"
#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

void expect_equal(const spec::Case& a, const spec::Case& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_TRUE(a.mesh == b.mesh);
  EXPECT_TRUE(a.time == b.time);
  EXPECT_TRUE(a.curves == b.curves);
  EXPECT_TRUE(a.regions == b.regions);
  EXPECT_TRUE(a.boundaries == b.boundaries);
  EXPECT_TRUE(a.body_force == b.body_force);
  EXPECT_TRUE(a.prestretch == b.prestretch);
  EXPECT_TRUE(a.mechanics == b.mechanics);
  EXPECT_TRUE(a.output == b.output);
  EXPECT_TRUE(a.probes == b.probes);
  EXPECT_TRUE(a.events == b.events);
  EXPECT_TRUE(a.physiology == b.physiology);
}

TEST(CaseFile, ValuesAreSi) {
  const spec::Case values = parse_case(full_case, "cases/full/case.toml");
  EXPECT_EQ(values.title, "everything \"quoted\"");
  EXPECT_EQ(values.mesh.file, (std::filesystem::current_path() / "cases/full/meshes/bundle.vtkhdf").string());
  EXPECT_EQ(values.mesh.formulation, spec::Formulation::displacement);
  EXPECT_EQ(values.time.end, 1.3);
  EXPECT_EQ(values.time.longest_step, 0.031);
  EXPECT_EQ(values.curves.at("table").times, (std::vector<double>{0.0, 0.1, 0.333}));
  EXPECT_DOUBLE_EQ(values.curves.at("sine").phase, std::numbers::pi / 2);
  const spec::Region& muscle = values.regions[0];
  EXPECT_EQ(muscle.volumetric, Volumetric::simo_taylor);
  EXPECT_DOUBLE_EQ(muscle.density, 1060.0);
  EXPECT_EQ((*muscle.fibre)[2], 0.8);
  EXPECT_EQ(muscle.activation, (spec::Field{0.3, "", "ramp"}));
  EXPECT_EQ(muscle.contracture_stretch, (spec::Field{0.9, "knot", "step"}));
  EXPECT_EQ(muscle.parameters.at("mu"), (spec::Field{1.0, "stiffness", ""}));
  EXPECT_DOUBLE_EQ(muscle.parameters.at("sigma0").constant, 217e3);
  EXPECT_EQ(values.regions[1].active, spec::Active::uniaxial);
  EXPECT_EQ(values.boundaries[0].components, "xz");
  EXPECT_EQ(values.boundaries[1].stiffness[2], 3e5);
  EXPECT_DOUBLE_EQ(values.boundaries[2].pressure, 120 * 133.322387415);
  EXPECT_EQ(values.boundaries[3].value[0], 1000.0);
  EXPECT_EQ(values.probes[0].position[2], 0.03);
  EXPECT_NEAR(values.events[0].pressure, 245166.25, 1e-6);
  EXPECT_EQ(*values.events[1].displacement, 1e-3);
  EXPECT_EQ(values.events[2].interval, 90 * 86400.0);
  EXPECT_EQ(values.physiology.spindles.positions[0][2], 3.3e-3);
  EXPECT_EQ(values.physiology.motor_pool.tonic_drive, 0.03);
  EXPECT_EQ(values.physiology.motor_pool.order, spec::RecruitmentOrder::random);
  EXPECT_EQ(values.physiology.misfires[0].end, spec::infinity);
}

TEST(CaseFile, DefaultsThatDependOnOtherKeys) {
  const spec::Case plain = parse_case(small_case, "case.toml");
  EXPECT_EQ(plain.time.start, 0.0);
  EXPECT_EQ(plain.time.longest_step, plain.time.step);
  EXPECT_FALSE(plain.physiology.active);
  const spec::Case full = parse_case(full_case, "case.toml");
  EXPECT_EQ(full.time.start, -full.prestretch.duration);
  EXPECT_TRUE(full.physiology.active);
}

TEST(CaseFile, EveryParameterOfEveryLawIsFilledIn) {
  for (const LawInfo& law : law_table) {
    std::string text = with_line(small_case, 8, "law = \"" + std::string(law.name) + "\"");
    text = with_line(with_line(text, 9, ""), 10, "");
    const spec::Case values = parse_case(text, "case.toml");
    ASSERT_EQ(values.regions[0].parameters.size(), law.parameters.size()) << law.name;
    expect_equal(parse_case(write_case(values), "case.toml"), values);
  }
}

TEST(CaseFile, AResolvedCaseReadsBackEqual) {
  for (const std::string& text : {small_case, full_case}) {
    const spec::Case values = parse_case(text, "case.toml");
    const std::string written = write_case(values);
    const spec::Case again = parse_case(written, "/elsewhere/case.resolved.toml", {}, Reach::anywhere);
    expect_equal(again, values);
    EXPECT_EQ(write_case(again), written);
  }
}

TEST(CaseFile, TheResolvedFormOfEveryShippedCaseReadsBack) {
  int cases = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(TAUTBAND_SOURCE_DIR "/cases")) {
    if (entry.path().filename() != "case.toml") continue;
    ++cases;
    const spec::Case values = read_case(entry.path());
    expect_equal(parse_case(write_case(values), entry.path()), values);
  }
  EXPECT_GE(cases, 13);
}

TEST(CaseFile, PlacesAreKeptForLaterMessages) {
  const spec::Case values = parse_case(small_case, "case.toml", {"time.step=20 ms"});
  EXPECT_EQ(values.places.at("boundary.0.set").line, 12);
  EXPECT_EQ(values.places.at("boundary.0.set").column, 7);
  EXPECT_EQ(values.places.at("time.step").option, "--set time.step=20 ms");
}

/// The examples of a page: its blocks between ```toml and ```.
std::string examples(const std::string& page) {
  std::istringstream lines(read_text_file(page));
  std::string text;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.starts_with("```");
    if (inside && !fence) text += line + "\n";
    if (fence) inside = line == "```toml";
  }
  return text;
}

TEST(CaseFile, TheExamplesOfTheManualAreOneValidCase) {
  const spec::Case values = parse_case(examples(TAUTBAND_SOURCE_DIR "/docs/cases.md"), "docs/cases.md");
  EXPECT_EQ(values.regions.size(), 3u);
  EXPECT_EQ(values.boundaries.size(), 5u);
  EXPECT_EQ(values.events.size(), 3u);
  EXPECT_TRUE(values.physiology.active);
}

/// One random slip of the pen: a character changed, put in or left out, or a line doubled or left out.
std::string with_slip(std::string text, std::mt19937& random) {
  constexpr std::string_view characters = "ab_ .,=\"'[]{}#\n\t-+0123456789eEnifxyz\\%/^\xc3\xff";
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  const std::size_t at = below(text.size());
  const std::size_t line = text.rfind('\n', at) == std::string::npos ? 0 : text.rfind('\n', at) + 1;
  const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
  switch (below(5)) {
    case 0:
      text[at] = characters[below(characters.size())];
      break;
    case 1:
      text.insert(at, 1, characters[below(characters.size())]);
      break;
    case 2:
      text.erase(at, 1 + below(4));
      break;
    case 3:
      text.insert(line, text.substr(line, next > line ? next - line : 0));
      break;
    default:
      text.erase(line, next > line ? next - line : 1);
      break;
  }
  return text;
}

TEST(CaseFile, SlipsAreRefusedOrReadBackEqual) {
  std::mt19937 random(20240229);
  int refused = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = full_case;
    for (int slips = 1 + i % 3; slips > 0; --slips) text = with_slip(text, random);
    try {
      const spec::Case values = parse_case(text, "case.toml");
      expect_equal(parse_case(write_case(values), "case.toml"), values);
    } catch (const CaseError& error) {
      ++refused;
      EXPECT_TRUE(contains(error.what(), "case.toml")) << error.what();
    }
    if (HasFailure()) FAIL() << text;
  }
  EXPECT_GT(refused, 2000);  // most slips hit a key, a unit or the syntax
  EXPECT_LT(refused, 4000);  // and some a digit or a comment
}

TEST(Explain, SaysWhatIsCalibratedAndWhatIsMeasured) {
  EXPECT_TRUE(contains(explain("contracture"), "while calcium stays high")) << explain("contracture");
  EXPECT_TRUE(contains(explain("contracture.yield_stress"), "calibrated, not measured"));
  EXPECT_TRUE(contains(explain("activation.time_up"), "time_up = \"15 ms\""));
  EXPECT_TRUE(contains(explain("activation.time_up"), "source: De Groote 2016"));
  EXPECT_TRUE(contains(explain("time.step"), "step: required"));
  EXPECT_TRUE(contains(explain("neo_hookean"), "mu = \"5 kPa\""));
  EXPECT_FALSE(contains(explain("time.step"), "longest_step"));
}

TEST(Explain, KnowsEverySectionItReads) {
  const std::string all = explain("");
  for (const std::string section :
       {"[case]",       "[mesh]",        "[time]",      "[curve.NAME]",     "[[region]]",   "[[boundary]]",
        "[body_force]", "[prestretch]",  "[mechanics]", "[output]",         "[[probe]]",    "[[event]]",
        "[spindles]",   "[[golgi]]",     "[fusimotor]", "[reflex]",         "[motor_pool]", "[[misfire]]",
        "[activation]", "[contracture]", "[chemistry]", "[[latent_point]]", "[diffusion]",  "[mechanisms]",
        "[pain]",       "[adaptation]"})
    EXPECT_TRUE(contains(all, section)) << section;
  for (const LawInfo& law : law_table) EXPECT_TRUE(contains(all, "parameters of the law " + std::string(law.name)));
}

TEST(Explain, UnknownTopicsGetTheNearest) {
  const auto message = [](const std::string& topic) {
    try {
      return explain(topic);
    } catch (const CaseError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_TRUE(contains(message("time.stpe"), "did you mean \"step\"?"));
  EXPECT_TRUE(contains(message("bounday"), "did you mean \"boundary\"?"));
  EXPECT_TRUE(contains(message("tautbnad"), "did you mean \"tautband\"?"));
}

}  // namespace
}  // namespace tautband::testing
