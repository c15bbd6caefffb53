# SerialHDF5::hdf5: the C library of an HDF5 built without MPI, the flavour Debian's VTK links.
# SerialHDF5_ROOT points elsewhere.

find_path(SerialHDF5_INCLUDE_DIR hdf5.h PATH_SUFFIXES hdf5/serial)
find_library(SerialHDF5_LIBRARY NAMES hdf5 hdf5_serial PATH_SUFFIXES hdf5/serial)
mark_as_advanced(SerialHDF5_INCLUDE_DIR SerialHDF5_LIBRARY)

include(${CMAKE_CURRENT_LIST_DIR}/hdf5_configuration.cmake)
tautband_hdf5_configuration("${SerialHDF5_INCLUDE_DIR}" SerialHDF5_VERSION SerialHDF5_is_parallel)
if(SerialHDF5_is_parallel)
  set(SerialHDF5_IS_SERIAL FALSE)
else()
  set(SerialHDF5_IS_SERIAL TRUE)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  SerialHDF5
  REQUIRED_VARS SerialHDF5_LIBRARY SerialHDF5_INCLUDE_DIR SerialHDF5_IS_SERIAL
  VERSION_VAR SerialHDF5_VERSION
  REASON_FAILURE_MESSAGE "Install libhdf5-dev, or set SerialHDF5_ROOT to an HDF5 built without MPI.")

if(SerialHDF5_FOUND AND NOT TARGET SerialHDF5::hdf5)
  add_library(SerialHDF5::hdf5 UNKNOWN IMPORTED)
  set_target_properties(SerialHDF5::hdf5 PROPERTIES IMPORTED_LOCATION "${SerialHDF5_LIBRARY}"
                                                    INTERFACE_INCLUDE_DIRECTORIES "${SerialHDF5_INCLUDE_DIR}")
endif()
