#include "performance/machine_limits.hpp"

#include "base/views.hpp"
#include "performance/timing.hpp"

#include <algorithm>

namespace tautband::performance {

namespace {

constexpr int passes = 10;

template <class F> double shortest(MPI_Comm comm, const F& f) {
  double best = 1e300;
  for (int pass = 0; pass < passes; ++pass) best = std::min(best, seconds(comm, f));
  return best;
}

double triad(MPI_Comm comm) {
  constexpr Index n = 8 << 20;  // 64 MiB per array: three exceed any cache
  const View1<double> a("triad_a", n), b("triad_b", n), c("triad_c", n);
  Kokkos::deep_copy(b, 1.0);
  Kokkos::deep_copy(c, 2.0);
  double *const pa = a.data(), *const pb = b.data(), *const pc = c.data();
  const double time = shortest(comm, [=] {
    Kokkos::parallel_for(
        "triad", Kokkos::RangePolicy<Execution>(0, n), KOKKOS_LAMBDA(const Index i) { pa[i] = pb[i] + 3.0 * pc[i]; });
  });
  return 24.0 * n / time;
}

double multiply_adds(MPI_Comm comm) {
  constexpr int width = 64;  // independent chains per thread: more than latency x units of any core
  constexpr int steps = host_execution ? 200000 : 2000, threads = host_execution ? 1 : 1 << 19;
  const View1<double> out("multiply_add", threads);
  const double time = shortest(comm, [=] {
    Kokkos::parallel_for(
        "multiply_add", Kokkos::RangePolicy<Execution>(0, threads), KOKKOS_LAMBDA(const Index t) {
          double x[width];
          for (int j = 0; j < width; ++j) x[j] = 1e-3 * (t + j);
          for (int k = 0; k < steps; ++k)
            for (int j = 0; j < width; ++j) x[j] = x[j] * 0.999 + 1e-3;
          double sum = 0.0;
          for (int j = 0; j < width; ++j) sum += x[j];
          out(t) = sum;
        });
  });
  return 2.0 * width * steps * static_cast<double>(threads) / time;
}

}  // namespace

MachineLimits measure_machine(MPI_Comm comm) {
  int ranks;
  MPI_Comm_size(comm, &ranks);
  return {ranks * triad(comm), ranks * multiply_adds(comm)};
}

}  // namespace tautband::performance
