// References from code and pages to pages of docs/: the page is there, and so is the section.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

#include "source_files.hpp"

namespace tautband::style {
namespace {

/// Numbers of the sections of each page, such as "7" and "7.2", by path; a section begins a heading or a bold phrase.
using Sections = std::map<std::string, std::set<std::string>>;

Sections sections_of(const std::vector<SourceFile>& pages) {
  static const std::regex beginning(R"re(^(?:#+ |(?:\* )?\*\*)(\d+(?:\.\d+)?)\.? )re");
  Sections sections;
  for (const SourceFile& page : pages) {
    std::set<std::string>& numbers = sections[page.path];
    std::smatch match;
    for (const std::string& line : page.lines)
      if (std::regex_search(line, match, beginning)) numbers.insert(match[1]);
  }
  return sections;
}

std::vector<std::string> dangling(const SourceFile& file, const Sections& sections) {
  static const std::regex reference(R"re((docs/\w+\.md)(?: (\d+(?:\.\d+)?))?)re");
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i)
    for (std::sregex_iterator match(file.lines[i].begin(), file.lines[i].end(), reference), end; match != end;
         ++match) {
      const auto page = sections.find((*match)[1]);
      if (page == sections.end() || ((*match)[2].matched && !page->second.contains((*match)[2])))
        findings.push_back(fmt::format("{}:{}: there is no {}", file.path, i + 1, match->str()));
    }
  return findings;
}

TEST(References, LeadToASection) {
  const Sections sections = sections_of(source_files({"docs"}, {".md"}));
  std::vector<std::string> findings;
  for (const SourceFile& file :
       source_files({"solver", "meshes", "post", "cases", "docs"}, {".hpp", ".cpp", ".toml", ".md"}))
    for (const std::string& finding : dangling(file, sections)) findings.push_back(finding);
  EXPECT_TRUE(findings.empty()) << join(findings);
}

TEST(References, ADanglingOneIsFound) {
  const Sections sections = sections_of({made_up("docs/a.md", "## 1. One\n**1.2 Bold.** Text 1.3\n* **1.4 Item.**\n")});
  EXPECT_EQ(sections.at("docs/a.md"), (std::set<std::string>{"1", "1.2", "1.4"}));
  EXPECT_TRUE(dangling(made_up("a.cpp", "// docs/a.md\n// docs/a.md 1.2: and docs/a.md 1.\n"), sections).empty());
  const auto findings = dangling(made_up("a.cpp", "// docs/a.md 1.2\n// docs/a.md 1.3, docs/b.md 1\n"), sections);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0], "a.cpp:2: there is no docs/a.md 1.3");
  EXPECT_EQ(findings[1], "a.cpp:2: there is no docs/b.md 1");
}

}  // namespace
}  // namespace tautband::style
