#include "solvers/coarse_solver.hpp"

#include "base/error.hpp"

#include <HYPRE.h>
#include <HYPRE_IJ_mv.h>
#include <HYPRE_parcsr_ls.h>

#include <fmt/format.h>

#include <array>
#include <limits>
#include <vector>

namespace tautband {
namespace {

void check(HYPRE_Int code, const char* what) {
  if (code == 0) return;
  std::array<char, 256> text{};
  HYPRE_DescribeError(code, text.data());
  HYPRE_ClearAllErrors();
  throw RunError(fmt::format("hypre failed in {}: {}", what, text.data()));
}

/// hypre is started with the first solver and ended after the last, so that it lies between MPI_Init and MPI_Finalize.
class Library {
 public:
  Library() {
    if (users_++ > 0) return;
    check(HYPRE_Init(), "start");
#if defined(HYPRE_USING_GPU)
    HYPRE_SetMemoryLocation(HYPRE_MEMORY_HOST);
    HYPRE_SetExecutionPolicy(HYPRE_EXEC_HOST);
#endif
  }
  ~Library() {
    if (--users_ == 0) HYPRE_Finalize();
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

 private:
  inline static int users_ = 0;
};

struct Vector {
  HYPRE_IJVector ij = nullptr;
  HYPRE_ParVector vector = nullptr;
  Vector(MPI_Comm comm, HYPRE_BigInt first, HYPRE_BigInt last) {
    check(HYPRE_IJVectorCreate(comm, first, last, &ij), "a vector");
    HYPRE_IJVectorSetObjectType(ij, HYPRE_PARCSR);
    check(HYPRE_IJVectorInitialize(ij), "a vector");
    check(HYPRE_IJVectorAssemble(ij), "a vector");
    void* object = nullptr;
    HYPRE_IJVectorGetObject(ij, &object);
    vector = static_cast<HYPRE_ParVector>(object);
  }
  ~Vector() { HYPRE_IJVectorDestroy(ij); }
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;
};

}  // namespace

struct CoarseSolver::Hypre {
  Library library;
  HYPRE_BigInt first;
  std::vector<HYPRE_BigInt> rows;  ///< of the owned unknowns
  Vector b, x;
  HYPRE_IJMatrix matrix = nullptr;
  HYPRE_Solver solver = nullptr;
  std::vector<double> values;  ///< of the owned unknowns

  Hypre(MPI_Comm comm, HYPRE_BigInt first_row, Index count)
      : first(first_row), rows(count), b(comm, first, last(count)), x(comm, first, last(count)), values(count) {
    for (Index i = 0; i < count; ++i) rows[i] = first + i;
  }
  HYPRE_BigInt last(Index count) const { return first + count - 1; }
  ~Hypre() { clear(); }
  void clear() {
    if (solver) HYPRE_BoomerAMGDestroy(solver);
    if (matrix) HYPRE_IJMatrixDestroy(matrix);
    solver = nullptr;
    matrix = nullptr;
  }
  Hypre(const Hypre&) = delete;
  Hypre& operator=(const Hypre&) = delete;
};

CoarseSolver::CoarseSolver(const NodeSpace& space, const View1<GlobalIndex>& global) : space_(space), global_(global) {
  const auto number = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), global);
  GlobalIndex largest = 0;
  for (Index n = 0; n < space.n_nodes; ++n) largest = std::max(largest, 3 * number(n) + 2);
  if (largest > std::numeric_limits<HYPRE_BigInt>::max())
    throw RunError("the coarse level has more unknowns than this build of hypre can number");
  GlobalIndex owned = 3 * GlobalIndex{space.n_owned}, first = 0;
  MPI_Exscan(&owned, &first, 1, MPI_INT64_T, MPI_SUM, space.comm);
  int rank;
  MPI_Comm_rank(space.comm, &rank);
  hypre_ = std::make_unique<Hypre>(space.comm, static_cast<HYPRE_BigInt>(rank == 0 ? 0 : first), 3 * space.n_owned);
}

CoarseSolver::~CoarseSolver() = default;

namespace {

/// BoomerAMG for elasticity by components ("unknown approach"): strength and interpolation within each component,
/// smoothing by symmetric Gauss-Seidel. Found on trilinear operators of muscle with kappa/mu = 1000: threshold 0.5
/// costs least, rigid-body modes in the interpolation did not pay.
void configure(HYPRE_Solver solver) {
  HYPRE_BoomerAMGSetNumFunctions(solver, 3);
  HYPRE_BoomerAMGSetStrongThreshold(solver, 0.5);
  HYPRE_BoomerAMGSetCoarsenType(solver, 10);  // HMIS
  HYPRE_BoomerAMGSetInterpType(solver, 6);    // extended + i
  HYPRE_BoomerAMGSetPMaxElmts(solver, 4);
  constexpr int l1_forward = 13, l1_backward = 14, elimination = 9, down = 1, up = 2, coarsest = 3;
  HYPRE_BoomerAMGSetCycleRelaxType(solver, l1_forward, down);
  HYPRE_BoomerAMGSetCycleRelaxType(solver, l1_backward, up);
  HYPRE_BoomerAMGSetCycleRelaxType(solver, elimination, coarsest);
  HYPRE_BoomerAMGSetMaxIter(solver, 1);
  HYPRE_BoomerAMGSetTol(solver, 0.0);
  HYPRE_BoomerAMGSetPrintLevel(solver, 0);
}

}  // namespace

