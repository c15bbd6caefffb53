#include "io/checkpoint.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/checkpoint_info.hpp"
#include "io/seal.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace tautband {
namespace {

using hdf5::CollectiveFile;
using hdf5::InputFile;

constexpr int version = 1;

/// Values per row of the file.
template <class View> int width_of(const View& values, bool at_points) {
  std::size_t width = at_points ? values.extent(1) : 1;
  if (at_points ? values.rank == 4 : values.rank == 2) width *= values.extent(at_points ? 2 : 1);
  return static_cast<int>(width);
}

/// Counts the bytes that a walk will write.
class Weighing final : public StateArchive {
 public:
  explicit Weighing(const FileOrder& order) : order_(order) {}
  std::uint64_t bytes() const { return sizeof(double) * count_; }

  void numbers(const std::string&, std::span<double> values) override { count_ += values.size(); }
  void nodes(const std::string&, const View1<double>& values) override { add_nodes(values); }
  void nodes(const std::string&, const NodeVector& values) override { add_nodes(values); }
  void points(const std::string&, const PointField& values) override { add_points(values); }
  void points(const std::string&, const PointArray& values) override { add_points(values); }

 private:
  template <class View> void add_nodes(const View& values) {
    count_ += static_cast<std::uint64_t>(order_.n_nodes()) * width_of(values, false);
  }
  template <class View> void add_points(const View& values) {
    count_ += static_cast<std::uint64_t>(order_.n_cells()) * width_of(values, true);
  }
  const FileOrder& order_;
  std::uint64_t count_ = 0;
};

class Writing final : public StateArchive {
 public:
  Writing(CollectiveFile& file, const FileOrder& order) : file_(file), order_(order) {
    MPI_Comm_rank(order.comm(), &rank_);
    for (const char* group : {"/numbers", "/nodes", "/points"}) file_.group(group);
  }

  void numbers(const std::string& name, std::span<double> values) override {
    if (values.empty()) return;  // HDF5 1.10 cannot write an empty dataset together
    write("/numbers/" + name, values.data(), {values.size()}, {0, rank_ == 0 ? values.size() : 0});
  }
  void nodes(const std::string& name, const View1<double>& values) override { write_nodes(name, values); }
  void nodes(const std::string& name, const NodeVector& values) override { write_nodes(name, values); }
  void points(const std::string& name, const PointField& values) override { write_points(name, values); }
  void points(const std::string& name, const PointArray& values) override { write_points(name, values); }

 private:
  void write(const std::string& name, const double* values, const hdf5::Shape& shape, hdf5::Rows rows) {
    file_.dataset(name, H5T_IEEE_F64LE, shape);
    file_.write(name, H5T_NATIVE_DOUBLE, values, rows);
  }
  static hdf5::Rows rows_of(Slice slice) { return {hsize_t(slice.first), hsize_t(slice.count)}; }
  template <class View> void write_nodes(const std::string& name, const View& values) {
    const hdf5::Shape shape{hsize_t(order_.n_nodes()), hsize_t(width_of(values, false))};
    write("/nodes/" + name, order_.nodes_to_file(values).data(), shape, rows_of(order_.node_slice()));
  }
  template <class View> void write_points(const std::string& name, const View& values) {
    const hdf5::Shape shape{hsize_t(order_.n_cells()), hsize_t(width_of(values, true))};
    write("/points/" + name, order_.cells_to_file(values).data(), shape, rows_of(order_.cell_slice()));
  }

  CollectiveFile& file_;
  const FileOrder& order_;
  int rank_ = 0;
};

}  // namespace

void write_checkpoint(const std::string& path, const LocalMesh& mesh, const CheckpointOwner& owner,
                      const std::function<void(StateArchive&)>& walk) {
  const FileOrder order(mesh);
  Weighing weighing(order);
  walk(weighing);
  CollectiveFile file(path, order.comm());
  file.reserve(weighing.bytes() + owner.resolved_case.size());
  file.text_attribute("/", "format", checkpoint_format);
  file.integers_attribute("/", "version", {version});
  file.strings("/case", {owner.resolved_case});
  file.strings("/mesh", {owner.mesh});
  Writing writing(file, order);
  walk(writing);
  file.close();
  seal_file(path + ".tmp", order.comm());
  file.publish();
}

CheckpointOwner owner_of_checkpoint(const std::string& path) {
  const InputFile file(path);
  if (!is_checkpoint(file)) file.fail("/", "is no checkpoint of tautband");
  const std::vector<int> found = file.integer_attribute("/", "version");
  if (found != std::vector<int>{version})
    file.fail("/", fmt::format("has version {} of the checkpoint format; this program reads version {}",
                               found.empty() ? 0 : found[0], version));
  const std::vector<std::string> text = file.strings("/case"), mesh = file.strings("/mesh");
  if (text.size() != 1 || mesh.size() != 1) file.fail("/case", "is not one text");
  return {text[0], mesh[0]};
}

class CheckpointReader::Input {
 public:
  Input(const std::string& path, const LocalMesh& mesh) : file_(path), order_(mesh) {}

  /// `count` rows from `first` of a dataset of the given shape; every rank hears of a failure.
  std::vector<double> rows(const std::string& name, const hdf5::Shape& shape, hsize_t first, hsize_t count) {
    std::vector<double> values;
    std::string failure;
    try {
      if (const hdf5::Shape found = file_.shape(name); found != shape)
        file_.fail(name, fmt::format("has shape {}; {} is expected: it belongs to another case or version",
                                     hdf5::to_string(found), hdf5::to_string(shape)));
      values = file_.rows(name, first, count);
    } catch (const FileError& error) {
      failure = error.what();
    }
    fail_together(failure, order_.comm());
    return values;
  }
  template <class View> void nodes(const std::string& name, const View& values) {
    const Slice slice = order_.node_slice();
    order_.nodes_from_file(rows("/nodes/" + name, {hsize_t(order_.n_nodes()), hsize_t(width_of(values, false))},
                                hsize_t(slice.first), hsize_t(slice.count)),
                           values);
  }
  template <class View> void points(const std::string& name, const View& values) {
    const Slice slice = order_.cell_slice();
    order_.cells_from_file(rows("/points/" + name, {hsize_t(order_.n_cells()), hsize_t(width_of(values, true))},
                                hsize_t(slice.first), hsize_t(slice.count)),
                           values);
  }

 private:
  InputFile file_;
  FileOrder order_;
};

CheckpointReader::CheckpointReader(const std::string& path, const LocalMesh& mesh)
    : input_(std::make_unique<Input>(path, mesh)) {}
CheckpointReader::~CheckpointReader() = default;

void CheckpointReader::numbers(const std::string& name, std::span<double> values) {
  if (values.empty()) return;
  const std::vector<double> found = input_->rows("/numbers/" + name, {values.size()}, 0, values.size());
  std::copy(found.begin(), found.end(), values.begin());
}
void CheckpointReader::nodes(const std::string& name, const View1<double>& values) { input_->nodes(name, values); }
void CheckpointReader::nodes(const std::string& name, const NodeVector& values) { input_->nodes(name, values); }
void CheckpointReader::points(const std::string& name, const PointField& values) { input_->points(name, values); }
void CheckpointReader::points(const std::string& name, const PointArray& values) { input_->points(name, values); }

}  // namespace tautband
