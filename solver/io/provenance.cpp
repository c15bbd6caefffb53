#include "io/provenance.hpp"

#include "base/build_info.hpp"
#include "base/hash.hpp"
#include "base/views.hpp"
#include "io/agreement.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <ctime>

namespace tautband {
namespace {

/// The device of this rank; empty when kernels run on the host.
std::string device_name() {
#if defined(KOKKOS_ENABLE_CUDA)
  int device = 0;
  cudaDeviceProp properties{};
  if (cudaGetDevice(&device) == cudaSuccess && cudaGetDeviceProperties(&properties, device) == cudaSuccess)
    return fmt::format("{} {}", device, properties.name);
#endif
  return "";
}

/// "Serial", or "Cuda; rank 0: 0 NVIDIA H200; rank 1: ..."
std::string devices_of(MPI_Comm comm) {
  int size;
  MPI_Comm_size(comm, &size);
  std::string text = Execution::name();
  for (int rank = 0; rank < size; ++rank) {
    const std::string device = broadcast(device_name(), comm, rank);
    if (!device.empty()) text += fmt::format("; rank {}: {}", rank, device);
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Provenance::entries() const {
  return {{"version", version},
          {"git_hash", git_hash},
          {"compiler", compiler},
          {"kokkos", kokkos},
          {"mpi", mpi},
          {"hdf5", hdf5},
          {"command_line", command_line},
          {"host", host},
          {"ranks", std::to_string(ranks)},
          {"devices", devices},
          {"start_time", start_time},
          {"case_hash", case_hash},
          {"mesh_hash", mesh_hash}};
}

Provenance provenance_of(const std::string& command_line, std::string_view resolved_case, MPI_Comm comm) {
  Provenance found;
  found.version = build_info::version;
  found.git_hash = build_info::git_hash;
  found.compiler = build_info::compiler;
  found.kokkos = build_info::kokkos;
  found.mpi = build_info::mpi;
  found.hdf5 = build_info::hdf5;
  found.command_line = command_line;
  found.host = broadcast(host_name(), comm);
  MPI_Comm_size(comm, &found.ranks);
  found.devices = devices_of(comm);
  found.start_time = broadcast(time_stamp(), comm);
  found.case_hash = hash_of(resolved_case);
  return found;
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string hash_of(std::string_view text) {
  Hash hash;
  hash.add(text);
  return hash.text();
}

std::string time_stamp() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

}  // namespace tautband
