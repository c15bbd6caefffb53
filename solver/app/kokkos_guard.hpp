// Kokkos for a part of the program's life.
#pragma once

#include <string>
#include <vector>

namespace tautband {

/// Hands the --kokkos-... options to Kokkos for the life of the guard. Throws CaseError for any other option.
class KokkosGuard {
 public:
  explicit KokkosGuard(std::vector<std::string> options);
  ~KokkosGuard();
  KokkosGuard(const KokkosGuard&) = delete;
  KokkosGuard& operator=(const KokkosGuard&) = delete;

 private:
  std::vector<std::string> options_;
  std::vector<char*> pointers_;
};

/// Throws CaseError when a host has several threads per rank. With Kokkos initialised.
void require_one_thread();

}  // namespace tautband
