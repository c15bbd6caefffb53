// A folder of the solver includes only folders of lower floors, so that no circle can form.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

#include "source_files.hpp"

namespace tautband::style {
namespace {

struct Folder {
  int floor;
  std::set<std::string> may_include;  ///< besides itself
};

const std::map<std::string, Folder> house{
    {"base", {0, {}}},
    {"math", {1, {"base"}}},
    {"laws", {2, {"base", "math"}}},
    {"mesh", {2, {"base", "math"}}},
    {"spec", {3, {"base", "math", "laws"}}},
    {"fem", {3, {"base", "math", "mesh"}}},
    {"solvers", {3, {"base", "math"}}},
    {"state", {4, {"base", "math", "mesh", "fem"}}},
    {"operators", {5, {"base", "math", "laws", "mesh", "fem", "state"}}},
    {"stages", {6, {"base", "math", "laws", "mesh", "fem", "solvers", "spec", "state", "operators"}}},
    // Parallel output needs fem's plan from owned nodes to slices of the file.
    {"io", {7, {"base", "math", "laws", "mesh", "spec", "fem", "state"}}},
    {"app", {8, {"base", "math", "laws", "mesh", "spec", "fem", "solvers", "state", "operators", "stages", "io"}}},
    {"main.cpp", {9, {"app"}}},
};

/// First folder of "folder/rest"; the whole name where there is no folder.
std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

/// "file:line: why" for each include that the table above does not allow.
std::vector<std::string> against_the_floors(const SourceFile& file) {
  static const std::regex include(R"re(^\s*#\s*include\s+"([^"]+)")re");
  const std::string folder = first_part(file.path.substr(std::string("solver/").size()));
  const auto room = house.find(folder);
  if (room == house.end()) return {fmt::format("{}: solver/{} is not a folder of the house", file.path, folder)};
  std::vector<std::string> findings;
  std::smatch match;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (!std::regex_search(file.lines[i], match, include)) continue;
    const std::string target = first_part(match[1]);
    if (target != folder && !room->second.may_include.count(target))
      findings.push_back(fmt::format("{}:{}: {} may not include {}", file.path, i + 1, folder, match[1].str()));
  }
  return findings;
}

TEST(Floors, FoldersIncludeOnlyLowerFloors) {
  std::vector<std::string> findings;
  for (const SourceFile& file : source_files({"solver"}, {".hpp", ".cpp"}))
    for (const std::string& finding : against_the_floors(file)) findings.push_back(finding);
  EXPECT_TRUE(findings.empty()) << join(findings);
}

TEST(Floors, TheTableItselfHasNoCircle) {
  for (const auto& [name, folder] : house)
    for (const std::string& below : folder.may_include)
      EXPECT_LT(house.at(below).floor, folder.floor) << name << " may include " << below;
}

TEST(Floors, AnUpwardIncludeIsFound) {
  const auto findings = against_the_floors(
      made_up("solver/laws/bad.hpp", "#include \"math/tensor.hpp\"\n#include \"fem/element.hpp\"\n"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0], "solver/laws/bad.hpp:2: laws may not include fem/element.hpp");
}

TEST(Floors, ANeighbourOnTheSameFloorIsFound) {
  EXPECT_EQ(against_the_floors(made_up("solver/solvers/bad.cpp", "#include \"fem/halo.hpp\"\n")).size(), 1u);
}

TEST(Floors, AnIncludeWithoutItsFolderIsFound) {
  EXPECT_EQ(against_the_floors(made_up("solver/fem/bad.cpp", "#include \"halo.hpp\"\n")).size(), 1u);
}

}  // namespace
}  // namespace tautband::style
