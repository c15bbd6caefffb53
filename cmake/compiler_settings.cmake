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
if(CUDA IN_LIST Kokkos_DEVICES)
  # nvcc 13 cannot evaluate fmt's compile-time check of format strings.
  target_compile_definitions(tautband_settings INTERFACE FMT_CONSTEVAL= FMT_USE_CONSTEXPR=1)
endif()
if(TAUTBAND_WARNINGS_AS_ERRORS)
  target_compile_options(tautband_settings INTERFACE -Werror)
endif()
if(TAUTBAND_NATIVE)
  target_compile_options(tautband_settings INTERFACE -march=native)
endif()

# Not with CUDA, where Kokkos puts its own launcher before the compiler.
find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND NOT CUDA IN_LIST Kokkos_DEVICES)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
