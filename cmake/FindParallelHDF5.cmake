# ParallelHDF5::hdf5: the C library of an HDF5 built with MPI. HDF5_ROOT or ParallelHDF5_ROOT points elsewhere.
# CMake's own FindHDF5 finds one flavour per build tree; the solver writes with the parallel one while VTK needs the
# serial one, so each has its finder.

find_path(ParallelHDF5_INCLUDE_DIR hdf5.h HINTS ENV HDF5_ROOT PATH_SUFFIXES hdf5/openmpi hdf5/mpich include NO_CMAKE_SYSTEM_PATH)
find_path(ParallelHDF5_INCLUDE_DIR hdf5.h PATH_SUFFIXES hdf5/openmpi hdf5/mpich)
if(ParallelHDF5_INCLUDE_DIR MATCHES "hdf5/mpich$")
  set(flavours hdf5/mpich hdf5_mpich)
else()
  set(flavours hdf5/openmpi hdf5_openmpi)
endif()
list(GET flavours 0 folder)
list(GET flavours 1 name)
find_library(ParallelHDF5_LIBRARY NAMES hdf5 HINTS ENV HDF5_ROOT PATH_SUFFIXES ${folder} lib NO_CMAKE_SYSTEM_PATH)
find_library(ParallelHDF5_LIBRARY NAMES hdf5 ${name} PATH_SUFFIXES ${folder})
mark_as_advanced(ParallelHDF5_INCLUDE_DIR ParallelHDF5_LIBRARY)

include(${CMAKE_CURRENT_LIST_DIR}/hdf5_configuration.cmake)
tautband_hdf5_configuration("${ParallelHDF5_INCLUDE_DIR}" ParallelHDF5_VERSION ParallelHDF5_IS_PARALLEL)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  ParallelHDF5
  REQUIRED_VARS ParallelHDF5_LIBRARY ParallelHDF5_INCLUDE_DIR ParallelHDF5_IS_PARALLEL
  VERSION_VAR ParallelHDF5_VERSION
  REASON_FAILURE_MESSAGE "Install libhdf5-openmpi-dev, or set HDF5_ROOT to an HDF5 built with MPI.")

if(ParallelHDF5_FOUND AND NOT TARGET ParallelHDF5::hdf5)
  add_library(ParallelHDF5::hdf5 UNKNOWN IMPORTED)
  set_target_properties(
    ParallelHDF5::hdf5 PROPERTIES IMPORTED_LOCATION "${ParallelHDF5_LIBRARY}"
                                  INTERFACE_INCLUDE_DIRECTORIES "${ParallelHDF5_INCLUDE_DIR}"
                                  INTERFACE_LINK_LIBRARIES MPI::MPI_CXX)
endif()
