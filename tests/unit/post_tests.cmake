# Tests of tautband-post: a program of its own, since VTK's serial HDF5 must not meet the solver's parallel one.
add_executable(
  tautband_post_tests
  ${CMAKE_CURRENT_LIST_DIR}/fixture/synthetic_result.cpp
  ${CMAKE_CURRENT_LIST_DIR}/test_post_analysis.cpp)
target_include_directories(tautband_post_tests PRIVATE ${CMAKE_CURRENT_LIST_DIR}/fixture)
target_link_libraries(tautband_post_tests PRIVATE tautband_post_core GTest::gtest_main)
add_test(NAME unit.post COMMAND tautband_post_tests)
