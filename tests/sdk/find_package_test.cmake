# cmake -DBUILD_DIR= -DC= -DCXX= -P find_package_test.cmake
# find_package(SluiceSDK): which components need what, and what it says where something is missing.
set(work ${BUILD_DIR}/tests/find_package_test)
file(REMOVE_RECURSE ${work})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD_DIR} --component sdk --prefix ${work}/prefix
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

# configure(<name> <languages> <arguments of find_package>... [-D...]): sets `result` and `said`.
function(configure name languages find)
  file(WRITE ${work}/${name}/CMakeLists.txt
    "cmake_minimum_required(VERSION 3.25)\nproject(${name} LANGUAGES ${languages})\n"
    "find_package(SluiceSDK ${find})\nmessage(STATUS \"found: \${SluiceSDK_FOUND}\")\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${work}/${name} -B ${work}/${name}/build
      -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_PREFIX_PATH=${work}/prefix ${ARGN}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake breaks long lines of errors.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(result ${code} PARENT_SCOPE)
  set(said "${output}" PARENT_SCOPE)
endfunction()

function(expect)
  if(NOT (${ARGN}))
    message(FATAL_ERROR "not so: ${ARGN}\n${result}: ${said}")
  endif()
endfunction()

function(expect_said text)
  string(FIND "${said}" "${text}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "does not say \"${text}\":\n${said}")
  endif()
endfunction()

set(without -DCMAKE_DISABLE_FIND_PACKAGE_pugixml=ON -DCMAKE_DISABLE_FIND_PACKAGE_EXPAT=ON)

# A plugin in C needs no C++ compiler and no library.
configure(c C "1 REQUIRED COMPONENTS C" ${without} -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=ON)
expect(result EQUAL 0)
configure(cxx "C CXX" "1 REQUIRED COMPONENTS Cxx" ${without})
expect(result EQUAL 0)
configure(helpers "C CXX" "1 REQUIRED COMPONENTS Cxx Helpers")
expect(result EQUAL 0)

# What is missing is named, all of it, with the packages to install.
configure(missing "C CXX" "1 REQUIRED COMPONENTS Cxx Helpers" ${without})
expect(NOT result EQUAL 0)
expect_said("pugixml, Expat")
expect_said("apt-get install libpugixml-dev libexpat1-dev")
configure(optional "C CXX" "1 COMPONENTS Cxx OPTIONAL_COMPONENTS Helpers" ${without})
expect(result EQUAL 0)
expect_said("found: 1")
configure(unknown "C CXX" "1 REQUIRED COMPONENTS Ocr")
expect(NOT result EQUAL 0)
expect_said("There is no component Ocr: there are C, Cxx and Helpers.")

# Version 1 of the interface, whatever the minor; never version 2.
configure(minor C "1.0 REQUIRED COMPONENTS C")
expect(result EQUAL 0)
configure(major C "2 REQUIRED COMPONENTS C")
expect(NOT result EQUAL 0)

# pkg-config, for builds without CMake.
find_program(pkg_config pkg-config REQUIRED)
set(ENV{PKG_CONFIG_PATH} ${work}/prefix/lib/pkgconfig)
execute_process(COMMAND ${pkg_config} --variable=plugindir sluice-sdk OUTPUT_VARIABLE said
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
get_filename_component(said ${said} ABSOLUTE)
if(NOT said STREQUAL "${work}/prefix/lib/sluice/plugins")
  message(FATAL_ERROR "plugindir is ${said}")
endif()
execute_process(COMMAND ${pkg_config} --cflags sluice-sdk OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
expect_said("/include")
