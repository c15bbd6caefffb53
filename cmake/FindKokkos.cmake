# Kokkos::kokkos from any Kokkos 3.4 or later.
#
# The installation's own CMake configuration does the work. Debian 12's package (libtrilinos-kokkos-dev, Kokkos 3.4)
# ships one whose target names an include folder that does not exist; there the target is mended with the folder that
# Kokkos_INCLUDE_DIRS gives. Sets Kokkos_VERSION and Kokkos_DEVICES (upper case, for example SERIAL;CUDA).

find_package(Kokkos CONFIG QUIET)

if(TARGET trilinos_kokkoscore)
  find_path(Kokkos_INCLUDE_DIR Kokkos_Core.hpp HINTS ${Kokkos_INCLUDE_DIRS} PATH_SUFFIXES trilinos)
  mark_as_advanced(Kokkos_INCLUDE_DIR)
  set_target_properties(
    Kokkos::kokkos
    PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${Kokkos_INCLUDE_DIR}"
               INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${Kokkos_INCLUDE_DIR}"
               INTERFACE_LINK_LIBRARIES "trilinos_kokkosalgorithms;trilinos_kokkoscontainers;trilinos_kokkoscore")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  Kokkos
  REQUIRED_VARS Kokkos_DIR Kokkos_DEVICES
  VERSION_VAR Kokkos_VERSION
  REASON_FAILURE_MESSAGE "Install libtrilinos-kokkos-dev (Debian 12) or libkokkos-dev, or set Kokkos_ROOT.")
