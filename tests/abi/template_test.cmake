# cmake -DBUILD_DIR= -DC= -DCXX= -DGENERATOR= -DCTEST= -P template_test.cmake
# As a plugin author does it: install the SDK, copy the template, configure, build, test.
set(work ${BUILD_DIR}/tests/template_test)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGV} failed:\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --component sdk --prefix ${work}/prefix)
file(COPY ${work}/prefix/share/sluice/template DESTINATION ${work})
run(${CMAKE_COMMAND} -S ${work}/template -B ${work}/build -G ${GENERATOR}
  -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/build)
run(${CTEST} --test-dir ${work}/build --output-on-failure --no-tests=error)

# The plugin's folder is what `sluice --plugin` takes.
foreach(file IN ITEMS shout.so plugin.toml)
  if(NOT EXISTS ${work}/build/lib/sluice/plugins/shout/${file})
    message(FATAL_ERROR "the template made no ${file}")
  endif()
endforeach()
file(READ ${work}/build/lib/sluice/plugins/shout/plugin.toml manifest)
if(manifest MATCHES "@" OR NOT manifest MATCHES "sha256 = \"[0-9a-f]+\"")
  message(FATAL_ERROR "the manifest is not filled in:\n${manifest}")
endif()
