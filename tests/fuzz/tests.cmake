# Builds tests/fuzz with clang, runs the unit tests there under sanitizers, and each fuzzing program for some seconds on
# fresh random input: about a minute in all. What makes one fail is left in BUILD/fuzz/found-..., whose path the output
# names; run the program on it to see it again.
include(ExternalProject)
find_program(TAUTBAND_CLANG NAMES clang++ clang++-14 clang++-15 clang++-16 clang++-17 clang++-18 clang++-19 REQUIRED
             DOC "clang++ with libFuzzer (Debian: clang, libclang-rt-14-dev)")
set(fuzz_folder ${PROJECT_BINARY_DIR}/fuzz)
ExternalProject_Add(
  tautband_fuzz
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}
  BINARY_DIR ${fuzz_folder}
  PREFIX ${fuzz_folder}/project
  CMAKE_ARGS -D CMAKE_CXX_COMPILER=${TAUTBAND_CLANG} -D CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
             -D Kokkos_ROOT=${Kokkos_ROOT} -D HDF5_ROOT=${HDF5_ROOT} -D UDUNITS2_ROOT=${UDUNITS2_ROOT}
  BUILD_ALWAYS TRUE
  INSTALL_COMMAND "")

# HDF5 asks for as much memory as a damaged file tells it to, and takes no for an answer.
set(sanitizer_options ASAN_OPTIONS=allocator_may_return_null=1
                      LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/leaks.supp:print_suppressions=0)
add_test(NAME sanitized.unit COMMAND ${fuzz_folder}/sanitized_unit_tests)
set_tests_properties(sanitized.unit PROPERTIES ENVIRONMENT "${sanitizer_options};HDF5_USE_FILE_LOCKING=FALSE")

# tautband_fuzz_test(NAME SECONDS OPTION... [SEEDS FOLDER...])
function(tautband_fuzz_test name seconds)
  cmake_parse_arguments(PARSE_ARGV 2 fuzz "" "" SEEDS)
  set(corpus ${fuzz_folder}/corpus/${name})
  file(MAKE_DIRECTORY ${corpus})
  add_test(NAME fuzz.${name}
           COMMAND ${fuzz_folder}/fuzz_${name} -max_total_time=${seconds} -timeout=120 -rss_limit_mb=1500 -verbosity=0
                   -print_funcs=0 -artifact_prefix=${fuzz_folder}/found-${name}- ${fuzz_UNPARSED_ARGUMENTS} ${corpus}
                   ${fuzz_SEEDS})
  set_tests_properties(fuzz.${name} PROPERTIES ENVIRONMENT "${sanitizer_options}")
endfunction()
tautband_fuzz_test(case 30 -max_len=4000 -dict=${fuzz_folder}/case.dict
                   SEEDS ${fuzz_folder}/seeds ${CMAKE_CURRENT_LIST_DIR}/corpus/case)
tautband_fuzz_test(expression 10 -max_len=100)
tautband_fuzz_test(mesh 15 -max_len=300 -len_control=0)
tautband_fuzz_test(units 10 -max_len=64)
