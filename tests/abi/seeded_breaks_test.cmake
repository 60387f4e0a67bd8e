# cmake -DCXX= -DSDK= -DTESTS= -DWORK= -P seeded_breaks_test.cmake
# The gate is worth something: each way of breaking plugins that are built already, put into a copy of
# abi.h, no longer has the golden table of 1.0 as its prefix; growing at the end has.
file(REMOVE_RECURSE ${WORK})
file(READ ${SDK}/include/sluice/abi.h header)

# Sets `out` to what the gate says of `text` as header: 0 sound, 1 broken.
function(gate name text out)
  file(WRITE ${WORK}/${name}/sluice/abi.h "${text}")
  execute_process(COMMAND ${CXX} -std=c++20 -I${WORK}/${name} -I${TESTS}
    ${TESTS}/abi/layout.cpp ${TESTS}/abi/print_layout.cpp -o ${WORK}/${name}/gate
    RESULT_VARIABLE result ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${name} does not compile:\n${error}")
  endif()
  execute_process(COMMAND ${WORK}/${name}/gate ${TESTS}/abi/golden/v1.0.txt
    RESULT_VARIABLE result OUTPUT_VARIABLE said)
  set(${out} ${result} PARENT_SCOPE)
endfunction()

function(expect name from to wanted)
  string(REPLACE "${from}" "${to}" changed "${header}")
  if(changed STREQUAL header)
    message(FATAL_ERROR "${name}: \"${from}\" is not in abi.h any more")
  endif()
  gate(${name} "${changed}" verdict)
  if(NOT verdict EQUAL wanted)
    message(FATAL_ERROR "${name}: the gate says ${verdict}, not ${wanted}")
  endif()
endfunction()

expect(reorder "  uint32_t abi_major;\n  uint32_t abi_minor;\n  sluice_str version"
  "  uint32_t abi_minor;\n  uint32_t abi_major;\n  sluice_str version" 1)
expect(insert "  sluice_str media_type;\n  /* The charset" "  uint64_t put_in;\n  sluice_str media_type;\n  /* The charset" 1)
expect(field-type "  uint64_t source_size;\n\n" "  int64_t source_size;\n\n" 1)
expect(argument-type "int32_t (*is_cancelled)(sluice_job* job)" "int32_t (*is_cancelled)(const sluice_job* job)" 1)
expect(argument-added "void (*progress)(sluice_job* job, uint64_t done" "void (*progress)(sluice_job* job, uint32_t unit, uint64_t done" 1)
expect(result-type "  void (*progress)(sluice_job*" "  sluice_status (*progress)(sluice_job*" 1)
# Later versions may do this, and only this.
expect(append "  sluice_status (*scratch_open)(sluice_job* job, int64_t* out);"
  "  sluice_status (*scratch_open)(sluice_job* job, int64_t* out);\n  void (*later)(sluice_job* job);" 0)
