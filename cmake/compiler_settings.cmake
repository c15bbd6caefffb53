# Flags of every target of this project: link `tautband_settings`.

add_library(tautband_settings INTERFACE)
target_compile_features(tautband_settings INTERFACE cxx_std_20)
target_compile_options(
  tautband_settings
  INTERFACE -Wall
            -Wextra
            # The SIMD packs are passed by value inside one program only, never across a library boundary.
            -Wno-psabi
            # sqrt of a pack stays one instruction.
            -fno-math-errno)

if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlapping copies in std::string's own operator+ (GCC bug 105651).
  target_compile_options(tautband_settings INTERFACE -Wno-restrict)
endif()
if(TAUTBAND_WARNINGS_AS_ERRORS)
  target_compile_options(tautband_settings INTERFACE -Werror)
endif()
if(TAUTBAND_NATIVE)
  target_compile_options(tautband_settings INTERFACE -march=native)
endif()

find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
