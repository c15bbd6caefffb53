// Fields against time: result.vtkhdf, one part in the numbering of the mesh file, written by all ranks together.
//   /VTKHDF/Steps  attribute NSteps; Values (step, s); NumberOfParts = 1
//                  PartOffsets, PointOffsets (step), CellOffsets, ConnectivityIdOffsets (step, 1) = 0: the mesh stands
//                  still, displacement is point data
//                  PointDataOffsets/NAME, CellDataOffsets/NAME: step * rows for a field of every step, 0 if static
//   /provenance    attributes;  /case: the resolved case;  /sets, /regions: as in the mesh file
#pragma once

#include "fem/ordering.hpp"
#include "io/collective_file.hpp"
#include "io/provenance.hpp"
#include "io/result_grid.hpp"
#include "spec/output.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tautband {

enum class Centre { point, cell };
enum class Stored { real, integer };  ///< in the file: float64 or int32

/// An array of the file, and what a reader has to know of it.
struct ResultField {
  std::string name;    ///< without / and .
  int components = 1;  ///< 6 of a stress: xx yy zz xy yz xz
  std::string unit = "1";
  std::string long_name;
  Centre centre = Centre::point;
  bool changes = true;  ///< false: written once, before the first step
  Stored stored = Stored::real;
};

/// Every member is collective. A full disk, a missing right or any other failure throws FileError on all ranks; the
/// file then holds the steps completed so far, as it does when the program is killed. Names in the wrong place throw
/// RunError.
class ResultFile {
 public:
  /// Makes `path`.tmp with the mesh; it becomes `path` when its first step is complete, or by close(). The fields are
  /// all arrays beside those of the mesh that are written anyway: region, and cross_section and fibre_position where
  /// the mesh has them.
  /// With `keep` > 0 it goes on with the file at `path` instead, whose steps after the first `keep` are dropped; static
  /// fields are there already. Throws FileError when the file has fewer steps, other fields or another mesh, and then
  /// has changed nothing. The numbers of ranks may differ.
  ResultFile(const std::string& path, const Mesh& mesh, const LocalMesh& local, const std::vector<ResultField>& fields,
             const spec::Output& output, const Provenance& provenance, const std::string& resolved_case,
             std::optional<long> keep = {});

  /// Static fields are written before the first step: while n_steps() is 0. `time` in s, ascending.
  void begin_step(double time);
  /// Points: (node) or (node, component), owned nodes count. Cells: (batch, lane) or (batch, component, lane).
  void write(const std::string& name, const View1<double>& values);
  void write(const std::string& name, const NodeVector& values);
  void write(const std::string& name, const View2<double>& values);
  void write(const std::string& name, const PointField& values);
  /// Throws RunError when a field of every step has not been written.
  void end_step();
  /// Gives the file its name if it has none yet and closes it. Without close() the destructor closes it.
  void close();

  int n_steps() const { return n_steps_; }

 private:
  struct Entry {
    ResultField field;
    bool written = false;
  };
  Entry& entry(const std::string& name, Centre centre, std::size_t components);
  void name_fields(const std::vector<ResultField>& fields);
  void make(const Mesh& mesh, const Provenance& provenance, const std::string& resolved_case);
  void make_field(const ResultField& field);
  void make_steps();
  std::string dataset_of(const ResultField& field) const;
  GlobalIndex rows_of(const ResultField& field) const;
  void write_rows(Entry& entry, const std::vector<double>& slice);
  void append_to_steps(const std::string& name, std::int64_t value);
  std::uint64_t bytes_of_fields(bool changing) const;
  void require_written(bool changing) const;

  FileOrder order_;
  FileGrid grid_;
  int compression_;
  int n_steps_;
  double time_;  ///< of the last step; the file is cut to it before it is opened
  hdf5::CollectiveFile file_;
  std::vector<std::string> point_arrays_, cell_arrays_;  ///< all of the file
  std::map<std::string, Entry> entries_;
  bool in_step_ = false;
};

}  // namespace tautband
