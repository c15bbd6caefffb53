// Results that an interrupted run left and another goes on with. 1, 2 and 4 ranks are run; the ranks before and after
// the interruption may differ.
#include "base/error.hpp"
#include "io/history.hpp"
#include "support/result_reading.hpp"
#include "support/shared_folder.hpp"

#include <fstream>
#include <functional>
#include <sstream>

namespace tautband {
namespace {

using namespace testing_support;
using hdf5::InputFile;

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

/// Rank 0 of the world alone, or everyone; null on the ranks that are not in it.
class Ranks {
 public:
  explicit Ranks(bool one) { MPI_Comm_split(MPI_COMM_WORLD, one && rank_of_world() > 0 ? MPI_UNDEFINED : 0, 0, &comm); }
  ~Ranks() {
    if (comm != MPI_COMM_NULL) MPI_Comm_free(&comm);
    MPI_Barrier(MPI_COMM_WORLD);
  }
  MPI_Comm comm = MPI_COMM_NULL;
};

struct Interruption {
  bool one_before, one_after;  ///< one rank, or all
  bool linearise;
};

class ContinuedResult : public testing::TestWithParam<Interruption> {
 protected:
  /// Steps first .. end, the earlier ones being kept.
  void write(const std::string& path, bool one_rank, int first, int end, bool half_a_step = false) const {
    const Ranks ranks(one_rank);
    if (ranks.comm == MPI_COMM_NULL) return;
    const Mesh mesh = example_mesh(ElementKind::hex27);
    const LocalMesh local = distribute(mesh, ranks.comm);
    const ExampleFields fields(local);
    spec::Output output;
    output.linearise = GetParam().linearise;
    ResultFile file(path, mesh, local, example_fields(), output, example_provenance(), example_case, first);
    if (file.n_steps() == 0) write_example_statics(file, fields);
    for (int step = first; step < end; ++step) write_example_step(file, fields, step);
    EXPECT_EQ(file.n_steps(), end);
    if (!half_a_step) return file.close();
    file.begin_step(example_time(end));
    file.write("tension", fields.scalar([](GlobalIndex) { return -1.0; }));
  }

