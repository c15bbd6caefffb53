// The reader of results: what it returns, and what it says about files that are missing, foreign or damaged.
#include <gtest/gtest.h>

#include "post/errors.hpp"
#include "post/history.hpp"
#include "post/result_reader.hpp"
#include "post/watched.hpp"
#include "temporary_result.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::TemporaryFolder;
using fixture::TemporaryResult;

/// The message of the FileError that opening `path` throws; empty when it opens.
std::string refusal(const fs::path& path) {
  try {
    const ResultReader reader(path);
    return "";
  } catch (const FileError& error) {
    EXPECT_EQ(error.code, ExitCode::bad_file);
    return error.what();
  }
}

void expect_refused(const fs::path& path, const std::string& why) {
  const std::string message = refusal(path);
  EXPECT_NE(message.find(why), std::string::npos) << "message: " << message;
}

/// Applies `change(file)` to the result in `folder`.
template <class Change> void change_file(const fs::path& folder, Change change) {
  const hid_t file = H5Fopen((folder / "result.vtkhdf").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  change(file);
  H5Fclose(file);
}

TEST(PostReader, ReadsEveryStep) {
  const TemporaryResult result({true, true, false});
  const ResultReader reader(result.path() / "result.vtkhdf");
  ASSERT_EQ(reader.n_steps(), static_cast<size_t>(fixture::n_steps));
  EXPECT_EQ(reader.mesh().nodes_per_cell, 27);
  EXPECT_EQ(reader.mesh().n_cells(), 10u * 10u * 60u);
  EXPECT_EQ(reader.mesh().region_names, std::vector<std::string>{"muscle"});
  EXPECT_EQ(reader.units(Centring::point, "tension"), "Pa");
  const size_t centre = 60 * 21 * 21 + 10 * 21 + 10;  // node on the axis in the middle
  for (size_t step = 0; step < reader.n_steps(); ++step)
    EXPECT_NEAR(reader.point_scalar("fibre_stretch", step)[centre],
                fixture::stretch_at(0, 0, fixture::strength(reader.times()[step])), 1e-12);
  EXPECT_EQ(reader.read(Centring::point, "cross_section", 3).components, 2);
  EXPECT_EQ(reader.step_at(1.6), 5u);
  EXPECT_NE(reader.resolved_case().find("synthetic knot"), std::string::npos);
}

TEST(PostReader, RefusesWhatIsNoResult) {
  const TemporaryFolder folder;
  expect_refused(folder.path() / "nowhere", "no such file");
  expect_refused(folder.path(), "holds no result.vtkhdf");
  std::ofstream(folder.path() / "result.vtkhdf") << "this is text\n";
  expect_refused(folder.path(), "not an HDF5 file");
  const hid_t other = H5Fcreate((folder.path() / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(other);
  expect_refused(folder.path() / "other.h5", "no group /VTKHDF");
}

TEST(PostReader, RefusesATruncatedFile) {
  const TemporaryResult result({false, true, false});
  const fs::path file = result.path() / "result.vtkhdf";
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_NE(refusal(file), "");
  fs::resize_file(file, 100);
  EXPECT_NE(refusal(file), "");
}

TEST(PostReader, RefusesAMeshAndARunWithoutSteps) {
  const TemporaryResult result({false, true, false});
  change_file(result.path(), [](hid_t file) {
    const int none = 0;
    const hid_t steps = H5Gopen2(file, "/VTKHDF/Steps", H5P_DEFAULT);
    const hid_t attribute = H5Aopen(steps, "NSteps", H5P_DEFAULT);
    EXPECT_GE(H5Awrite(attribute, H5T_NATIVE_INT, &none), 0);
    H5Aclose(attribute);
    H5Gclose(steps);
  });
  expect_refused(result.path(), "no time step has been written");
  change_file(result.path(), [](hid_t file) { H5Ldelete(file, "/VTKHDF/Steps", H5P_DEFAULT); });
  expect_refused(result.path(), "without time steps");
}

TEST(PostReader, RefusesConnectivityOutsideTheMesh) {
  const TemporaryResult result({false, true, false});
  change_file(result.path(), [](hid_t file) {
    const hid_t data = H5Dopen2(file, "/VTKHDF/Connectivity", H5P_DEFAULT);
    std::vector<long long> nodes(static_cast<size_t>(H5Dget_storage_size(data)) / sizeof(long long));
    H5Dread(data, H5T_NATIVE_LLONG, H5S_ALL, H5S_ALL, H5P_DEFAULT, nodes.data());
    nodes[7] = 99999999;
    H5Dwrite(data, H5T_NATIVE_LLONG, H5S_ALL, H5S_ALL, H5P_DEFAULT, nodes.data());
    H5Dclose(data);
  });
  expect_refused(result.path(), "names node 99999999");
}

TEST(PostReader, TellsOfMissingArraysAndSteps) {
  const TemporaryResult result({false, true, false});
  const ResultReader reader(result.path());
  EXPECT_THROW(reader.point_scalar("oxygen", 0), FileError);
  EXPECT_THROW(reader.point_scalar("displacement", 0), FileError);
  EXPECT_THROW(reader.point_scalar("tension", fixture::n_steps), FileError);
}

TEST(PostHistory, ReadsColumnsAndUnits) {
  const TemporaryResult result({false, true, false});
  const History history(result.path() / "history.csv");
  ASSERT_NE(history.find("end_force"), nullptr);
  EXPECT_EQ(history.find("end_force")->unit, "N");
  EXPECT_EQ(history.find("end_force")->values.size(), 201u);
  EXPECT_EQ(history.find("nothing"), nullptr);
  EXPECT_DOUBLE_EQ(history.time().back(), 2.1);
}

TEST(PostHistory, LeavesOutALineStillBeingWritten) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "history.csv") << "time,end_force\n# s,N\n0,1\n1,2\n2,3";
  EXPECT_EQ(History(folder.path() / "history.csv").time().size(), 2u);
}

TEST(PostHistory, RefusesWhatIsNoHistory) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "history.csv";
  EXPECT_THROW(History{file}, FileError);
  std::ofstream(file) << "a,b\n1,2\n";
  EXPECT_THROW(History{file}, FileError);
  std::ofstream(file) << "time,b\n# s,1\n0,1\n1,x\n";
  EXPECT_THROW(History{file}, FileError);
  std::ofstream(file) << "time,b\n# s,1\n";
  EXPECT_THROW(History{file}, FileError);
}

/// A program whose child does `work`.
template <class Work> [[noreturn]] void watched(const Work& work) {
  if (const std::optional<int> code = watch_child()) std::_Exit(*code);
  work();
  std::_Exit(0);
}

TEST(WatchDeathTest, ACrashBecomesAMessageAndAnEndIsHandedOn) {
  EXPECT_EXIT(watched([] { std::raise(SIGSEGV); }), testing::ExitedWithCode(3), "most likely .* damaged");
  EXPECT_EXIT(watched([] { std::raise(SIGABRT); }), testing::ExitedWithCode(3), "most likely .* damaged");
  EXPECT_EXIT(watched([] { std::_Exit(2); }), testing::ExitedWithCode(2), "");
  EXPECT_EXIT(watched([] {}), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace tautband::post
