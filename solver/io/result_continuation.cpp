#include "io/result_continuation.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "io/agreement.hpp"
#include "io/first_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tautband {
namespace {

using hdf5::InputFile;

const std::string root = "/VTKHDF", steps = "/VTKHDF/Steps";

/// The datasets that grow with the steps, and how long they have to be.
class Continuation {
 public:
  Continuation(const InputFile& file, const FileGrid& grid, int keep) : file_(file), grid_(grid), keep_(keep) {}

  void require_steps() const {
    const std::vector<int> count = file_.integer_attribute(steps, "NSteps");
    if (count.size() != 1) file_.fail(steps, "does not say how many steps there are");
    if (count[0] < keep_) file_.fail(steps, fmt::format("has {} steps where {} are to be kept", count[0], keep_));
  }

  void add_steps() {
    for (const std::string& name : file_.children(steps))
      if (!name.ends_with("DataOffsets")) add(steps + "/" + name, 1);
  }

  /// The arrays of points or of cells: those given and those of the mesh, no others.
  void add_arrays(Centre centre, const std::vector<ResultField>& fields, std::vector<std::string> names) {
    const std::string data = centre == Centre::point ? "/PointData" : "/CellData";
    const GlobalIndex rows = centre == Centre::point ? grid_.n_nodes : grid_.n_cells;
    for (const ResultField& field : fields) {
      if (field.centre != centre) continue;
      names.push_back(field.name);
      require_field(root + data + "/" + field.name, field, rows);
      if (field.changes) add(root + data + "/" + field.name, rows);
    }
    for (const std::string& name : file_.children(root + data)) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        file_.fail(root + data + "/" + name, "is a field that this run does not write");
      add(steps + data + "Offsets/" + name, 1);
    }
  }

  const std::vector<hdf5::FirstRows>& datasets() const { return datasets_; }

 private:
  void require_field(const std::string& dataset, const ResultField& field, GlobalIndex rows) const {
    const hdf5::Shape expected = array_shape(rows, field.components);
    hdf5::Shape shape = file_.shape(dataset);
    if (field.changes) shape[0] = expected[0];
    if (shape != expected)
      file_.fail(dataset,
                 "has shape " + hdf5::to_string(shape) + " where " + hdf5::to_string(expected) + " is expected");
    const std::string unit = file_.text_attribute(dataset, "units", "");
    if (unit != field.unit) file_.fail(dataset, "is in " + unit + " where " + field.unit + " is expected");
  }

  void add(const std::string& dataset, GlobalIndex rows_per_step) {
    const hsize_t kept = static_cast<hsize_t>(rows_per_step) * keep_;
    const hdf5::Shape shape = file_.shape(dataset);
    if (shape.empty() || shape[0] < kept)
      file_.fail(dataset, fmt::format("has shape {}: less than {} steps", hdf5::to_string(shape), keep_));
    datasets_.push_back({dataset, kept});
  }

  const InputFile& file_;
  const FileGrid& grid_;
  int keep_;
  std::vector<hdf5::FirstRows> datasets_;
};

double keep_on_this_rank(const std::string& path, const Mesh& mesh, const FileGrid& grid,
                         const std::vector<ResultField>& fields, int keep) {
  std::vector<hdf5::FirstRows> datasets;
  double time = 0.0;
  {
    const InputFile file(path);
    Continuation continuation(file, grid, keep);
    continuation.require_steps();
    require_grid(file, mesh, grid);
    continuation.add_steps();
    continuation.add_arrays(Centre::point, fields, grid_point_arrays(mesh));
    continuation.add_arrays(Centre::cell, fields, grid_cell_arrays());
    datasets = continuation.datasets();
    time = file.reals(steps + "/Values").at(keep - 1);
  }
  keep_first_rows(path, datasets, {{steps, "NSteps", keep}});
  return time;
}

}  // namespace

double keep_first_steps(const std::string& path, const Mesh& mesh, const FileGrid& grid,
                        const std::vector<ResultField>& fields, int keep, MPI_Comm comm) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  double time = 0.0;
  if (rank == 0) try {
      time = keep_on_this_rank(path, mesh, grid, fields, keep);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
  MPI_Bcast(&time, 1, MPI_DOUBLE, 0, comm);
  return time;
}

}  // namespace tautband
