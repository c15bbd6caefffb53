// History, run record, result folder and the description of files. 1 and 2 ranks are run.
#include "app/progress.hpp"
#include "base/error.hpp"
#include "io/appended_file.hpp"
#include "io/history.hpp"
#include "io/info.hpp"
#include "io/mesh_file.hpp"
#include "io/result_directory.hpp"
#include "io/run_record.hpp"
#include "support/result_reading.hpp"
#include "support/shared_folder.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

namespace tautband {
namespace {

using namespace testing_support;
namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const FileError& error) {
    return error.what();
  }
  return "no FileError";
}

const std::vector<HistoryColumn> columns = {{"time", "s", "time"},
                                            {"knot_stretch", "1", "smallest fibre stretch in the end-plate zone"},
                                            {"afferent_0", "1/s", "rate of a spindle", false},
                                            {"force_end0_z", "N", "reaction"}};

TEST(HistoryFiles, HoldEveryRowAsSoonAsItIsAppended) {
  const SharedFolder folder;
  History history(folder.path(), columns, example_provenance(), example_case, MPI_COMM_WORLD);
  history.append({-1.0, 1.08, 12.5, -0.25});
  history.append({0.1, 0.5, 99.0, 1e-7});
  EXPECT_EQ(text_of(folder.file("history.csv")),
            "time,knot_stretch,force_end0_z\n# s,1,N\n-1,1.08,-0.25\n0.1,0.5,1e-07\n");
  const hdf5::InputFile file(folder.file("history.h5"));
  EXPECT_EQ(file.reals("/history/time"), (std::vector<double>{-1.0, 0.1}));
  EXPECT_EQ(file.reals("/history/afferent_0"), (std::vector<double>{12.5, 99.0}));
  EXPECT_EQ(file.text_attribute("/history/afferent_0", "units", ""), "1/s");
  EXPECT_EQ(file.text_attribute("/history/force_end0_z", "long_name", ""), "reaction");
  EXPECT_EQ(file.strings("/case"), std::vector<std::string>{example_case});
  EXPECT_EQ(file.text_attribute("/provenance", "version", ""), "1.2.3");
  MPI_Barrier(MPI_COMM_WORLD);
}

TEST(HistoryFiles, GrowOverManyChunks) {
  const SharedFolder folder;
  constexpr int n_rows = 600;  // chunks have 256
  {
    History history(folder.path(), columns, example_provenance(), example_case, MPI_COMM_WORLD);
    for (int i = 0; i < n_rows; ++i) history.append({0.01 * i, 1.0 / (i + 1), double(i * i), -double(i)});
  }
  MPI_Barrier(MPI_COMM_WORLD);
  const std::vector<double> squares = hdf5::InputFile(folder.file("history.h5")).reals("/history/afferent_0");
  ASSERT_EQ(squares.size(), std::size_t(n_rows));
  for (int i = 0; i < n_rows; ++i) EXPECT_EQ(squares[i], double(i * i));
  std::istringstream lines(text_of(folder.file("history.csv")));
  std::string line;
  for (int i = -2; i < n_rows; ++i) ASSERT_TRUE(std::getline(lines, line)) << i;
  double time = 0.0, stretch = 0.0;
  ASSERT_EQ(std::sscanf(line.c_str(), "%lf,%lf", &time, &stretch), 2);
  EXPECT_EQ(stretch, 1.0 / n_rows);  // written so that it reads back to the last bit
}

