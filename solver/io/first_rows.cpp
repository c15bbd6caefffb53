#include "io/first_rows.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace tautband::hdf5 {
namespace {

class CutFile {
 public:
  explicit CutFile(const std::string& path) : path_(path), file_(open(path)) {
    require(file_.valid(), "the file");
    // A killed writer may have recorded a chunk beyond the end that the file says it has, and such a chunk cannot be
    // dropped. With some bytes after all chunks, dropping the last one does not make the file shorter: were it cut
    // before its new end is recorded, a kill in between would leave a file that no reader opens.
    constexpr hsize_t unused_bytes = 64;
    require(H5Fincrement_filesize(file_, unused_bytes) >= 0, "the file");
    flush();
  }

  void set(const Counter& counter) {
    const Handle owner(H5Oopen(file_, counter.object.c_str(), H5P_DEFAULT), H5Oclose);
    const Handle opened(H5Aopen(owner, counter.attribute.c_str(), H5P_DEFAULT), H5Aclose);
    require(opened.valid() && H5Awrite(opened, H5T_NATIVE_INT64, &counter.value) >= 0, counter.object);
  }

  void cut(const FirstRows& kept) {
    const Handle opened(H5Dopen2(file_, kept.dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Handle space(H5Dget_space(opened), H5Sclose);
    Shape shape(std::max(H5Sget_simple_extent_ndims(space), 1));
    H5Sget_simple_extent_dims(space, shape.data(), nullptr);
    shape[0] = kept.rows;
    require(opened.valid() && H5Dset_extent(opened, shape.data()) >= 0, kept.dataset);
  }

  void flush() { require(H5Fflush(file_, H5F_SCOPE_GLOBAL) >= 0, "the file"); }
  void close() { require(H5Fclose(file_.release()) >= 0, "the file"); }

 private:
  static Handle open(const std::string& path) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
    H5Pset_file_locking(access, false, true);  // a viewer may have it open
    return Handle(H5Fopen(path.c_str(), H5F_ACC_RDWR, access), H5Fclose);
  }

  void require(bool done, const std::string& object) {
    if (!done) throw FileError("cannot cut " + path_ + ": " + object + ": " + failure_reason());
  }

  Silence silence_;
  std::string path_;
  Handle file_;
};

}  // namespace

void keep_first_rows(const std::string& path, const std::vector<FirstRows>& datasets,
                     const std::vector<Counter>& counters) {
  CutFile file(path);
  for (const Counter& counter : counters) file.set(counter);
  file.flush();  // from here on readers leave alone what goes
  for (const FirstRows& kept : datasets) file.cut(kept);
  file.flush();
  file.close();
}

}  // namespace tautband::hdf5
