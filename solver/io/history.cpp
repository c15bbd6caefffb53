#include "io/history.hpp"

#include "base/error.hpp"
#include "io/agreement.hpp"
#include "io/appended_file.hpp"
#include "io/first_rows.hpp"
#include "io/hdf5.hpp"
#include "io/reserved_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

namespace tautband {
namespace {

using hdf5::Handle;

constexpr hsize_t rows_per_chunk = 256;
constexpr std::uint64_t index_bytes = 4096;  // of a column: its chunk index, twice when it is split
constexpr std::size_t origin_bytes = 8192;   // of the provenance, roughly

void require_names(const std::vector<HistoryColumn>& columns) {
  if (columns.empty() || columns[0].name != "time") throw RunError("the first column of the history is not time");
  std::set<std::string> names;
  for (const HistoryColumn& column : columns)
    if (column.name.empty() || column.name.find_first_of("/,\n\"") != std::string::npos ||
        !names.insert(column.name).second)
      throw RunError("the history cannot have a column \"" + column.name + "\", or has it twice");
}

/// Cuts history.h5 after its first rows, once it is known to have these columns and that many rows.
void keep_rows(const std::string& path, const std::vector<HistoryColumn>& columns, long keep) {
  std::vector<hdf5::FirstRows> kept;
  {
    const hdf5::InputFile file(path);
    if (file.children("/history").size() != columns.size())
      file.fail("/history",
                fmt::format("has {} columns where {} are expected", file.children("/history").size(), columns.size()));
    for (const HistoryColumn& column : columns) {
      const std::string dataset = "/history/" + column.name, unit = file.text_attribute(dataset, "units", "");
      const hdf5::Shape shape = file.shape(dataset);
      if (unit != column.unit) file.fail(dataset, "is in " + unit + " where " + column.unit + " is expected");
      if (shape.size() != 1 || shape[0] < static_cast<hsize_t>(keep))
        file.fail(dataset, fmt::format("has shape {}: less than {} rows", hdf5::to_string(shape), keep));
      kept.push_back({dataset, static_cast<hsize_t>(keep)});
    }
  }
  keep_first_rows(path, kept, {});
}

/// The length of history.csv up to the end of its first rows, behind this header. A line that was cut by a kill comes
/// after them.
std::size_t length_of_rows(const std::string& path, const std::string& header, long keep) {
  std::ifstream file(path);
  if (!file) throw FileError(path + ": cannot be read: " + std::strerror(errno));
  std::string found(header.size(), '\0');
  if (!file.read(found.data(), static_cast<std::streamsize>(found.size())) || found != header)
    throw FileError(path + ": does not begin with the columns of this run:\n" + header);
  std::string line;
  std::size_t length = header.size();
  for (long row = 0; row < keep; ++row) {
    std::getline(file, line);
    if (!file || file.eof()) throw FileError(fmt::format("{}: has {} rows where {} are to be kept", path, row, keep));
    length += line.size() + 1;
  }
  return length;
}

/// How a history was made.
struct Origin {
  const Provenance& provenance;
  const std::string& resolved_case;
};

/// history.h5, one growing dataset per column.
class ColumnFile {
 public:
  /// With `keep` > 0 the file is there and has that many rows.
  ColumnFile(const std::string& path, const std::vector<HistoryColumn>& columns, const Origin& origin, long keep)
      : path_(path),
        space_(path, path, keep > 0 ? Content::kept : Content::dropped),
        file_(keep > 0 ? open(path) : create(path)),
        n_rows_(static_cast<hsize_t>(keep)) {
    require(file_.valid(), "the file");
    if (keep > 0)
      open_columns(columns);
    else
      make(columns, origin);
  }
  ~ColumnFile() {
    haddr_t end = 0;
    const bool known = file_.valid() && H5Fget_eoa(file_, &end) >= 0;
    columns_.clear();
    file_ = Handle(-1, H5Fclose);
    if (known && truncate(path_.c_str(), static_cast<off_t>(end)) != 0) return;  // longer than it needs to be, no harm
  }
  ColumnFile(const ColumnFile&) = delete;
  ColumnFile& operator=(const ColumnFile&) = delete;

  void append(const std::vector<double>& row) {
    if (n_rows_ % rows_per_chunk == 0) reserve(row.size());
    const hsize_t one = 1, rows = n_rows_ + 1;
    const Handle memory(H5Screate_simple(1, &one, nullptr), H5Sclose);
    const Handle space(H5Screate_simple(1, &rows, nullptr), H5Sclose);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, &n_rows_, nullptr, &one, nullptr);
    for (std::size_t c = 0; c < row.size(); ++c)
      require(H5Dset_extent(columns_[c], &rows) >= 0 &&
                  H5Dwrite(columns_[c], H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &row[c]) >= 0,
              "a row");
    flush();
    n_rows_ = rows;
  }

