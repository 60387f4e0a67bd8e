# Compiles the sources of a target a few at a time: one source file of the build tree includes each
# batch. Most of a compilation is the headers, which a batch reads once.
#
# Batches name their sources by relative paths (CMake's own unity builds cannot), so that a compiler
# cache serves every checkout. A batch lets a source use what the one before it includes, and two
# sources must not define the same name in one namespace. The preset `dev` compiles each by itself.

set(SLUICE_BATCH 8 CACHE STRING "Sources that are compiled together; 1 for each by itself")

# The members of one batch, as a source file of the build tree.
function(sluice_write_batch file source_dir members)
  get_filename_component(folder ${file} DIRECTORY)
  set(content "")
  foreach(member IN LISTS members)
    file(REAL_PATH ${member} member BASE_DIRECTORY ${source_dir})
    file(RELATIVE_PATH member ${folder} ${member})
    string(APPEND content "#include \"${member}\"\n")
  endforeach()
  file(CONFIGURE OUTPUT ${file} CONTENT "${content}" @ONLY)
endfunction()

# Which sources of a target may share a batch: those of one group. A target with the property
# SLUICE_BATCHES FOLDERS has a group for each folder; a source with the property
# SLUICE_BATCH_GROUP is in the group of that name.
function(sluice_batch_group result target source)
  get_target_property(batches ${target} SLUICE_BATCHES)
  get_target_property(source_dir ${target} SOURCE_DIR)
  file(REAL_PATH ${source} file BASE_DIRECTORY ${source_dir})
  get_source_file_property(group ${file} TARGET_DIRECTORY ${target} SLUICE_BATCH_GROUP)
  if(NOT group AND batches STREQUAL "FOLDERS")
    get_filename_component(group ${source} DIRECTORY)
  endif()
  if(NOT group)
    set(group all)
  endif()
  string(MAKE_C_IDENTIFIER "${group}" group)
  set(${result} ${group} PARENT_SCOPE)
endfunction()

function(sluice_batch target)
  get_target_property(sources ${target} SOURCES)
  get_target_property(source_dir ${target} SOURCE_DIR)
  get_target_property(binary_dir ${target} BINARY_DIR)
  set(others ${sources})
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  list(FILTER others EXCLUDE REGEX "\\.cpp$")
  set(groups "")
  foreach(source IN LISTS sources)
    sluice_batch_group(group ${target} ${source})
    list(APPEND groups ${group})
    list(APPEND members_${group} ${source})
  endforeach()
  list(REMOVE_DUPLICATES groups)
  foreach(group IN LISTS groups)
    list(LENGTH members_${group} count)
    math(EXPR batches "(${count} + ${SLUICE_BATCH} - 1) / ${SLUICE_BATCH}")
    if(batches EQUAL count)
      list(APPEND others ${members_${group}})
      continue()
    endif()
    math(EXPR last "${batches} - 1")
    foreach(batch RANGE ${last})
      # Batches of nearly equal size: no leftover of one file.
      math(EXPR begin "${count} * ${batch} / ${batches}")
      math(EXPR length "${count} * (${batch} + 1) / ${batches} - ${begin}")
      list(SUBLIST members_${group} ${begin} ${length} members)
      string(REPLACE "_all_" "_" name ${target}_${group}_${batch})
      set(file ${binary_dir}/batches/${name}.cpp)
      sluice_write_batch(${file} ${source_dir} "${members}")
      list(APPEND others ${file})
    endforeach()
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
    if(type MATCHES "^(STATIC|SHARED|MODULE|OBJECT)_LIBRARY$|^EXECUTABLE$" AND NOT batches STREQUAL "OFF")
      sluice_batch(${target})
    endif()
  endforeach()
  foreach(folder IN LISTS folders)
    sluice_batch_below(${folder})
  endforeach()
endfunction()
