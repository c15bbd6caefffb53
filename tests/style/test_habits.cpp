// Habits that can be read off the text: short files, labelled kernels, a post-processor free of the solver.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "source_files.hpp"

namespace tautband::style {
namespace {

constexpr std::size_t longest_file = 350;  // A file that outgrows this is usually two rooms.
const std::vector<std::string> code_folders{"solver", "meshes", "post", "tests"};

std::vector<std::string> too_long(const SourceFile& file) {
  if (file.lines.size() <= longest_file) return {};
  return {fmt::format("{}: {} lines, more than {}", file.path, file.lines.size(), longest_file)};
}

/// Kernel launches whose first argument is not a label. Loops nested in a team have no label in Kokkos.
std::vector<std::string> unlabelled_kernels(const SourceFile& file) {
  static const std::regex launch(R"re(\bparallel_(for|reduce|scan)\s*\()re");
  static const std::regex label_or_nested(R"re(^\s*("|label\b|Kokkos::(TeamThread|ThreadVector|TeamVector)Range\b))re");
  const std::string text = text_of(file);
  std::vector<std::string> findings;
  for (std::sregex_iterator match(text.begin(), text.end(), launch), end; match != end; ++match) {
    const auto argument = match->position() + match->length();
    if (std::regex_search(text.begin() + argument, text.end(), label_or_nested, std::regex_constants::match_continuous))
      continue;
    const auto line = std::count(text.begin(), text.begin() + argument, '\n') + 1;
    findings.push_back(fmt::format("{}:{}: kernel without a label", file.path, line));
  }
  return findings;
}

/// VTK links the serial HDF5, the solver the parallel one: they must never meet in one process.
std::vector<std::string> solver_in_post(const SourceFile& file) {
  static const std::regex forbidden(R"re(^\s*#\s*include\s+(<Kokkos_|<mpi\.h>|"(base|math|laws|mesh|spec|fem|io)/))re");
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i)
    if (std::regex_search(file.lines[i], forbidden))
      findings.push_back(fmt::format("{}:{}: {}", file.path, i + 1, file.lines[i]));
  return findings;
}

template <class Check> void expect_none(const std::vector<std::string>& folders, Check check) {
  std::vector<std::string> findings;
  for (const SourceFile& file : source_files(folders, {".hpp", ".cpp", ".sh", ".cmake"}))
    for (const std::string& finding : check(file)) findings.push_back(finding);
  EXPECT_TRUE(findings.empty()) << join(findings);
}

TEST(Habits, FilesAreShort) { expect_none(code_folders, too_long); }
TEST(Habits, KernelsHaveLabels) { expect_none({"solver", "tests/unit"}, unlabelled_kernels); }
TEST(Habits, PostStandsAlone) { expect_none({"post"}, solver_in_post); }

TEST(Habits, ALongFileIsFound) {
  EXPECT_TRUE(too_long({"a.cpp", std::vector<std::string>(longest_file, "x")}).empty());
  EXPECT_EQ(too_long({"a.cpp", std::vector<std::string>(longest_file + 1, "x")}).size(), 1u);
}

TEST(Habits, AnUnlabelledKernelIsFound) {
  EXPECT_TRUE(unlabelled_kernels(made_up("a.cpp", "Kokkos::parallel_for(\n    \"gather\", n, f);\n")).empty());
  EXPECT_TRUE(unlabelled_kernels(made_up("a.cpp", "parallel_for(Kokkos::TeamThreadRange(t, n), f);\n")).empty());
  const auto findings = unlabelled_kernels(made_up("a.cpp", "\nKokkos::parallel_reduce(n, f, sum);\n"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0], "a.cpp:2: kernel without a label");
}

TEST(Habits, SolverInPostIsFound) {
  EXPECT_TRUE(solver_in_post(made_up("post/a.cpp", "#include \"result_reader.hpp\"\n")).empty());
  EXPECT_EQ(solver_in_post(made_up("post/a.cpp", "#include <Kokkos_Core.hpp>\n")).size(), 1u);
  EXPECT_EQ(solver_in_post(made_up("post/a.cpp", "#include \"mesh/mesh.hpp\"\n")).size(), 1u);
}

}  // namespace
}  // namespace tautband::style
