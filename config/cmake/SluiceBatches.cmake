# Compiles the sources of a target a few at a time: one source file of the build tree includes each
# batch. Most of a compilation is the headers, which a batch reads once.
#
# Batches name their sources by relative paths (CMake's own unity builds cannot), so that a compiler
# cache serves every checkout. A batch lets a source use what the one before it includes, and two
# sources must not define the same name in one namespace. The preset `dev` compiles each by itself.

set(SLUICE_BATCH 8 CACHE STRING "Sources that are compiled together; 1 for each by itself")

function(sluice_batch target)
  get_target_property(sources ${target} SOURCES)
  get_target_property(source_dir ${target} SOURCE_DIR)
  get_target_property(binary_dir ${target} BINARY_DIR)
  set(others ${sources})
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  list(FILTER others EXCLUDE REGEX "\\.cpp$")
  list(LENGTH sources count)
  math(EXPR batches "(${count} + ${SLUICE_BATCH} - 1) / ${SLUICE_BATCH}")
  if(count LESS 2 OR batches EQUAL count)
    return()
  endif()
  math(EXPR last "${batches} - 1")
  foreach(batch RANGE ${last})
    # Batches of nearly equal size: no leftover of one file.
    math(EXPR begin "${count} * ${batch} / ${batches}")
    math(EXPR length "${count} * (${batch} + 1) / ${batches} - ${begin}")
    list(SUBLIST sources ${begin} ${length} members)
    set(folder ${binary_dir}/batches)
    set(content "")
    foreach(member IN LISTS members)
      file(REAL_PATH ${member} member BASE_DIRECTORY ${source_dir})
      file(RELATIVE_PATH member ${folder} ${member})
      string(APPEND content "#include \"${member}\"\n")
    endforeach()
    set(file ${folder}/${target}_${batch}.cpp)
    file(CONFIGURE OUTPUT ${file} CONTENT "${content}" @ONLY)
    list(APPEND others ${file})
  endforeach()
  set_target_properties(${target} PROPERTIES SOURCES "${others}")
  # A name of one source is no reason for a warning about another.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-shadow>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC takes the sources of a batch for headers, where a class that other files could see must not
    # have a member of a type that only one file has. It still finds locals that shadow locals.
    target_compile_options(${target} PRIVATE
      "$<$<COMPILE_LANGUAGE:CXX>:-Wshadow=local>"
      "$<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>")
  endif()
endfunction()

# Batches for every library and program of a folder and the folders in it, but for those with the
# property SLUICE_BATCHES OFF.
function(sluice_batch_below directory)
  get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  get_property(folders DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    get_target_property(batches ${target} SLUICE_BATCHES)
    if(type MATCHES "^(STATIC|SHARED|MODULE)_LIBRARY$|^EXECUTABLE$" AND NOT batches STREQUAL "OFF")
      sluice_batch(${target})
    endif()
  endforeach()
  foreach(folder IN LISTS folders)
    sluice_batch_below(${folder})
  endforeach()
endfunction()
