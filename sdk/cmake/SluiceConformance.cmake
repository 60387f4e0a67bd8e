# sluice_add_conformance_tests(<id> [SAMPLES <folder>] [EXCEPT <test>...])
#
# Adds the tests of `sluice-sdk validate` for a plugin of sluice_add_plugin, one CTest test for each:
# <id>.conformance.<test>. SAMPLES is a folder of documents that the plugin converts; the more of the
# format they show, the more the tests prove. EXCEPT leaves tests out, such as control.memory where a
# library that the plugin links cannot bear it: say why in a comment.
function(sluice_add_conformance_tests id)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "SAMPLES" "EXCEPT")
  if(NOT TARGET Sluice::tool)
    message(FATAL_ERROR "sluice_add_conformance_tests(${id}): sluice-sdk is not installed beside the SDK")
  endif()
  if(NOT TARGET sluice_plugin_${id})
    message(FATAL_ERROR "sluice_add_conformance_tests(${id}): call sluice_add_plugin(${id} ...) before")
  endif()
  set(samples "")
  if(ARG_SAMPLES)
    get_filename_component(folder ${ARG_SAMPLES} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    set(samples --samples ${folder})
  endif()
  get_target_property(tool Sluice::tool IMPORTED_LOCATION)
  execute_process(COMMAND ${tool} validate --list OUTPUT_VARIABLE tests
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  # Each line is an id and its rule, which may hold what CMake's lists cannot.
  string(REGEX MATCHALL "(^|\n)[a-z]+\\.[a-z0-9-]+" tests "${tests}")
  foreach(test IN LISTS tests)
    string(STRIP "${test}" test)
    if(test IN_LIST ARG_EXCEPT)
      continue()
    endif()
    add_test(NAME ${id}.conformance.${test}
      COMMAND Sluice::tool validate --test ${test} ${samples} $<TARGET_FILE_DIR:sluice_plugin_${id}>)
    set_tests_properties(${id}.conformance.${test} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
  endforeach()
endfunction()
