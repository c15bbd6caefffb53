# HYPRE::hypre: algebraic multigrid. HYPRE_ROOT points elsewhere.

find_path(HYPRE_INCLUDE_DIR HYPRE.h PATH_SUFFIXES hypre)
find_library(HYPRE_LIBRARY HYPRE)
mark_as_advanced(HYPRE_INCLUDE_DIR HYPRE_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(HYPRE REQUIRED_VARS HYPRE_LIBRARY HYPRE_INCLUDE_DIR
                                  REASON_FAILURE_MESSAGE "Install libhypre-dev, or set HYPRE_ROOT.")

if(HYPRE_FOUND AND NOT TARGET HYPRE::hypre)
  add_library(HYPRE::hypre UNKNOWN IMPORTED)
  set_target_properties(HYPRE::hypre PROPERTIES IMPORTED_LOCATION "${HYPRE_LIBRARY}"
                                                INTERFACE_INCLUDE_DIRECTORIES "${HYPRE_INCLUDE_DIR}"
                                                INTERFACE_LINK_LIBRARIES MPI::MPI_CXX)
endif()