void CoarseSolver::fill_matrix(const BlockRows& blocks, const NodeVector& mask) {
  Hypre& h = *hypre_;
  const auto first = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), blocks.first);
  const auto column = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), blocks.column);
  const auto value = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), blocks.value);
  const auto number = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), global_);
  const auto free = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mask);

  const HYPRE_BigInt last = h.last(static_cast<Index>(h.rows.size()));
  check(HYPRE_IJMatrixCreate(space_.comm, h.first, last, h.first, last, &h.matrix), "the coarse matrix");
  HYPRE_IJMatrixSetObjectType(h.matrix, HYPRE_PARCSR);
  std::vector<HYPRE_Int> lengths(h.rows.size());
  for (Index n = 0; n < space_.n_owned; ++n)
    for (int i = 0; i < 3; ++i) lengths[3 * n + i] = 3 * (first(n + 1) - first(n));
  HYPRE_IJMatrixSetRowSizes(h.matrix, lengths.data());
  check(HYPRE_IJMatrixInitialize(h.matrix), "the coarse matrix");
  std::vector<HYPRE_BigInt> columns;
  std::vector<double> entries;
  for (Index n = 0; n < blocks.n_rows(); ++n)
    for (int i = 0; i < 3; ++i) {
      columns.clear();
      entries.clear();
      for (Index k = first(n); k < first(n + 1); ++k)
        for (int j = 0; j < 3; ++j) {
          const bool diagonal = column(k) == n && i == j;
          if (!diagonal && (free(n, i) == 0.0 || free(column(k), j) == 0.0)) continue;
          columns.push_back(static_cast<HYPRE_BigInt>(3 * number(column(k)) + j));
          entries.push_back(value(9 * static_cast<std::size_t>(k) + 3 * i + j));
        }
      HYPRE_Int length = static_cast<HYPRE_Int>(columns.size());
      const auto row = static_cast<HYPRE_BigInt>(3 * number(n) + i);
      check(HYPRE_IJMatrixAddToValues(h.matrix, 1, &length, &row, columns.data(), entries.data()),
            "filling the coarse matrix");
    }
  check(HYPRE_IJMatrixAssemble(h.matrix), "assembling the coarse matrix");
}

void CoarseSolver::set(BlockRows blocks, const NodeVector& mask) {
  Hypre& h = *hypre_;
  h.clear();
  fill_matrix(blocks, mask);
  blocks = {};
  void* object = nullptr;
  HYPRE_IJMatrixGetObject(h.matrix, &object);
  check(HYPRE_BoomerAMGCreate(&h.solver), "BoomerAMG");
  configure(h.solver);
  check(HYPRE_BoomerAMGSetup(h.solver, static_cast<HYPRE_ParCSRMatrix>(object), h.b.vector, h.x.vector),
        "the set-up of BoomerAMG");
}

void CoarseSolver::solve(const NodeVector& b, const NodeVector& x) const {
  Hypre& h = *hypre_;
  const auto n = static_cast<HYPRE_Int>(h.rows.size());
  const std::pair<Index, Index> owned(0, space_.n_owned);
  const Kokkos::View<double* [3], Kokkos::LayoutRight, Kokkos::HostSpace> values(h.values.data(), space_.n_owned);
  Kokkos::deep_copy(values, Kokkos::subview(b, owned, Kokkos::ALL));
  HYPRE_IJVectorSetValues(h.b.ij, n, h.rows.data(), h.values.data());
  HYPRE_ParVectorSetConstantValues(h.x.vector, 0.0);
  void* object = nullptr;
  HYPRE_IJMatrixGetObject(h.matrix, &object);
  HYPRE_BoomerAMGSolve(h.solver, static_cast<HYPRE_ParCSRMatrix>(object), h.b.vector, h.x.vector);
  HYPRE_ClearAllErrors();  // one cycle does not reach a tolerance
  HYPRE_IJVectorGetValues(h.x.ij, n, h.rows.data(), h.values.data());
  Kokkos::deep_copy(x, 0.0);
  Kokkos::deep_copy(Kokkos::subview(x, owned, Kokkos::ALL), values);
}

}  // namespace tautband
