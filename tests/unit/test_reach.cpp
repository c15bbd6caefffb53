// A case opens files of its own folder only, unless the user says otherwise.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

namespace fs = std::filesystem;

/// folder/case/case.toml, which is read, and files and links around it.
class CaseReach : public ::testing::Test {
 protected:
  CaseReach() {
    fs::create_directories(folder_ / "case/inner");
    std::ofstream(folder_ / "secret.toml") << "password = hunter2\n";
    fs::create_symlink(folder_ / "secret.toml", folder_ / "case/link.toml");
    fs::create_directory_symlink(folder_, folder_ / "case/up");
    fs::create_directory_symlink(folder_ / "case/inner", folder_ / "case/within");
    fs::create_symlink(folder_ / "case/round", folder_ / "case/round");
  }
  ~CaseReach() override { fs::remove_all(folder_); }

  /// What is said of a case whose mesh file is called `name`; empty when it is read.
  std::string said(const std::string& name, Reach reach = Reach::folder,
                   const std::vector<std::string>& overrides = {}) const {
    return refusal(with_line(small_case, 2, "file = \"" + name + "\""), reach, overrides);
  }
  std::string refusal(const std::string& text, Reach reach = Reach::folder,
                      const std::vector<std::string>& overrides = {}) const {
    try {
      parse_case(text, folder_ / "case/case.toml", overrides, reach);
    } catch (const CaseError& error) {
      return error.what();
    }
    return "";
  }

  const fs::path folder_ =
      fs::canonical(fs::temp_directory_path()) / ("tautband_case_reach." + std::to_string(getpid()));
};

TEST_F(CaseReach, FilesOfItsFolderAreTaken) {
  for (const std::string name : {"mesh.vtkhdf", "inner/mesh.vtkhdf", "./inner/../mesh.vtkhdf", "within/mesh.vtkhdf",
                                 "not/there/yet.vtkhdf", "..mesh"})
    EXPECT_EQ(said(name), "") << name;
  EXPECT_EQ(said(folder_ / "case/mesh.vtkhdf"), "");
}

TEST_F(CaseReach, PathsOutsideAreRefusedWithWhereTheyLead) {
  const std::string text = said("../mesh.vtkhdf");
  EXPECT_TRUE(contains(text, "case.toml:2:")) << text;
  EXPECT_TRUE(contains(text, "\"file\" = \"../mesh.vtkhdf\" leads to " + (folder_ / "mesh.vtkhdf").string())) << text;
  EXPECT_TRUE(contains(text, "outside the folder of the file, " + (folder_ / "case").string())) << text;
  EXPECT_TRUE(contains(text, "--allow-outside")) << text;
  for (const std::string name : {"inner/../../mesh.vtkhdf", "/etc/passwd", "/", "..", "../case2/mesh.vtkhdf"})
    EXPECT_TRUE(contains(said(name), "outside the folder")) << name;
}

TEST_F(CaseReach, LinksCountByWhereTheyLead) {
  EXPECT_TRUE(contains(said("link.toml"), "leads to " + (folder_ / "secret.toml").string())) << said("link.toml");
  EXPECT_TRUE(contains(said("up/mesh.vtkhdf"), "leads to " + (folder_ / "mesh.vtkhdf").string()));
  EXPECT_TRUE(contains(said("round"), "outside the folder"));
  EXPECT_EQ(said("up/case/mesh.vtkhdf"), "");
}

TEST_F(CaseReach, NothingOutsideIsOpened) {
  const std::string pain = "\n[chemistry]\n[pain]\nmuscle = \"soleus\"\nreferral_file = \"link.toml\"\n";
  const std::string text = refusal(small_case + pain);
  EXPECT_TRUE(contains(text, "\"referral_file\" = \"link.toml\" leads to")) << text;
  EXPECT_FALSE(contains(text, "hunter2")) << text;
  EXPECT_TRUE(contains(refusal(small_case + pain, Reach::anywhere), "hunter2"));  // now it is read, and is no table
}

TEST_F(CaseReach, TheUserMayAllowMore) {
  const std::vector<std::string> typed{"mesh.file=/elsewhere/mesh.vtkhdf"};
  EXPECT_TRUE(contains(said("mesh.vtkhdf", Reach::folder, typed), "outside the folder"));
  EXPECT_EQ(said("mesh.vtkhdf", Reach::folder_or_options, typed), "");
  EXPECT_TRUE(contains(said("../mesh.vtkhdf", Reach::folder_or_options), "outside the folder"));
  EXPECT_EQ(said("../mesh.vtkhdf", Reach::anywhere), "");
}

}  // namespace
}  // namespace tautband::testing
