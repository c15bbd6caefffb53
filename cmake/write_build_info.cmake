# Script: writes `header` from `template`, filling in the commit that `source_dir` is at.
find_program(git git)
set(git_hash unknown)
if(git)
  execute_process(
    COMMAND ${git} -C ${source_dir} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
    RESULT_VARIABLE status)
  if(status EQUAL 0)
    set(git_hash ${commit})
    execute_process(COMMAND ${git} -C ${source_dir} diff --quiet HEAD RESULT_VARIABLE status ERROR_QUIET)
    if(NOT status EQUAL 0)
      string(APPEND git_hash -dirty)
    endif()
  endif()
endif()
configure_file(${template} ${header} @ONLY)
