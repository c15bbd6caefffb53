#include "fem/halo.hpp"

#include "base/copies.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#if defined(OPEN_MPI)
#include <mpi-ext.h>
#endif

namespace tautband {
namespace {

bool mpi_reads_device_memory() {
  if (host_execution) return true;
#if defined(MPIX_CUDA_AWARE_SUPPORT)
  return MPIX_Query_cuda_support() == 1;
#else
  return false;
#endif
}

/// Sends row r of `rows` to rank r and returns the rows that came, one per rank.
std::vector<std::vector<GlobalIndex>> exchange_rows(const std::vector<std::vector<GlobalIndex>>& rows, MPI_Comm comm) {
  const int size = static_cast<int>(rows.size());
  std::vector<int> send_count(size), receive_count(size), send_first(size), receive_first(size);
  std::vector<GlobalIndex> send;
  for (int rank = 0; rank < size; ++rank) {
    send_first[rank] = static_cast<int>(send.size());
    send_count[rank] = static_cast<int>(rows[rank].size());
    send.insert(send.end(), rows[rank].begin(), rows[rank].end());
  }
  MPI_Alltoall(send_count.data(), 1, MPI_INT, receive_count.data(), 1, MPI_INT, comm);
  std::exclusive_scan(receive_count.begin(), receive_count.end(), receive_first.begin(), 0);
  std::vector<GlobalIndex> receive(receive_first.back() + receive_count.back());
  MPI_Alltoallv(send.data(), send_count.data(), send_first.data(), MPI_INT64_T, receive.data(), receive_count.data(),
                receive_first.data(), MPI_INT64_T, comm);
  std::vector<std::vector<GlobalIndex>> came(size);
  for (int rank = 0; rank < size; ++rank)
    came[rank].assign(receive.begin() + receive_first[rank],
                      receive.begin() + receive_first[rank] + receive_count[rank]);
  return came;
}

/// A node of the mesh file that `rank` holds as well.
struct Sharer {
  GlobalIndex node;
  int rank;
  bool operator<(const Sharer& other) const { return std::tie(node, rank) < std::tie(other.node, other.rank); }
};

/// All (node, rank) pairs of the nodes this rank shares, itself included, ascending. Each node has a directory rank
/// that is told who holds it and answers those who do.
std::vector<Sharer> find_sharers(const std::vector<GlobalIndex>& nodes, GlobalIndex n_global, MPI_Comm comm) {
  int size;
  MPI_Comm_size(comm, &size);
  const GlobalIndex per_rank = (n_global + size - 1) / size;
  std::vector<std::vector<GlobalIndex>> held(size), answer(size);
  for (GlobalIndex node : nodes) held[node / per_rank].push_back(node);
  std::vector<Sharer> known;
  const auto told = exchange_rows(held, comm);
  for (int rank = 0; rank < size; ++rank)
    for (GlobalIndex node : told[rank]) known.push_back({node, rank});
  std::sort(known.begin(), known.end());
  for (auto begin = known.begin(), end = begin; begin != known.end(); begin = end) {
    end = std::find_if(begin, known.end(), [&](const Sharer& other) { return other.node != begin->node; });
    if (end - begin < 2) continue;
    for (auto to = begin; to != end; ++to)
      for (auto from = begin; from != end; ++from)
        answer[to->rank].insert(answer[to->rank].end(), {from->node, GlobalIndex{from->rank}});
  }
  std::vector<Sharer> sharers;
  for (const auto& row : exchange_rows(answer, comm))
    for (std::size_t i = 0; i < row.size(); i += 2) sharers.push_back({row[i], static_cast<int>(row[i + 1])});
  std::sort(sharers.begin(), sharers.end());
  return sharers;
}

}  // namespace

Halo::Halo(const LocalMesh& mesh) : comm_(mesh.comm), device_mpi_(mpi_reads_device_memory()) {
  int me, size;
  MPI_Comm_rank(comm_, &me);
  MPI_Comm_size(comm_, &size);
  const std::vector<GlobalIndex> nodes = to_host(mesh.global_node);
  const std::vector<Sharer> sharers = find_sharers(nodes, mesh.n_global_nodes, comm_);

  std::vector<Index> by_number(nodes.size());  // local nodes in the order of the file
  std::iota(by_number.begin(), by_number.end(), 0);
  std::sort(by_number.begin(), by_number.end(), [&](Index a, Index b) { return nodes[a] < nodes[b]; });
  const auto local_node = [&](GlobalIndex node) {
    return *std::lower_bound(by_number.begin(), by_number.end(), node,
                             [&](Index a, GlobalIndex value) { return nodes[a] < value; });
  };

  std::vector<Index> count(size, 0), next(size, 0);
  for (const Sharer& sharer : sharers)
    if (sharer.rank != me) ++count[sharer.rank];
  std::exclusive_scan(count.begin(), count.end(), next.begin(), 0);
  for (int rank = 0; rank < size; ++rank)
    if (count[rank] > 0) neighbours_.push_back({rank, next[rank], count[rank]});

  const Index n_entries = next.back() + count.back();
  std::vector<Index> entry_node(n_entries), shared_node, first_source{0}, source;
  for (std::size_t i = 0; i < sharers.size(); ++i) {  // ascending node, then ascending rank
    const bool last = i + 1 == sharers.size() || sharers[i + 1].node != sharers[i].node;
    const Index node = local_node(sharers[i].node);
    const int rank = sharers[i].rank;
    if (rank != me) entry_node[next[rank]] = node;
    source.push_back(rank == me ? -1 : next[rank]++);
    if (last) {
      shared_node.push_back(node);
      first_source.push_back(static_cast<Index>(source.size()));
    }
  }
  entry_node_ = to_device("halo_entry_node", entry_node);
  shared_node_ = to_device("halo_shared_node", shared_node);
  first_source_ = to_device("halo_first_source", first_source);
  source_ = to_device("halo_source", source);
  send_ = Buffer("halo_send", largest_row * n_entries);
  receive_ = Buffer("halo_receive", send_.extent(0));
  if (!device_mpi_) {
    send_host_ = Kokkos::create_mirror_view(send_);
    receive_host_ = Kokkos::create_mirror_view(receive_);
  }
  requests_.resize(2 * neighbours_.size());
}

namespace {

template <class T> MPI_Datatype mpi_type() { return sizeof(T) == sizeof(float) ? MPI_FLOAT : MPI_DOUBLE; }

}  // namespace

template <class T> void Halo::begin(T* y, int components) const {
  constexpr int tag = 71;
  const Index n_entries = static_cast<Index>(entry_node_.extent(0));
  if (n_entries == 0) return;
  const auto entry_node = entry_node_;
  T* const send = reinterpret_cast<T*>(send_.data());
  Kokkos::parallel_for(
      "halo_pack", Kokkos::RangePolicy<Execution>(0, n_entries * components), KOKKOS_LAMBDA(const Index i) {
        const Index entry = i / components;
        send[i] = y[std::size_t(entry_node(entry)) * components + (i - entry * components)];
      });
  if (device_mpi_) {
    Kokkos::fence();
  } else {
    const std::pair<std::size_t, std::size_t> used(0, sizeof(T) * n_entries * components);
    Kokkos::deep_copy(Kokkos::subview(send_host_, used), Kokkos::subview(send_, used));
  }
  const T* const out = reinterpret_cast<const T*>(device_mpi_ ? send_.data() : send_host_.data());
  T* const in = reinterpret_cast<T*>(device_mpi_ ? receive_.data() : receive_host_.data());
  const MPI_Datatype type = mpi_type<T>();
  MPI_Request* request = requests_.data();
  for (const Neighbour& n : neighbours_)
    MPI_Irecv(in + std::size_t(n.first) * components, n.count * components, type, n.rank, tag, comm_, request++);
  for (const Neighbour& n : neighbours_)
    MPI_Isend(out + std::size_t(n.first) * components, n.count * components, type, n.rank, tag, comm_, request++);
}

template <class T> void Halo::finish(T* y, int components) const {
  const Index n_entries = static_cast<Index>(entry_node_.extent(0)),
              n_shared = static_cast<Index>(shared_node_.extent(0));
  if (n_entries == 0) return;
  MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
  if (!device_mpi_) {
    const std::pair<std::size_t, std::size_t> used(0, sizeof(T) * n_entries * components);
    Kokkos::deep_copy(Kokkos::subview(receive_, used), Kokkos::subview(receive_host_, used));
  }
  const auto shared_node = shared_node_, first_source = first_source_, source = source_;
  const T* const receive = reinterpret_cast<const T*>(receive_.data());
  Kokkos::parallel_for(
      "halo_sum", Kokkos::RangePolicy<Execution>(0, n_shared * components), KOKKOS_LAMBDA(const Index i) {
        const Index s = i / components;
        const int c = static_cast<int>(i - s * components);
        T& value = y[std::size_t(shared_node(s)) * components + c];
        T sum = 0;
        for (Index k = first_source(s); k < first_source(s + 1); ++k)
          sum += source(k) < 0 ? value : receive[std::size_t(source(k)) * components + c];
        value = sum;
      });
}

template void Halo::begin(double*, int) const;
template void Halo::begin(float*, int) const;
template void Halo::finish(double*, int) const;
template void Halo::finish(float*, int) const;

}  // namespace tautband
