# Kokkos::kokkos from any Kokkos 3.4 or later. Sets Kokkos_VERSION and Kokkos_DEVICES (upper case, e.g. SERIAL;CUDA).
#
# A Kokkos that was built and installed by hand, or lies where Kokkos_ROOT says, is taken through its own CMake
# configuration. Debian's packages cannot be: the configuration in Debian 12 (libtrilinos-kokkos-dev, Kokkos 3.4) names an
# include folder that does not exist, the one in Debian unstable (libkokkos-dev, 5.2) static libraries that are not
# shipped. There the target is made here from the header and the shared libraries.

if(NOT Kokkos_DIR)
  # No Kokkos has this version, so nothing is loaded; this only tells where the first choice lies.
  find_package(Kokkos 99999 CONFIG QUIET)
  list(POP_FRONT Kokkos_CONSIDERED_CONFIGS Kokkos_configuration)
  cmake_path(GET Kokkos_configuration PARENT_PATH Kokkos_folder)
  set(Kokkos_DIR "${Kokkos_folder}" CACHE PATH "Folder of KokkosConfig.cmake" FORCE)
endif()

if(Kokkos_DIR MATCHES "^/usr/lib/[^/]+/cmake/Kokkos$")
  find_path(Kokkos_INCLUDE_DIR Kokkos_Core.hpp PATH_SUFFIXES kokkos trilinos)
  find_library(Kokkos_CORE_LIBRARY NAMES kokkoscore trilinos_kokkoscore)
  find_library(Kokkos_CONTAINERS_LIBRARY NAMES kokkoscontainers trilinos_kokkoscontainers)
  mark_as_advanced(Kokkos_INCLUDE_DIR Kokkos_CORE_LIBRARY Kokkos_CONTAINERS_LIBRARY)
  set(Kokkos_required Kokkos_INCLUDE_DIR Kokkos_CORE_LIBRARY Kokkos_CONTAINERS_LIBRARY)
else()
  find_package(Kokkos CONFIG QUIET)
  set(Kokkos_required Kokkos_DIR)
endif()

if(Kokkos_INCLUDE_DIR AND NOT TARGET Kokkos::kokkos)
  file(STRINGS ${Kokkos_INCLUDE_DIR}/KokkosCore_config.h Kokkos_settings REGEX "^#define KOKKOS_")
  string(REGEX MATCH "KOKKOS_VERSION ([0-9]+)" number "${Kokkos_settings}")
  math(EXPR Kokkos_VERSION_MAJOR "${CMAKE_MATCH_1} / 10000")
  math(EXPR Kokkos_VERSION_MINOR "${CMAKE_MATCH_1} / 100 % 100")
  math(EXPR Kokkos_VERSION_PATCH "${CMAKE_MATCH_1} % 100")
  set(Kokkos_VERSION ${Kokkos_VERSION_MAJOR}.${Kokkos_VERSION_MINOR}.${Kokkos_VERSION_PATCH})
  set(Kokkos_DEVICES)
  foreach(device SERIAL OPENMP THREADS)
    if(Kokkos_settings MATCHES "KOKKOS_ENABLE_${device}(;|$)")
      list(APPEND Kokkos_DEVICES ${device})
    endif()
  endforeach()
  add_library(Kokkos::kokkos INTERFACE IMPORTED)
  set_target_properties(
    Kokkos::kokkos
    PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${Kokkos_INCLUDE_DIR}"
               INTERFACE_LINK_LIBRARIES "${Kokkos_CONTAINERS_LIBRARY};${Kokkos_CORE_LIBRARY};${CMAKE_DL_LIBS}")
  if(OPENMP IN_LIST Kokkos_DEVICES)
    find_package(OpenMP REQUIRED COMPONENTS CXX)
    set_property(TARGET Kokkos::kokkos APPEND PROPERTY INTERFACE_LINK_LIBRARIES OpenMP::OpenMP_CXX)
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  Kokkos
  REQUIRED_VARS ${Kokkos_required} Kokkos_DEVICES
  VERSION_VAR Kokkos_VERSION
  REASON_FAILURE_MESSAGE "Install libtrilinos-kokkos-dev (Debian 12) or libkokkos-dev, or set Kokkos_ROOT.")