TEST(HistoryFiles, FullDiskKeepsTheRowsBefore) {
  const SharedFolder folder;
  int n_rows = 0;
  {
    History history(folder.path(), columns, example_provenance(), example_case, MPI_COMM_WORLD);
    history.append({0.0, 0.0, 0.0, 0.0});
    MPI_Barrier(MPI_COMM_WORLD);
    const FileSizeLimit limit(fs::file_size(folder.file("history.h5")) + 1000);
    const std::string message = message_of([&] {
      for (n_rows = 1; n_rows < 1000; ++n_rows) history.append({double(n_rows), 0.0, 0.0, 0.0});
    });
    EXPECT_NE(message.find("history.h5: File too large"), std::string::npos) << message;
  }
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(n_rows, 256);  // a chunk of rows has its space, the next has none
  const std::vector<double> time = hdf5::InputFile(folder.file("history.h5")).reals("/history/time");
  ASSERT_EQ(int(time.size()), n_rows);
  EXPECT_EQ(time.back(), n_rows - 1.0);
  const std::string text = text_of(folder.file("history.csv"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2 + n_rows);
  EXPECT_NE(text.find("\n255,0,0\n"), std::string::npos);
}

TEST(HistoryFiles, LineThatDoesNotFitIsTakenBack) {
  const SharedFolder folder;
  const std::string path = folder.file(std::to_string(rank_of_world()));
  AppendedFile file(path);
  file.append("first\n");
  {
    const FileSizeLimit limit(10);  // bytes: cuts the second line
    EXPECT_NE(message_of([&] { file.append("second\n"); }).find("File too large"), std::string::npos);
  }
  EXPECT_EQ(text_of(path), "first\n");
  file.append("third\n");
  EXPECT_EQ(text_of(path), "first\nthird\n");
}

TEST(HistoryFiles, RefuseWrongColumnsAndRows) {
  const SharedFolder folder;
  EXPECT_THROW(History(folder.path(), {{"step", "1", ""}}, example_provenance(), example_case, MPI_COMM_WORLD),
               RunError);
  EXPECT_THROW(History(folder.path(), {{"time", "s", ""}, {"time", "s", ""}}, example_provenance(), example_case,
                       MPI_COMM_WORLD),
               RunError);
  EXPECT_THROW(History(folder.file("none"), columns, example_provenance(), example_case, MPI_COMM_WORLD), FileError);
  History history(folder.path(), columns, example_provenance(), example_case, MPI_COMM_WORLD);
  EXPECT_THROW(history.append({1.0}), RunError);
}

TEST(RunRecordFile, TellsHowTheRunWent) {
  const SharedFolder folder;
  const std::string path = folder.file("run" + std::to_string(rank_of_world()) + ".json");
  Provenance provenance = example_provenance();
  provenance.ranks = 3;
  provenance.case_hash = hash_of("");
  RunRecord record(path, provenance);
  EXPECT_NE(text_of(path).find("\"status\": \"running\",\n  \"exit_code\": null"), std::string::npos);
  record.update({0.5, 10, 30, 400, 51234, 60.0, 45.5, 8.0, 2.25});
  record.finish(RunStatus::failed, ExitCode::failed, "NaN in \"cell\" 7\nat 0.5 s");
  const std::string text = text_of(path);
  for (const char* part :
       {"\"status\": \"failed\"", "\"exit_code\": 1", "\"reason\": \"NaN in \\\"cell\\\" 7\\u000aat 0.5 s\"",
        "\"version\": \"1.2.3\"", "\"command_line\": \"tautband run example.toml\"", "\"ranks\": 3",
        "\"simulated_time\": 0.5", "\"steps\": 10", "\"newton_iterations\": 30", "\"krylov_iterations\": 400",
        "\"degrees_of_freedom\": 51234", "\"mechanics_seconds\": 60.000", "\"linear_seconds\": 45.500",
        "\"physiology_seconds\": 8.000", "\"output_seconds\": 2.250",
        "\"case_hash\": \"cbf29ce484222325\""})  // FNV-1a of nothing: its offset basis
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  record.finish(RunStatus::done, ExitCode::done, "");
  EXPECT_NE(text_of(path).find("\"status\": \"done\",\n  \"exit_code\": 0,\n  \"reason\": \"\""), std::string::npos);
}

TEST(RunTime, DividesIntoShares) {
  RunCounts counts;
  counts.mechanics_seconds = 60.0;
  counts.linear_seconds = 40.0;
  counts.physiology_seconds = 8.0;
  counts.output_seconds = 4.0;
  EXPECT_EQ(
      division_of(80.0, counts),
      "80.0 s: linear solves 50 %, rest of mechanics 25 %, physiology 10 %, output 5 %, set-up and the rest 10 %");
  EXPECT_NE(division_of(0.0, RunCounts()).find("linear solves 0 %"), std::string::npos);
}

TEST(RunRecordFile, HashIsThePublishedOne) {
  EXPECT_EQ(hash_of("a"), "af63dc4c8601ec8c");  // Fowler, Noll and Vo's test vectors for 64-bit FNV-1a
  EXPECT_EQ(hash_of("foobar"), "85944171f73967e8");
}

TEST(RunRecordFile, StringsAreValidJson) {
  EXPECT_EQ(json_string("a\\b\t\"\x01"), "\"a\\\\b\\u0009\\\"\\u0001\"");
  EXPECT_EQ(json_string("\xc3\xa9"), "\"\xc3\xa9\"");   // e acute
  EXPECT_EQ(json_string("x\xff\xe2\x82"), "\"x???\"");  // no UTF-8
}

TEST(ResultFolder, IsMadeWithThoseAboveItAndEmptiedOfOldResults) {
  const SharedFolder folder;
  const std::string path = folder.file("a/b/");
  make_result_directory(path, MPI_COMM_WORLD);
  EXPECT_TRUE(fs::is_directory(path));
  EXPECT_TRUE(fs::is_empty(path));
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank_of_world() == 0)
    for (const char* name : {"run.json", "result.vtkhdf", "notes.txt"}) std::ofstream(path + name) << "old";
  make_result_directory(path, MPI_COMM_WORLD);
  EXPECT_FALSE(fs::exists(path + "run.json"));
  EXPECT_FALSE(fs::exists(path + "result.vtkhdf"));
  EXPECT_TRUE(fs::exists(path + "notes.txt"));
}