 private:
  static Handle access() {
    Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
    H5Pset_file_locking(access, false, true);  // so that others may read while it grows
    return access;
  }
  static Handle create(const std::string& path) {
    return Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access()), H5Fclose);
  }
  static Handle open(const std::string& path) {
    return Handle(H5Fopen(path.c_str(), H5F_ACC_RDWR, access()), H5Fclose);
  }

  void make(const std::vector<HistoryColumn>& columns, const Origin& origin) {
    reserve(columns.size(), origin.resolved_case.size() + origin_bytes);
    add_origin(origin);
    const Handle group(H5Gcreate2(file_, "/history", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    require(group.valid(), "/history");
    for (const HistoryColumn& column : columns) {
      columns_.push_back(make_column(group, column.name));
      describe(columns_.back(), "units", column.unit);
      describe(columns_.back(), "long_name", column.long_name);
    }
    flush();
  }

  void open_columns(const std::vector<HistoryColumn>& columns) {
    for (const HistoryColumn& column : columns) {
      columns_.emplace_back(H5Dopen2(file_, ("/history/" + column.name).c_str(), H5P_DEFAULT), H5Dclose);
      require(columns_.back().valid(), column.name);
    }
  }

  Handle make_column(hid_t group, const std::string& name) const {
    const hsize_t none = 0, most = H5S_UNLIMITED;
    const Handle space(H5Screate_simple(1, &none, &most), H5Sclose);
    const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_chunk(properties, 1, &rows_per_chunk);
    Handle made(H5Dcreate2(group, name.c_str(), H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose);
    require(made.valid(), name);
    return made;
  }

  void add_origin(const Origin& origin) const {
    const Handle group(H5Gcreate2(file_, "/provenance", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    require(group.valid(), "/provenance");
    for (const auto& [key, value] : origin.provenance.entries()) describe(group, key.c_str(), value);
    const hsize_t one = 1;
    const Handle type = hdf5::fixed_string(origin.resolved_case.size());
    const Handle space(H5Screate_simple(1, &one, nullptr), H5Sclose);
    const Handle made(H5Dcreate2(file_, "/case", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
    require(made.valid() && H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, origin.resolved_case.c_str()) >= 0,
            "/case");
  }

  void describe(hid_t column, const char* attribute, const std::string& text) const {
    require(hdf5::make_attribute(column, ".", attribute, text).empty(), attribute);
  }

  /// Space for the next chunk of every column, ahead of HDF5: a full disk is an error here, while the file is whole.
  void reserve(std::size_t n_columns, std::size_t more = 0) const {
    haddr_t used = 0;
    require(H5Fget_eoa(file_, &used) >= 0, "the file");
    space_.reserve(used, n_columns * (rows_per_chunk * sizeof(double) + index_bytes) + more);
  }

  void flush() const { require(H5Fflush(file_, H5F_SCOPE_LOCAL) >= 0, "the file"); }

  void require(bool done, const std::string& what) const {
    if (!done) throw FileError(fmt::format("cannot write {}: HDF5 failed on {}", path_, what));
  }

  hdf5::Silence silence_;
  std::string path_;
  ReservedFile space_;
  Handle file_;
  std::vector<Handle> columns_;
  hsize_t n_rows_;
};

}  // namespace

class History::Files {
 public:
  Files(const std::string& folder, const std::vector<HistoryColumn>& columns, const Origin& origin, long keep)
      : text_(folder + "/history.csv", kept_text(folder, columns, keep)),
        columns_(folder + "/history.h5", columns, origin, keep) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c].in_csv) in_csv_.push_back(c);
    if (keep == 0) text_.append(header_of(columns));
  }

  void append(const std::vector<double>& row) {
    columns_.append(row);
    std::string line;
    for (std::size_t c : in_csv_) line += fmt::format("{}{}", line.empty() ? "" : ",", row[c]);
    text_.append(line + "\n");
  }

 private:
  static std::string header_of(const std::vector<HistoryColumn>& columns) {
    std::string names, units;
    for (const HistoryColumn& column : columns) {
      if (!column.in_csv) continue;
      names += (names.empty() ? "" : ",") + column.name;
      units += (units.empty() ? "# " : ",") + column.unit;
    }
    return names + "\n" + units + "\n";
  }

  /// Checks both files before either is cut; returns the length of history.csv that stays, nothing for a new one.
  static std::optional<std::size_t> kept_text(const std::string& folder, const std::vector<HistoryColumn>& columns,
                                              long keep) {
    if (keep == 0) return {};
    const std::size_t length = length_of_rows(folder + "/history.csv", header_of(columns), keep);
    keep_rows(folder + "/history.h5", columns, keep);
    return length;
  }

  AppendedFile text_;
  ColumnFile columns_;
  std::vector<std::size_t> in_csv_;
};

History::History(const std::string& folder, const std::vector<HistoryColumn>& columns, const Provenance& provenance,
                 const std::string& resolved_case, MPI_Comm comm, std::optional<long> keep)
    : comm_(comm), n_columns_(columns.size()) {
  require_names(columns);
  int rank;
  MPI_Comm_rank(comm, &rank);
  std::string failure;
  if (rank == 0) try {
      files_ = std::make_unique<Files>(folder, columns, Origin{provenance, resolved_case}, keep.value_or(0));
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm);
}

History::~History() = default;

void History::append(const std::vector<double>& row) {
  if (row.size() != n_columns_)
    throw RunError(fmt::format("a row of {} values for {} columns of the history", row.size(), n_columns_));
  std::string failure;
  if (files_) try {
      files_->append(row);
    } catch (const FileError& error) {
      failure = error.what();
    }
  fail_together(failure, comm_);
}

}  // namespace tautband