  SharedFolder folder_;
};

using Contents = std::map<std::string, std::pair<hdf5::Shape, std::vector<double>>>;

/// Every dataset below a group with its shape and numbers.
Contents contents(const InputFile& file, const std::string& group = "/VTKHDF") {
  Contents found;
  for (const std::string& name : file.children(group)) {
    const std::string child = group + "/" + name;
    if (name == "Steps" || name.starts_with("PointData") || name.starts_with("CellData"))
      found.merge(contents(file, child));
    else
      found[child] = {file.shape(child), file.reals(child)};
  }
  return found;
}

TEST_P(ContinuedResult, EqualsOneThatWasNeverLonger) {
  const std::string path = folder_.file("result.vtkhdf"), whole = folder_.file("whole.vtkhdf");
  write(path, GetParam().one_before, 0, 4, true);
  write(path, GetParam().one_after, 3, 3);
  write(whole, true, 0, 3);
  const Contents expected = contents(InputFile(whole));
  EXPECT_EQ(expected.size(), 29u);  // 7 of the mesh, 8 arrays and their offsets, 6 of the steps
  EXPECT_TRUE(contents(InputFile(path)) == expected);
  EXPECT_EQ(InputFile(path).integer_attribute("/VTKHDF/Steps", "NSteps"), std::vector<int>{3});
  MPI_Barrier(MPI_COMM_WORLD);
  write(path, GetParam().one_after, 2, 5);
  write(whole, true, 0, 5);
  EXPECT_TRUE(contents(InputFile(path)) == contents(InputFile(whole)));
  EXPECT_EQ(check_steps(path, ElementKind::hex27, GetParam().linearise), 5);
}

TEST_P(ContinuedResult, WithNothingToKeepBeginsAnew) {
  const std::string path = folder_.file("result.vtkhdf");
  write(path, true, 0, 2);
  write(path, GetParam().one_after, 0, 1);
  EXPECT_EQ(check_steps(path, ElementKind::hex27, GetParam().linearise), 1);
}

INSTANTIATE_TEST_SUITE_P(Ranks, ContinuedResult,
                         testing::Values(Interruption{true, false, false}, Interruption{false, true, true}),
                         [](const auto& test) {
                           return std::string(test.param.one_before ? "one" : "all") + "_to_" +
                                  (test.param.one_after ? "one" : "all") + (test.param.linearise ? "_linearised" : "");
                         });

TEST(ResultToContinue, IsRefusedUnchangedWhenItDoesNotFit) {
  const SharedFolder folder;
  const std::string path = folder.file("result.vtkhdf");
  const auto open = [&](const Mesh& mesh, const std::vector<ResultField>& fields, int keep) {
    const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
    ResultFile file(path, mesh, local, fields, {}, example_provenance(), example_case, keep);
    if (keep > 0) return;
    const ExampleFields values(local);
    write_example_statics(file, values);
    for (int step = 0; step < 2; ++step) write_example_step(file, values, step);
    file.close();
  };
  const Mesh mesh = example_mesh(ElementKind::hex8);
  open(mesh, example_fields(), 0);
  const std::string before = text_of(path);
  const auto refuses = [&](const Mesh& used, const std::vector<ResultField>& fields, int keep,
                           const std::string& reason) {
    const std::string message = message_of([&] { open(used, fields, keep); });
    EXPECT_NE(message.find(path + ": " + reason), std::string::npos) << message;
    MPI_Barrier(MPI_COMM_WORLD);
    EXPECT_TRUE(text_of(path) == before);
    MPI_Barrier(MPI_COMM_WORLD);
  };
  refuses(mesh, example_fields(), 3, "/VTKHDF/Steps: has 2 steps where 3 are to be kept");
  std::vector<ResultField> fields = example_fields();
  fields[0].unit = "mm";
  refuses(mesh, fields, 1, "/VTKHDF/PointData/displacement: is in m where mm is expected");
  fields[0].name = "velocity";
  refuses(mesh, fields, 1, "/VTKHDF/PointData/velocity: is missing");
  fields.erase(fields.begin());
  refuses(mesh, fields, 1, "/VTKHDF/PointData/displacement: is a field that this run does not write");
  fields = example_fields();
  fields[2].components = 9;
  refuses(mesh, fields, 1, "/VTKHDF/CellData/stress: has shape (60, 6) where (60, 9) is expected");
  Mesh other = mesh;
  other.points[5] += 1e-15;
  refuses(other, example_fields(), 1, "/VTKHDF/Points: belongs to another mesh");
  other = mesh;
  std::swap(other.region.front(), other.region.back());
  refuses(other, example_fields(), 1, "/VTKHDF/CellData/region: belongs to another mesh");
  {
    const LocalMesh local = distribute(mesh, MPI_COMM_WORLD);
    ResultFile file(path, mesh, local, example_fields(), {}, example_provenance(), example_case, 2);
    EXPECT_THROW(file.begin_step(example_time(1)), RunError);  // the time of the last step that was kept
  }
  open(mesh, example_fields(), 1);
  EXPECT_EQ(check_steps(path, ElementKind::hex8, false), 1);
}

const std::vector<HistoryColumn> columns = {
    {"time", "s", "time"}, {"force", "N", "reaction"}, {"rate_0", "1/s", "rate", false}};

std::vector<double> row_of(int i) { return {0.1 * i, 1.0 / (i + 3), double(i * i)}; }

void write_rows(const std::string& folder, int first, int end) {
  History history(folder, columns, example_provenance(), example_case, MPI_COMM_WORLD, first);
  for (int row = first; row < end; ++row) history.append(row_of(row));
}

void expect_rows(const std::string& folder, int count) {
  MPI_Barrier(MPI_COMM_WORLD);
  const InputFile file(folder + "/history.h5");
  std::vector<double> rates;
  for (int row = 0; row < count; ++row) rates.push_back(row_of(row)[2]);
  EXPECT_EQ(file.reals("/history/rate_0"), rates);
  std::istringstream lines(text_of(folder + "/history.csv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "time,force");
  std::getline(lines, line);
  EXPECT_EQ(line, "# s,N");
  int row = 0;
  for (; std::getline(lines, line); ++row) {
    double time = 0.0, force = 0.0;
    ASSERT_EQ(std::sscanf(line.c_str(), "%lf,%lf", &time, &force), 2) << line;
    EXPECT_EQ(time, row_of(row)[0]);
    EXPECT_EQ(force, row_of(row)[1]);
  }
  EXPECT_EQ(row, count);
  MPI_Barrier(MPI_COMM_WORLD);
}

TEST(ContinuedHistory, KeepsItsFirstRowsOverManyChunks) {
  const SharedFolder folder;
  write_rows(folder.path(), 0, 600);  // chunks have 256 rows
  for (const int keep : {512, 300, 1}) {
    write_rows(folder.path(), keep, keep);
    expect_rows(folder.path(), keep);
    write_rows(folder.path(), keep, keep + 280);
    expect_rows(folder.path(), keep + 280);
  }
  write_rows(folder.path(), 0, 2);
  expect_rows(folder.path(), 2);
}

TEST(ContinuedHistory, MayEndInACutLine) {
  const SharedFolder folder;
  write_rows(folder.path(), 0, 3);
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank_of_world() == 0) std::ofstream(folder.file("history.csv"), std::ios::app) << "0.300000";
  MPI_Barrier(MPI_COMM_WORLD);
  write_rows(folder.path(), 3, 5);
  expect_rows(folder.path(), 5);
}

TEST(ContinuedHistory, IsRefusedUnchangedWhenItDoesNotFit) {
  const SharedFolder folder;
  write_rows(folder.path(), 0, 3);
  MPI_Barrier(MPI_COMM_WORLD);
  const std::string csv = folder.file("history.csv"), h5 = folder.file("history.h5");
  const std::string text_before = text_of(csv), columns_before = text_of(h5);
  const auto refuses = [&](const std::vector<HistoryColumn>& used, long keep, const std::string& reason) {
    const std::string message =
        message_of([&] { History(folder.path(), used, example_provenance(), example_case, MPI_COMM_WORLD, keep); });
    EXPECT_NE(message.find(reason), std::string::npos) << message;
    MPI_Barrier(MPI_COMM_WORLD);
    EXPECT_TRUE(text_of(h5) == columns_before);
    EXPECT_TRUE(text_of(csv) == text_before);
    MPI_Barrier(MPI_COMM_WORLD);
  };
  refuses(columns, 4, csv + ": has 3 rows where 4 are to be kept");
  std::vector<HistoryColumn> other = columns;
  other[1].unit = "kN";
  refuses(other, 1, csv + ": does not begin with the columns of this run:\ntime,force\n# s,kN");
  other = columns;
  other[2].unit = "1/min";
  refuses(other, 1, h5 + ": /history/rate_0: is in 1/s where 1/min is expected");
  other = columns;
  other.pop_back();
  refuses(other, 1, h5 + ": /history: has 3 columns where 2 are expected");
  other.push_back({"rate_1", "1/s", "rate", false});
  refuses(other, 1, h5 + ": /history/rate_1: is missing");
}

}  // namespace
}  // namespace tautband
