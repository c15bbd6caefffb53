// Start of every test program: MPI and Kokkos live once around all tests. Ranks other than 0 print failures only.
#include <gtest/gtest.h>
#include <mpi.h>

#include <Kokkos_Core.hpp>

#include <cstdio>
#include <string>

namespace {

class FailuresOnly : public testing::EmptyTestEventListener {
 public:
  explicit FailuresOnly(int rank) : rank_(rank) {}

 private:
  // The test's name is kept here: asking UnitTest for it while a failure is reported would wait for itself.
  void OnTestStart(const testing::TestInfo& test) override {
    name_ = std::string(test.test_suite_name()) + "." + test.name();
  }
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    std::fprintf(stderr, "[rank %d] %s\n%s:%d: %s\n", rank_, name_.c_str(),
                 result.file_name() ? result.file_name() : "", result.line_number(), result.message());
  }

  std::string name_;
  int rank_;
};

/// 1 when a test failed on any rank, so that mpirun fails whichever rank it was.
int run_tests() {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (rank != 0) {
    testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new FailuresOnly(rank));
  }
  int failed = RUN_ALL_TESTS();
  MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  // CTest lists the tests while it builds, when starting MPI would only cost time.
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  const int failed = run_tests();
  Kokkos::finalize();
  MPI_Finalize();
  return failed;
}
