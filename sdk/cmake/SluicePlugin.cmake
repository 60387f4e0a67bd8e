# sluice_add_plugin(<id> SOURCES <file>... [LIBRARIES <target>...] [MANIFEST <file>] [OUTPUT <folder>]
#                   [NO_INSTALL] [NO_CHECK])
#
# Builds a converter plugin: a library <id> that exports its entry and nothing else, and beside it the
# manifest with the library's name and SHA-256 filled in. MANIFEST defaults to plugin.toml in the current
# source folder; it must hold  library = "@LIBRARY@"  and  sha256 = "@SHA256@". The build fails if the
# manifest is wrong, or disagrees with the library (ids, versions, converters).
# NO_CHECK leaves that check out, and so does a build for another machine.
#
# The plugin is linked with Sluice::sdk if the component Helpers was found, with the headers otherwise.
#
# The result is the folder <build>/lib/sluice/plugins/<id>, which `--plugin` of `sluice convert` takes,
# `sluice plugin install` installs, and `cmake --install` copies to <prefix>/lib/sluice/plugins/<id>.
# The library must not be stripped afterwards: its hash would no longer match. A build of type Release
# is stripped before the hash is taken.

set(SLUICE_FILL_MANIFEST ${CMAKE_CURRENT_LIST_DIR}/fill_manifest.cmake)

# The version script of all plugins of a build.
function(_sluice_plugin_exports result)
  set(script ${PROJECT_BINARY_DIR}/CMakeFiles/sluice-plugin.map)
  file(CONFIGURE OUTPUT ${script} CONTENT "{ global: sluice_plugin_v*; local: *; };\n")
  set(${result} ${script} PARENT_SCOPE)
endfunction()

function(sluice_add_plugin id)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_INSTALL;NO_CHECK" "MANIFEST;OUTPUT" "SOURCES;LIBRARIES")
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "sluice_add_plugin(${id}): give SOURCES")
  endif()
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "sluice_add_plugin(${id}): \"${ARG_UNPARSED_ARGUMENTS}\" is no argument of it")
  endif()
  if(NOT ARG_MANIFEST)
    set(ARG_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/plugin.toml)
  endif()
  if(NOT ARG_OUTPUT)
    set(ARG_OUTPUT ${PROJECT_BINARY_DIR}/lib/sluice/plugins)
  endif()
  set(target sluice_plugin_${id})
  add_library(${target} MODULE ${ARG_SOURCES})
  if(TARGET Sluice::sdk)
    target_link_libraries(${target} PRIVATE Sluice::sdk)
  else()
    target_link_libraries(${target} PRIVATE Sluice::c)
  endif()
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES})
  _sluice_plugin_exports(exports)
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${id} SUFFIX ${CMAKE_SHARED_LIBRARY_SUFFIX}
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS "${ARG_MANIFEST};${exports}"  # a changed manifest alone must fill it in again
    LIBRARY_OUTPUT_DIRECTORY ${ARG_OUTPUT}/${id})
  # Nothing inside a plugin is visible to another, and nothing that it needs is found only at run.
  target_link_options(${target} PRIVATE
    LINKER:--version-script=${exports} LINKER:--exclude-libs,ALL LINKER:--no-undefined
    $<$<CONFIG:Release>:LINKER:--gc-sections;-s>)
  set(filled ${ARG_OUTPUT}/${id}/plugin.toml)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DLIBRARY_FILE=$<TARGET_FILE:${target}> -DMANIFEST=${ARG_MANIFEST}
            -DOUTPUT=${filled} -P ${SLUICE_FILL_MANIFEST}
    VERBATIM)
  if(TARGET Sluice::tool AND NOT ARG_NO_CHECK AND NOT CMAKE_CROSSCOMPILING)
    add_custom_command(TARGET ${target} POST_BUILD
      COMMAND Sluice::tool validate --quiet --test load.manifest --test load.opens --test load.truth ${ARG_OUTPUT}/${id}
      VERBATIM)
    if(TARGET sluice_sdk_tool)
      add_dependencies(${target} sluice_sdk_tool)
    endif()
  endif()
  if(NOT ARG_NO_INSTALL)
    install(FILES $<TARGET_FILE:${target}> ${filled} DESTINATION lib/sluice/plugins/${id})
  endif()
endfunction()
