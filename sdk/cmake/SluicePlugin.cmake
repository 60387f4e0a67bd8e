# sluice_add_plugin(<id> SOURCES <file>... [LIBRARIES <target>...] [MANIFEST <file>] [NO_INSTALL])
#
# Builds a converter plugin: a library <id> with only its entry exported, and beside it the manifest
# with the library's name and SHA-256 filled in. MANIFEST defaults to plugin.toml in the current
# source folder; it must hold  library = "@LIBRARY@"  and  sha256 = "@SHA256@".
#
# The result is the folder <build>/lib/sluice/plugins/<id>, which `sluice --plugin` takes and which
# `cmake --install` copies to <prefix>/lib/sluice/plugins/<id>. The library must not be stripped
# afterwards: its hash would no longer match.

set(SLUICE_FILL_MANIFEST ${CMAKE_CURRENT_LIST_DIR}/fill_manifest.cmake)

function(sluice_add_plugin id)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_INSTALL" "MANIFEST;OUTPUT" "SOURCES;LIBRARIES")
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "sluice_add_plugin(${id}): give SOURCES")
  endif()
  if(NOT ARG_MANIFEST)
    set(ARG_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/plugin.toml)
  endif()
  if(NOT ARG_OUTPUT)
    set(ARG_OUTPUT ${PROJECT_BINARY_DIR}/lib/sluice/plugins)
  endif()
  set(target sluice_plugin_${id})
  add_library(${target} MODULE ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE Sluice::sdk ${ARG_LIBRARIES})
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${id} SUFFIX ${CMAKE_SHARED_LIBRARY_SUFFIX}
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${ARG_OUTPUT}/${id})
  # Nothing of the static libraries inside a plugin is visible to another.
  target_link_options(${target} PRIVATE LINKER:--exclude-libs,ALL LINKER:--no-undefined)
  set(filled ${ARG_OUTPUT}/${id}/plugin.toml)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DLIBRARY_FILE=$<TARGET_FILE:${target}> -DMANIFEST=${ARG_MANIFEST}
            -DOUTPUT=${filled} -P ${SLUICE_FILL_MANIFEST}
    VERBATIM)
  # A changed manifest alone must fill it in again.
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${ARG_MANIFEST})
  if(NOT ARG_NO_INSTALL)
    install(FILES $<TARGET_FILE:${target}> ${filled} DESTINATION lib/sluice/plugins/${id})
  endif()
endfunction()
