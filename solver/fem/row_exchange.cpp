#include "fem/ordering.hpp"

#include <algorithm>
#include <numeric>

namespace tautband {
namespace {

/// One row of `components` doubles, so that counts stay counts of rows.
class RowType {
 public:
  explicit RowType(int components) {
    MPI_Type_contiguous(components, MPI_DOUBLE, &type_);
    MPI_Type_commit(&type_);
  }
  ~RowType() { MPI_Type_free(&type_); }
  RowType(const RowType&) = delete;
  RowType& operator=(const RowType&) = delete;
  operator MPI_Datatype() const { return type_; }

 private:
  MPI_Datatype type_;
};

std::vector<int> first_of(const std::vector<int>& count) {
  std::vector<int> first(count.size());
  std::exclusive_scan(count.begin(), count.end(), first.begin(), 0);
  return first;
}

/// Row i of `from` goes to row `to_row[i]` of `to`; below, row i comes from row `from_row[i]`.
void scatter_rows(const std::vector<double>& from, const std::vector<Index>& to_row, int components, double* to) {
  for (std::size_t i = 0; i < to_row.size(); ++i)
    std::copy_n(from.begin() + i * components, components, to + std::size_t(to_row[i]) * components);
}
std::vector<double> gather_rows(const double* from, const std::vector<Index>& from_row, int components) {
  std::vector<double> to(from_row.size() * components);
  for (std::size_t i = 0; i < from_row.size(); ++i)
    std::copy_n(from + std::size_t(from_row[i]) * components, components, to.begin() + i * components);
  return to;
}

}  // namespace

RowExchange::RowExchange(const std::vector<Index>& local, const std::vector<GlobalIndex>& global, GlobalIndex n_global,
                         MPI_Comm comm)
    : comm_(comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const GlobalIndex per_rank = std::max<GlobalIndex>(1, (n_global + size - 1) / size);
  slice_.first = std::min(n_global, rank * per_rank);
  slice_.count = std::min(n_global, (rank + 1) * per_rank) - slice_.first;

  std::vector<Index> order(local.size());  // ascending row of the file, so that ranks come in order as well
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return global[a] < global[b]; });
  std::vector<GlobalIndex> sent_row;
  send_count_.assign(size, 0);
  receive_count_.assign(size, 0);
  for (Index i : order) {
    local_.push_back(local[i]);
    sent_row.push_back(global[i]);
    ++send_count_[global[i] / per_rank];
  }
  MPI_Alltoall(send_count_.data(), 1, MPI_INT, receive_count_.data(), 1, MPI_INT, comm);
  send_first_ = first_of(send_count_);
  receive_first_ = first_of(receive_count_);
  std::vector<GlobalIndex> kept_row(receive_first_.back() + receive_count_.back());
  MPI_Alltoallv(sent_row.data(), send_count_.data(), send_first_.data(), MPI_INT64_T, kept_row.data(),
                receive_count_.data(), receive_first_.data(), MPI_INT64_T, comm);
  for (GlobalIndex row : kept_row) kept_.push_back(static_cast<Index>(row - slice_.first));
}

std::vector<double> RowExchange::to_file(const double* values, int components) const {
  const RowType row(components);
  const std::vector<double> sent = gather_rows(values, local_, components);
  std::vector<double> received(kept_.size() * components);
  MPI_Alltoallv(sent.data(), send_count_.data(), send_first_.data(), row, received.data(), receive_count_.data(),
                receive_first_.data(), row, comm_);
  std::vector<double> slice(slice_.count * components, 0.0);
  scatter_rows(received, kept_, components, slice.data());
  return slice;
}

void RowExchange::from_file(const std::vector<double>& slice, double* values, int components) const {
  const RowType row(components);
  const std::vector<double> sent = gather_rows(slice.data(), kept_, components);
  std::vector<double> received(local_.size() * components);
  MPI_Alltoallv(sent.data(), receive_count_.data(), receive_first_.data(), row, received.data(), send_count_.data(),
                send_first_.data(), row, comm_);
  scatter_rows(received, local_, components, values);
}

}  // namespace tautband
