# cmake -DSLUICE= -DWORK= -DPLUGIN= -P frozen_plugin_test.cmake
# The library that was built for ABI 1.0 and checked in loads and converts in this build.
file(REMOVE_RECURSE ${WORK})
file(COPY ${PLUGIN}/plugin-1.0.so ${PLUGIN}/plugin.toml DESTINATION ${WORK}/frozen
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE)
file(WRITE ${WORK}/a.old "# Kept")
execute_process(COMMAND ${SLUICE} convert --plugin ${WORK}/frozen ${WORK}/a.old
  --assets ${WORK}/assets
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "exit code ${result}\n${output}${error}")
endif()
foreach(wanted IN ITEMS "# Kept" "still !.dot.." "created: .?2026-11-30")
  if(NOT output MATCHES "${wanted}")
    message(FATAL_ERROR "\"${wanted}\" is not in\n${output}\n${error}")
  endif()
endforeach()
if(NOT error MATCHES "line 1: made by a plugin of 1.0")
  message(FATAL_ERROR "the warning is not in\n${error}")
endif()
