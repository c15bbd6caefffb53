// The table of referred pain: what it holds, what is refused, and how a case finds its muscle in it.
#include "base/body.hpp"
#include "base/error.hpp"
#include "io/case_file.hpp"
#include "io/referral_table.hpp"
#include "support/sample_case.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace tautband {
namespace {

ReferralTable built_in() { return referral_table_of({}); }

std::set<int> zones(const ReferralTable& table, const std::string& muscle, bool essential) {
  std::set<int> found;
  for (const spec::ReferralZone& zone : table.find(muscle)->pattern.zones)
    if (zone.essential == essential) found.insert(zone.region);
  return found;
}

TEST(ReferralTable, HoldsAllMusclesAndRegions) {
  const ReferralTable table = built_in();
  ASSERT_EQ(table.regions.size(), std::size_t(body_regions));
  ASSERT_EQ(table.muscles.size(), 45u);
  std::set<int> numbers, felt;
  for (const ReferralMuscle& muscle : table.muscles) {
    numbers.insert(muscle.number);
    EXPECT_FALSE(muscle.pattern.segments.empty()) << muscle.name;
    for (const int segment : muscle.pattern.segments) {
      EXPECT_GE(segment, 0) << muscle.name;
      EXPECT_LT(segment, spinal_segments) << muscle.name;
    }
    EXPECT_FALSE(zones(table, muscle.name, true).empty()) << muscle.name;
    for (const spec::ReferralZone& zone : muscle.pattern.zones) {
      felt.insert(zone.region);
      EXPECT_EQ(zone.key, table.regions.at(zone.region).key);
    }
  }
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), 45);
  EXPECT_EQ(felt.size(), std::size_t(body_regions) - 1);  // none of them is felt in the forearm
  EXPECT_FALSE(felt.contains(16));
}

TEST(ReferralTable, GivesThePatternsOfTheBook) {
  const ReferralTable table = built_in();
  EXPECT_EQ(zones(table, "upper trapezius", true), (std::set<int>{2, 7}));
  EXPECT_EQ(zones(table, "upper trapezius", false), (std::set<int>{5, 6}));
  EXPECT_EQ(table.find("upper trapezius")->pattern.segments, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(zones(table, "gluteus minimus", true), (std::set<int>{26, 31, 35}));
  EXPECT_EQ(table.find("gluteus minimus")->pattern.segments, (std::vector<int>{23, 24, 25}));
  EXPECT_EQ(zones(table, "soleus", true), (std::set<int>{38}));
  EXPECT_EQ(table.find("soleus")->pattern.segments, (std::vector<int>{25, 26}));
  EXPECT_EQ(table.find("rectus femoris"), table.find("quadriceps"));
  EXPECT_EQ(zones(table, "SCM clavicular", false), (std::set<int>{41}));
  EXPECT_TRUE(table.find("soleus")->confirmed);
  EXPECT_FALSE(table.find("piriformis")->confirmed);
}

TEST(ReferralTable, ToldNearNamesOfAnUnknownMuscle) {
  const ReferralTable table = built_in();
  EXPECT_EQ(muscle_fault(table, "soleus"), "");
  EXPECT_NE(muscle_fault(table, "uper trapezius").find("did you mean upper trapezius?"), std::string::npos);
  EXPECT_NE(muscle_fault(table, "trapezius").find("did you mean upper trapezius, "), std::string::npos);
  EXPECT_NE(muscle_fault(table, "trapezius").find("lower trapezius"), std::string::npos);
  EXPECT_NE(muscle_fault(table, "xyzzy").find("(muscles: upper trapezius, "), std::string::npos);
}

/// The built-in table with one text put in place of another, and what is said about it.
std::string complaint(const std::string& from, const std::string& to) {
  std::string text(built_in_referral_text());
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return "the text to replace is not there";
  text.replace(at, from.size(), to);
  try {
    parse_referral_table(text, "table.toml");
  } catch (const CaseError& error) {
    return error.what();
  }
  return "";
}

TEST(ReferralTable, RefusesWhatIsWrong) {
  EXPECT_EQ(complaint("\"soleus\"", "\"soleus muscle\""), "");
  const auto told = [](const std::string& from, const std::string& to, const std::string& what) {
    const std::string text = complaint(from, to);
    EXPECT_NE(text.find(what), std::string::npos) << text;
  };
  told("id = 0\n", "id = 1\n", "a second region 1");
  told("id = 0\n", "id = 42\n", "there is no [[region]] with id = 0");
  told("key = \"forehead\"", "key = \"vertex\"", "a second region called \"vertex\"");
  told("number = 2\n", "number = 1\n", "a second muscle with number 1");
  told("name = \"temporalis\"", "name = \"masseter\"", "a second muscle called \"masseter\"");
  told("segments = [\"C1\"]", "segments = []", "at least one segment");
  told("segments = [\"C1\"]", "segments = [\"C9\"]", "unknown segment \"C9\"");
  told("essential = [\"scapular_border\"]", "essential = []", "one essential zone");
  told("essential = [\"scapular_border\"]", "essential = [\"scapula_border\"]", "did you mean \"scapular_border\"?");
  told("spill_over = [\"orbit\"]", "spill_over = [\"temple\"]", "the region \"temple\" is named twice");
  told("spill_over = ", "spilover = ", "did you mean \"spill_over\"?");
  told("[[muscle]]", "[[muscles]]", "unknown section \"muscles\"");
}

std::string parse_failure(const std::string& text, const std::string& path = "case.toml") {
  try {
    parse_case(text, path);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(PainOfACase, NamesAMuscleOfTheTable) {
  const std::string base = testing::small_case;
  const spec::Case values = parse_case(base + "\n[chemistry]\n[pain]\nmuscle = \"infraspinatus\"\n", "case.toml");
  EXPECT_EQ(referral_pattern_of(values.physiology.pain).zones.size(), 4u);
  EXPECT_TRUE(referral_pattern_of({}).zones.empty());
  const std::string wrong = parse_failure(base + "\n[chemistry]\n[pain]\nmuscle = \"infraspinatu\"\n");
  EXPECT_NE(wrong.find("did you mean infraspinatus?"), std::string::npos) << wrong;
  EXPECT_NE(wrong.find("muscle = \"infraspinatu\""), std::string::npos) << wrong;  // the line is shown
  EXPECT_NE(parse_failure(base + "\n[chemistry]\n[pain]\nreferral_gate = 0.2\n").find("only if muscle is given"),
            std::string::npos);
}

TEST(PainOfACase, MayBringItsOwnTable) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "tautband_referral_table";
  std::filesystem::create_directories(folder);
  std::string text(built_in_referral_text());
  text.replace(text.find("\"soleus\""), 8, "\"my muscle\"");
  std::ofstream(folder / "own.toml") << text;
  const std::string pain = "\n[chemistry]\n[pain]\nmuscle = \"my muscle\"\nreferral_file = \"own.toml\"\n";
  const std::string base = testing::small_case;
  const spec::Case values = parse_case(base + pain, folder / "case.toml");
  EXPECT_EQ(values.physiology.pain.referral_file, (folder / "own.toml").string());
  EXPECT_EQ(referral_pattern_of(values.physiology.pain).muscle, "my muscle");
  std::filesystem::remove(folder / "own.toml");
  EXPECT_NE(parse_failure(base + pain, folder / "case.toml").find("own.toml: cannot be read"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tautband
