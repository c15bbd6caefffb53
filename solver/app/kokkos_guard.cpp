#include "app/kokkos_guard.hpp"

#include "base/error.hpp"
#include "base/views.hpp"

#include <Kokkos_Core.hpp>

namespace tautband {

KokkosGuard::KokkosGuard(std::vector<std::string> options) : options_(std::move(options)) {
  for (const std::string& option : options_)
    if (!option.starts_with("--kokkos-"))
      throw CaseError("unknown option or second case " + option + "; see tautband run --help");
  options_.insert(options_.begin(), "tautband");
  for (std::string& option : options_) pointers_.push_back(option.data());
  pointers_.push_back(nullptr);
  int count = static_cast<int>(options_.size());
  Kokkos::initialize(count, pointers_.data());
}

KokkosGuard::~KokkosGuard() { Kokkos::finalize(); }

void require_one_thread() {
  if (const int threads = static_cast<int>(Execution().concurrency()); host_execution && threads > 1)
    throw CaseError(
        "Kokkos runs " + std::to_string(threads) +
        " threads per rank, and the kernels on a host are made for one: set OMP_NUM_THREADS=1 and start one "
        "rank per core");
}

}  // namespace tautband
