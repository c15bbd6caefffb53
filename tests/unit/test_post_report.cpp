// bands.json, the case facts behind it and the quantities of the command line.
#include <gtest/gtest.h>

#include "post/analysis.hpp"
#include "post/bands_report.hpp"
#include "post/case_facts.hpp"
#include "post/errors.hpp"
#include "post/json_writer.hpp"
#include "temporary_result.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

namespace tautband::post {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string report(const fixture::SyntheticResult& what) {
  const fixture::TemporaryResult result(what);
  const ResultReader reader(result.path());
  const LinearMesh mesh = make_linear_mesh(reader, "muscle");
  return bands_json(analyse(reader, mesh, {}), "result.vtkhdf", reader.provenance());
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(PostJson, WritesNestedValues) {
  JsonWriter json;
  json.string("a", "quote \" and \\ and \n");
  json.open("b");
  json.number("c", 0.25);
  json.number("d", std::nan(""));
  json.numbers("e", {1.0, INFINITY, 3.5});
  json.close();
  json.truth("f", false);
  EXPECT_EQ(json.finish(),
            "{\n  \"a\": \"quote \\\" and \\\\ and \\u000a\",\n  \"b\": {\n    \"c\": 0.25,\n    \"d\": null,\n"
            "    \"e\": [1, null, 3.5]\n  },\n  \"f\": false\n}\n");
}

TEST(PostReport, HoldsHeadlineOnsetAndSeries) {
  const std::string text = report({false, true, false});
  for (const char* part : {"\"knot_s\": 1,", "\"band_s\": 0.875", "\"peak_excess_kPa\": 20", "\"threshold_kPa\": 22.5",
                           "\"git_hash\": \"\"", "\"case_hash\": \"85944171f73967e8\"",
                           "\"ground_shear_source\": \"case\"", "\"ground_shear_kPa\": 4",
                           "\"time_s\": [0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1]", "\"knot_volume_mm3\": [0, 0, 0, 0, "})
    EXPECT_TRUE(holds(text, part)) << part << " is not in\n" << text;
}

TEST(PostReport, SaysThatThereIsNone) {
  const std::string text = report({false, false, false});
  EXPECT_TRUE(holds(text, "\"knot_s\": null"));
  EXPECT_TRUE(holds(text, "\"found\": false"));
  EXPECT_FALSE(holds(text, "\"found\": true"));
}

TEST(PostReport, ReplacesAFileOnlyWhenWhole) {
  const fixture::TemporaryFolder folder;
  const auto file = folder.path() / "bands.json";
  write_atomically(file, "old");
  write_atomically(file, "new");
  EXPECT_EQ(text_of(file), "new");
  EXPECT_THROW(write_atomically(folder.path() / "missing" / "bands.json", "x"), RunError);
  std::filesystem::create_directories(folder.path() / "occupied" / "inside");
  EXPECT_THROW(write_atomically(folder.path() / "occupied", "x"), RunError);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "occupied.tmp"));
}

TEST(PostCase, ReadsWhatItNeeds) {
  const CaseFacts facts = read_case_facts(
      "[case]\ntitle = \"t\"\n[prestretch]\nstretch = 1.08\n[[region]]\nname = \"tendon\"\n[region.parameters]\n"
      "mu = \"1 MPa\"\n[[region]]\nname = \"muscle\"\ndensity = \"1.06 g/cm^3\"\n[region.parameters]\n"
      "mu = { value = \"6 kPa\" }\n[[misfire]]\nstart = \"500 ms\"\nend = \"inf s\"\n[[misfire]]\ngain = 0\n",
      "muscle");
  EXPECT_EQ(facts.title, "t");
  EXPECT_DOUBLE_EQ(facts.prestretch, 1.08);
  ASSERT_TRUE(facts.ground_shear);
  EXPECT_DOUBLE_EQ(*facts.ground_shear, 6e3);
  EXPECT_DOUBLE_EQ(facts.density, 1060.0);
  ASSERT_EQ(facts.misfires.size(), 1u);
  EXPECT_DOUBLE_EQ(facts.misfires[0].start, 0.5);
  EXPECT_TRUE(std::isinf(facts.misfires[0].end));
}

TEST(PostCase, DefaultsWithoutACase) {
  const CaseFacts facts = read_case_facts("", "muscle");
  EXPECT_FALSE(facts.ground_shear);
  EXPECT_DOUBLE_EQ(facts.density, 1060.0);
  EXPECT_THROW(read_case_facts("[case\n", "muscle"), FileError);
}

TEST(PostCase, QuantitiesNeedAKnownUnit) {
  EXPECT_DOUBLE_EQ(parse_quantity("5 kPa"), 5e3);
  EXPECT_DOUBLE_EQ(parse_quantity("5kPa"), 5e3);
  EXPECT_DOUBLE_EQ(parse_quantity("1.5"), 1.5);
  EXPECT_THROW(parse_quantity("5 psi"), CommandError);
  EXPECT_THROW(parse_quantity("kPa"), CommandError);
  EXPECT_THROW(parse_quantity("nan kPa"), CommandError);
}

}  // namespace
}  // namespace tautband::post