TEST(ResultFolder, LeavesNothingWhenItCannotBeWritten) {
  const SharedFolder folder;
  if (rank_of_world() == 0) std::ofstream(folder.file("file")) << "in the way";
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_NE(message_of([&] { make_result_directory(folder.file("file/sub"), MPI_COMM_WORLD); }).find("Not a directory"),
            std::string::npos);
  {
    const FileSizeLimit limit(0);
    EXPECT_NE(message_of([&] { make_result_directory(folder.file("new/sub"), MPI_COMM_WORLD); }).find("File too large"),
              std::string::npos);
  }
  EXPECT_FALSE(fs::exists(folder.file("new")));
}

void write_example(const std::string& path, int steps) {
  const Mesh mesh = example_mesh(ElementKind::hex8);
  const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
  const ExampleFields fields(local);
  ResultFile file(path, mesh, local, example_fields(), {}, example_provenance(), example_case);
  write_example_statics(file, fields);
  for (int step = 0; step < steps; ++step) write_example_step(file, fields, step);
  file.close();
}

void expect_lines(const std::string& text, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) EXPECT_NE(text.find(line + "\n"), std::string::npos) << line << " in\n" << text;
}

TEST(Info, DescribesAResult) {
  const SharedFolder folder;
  write_example(folder.file("result.vtkhdf"), 3);
  const std::string text = describe_file(folder.path());  // the folder stands for its result
  expect_lines(text, {folder.file("result.vtkhdf") + ": result", "nodes   120", "cells   60 (60 hex8)",
                      "extent  x 0 to 3 mm, y 0 to 4 mm, z 0 to 5 mm", "steps   3", "times   -1 to -0.5 s",
                      "  muscle                   40 cells", "  tendon                   20 cells",
                      "  x0                       30 nodes", "  x0                       20 faces",
                      "  fibre_position                 0 to 1 1, static: place along the fibre",
                      "  version                  1.2.3"});
  double lowest = 1.0, highest = -1.0;
  for (int step = 0; step < 3; ++step)
    for (const double value : expected_array(120, 3, step, 1)) {
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  char range[100];
  std::snprintf(range, sizeof range, "  displacement (3)               %.6g to %.6g m: displacement", lowest, highest);
  expect_lines(text, {range});
}

TEST(Info, DescribesAMesh) {
  const SharedFolder folder;
  const std::string path = folder.file(std::to_string(rank_of_world()) + ".vtkhdf");
  write_mesh(path, block_mesh(ElementKind::hex27, {2, 1, 1}, {2e-3, 1e-3, 1e-3}, 1));
  expect_lines(describe_file(path),
               {path + ": mesh", "nodes   45", "cells   2 (2 hex27)", "  muscle                   1 cells",
                "  fibre (3)                      0 to 1 1: unit fibre direction", "  x1                       9 nodes",
                "  z0                       2 faces"});
}

TEST(Info, NamesWhatIsWrongWithAFile) {
  const SharedFolder folder;
  write_example(folder.file("result.vtkhdf"), 1);
  const std::string mine = folder.file(std::to_string(rank_of_world()));
  EXPECT_NE(message_of([&] { describe_file(folder.file("none")); }).find("no such file"), std::string::npos);
  std::ofstream(mine + ".txt") << "text";
  EXPECT_NE(message_of([&] { describe_file(mine + ".txt"); }).find("is not an HDF5 file"), std::string::npos);
  fs::copy_file(folder.file("result.vtkhdf"), mine + ".cut");
  fs::resize_file(mine + ".cut", fs::file_size(mine + ".cut") / 2);
  EXPECT_NE(message_of([&] { describe_file(mine + ".cut"); }).find("damaged"), std::string::npos);
  MPI_Barrier(MPI_COMM_WORLD);
  { History(folder.path(), columns, example_provenance(), example_case, MPI_COMM_WORLD); }
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_NE(message_of([&] { describe_file(folder.file("history.h5")); }).find("neither a mesh nor a result"),
            std::string::npos);
}

}  // namespace
}  // namespace tautband
